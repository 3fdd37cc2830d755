#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler
    import PlacardRelease
    import SourceDiagnostics
    import TUF

    struct ReleaseCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "release",
            abstract: "Compile the project, and sign what changed as the next release.",
            discussion: """
                Writes release/metadata and release/targets, which any static host serves; nothing that is there changes but \
                timestamp.json, the last. The release's number is one more than that of the last, which is read from the \
                same folder, or from --last. A project that has not changed makes no release.

                What is signed is dated by SOURCE_DATE_EPOCH, or else by the commit; the timestamp by SOURCE_DATE_EPOCH, \
                or else by the clock.

                Examples:
                  placard release
                  placard release --output public/beta --last https://cdn.example.com/beta/
                  placard release --output public/production --from public/beta
                  placard release --rollback 41
                """)

        @OptionGroup var project: ProjectOptions
        @OptionGroup var diagnostics: DiagnosticOptions
        @OptionGroup var keys: KeyOptions

        @Option(
            help: ArgumentHelp("The folder of the releases; release/ in the project unless given.", valueName: "dir"),
            completion: .directory)
        var output: String?

        @Option(help: ArgumentHelp("Where the last release is, when it is not in that folder.", valueName: "dir|url"))
        var last: String?

        @Option(
            help: ArgumentHelp("Release what another channel has released, without compiling.", valueName: "dir|url"))
        var from: String?

        @Option(
            help: ArgumentHelp(
                "The root of the channel of --from; 1.root.json of the keys unless given.", valueName: "file"),
            completion: .file(extensions: ["json"]))
        var fromRoot: String?

        @Option(
            help: ArgumentHelp("Release once more what a past release had, under the next number.", valueName: "number")
        )
        var rollback: Int64?

        @Option(help: ArgumentHelp("How many days targets and snapshot are trusted.", valueName: "days"))
        var valid = 365

        @Option(
            help: ArgumentHelp(
                "How many days the timestamp is trusted; placard refresh makes a new one.", valueName: "days"))
        var timestampValid = 7

        @Option(help: ArgumentHelp("How many releases stay in the folder; all unless given.", valueName: "count"))
        var keep: Int?

        @Option(
            help: ArgumentHelp(
                "From how many releases before clients get patches to this one, so that they fetch what changed; 0 for none.",
                valueName: "count"))
        var patches = 5

        func validate() throws {
            if from != nil, rollback != nil { throw ValidationError("--from and --rollback are two contents") }
            guard (1...36_500).contains(valid), (1...36_500).contains(timestampValid), keep ?? 1 > 0 else {
                throw ValidationError("--valid, --timestamp-valid and --keep are numbers from 1")
            }
            guard (0...100).contains(patches) else { throw ValidationError("--patches is a number from 0 to 100") }
        }

        func run() throws {
            let place = try? ProjectLocation.find(project.project)
            let base = place?.folder ?? Console.current.workingDirectory
            let folder = output.map { fullPath($0, from: Console.current.workingDirectory) } ?? base + "/release"
            let (keyFolder, ring) = (try keys.load(base), try keys.ring(base))
            let content = try content(keyFolder, folder, base)
            var validity = ReleaseValidity()
            (validity.content, validity.timestamp) = (valid, timestampValid)
            let writer = ReleaseWriter(
                keys: keyFolder, ring: ring, validity: validity, patchCount: patches, made: try contentDate(base),
                now: try currentTime())
            let lastRelease = try last.map { text throws(CommandFailure) in
                let place = try location(text)
                return try releasing { () throws(ReleaseError) in
                    try readRelease(at: place, root: keyFolder.roots[0], now: UTCTime(seconds: 0))
                }
            }
            let (count, root) = (keep, keyFolder.roots[0])
            let (outcome, removed) = try releasing { () throws(ReleaseError) -> (ReleaseOutcome, Int) in
                let outcome = try writer.release(content, to: folder, after: lastRelease ?? nil)
                return (
                    outcome,
                    try count.map { keep throws(ReleaseError) in
                        try pruneReleases(folder, keep: keep, root: root)
                    } ?? 0
                )
            }
            report(outcome, removed, folder)
        }

        private func content(_ keyFolder: KeyFolder, _ folder: String, _ base: String) throws -> ReleaseContent {
            if let number = rollback {
                return try releasing { () throws(ReleaseError) in
                    try pastContent(number, in: folder, keys: keyFolder)
                }
            }
            if let from {
                let place = try location(from)
                var root = RootOption()
                root.root = fromRoot
                let (bytes, now) = (try root.bytes(keys, base), clock())
                let release = try releasing { () throws(ReleaseError) in
                    try readRelease(at: place, root: bytes, now: now)
                }
                guard let release else { throw CommandFailure("there is no release at \(from)") }
                return ReleaseContent(release)
            }
            let result = try compileProject(at: try project.locate(), for: .build, Progress())
            let isHuman = diagnostics.format == .human
            let text = diagnostics.text(
                result, try project.locate(), onTerminal: isHuman && Console.current.errorIsTerminal)
            if isHuman { writeError(text) } else { writeOutput(text) }
            guard !diagnostics.fails(result.diagnostics), result.output != nil else {
                writeError("Not released: \(summaryLine(result.diagnostics)). The last release is untouched.\n")
                throw ExitCode(CommandFailure.diagnostics)
            }
            return ReleaseContent(emitBundle(result.compilation))
        }

        /// `SOURCE_DATE_EPOCH`, or when the commit was made that is checked out; for what is already released elsewhere, or was
        /// here, the clock.
        private func contentDate(_ folder: String) throws(CommandFailure) -> UTCTime {
            if let date = try sourceDate() { return date }
            if from != nil || rollback != nil { return clock() }
            guard let seconds = commitDate(of: folder) else {
                throw CommandFailure(
                    "there is no commit to date the release by",
                    help: ["SOURCE_DATE_EPOCH=$(date +%s) dates it by the clock"])
            }
            return UTCTime(seconds: seconds)
        }

        private func report(_ outcome: ReleaseOutcome, _ removed: Int, _ folder: String) {
            let style = Console.current.outputStyle
            if outcome.isNew {
                writeOutput(
                    style.green("Released \(outcome.number)") + ", \(counted(outcome.files, "file")) in \(folder)\n")
            } else if outcome.isSigned {
                writeOutput(
                    style.green("Signed release \(outcome.number) anew")
                        + ", \(counted(outcome.files, "file")) in \(folder)\n")
            } else {
                writeOutput("Nothing has changed since release \(outcome.number).\n")
            }
            if removed > 0 { writeOutput("Removed \(counted(removed, "file")) of older releases.\n") }
        }
    }
#endif
