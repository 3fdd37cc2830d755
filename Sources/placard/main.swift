import PlacardCommands

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// ICU makes a default locale of what the environment says, which nothing here asks for, and crashes at a long one.
setenv("LC_ALL", "C", 1)
exit(runPlacard(Array(CommandLine.arguments.dropFirst())))
