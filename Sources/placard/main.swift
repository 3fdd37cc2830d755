import PlacardCommands

#if canImport(Glibc)
    @preconcurrency import Glibc
#elseif canImport(Musl)
    @preconcurrency import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// Read first: what follows may move the environment, behind which they stand.
let arguments = processArguments()
// ICU makes a default locale of what the environment says, which nothing here asks for, and crashes at a long one.
setenv("LC_ALL", "C", 1)
exit(runPlacard(arguments))

/// The arguments of the process, without its name.
///
/// On Linux Swift reads them from `/proc`, which a bare root folder does not have; the tool would take that for no arguments.
/// There they are read where the system puts them: the count, the arguments, a zero, then the environment (the System V ABI of
/// each processor, "Process Initialization").
func processArguments() -> [String] {
    #if os(Linux)
        if CommandLine.arguments.isEmpty {
            var found: [String] = []
            var place = environ - 2
            while let argument = place.pointee, Int(bitPattern: argument) != found.count {
                found.append(String(cString: argument))
                place -= 1
            }
            return found.reversed().dropFirst().map { $0 }
        }
    #endif
    return Array(CommandLine.arguments.dropFirst())
}
