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

    // Naming it is what links it: from then on every allocation of the process is mimalloc's.
    // Documentation/Decisions/allocator.md tells why.
    _ = mi_version()
#endif

exit(runPlacard(Array(CommandLine.arguments.dropFirst())))
