#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler
    import SourceDiagnostics

    struct CheckCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Find what is wrong, without building.",
            discussion: """
                Reports everything in one run, in a fixed order, with the place, the reason and the way out. \
                Errors make the exit code 1, warnings only with --strict.

                With PATHs it reports on those files, or on what is in those folders, and says how much there is \
                elsewhere. The project is read and checked whole all the same, and only what is reported counts for \
                the exit code; --fix writes to those files alone, and records their translations. Errors that keep the project from being read are always reported.

                Examples:
                  placard check
                  placard check content/rides scenarios/rain.yaml
                                                     on these files alone
                  placard check --stdin-path content/sale.md < buffer
                                                     for editors: a file as it is in the editor
                  placard check --fix                apply the fixes that keep the meaning,
                                                     and record new translations
                  placard check --fix=likely --diff  show what likely fixes would change
                  placard check --explain cel/unknown-field
                                                     what a diagnostic means, by example
                  placard check --explain cel        what there is in an area
                  placard check --strict --format github
                                                     in a GitHub workflow
                  placard check --format sarif > placard.sarif
                                                     for code scanning
                """)

        @OptionGroup var project: ProjectOptions
        @OptionGroup var diagnostics: DiagnosticOptions

        @Option(
            name: .customLong("fix"), defaultAsFlag: FixChoice.safe.rawValue, parsing: .next,
            help: ArgumentHelp(
                "Apply every fix that keeps the meaning, record new translations in translations.lock, then report what is left.",
                discussion: "With --fix=likely also those that are likely what was meant, for you to look at.",
                valueName: "safe|likely"),
            completion: .list(FixChoice.allCases.map(\.rawValue)))
        var fixKind: String?

        @Flag(help: "With --fix: show what it would change, and write nothing. Exit code 1 when there is something.")
        var diff = false

        @Option(
            help: ArgumentHelp("Print what the diagnostics of this kind mean, and stop.", valueName: "id"),
            completion: .diagnosticIDs)
        var explain: String?

        @Option(
            help: ArgumentHelp(
                "Report on this file, whose text comes on standard input; it need not be there yet.", valueName: "path"),
            completion: .sourceFiles)
        var stdinPath: String?

        @Argument(
            help: ArgumentHelp("Report on these files and folders alone.", valueName: "path"), completion: .sourceFiles)
        var paths: [String] = []

        /// Which fixes are applied; nil for none.
        private var fix: FixChoice? { fixKind.flatMap { FixChoice(rawValue: $0) } }

        func validate() throws {
            guard fixKind == nil || fix != nil else {
                throw ValidationError("--fix is --fix=safe or --fix=likely, not --fix=\(fixKind ?? "")")
            }
            guard !diff || fix != nil else {
                throw ValidationError("--diff shows what --fix would change: give --fix, or --fix=likely, too")
            }
            guard stdinPath != nil else { return }
            guard paths.isEmpty else { throw ValidationError("give either --stdin-path or paths") }
            guard fix == nil else {
                throw ValidationError("--fix writes files; with --stdin-path, apply the fixes of --format json")
            }
        }

        func run() throws {
            if let explain {
                writeOutput(try diagnosticPage(explain))
                return
            }
            let named = stdinPath.map { [$0] } ?? paths
            let location = try project.locate(around: named.first)
            let chosen = try ChosenFiles(named, in: location, mayBeNew: stdinPath != nil)
            let progress = Progress()
            var result = try compileProject(
                at: location, for: .check, progress, now: try diagnostics.moment(), keepsUnits: fix != nil,
                unsaved: try unsavedFile(chosen))
            var fixed = 0
            var recorded: OutputText = ""
            if let fix {
                var run = FixRun(result, at: location, fix, now: try diagnostics.moment())
                try run.apply(progress) { chosen.contain($0) }
                let isChosen = chosen.isEverything ? nil : { chosen.contain($0) }
                if diff { return try show(run, recording: isChosen, progress) }
                try run.write()
                (result, fixed) = (run.project, run.applied)
                recorded = try recordTranslations(&result, of: isChosen, location, progress)
            }
            progress.finish()
            let elsewhere = result.keepDiagnostics(of: chosen)
            writeOutput(diagnostics.text(result, location, onTerminal: Console.current.outputIsTerminal))
            conclude(result, chosen, elsewhere: elsewhere, fixed: fixed, recorded: recorded)
            if diagnostics.fails(result.diagnostics) { throw ExitCode(CommandFailure.diagnostics) }
        }

        /// The file whose text comes on standard input; nil where none does, or nobody would read a file of that name.
        private func unsavedFile(_ chosen: ChosenFiles) throws(CommandFailure) -> ProjectFiles.File? {
            guard stdinPath != nil else { return nil }
            let (bytes, problem) = readAll(from: 0, limit: ProjectLimits.sourceBytes)
            if let problem {
                throw CommandFailure("cannot read standard input: \(problem)", exitCode: CommandFailure.failure)
            }
            guard bytes.count <= ProjectLimits.sourceBytes else {
                throw CommandFailure(
                    "standard input has more than \(ProjectLimits.sourceBytes) bytes, which no source file may have")
            }
            guard let path = chosen.first, ProjectFiles.reads(path) else { return nil }
            return ProjectFiles.File(path: path, bytes: bytes)
        }

        /// Shows what would be written.
        private func show(_ run: FixRun, recording isChosen: ((String) -> Bool)?, _ progress: Progress) throws {
            progress.finish()
            let difference = run.difference(recording: isChosen)
            writeOutput(difference)
            writeError("\(counted(run.applied, "diagnostic")) would be fixed; nothing was written.\n")
            if !difference.isEmpty { throw ExitCode(CommandFailure.diagnostics) }
        }

        /// Records in translations.lock what new translations were made from; what was done, as a sentence.
        private func recordTranslations(
            _ result: inout CompiledProject, of isChosen: ((String) -> Bool)?, _ location: ProjectLocation,
            _ progress: Progress
        ) throws(CommandFailure) -> OutputText {
            let update = result.compilation.updatedLock(of: isChosen)
            guard let bytes = update.bytes else { return update.postponed > 0 ? recordedSentence(update) : "" }
            try writeLock(bytes, in: location)
            result = try compileProject(
                at: location, for: .check, progress, now: try diagnostics.moment(), keepsUnits: true)
            return recordedSentence(update)
        }

        /// One line on what was found, and one on what there is in other files; on standard error when the output is for
        /// programs.
        private func conclude(
            _ result: CompiledProject, _ chosen: ChosenFiles, elsewhere: [Diagnostic], fixed: Int, recorded: OutputText
        ) {
            let style = diagnostics.format == .human ? Console.current.outputStyle : Console.current.errorStyle
            var line: OutputText = ""
            if fixed > 0 { line += style.green("Fixed \(counted(fixed, "diagnostic"))") + ". " }
            if !recorded.isEmpty { line += recorded + " " }
            let summary = summaryLine(result.diagnostics)
            if result.diagnostics.isEmpty {
                let place: OutputText =
                    chosen.isEverything
                    ? "in \(counted(result.messageCount, "message"))" : "in \(counted(chosen.count, "path"))"
                line += style.green("No diagnostics") + " \(place).\n"
            } else {
                line += style.bold("\(summary.prefix(1).uppercased())\(summary.dropFirst())") + ".\n"
            }
            let safe = result.diagnostics.count { $0.fixIts.contains { $0.applicability == .safe } }
            if safe > 0, fix == nil { line += "placard check --fix can fix \(safe) of them.\n" }
            if !elsewhere.isEmpty { line += "Elsewhere: \(summaryLine(elsewhere)); placard check shows them.\n" }
            for name in chosen.strangers(in: result.compilation.files, result.diagnostics) {
                line += "\(name) is not compiled, so that nothing is said of it.\n"
            }
            if diagnostics.format == .human {
                writeOutput((result.diagnostics.isEmpty ? "" : "\n") + line)
            } else {
                writeError(line)
            }
        }
    }

    extension CompiledProject {
        /// Keeps the diagnostics that were asked for.
        ///
        /// What keeps the project from being read is kept, too: without it nothing could be said of any file.
        ///
        /// - Returns: the others.
        fileprivate mutating func keepDiagnostics(of chosen: ChosenFiles) -> [Diagnostic] {
            let isReadable = !compilation.files.isOverLimit
            func isKept(_ diagnostic: Diagnostic) -> Bool {
                let file = diagnostic.primary.file
                let isCause = diagnostic.severity == .error && (file.isEmpty || file == "placard.yaml")
                return !isReadable || isCause || chosen.contain(file)
            }
            let others = diagnostics.filter { !isKept($0) }
            if !others.isEmpty { diagnostics = diagnostics.filter(isKept) }
            return others
        }
    }
#endif
