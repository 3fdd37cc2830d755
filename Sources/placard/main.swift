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

    // Naming it is what links it: from then on every allocation of the process is mimalloc's. Its memory comes in
    // huge pages, where the system gives them to those who ask. Documentation/Decisions/allocator.md tells why.
    mi_option_enable(mi_option_large_os_pages)
#endif

exit(runPlacard(Array(CommandLine.arguments.dropFirst())))
