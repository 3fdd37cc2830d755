#if canImport(Glibc)
    import Glibc

    // What is a regular file by its status need not be one by its nature: the kernel shows itself as files (`/proc`, `/sys`),
    // of which some wait for an event, some are different at each reading, and some are secrets of the machine.

    /// The types of such file systems, from `linux/magic.h`.
    private let kernelFileSystems: Set<UInt32> = [
        0x9FA0,  // procfs
        0x6265_6572,  // sysfs
        0x6462_6720,  // debugfs
        0x7472_6163,  // tracefs
        0x7363_6673,  // securityfs
        0x6265_6570,  // configfs
        0x0027_E0EB, 0x6367_7270,  // cgroup
        0xF97C_FF8C,  // selinuxfs
        0xCAFE_4A11,  // bpf
        0xDE5E_81E4,  // efivarfs
        0x6165_676C,  // pstore
        0x4249_4E4D,  // binfmt_misc
        0x1CD1,  // devpts
    ]

    /// `fstatfs(2)`, which the Glibc module does not show.
    private let fstatfs: (@convention(c) (Int32, UnsafeMutableRawPointer) -> Int32)? =
        dlsym(nil, "fstatfs").map {
            unsafeBitCast($0, to: (@convention(c) (Int32, UnsafeMutableRawPointer) -> Int32).self)
        }

    /// Whether an open file or folder is one that the kernel makes when it is read, as those of `/proc` are.
    func isOfTheKernel(_ descriptor: Int32) -> Bool {
        guard let fstatfs else { return false }
        // More room than `struct statfs` has on any machine; its first member is the type.
        return withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 16) { buffer in
            guard let base = buffer.baseAddress, fstatfs(descriptor, base) == 0 else { return false }
            return kernelFileSystems.contains(UInt32(truncatingIfNeeded: base.load(as: Int.self)))
        }
    }
#else
    /// Whether an open file or folder is one that the kernel makes when it is read; elsewhere than on Linux there are none.
    func isOfTheKernel(_ descriptor: Int32) -> Bool { false }
#endif
