#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardRelease
    import TUF

    struct VerifyCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Read a release as clients do, and say whether they would trust it.",
            discussion: """
                Begins with the root that apps come with, follows the roots, and holds everything to signatures, thresholds, \
                versions, lengths, hashes and the clock. Every file is read, and every patch applied. Exit code 1 says that clients would refuse it.

                Examples:
                  placard verify release
                  placard verify https://cdn.example.com/messages/ --root keys/1.root.json
                """)

        @OptionGroup var keys: KeyOptions
        @OptionGroup var root: RootOption

        @Argument(help: ArgumentHelp("A folder, or the address of one on a web server.", valueName: "dir|url"))
        var place: String

        func run() throws {
            let (location, bytes, now) = (try location(place), try root.bytes(keys), clock())
            let found = try releasing { () throws(ReleaseError) -> (Release, Int, (Int, Int))? in
                guard let release = try readRelease(at: location, root: bytes, now: now) else { return nil }
                return (release, try release.verifyTargets(), try release.verifyPatches())
            }
            guard let (release, count, patches) = found else {
                throw CommandFailure("there is no release at \(place)", exitCode: CommandFailure.diagnostics)
            }
            let style = Console.current.outputStyle
            let dates: [(String, Int, UTCTime)] = [
                ("root", release.root.version, release.root.expires),
                ("targets", release.targets.version, release.targets.expires),
                ("snapshot", release.snapshot.version, release.snapshot.expires),
                ("timestamp", release.timestamp.version, release.timestamp.expires),
            ]
            var text: OutputText =
                style.green("Release \(release.number)")
                + ": \(counted(release.files.count, "file")), \(count) bytes, as signed\n"
            for (role, version, expires) in dates {
                text += "  \(role) \(version), trusted until \(expires.description)\n"
            }
            if patches != (0, 0) {
                text += "  patches: \(patches.0) applied, each gives its file"
                if patches.1 > 0 { text += "; \(patches.1) not, as the file they begin with is not here any more" }
                text += "\n"
            }
            writeOutput(text)
        }
    }
#endif
