#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardEngine
    import SourceDiagnostics

    /// Which project a command is about.
    struct ProjectOptions: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                "The project's folder; without it the nearest one, at or above the working directory, with a placard.yaml.",
                valueName: "dir"),
            completion: .directory)
        var project: String?

        @Flag(
            help:
                "Read what symbolic links of the project lead to outside of it; without this such links are errors.")
        var followLinks = false

        /// - Parameter file: what the command is about, in whose project it is unless `--project` says otherwise.
        func locate(around file: String? = nil) throws(CommandFailure) -> ProjectLocation {
            var location = try ProjectLocation.find(project, around: file)
            location.followsLinks = followLinks
            return location
        }

        /// The version that is called `name`: a folder, or a revision of the project's repository.
        func version(_ name: String) throws(CommandFailure) -> ComparedVersion {
            try ComparedVersion(name, followsLinks: followLinks) { () throws(CommandFailure) in try locate() }
        }
    }

    /// How diagnostics are written, and which of them count.
    struct DiagnosticOptions: ParsableArguments {
        @Option(
            help:
                "human (excerpts), json (one document), sarif (2.1.0, for code scanning) or github (workflow commands)."
        )
        var format: DiagnosticFormat = .human

        @Flag(help: "Let warnings count as errors.")
        var strict = false

        @Option(
            help: ArgumentHelp(
                "The moment that schedules are held against, with an offset; now unless given.", valueName: "time"))
        var now: String?

        /// The moment of `--now` in seconds from 1970; nil for the clock's.
        func moment() throws(CommandFailure) -> Int64? {
            guard let now else { return nil }
            return try namedMoment(now).milliseconds / 1000
        }

        /// Whether the command has to fail.
        func fails(_ diagnostics: [Diagnostic]) -> Bool {
            diagnostics.contains { $0.severity == .error || (strict && $0.severity == .warning) }
        }

        /// The diagnostics as text; paths are told from where the reader of the format stands.
        func text(_ compilation: CompiledProject, _ location: ProjectLocation, onTerminal isTerminal: Bool)
            -> OutputText
        {
            let console = Console.current
            let options = RenderingOptions(
                color: console.wantsColor(onTerminal: isTerminal), width: console.width,
                pathPrefix: format == .human ? location.displayPrefix : location.repositoryPrefix,
                toolVersion: placardVersion, pages: embeddedDiagnosticPages)
            return render(compilation.diagnostics, files: compilation.files, as: format, options: options)
        }
    }

    extension DiagnosticFormat: ExpressibleByArgument {}

    /// The moment that an option names.
    func namedMoment(_ text: String) throws(CommandFailure) -> Instant {
        guard let instant = Instant(text) else {
            throw CommandFailure(
                "--now \(text) is not a moment", help: ["write it as 2026-12-02T10:15:00+01:00, or with Z for UTC"])
        }
        return instant
    }
#endif
