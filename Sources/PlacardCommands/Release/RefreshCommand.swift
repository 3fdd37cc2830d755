#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardRelease
    import TUF

    struct RefreshCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "refresh",
            abstract: "Sign a new timestamp: the release is still the newest.",
            discussion: """
                For cron, more often than the timestamp expires. It needs the key of the timestamp alone, and writes \
                metadata/timestamp.json alone.

                Examples:
                  placard refresh release
                """)

        @OptionGroup var keys: KeyOptions

        @Argument(help: ArgumentHelp("The folder of the releases.", valueName: "dir"))
        var folder: String

        @Option(help: ArgumentHelp("How many days the timestamp is trusted.", valueName: "days"))
        var valid = 7

        func run() throws {
            guard (1...36_500).contains(valid) else { throw CommandFailure("--valid is a number from 1") }
            var validity = ReleaseValidity()
            validity.timestamp = valid
            let now = try currentTime()
            let writer = ReleaseWriter(
                keys: try keys.load(), ring: try keys.ring(), validity: validity, made: now, now: now)
            let path = fullPath(folder, from: Console.current.workingDirectory)
            let expires = try releasing { () throws(ReleaseError) in try writer.refresh(path) }
            writeOutput(
                Console.current.outputStyle.green("Signed a timestamp") + ", trusted until \(expires.description)\n")
        }
    }
#endif
