import PlacardCommands

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

#if os(Linux) && canImport(CMimalloc)
    import CMimalloc

    useHugePages()

    /// Naming mimalloc is what links it: from then on every allocation of the process is its own. Its memory comes in huge
    /// pages, where the system gives them to those who ask. `Documentation/Decisions/allocator.md` tells why.
    private func useHugePages() {
        guard hasNoReservedHugePages() else { return }
        mi_option_enable(mi_option_large_os_pages)
        // Without it the first segment of a thread is made a piece at a time, and of small pages.
        mi_option_set(mi_option_eager_commit_delay, 0)
        // This thread has its first segment, 32 MiB at a multiple of that, from before `main`. It is advice: wrong, it
        // changes nothing.
        let segment = UInt(32 << 20)
        guard let block = malloc(1) else { return }
        let start = UnsafeMutableRawPointer(bitPattern: UInt(bitPattern: block) & ~(segment - 1))
        _ = madvise(start, Int(segment), MADV_HUGEPAGE)
        free(block)
    }

    /// Whether the system has set no huge pages aside, so that a request for one of those fails at once. mimalloc makes one
    /// before it asks for transparent ones, and where a container may not use what is set aside, the page is granted, and
    /// the process killed when it touches it (SIGBUS; microsoft/mimalloc#682).
    private func hasNoReservedHugePages() -> Bool {
        ["nr_hugepages", "nr_overcommit_hugepages"].allSatisfy { name in
            let descriptor = open("/sys/kernel/mm/hugepages/hugepages-2048kB/" + name, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return false }
            defer { close(descriptor) }
            var digit: UInt8 = 0
            return read(descriptor, &digit, 1) == 1 && digit == 0x30
        }
    }
#endif

exit(runPlacard(Array(CommandLine.arguments.dropFirst())))
