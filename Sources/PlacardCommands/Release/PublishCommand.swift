#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardRelease
    import TUF

    struct PublishCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "publish",
            abstract: "Copy a release to a folder that is served: what changes comes last.",
            discussion: """
                Files that never change first, timestamp.json last, each in one step: clients find the old release whole, or \
                the new one. Killed at any moment, it goes on where it was when it is run again. Each byte is verified on \
                the way.

                Examples:
                  placard publish /srv/www/messages
                  placard publish /srv/www/messages --keep 10
                """)

        @OptionGroup var keys: KeyOptions
        @OptionGroup var root: RootOption

        @Argument(help: ArgumentHelp("The folder that is served.", valueName: "dir"), completion: .directory)
        var folder: String

        @Option(
            help: ArgumentHelp(
                "The folder of the releases; release/ in the project unless given.", valueName: "dir|url"),
            completion: .directory)
        var release: String?

        @Option(help: ArgumentHelp("How many releases stay there; all unless given.", valueName: "count"))
        var keep: Int?

        @Flag(help: "Write .gz and .br copies beside texts, for servers that send those; needs gzip and brotli.")
        var compress = false

        func run() throws {
            guard keep ?? 1 > 0 else { throw CommandFailure("--keep is a number from 1") }
            let console = Console.current
            let base = (try? ProjectLocation.find(nil))?.folder ?? console.workingDirectory
            let place =
                try release.map { text throws(CommandFailure) in try location(text) } ?? .folder(base + "/release")
            let (bytes, now, count, compresses) = (try root.bytes(keys), clock(), keep, compress)
            let path = fullPath(folder, from: console.workingDirectory)
            let outcome = try releasing { () throws(ReleaseError) -> PublishOutcome? in
                guard let release = try readRelease(at: place, root: bytes, now: now) else { return nil }
                return try publish(release, to: path, root: bytes, keep: count, compresses: compresses)
            }
            guard let outcome else {
                throw CommandFailure("there is no release to publish", help: ["placard release makes one"])
            }
            let style = console.outputStyle
            writeOutput(
                style.green("Published release \(outcome.number)") + ", \(counted(outcome.copied, "file")) copied"
                    + (outcome.removed > 0 ? ", \(counted(outcome.removed, "file")) removed" : "") + "\n")
        }
    }
#endif
