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

                Examples:
                  placard check
                  placard check --fix                apply the fixes that keep the meaning, and
                                                     record what new translations were made from
                  placard check --explain cel/syntax-error
                                                     what a finding means, by example
                  placard check --strict --format github
                                                     in a GitHub workflow
                  placard check --format sarif > placard.sarif
                                                     for code scanning
                """)

        @OptionGroup var project: ProjectOptions
        @OptionGroup var findings: FindingOptions

        @Flag(
            help:
                "Apply every fix that keeps the meaning, record new translations in translations.lock, then report what is left."
        )
        var fix = false

        @Option(help: ArgumentHelp("Print what the findings of this kind mean, and stop.", valueName: "id"))
        var explain: String?

        func run() throws {
            if let explain {
                writeOutput(try page(explain))
                return
            }
            let location = try project.locate()
            let progress = Progress()
            var result = try compileProject(at: location, for: .check, progress, keepsUnits: fix)
            let fixed = fix ? try applyFixes(&result, location, progress) : 0
            let recorded = fix ? try recordTranslations(&result, location, progress) : ""
            progress.finish()
            writeOutput(findings.text(result, location, onTerminal: Console.current.outputIsTerminal))
            conclude(result, fixed: fixed, recorded: recorded)
            if findings.fails(result.diagnostics) { throw ExitCode(CommandFailure.findings) }
        }

        /// The page of `id` from `Documentation/Diagnostics`.
        private func page(_ id: String) throws(CommandFailure) -> OutputText {
            if let page = embeddedDiagnosticPages[id] { return OutputText(lines: page) }
            let known = embeddedDiagnosticPages.keys.sorted()
            guard nearMiss(id, among: known) == nil else { throw unknown("finding", id, known: known) }
            let area = id.split(separator: "/").first.map { $0 + "/" } ?? ""
            let related = known.filter { $0.hasPrefix(area) }
            throw unknown("finding", id, known: related.isEmpty ? known : related)
        }

        /// Applies fixes until none is left; fixes that overlap take a round each.
        private func applyFixes(
            _ result: inout CompiledProject, _ location: ProjectLocation, _ progress: Progress
        ) throws(CommandFailure) -> Int {
            var fixed = 0
            guard let folder = ProjectFolder(location.folder) else { return 0 }
            var left: Set<String> = []
            for _ in 0..<fixRoundLimit {
                var files = result.files
                for path in fixable(result.diagnostics) {
                    guard let reason = folder.reasonNotToReplace(path) else { continue }
                    files[path] = nil
                    guard left.insert(path).inserted else { continue }
                    progress.finish()
                    writeError("\(location.display(path)) is left as it is: \(reason)\n")
                }
                let application = applyFixIts(result.diagnostics, files: files)
                guard !application.files.isEmpty else { break }
                for (path, bytes) in application.files.sorted(by: { $0.key < $1.key }) {
                    try replace(path, in: folder, with: bytes)
                }
                fixed += application.applied
                result = try compileProject(at: location, for: .check, progress, keepsUnits: true)
            }
            return fixed
        }

        /// The files that safe fixes change, in order.
        private func fixable(_ diagnostics: [Diagnostic]) -> [String] {
            let fixes = diagnostics.flatMap(\.fixIts).filter { $0.applicability == .safe }
            return Set(fixes.flatMap { $0.edits.map(\.file) }).sorted()
        }

        /// Records in translations.lock what new translations were made from; what was done, as a sentence.
        private func recordTranslations(
            _ result: inout CompiledProject, _ location: ProjectLocation, _ progress: Progress
        ) throws(CommandFailure) -> OutputText {
            let update = result.compilation.updatedLock()
            guard let bytes = update.bytes else { return "" }
            try writeLock(bytes, in: location)
            result = try compileProject(at: location, for: .check, progress, keepsUnits: true)
            return recordedSentence(update)
        }

        /// One line on what was found; on standard error when the output is for programs.
        private func conclude(_ result: CompiledProject, fixed: Int, recorded: OutputText) {
            let style = findings.format == .human ? Console.current.outputStyle : Console.current.errorStyle
            var line: OutputText = ""
            if fixed > 0 { line += style.green("Fixed \(counted(fixed, "finding"))") + ". " }
            if !recorded.isEmpty { line += recorded + " " }
            let summary = summaryLine(result.diagnostics)
            if result.diagnostics.isEmpty {
                line += style.green("No findings") + " in \(counted(result.messageCount, "message")).\n"
            } else {
                line += style.bold("\(summary.prefix(1).uppercased())\(summary.dropFirst())") + ".\n"
            }
            let fixable = result.diagnostics.count { $0.fixIts.contains { $0.applicability == .safe } }
            if fixable > 0, !fix { line += "placard check --fix can mend \(fixable) of them.\n" }
            if findings.format == .human {
                writeOutput((result.diagnostics.isEmpty ? "" : "\n") + line)
            } else {
                writeError(line)
            }
        }
    }

    /// How often `check --fix` may go over a project.
    private let fixRoundLimit = 10
#endif
