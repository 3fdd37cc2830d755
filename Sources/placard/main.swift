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
#endif

exit(runPlacard(Array(CommandLine.arguments.dropFirst())))
