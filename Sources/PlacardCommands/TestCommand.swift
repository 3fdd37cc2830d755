#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardBundle
    import PlacardCompiler
    import PlacardEngine
    import SourceDiagnostics
    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    struct TestCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Hold every scenario to what it expects.",
            discussion: """
                Compiles the project, runs the engine that apps run on each file of scenarios/, and compares the \
                outcome with its expect:. At the end it names the messages that no scenario ever shows.

                In a format for programs standard output holds one whole document, whatever happens: of a project \
                that does not compile, or a scenario that is not there, it tells as an error.

                Examples:
                  placard test
                  placard test order-ready winter-menu
                  placard test --format github                   in a GitHub workflow
                  placard test --format junit > placard.xml      for other servers
                  placard test --format json > placard.json      by placard schema test-results
                """)

        @OptionGroup var project: ProjectOptions

        @Option(
            help: "human, json (one document), junit (XML for CI servers) or github (workflow commands).")
        var format = TestFormat.human

        @Argument(help: ArgumentHelp("Only these scenarios.", valueName: "name"), completion: .scenarios)
        var names: [String] = []

        func run() throws {
            let progress = Progress()
            var report = TestReport()
            do throws(CommandFailure) {
                let location = try project.locate()
                report.location = location
                let compilation = try compileForTesting(at: location, progress)
                report.compilation = compilation
                let engine = try engine(of: compilation)
                let scenarios = try chosen(compilation.scenarios)
                progress.stage("Testing \(counted(scenarios.count, "scenario"))")
                report.results = scenarioResults(scenarios, engine)
                if names.isEmpty { report.unshown = unshown(report.results, compilation) }
            } catch {
                progress.finish()
                report.failure = error
                writeOutput(report.text(format))
                throw error
            }
            progress.finish()
            writeOutput(format == .human ? words(report) : report.text(format))
            if report.results.contains(where: { $0.status == .failed }) { throw ExitCode(CommandFailure.diagnostics) }
        }

        private func chosen(_ scenarios: [Scenario]) throws(CommandFailure) -> [Scenario] {
            guard !names.isEmpty else { return scenarios }
            var result: [Scenario] = []
            for name in names.map(scenarioName) {
                guard let scenario = scenarios.first(where: { $0.name == name }) else {
                    throw unknown("scenario", name, known: scenarios.map { $0.name })
                }
                result.append(scenario)
            }
            return result
        }

        private func words(_ report: TestReport) -> OutputText {
            let style = Console.current.outputStyle
            var text = report.diagnostics(
                as: .human,
                RenderingOptions(
                    color: style.isColored, width: Console.current.width,
                    pathPrefix: report.location?.displayPrefix ?? ""))
            if !text.isEmpty { text += "\n" }
            let (passed, failed, open) = (report.count(.passed), report.count(.failed), report.count(.open))
            text += failed == 0 ? style.green("Scenarios: ") : style.red("Scenarios: ")
            text += "\(passed) passed, \(failed) failed"
            if open > 0 { text += ", \(open) without expect" }
            text += ".\n"
            guard names.isEmpty else { return text }
            if report.unshown.isEmpty { return text + "Every message is shown by a scenario.\n" }
            return text
                + "No scenario shows \(someOf(report.unshown, atMost: 20)). placard new scenario NAME starts one.\n"
        }

        /// Messages that no scenario shows, and that nothing therefore holds to what they are meant for.
        private func unshown(_ results: [ScenarioResult], _ compilation: Compilation) -> [String] {
            let shown = Set(results.compactMap(\.shown))
            return compilation.messages.map(\.definition.id).filter { !shown.contains($0) }
        }
    }

    extension TestFormat: ExpressibleByArgument {}

    /// A project that compiles, with the engine over its bundle.
    struct TestedProject {
        var compilation: Compilation
        var engine: ProjectEngine
    }

    /// Compiles a project; one with errors has no engine.
    func testedProject(at location: ProjectLocation, _ progress: Progress) throws(CommandFailure) -> TestedProject {
        let compilation = try compileForTesting(at: location, progress)
        if compilation.hasErrors { progress.finish() }
        return TestedProject(compilation: compilation, engine: try engine(of: compilation))
    }

    /// Compiles a project whose engine will be asked.
    func compileForTesting(
        at location: ProjectLocation, _ progress: Progress
    ) throws(CommandFailure) -> Compilation {
        progress.stage("Compiling")
        return compile(try load(location), knownDiagnostics: embeddedDiagnosticPages.keys.sorted())
    }

    /// The engine over the bundle of a project without errors.
    private func engine(of compilation: Compilation) throws(CommandFailure) -> ProjectEngine {
        try refuseErrors(compilation)
        do {
            return try ProjectEngine(emitBundle(compilation))
        } catch {
            throw CommandFailure(
                "the bundle cannot be read back: \(String(describing: error))", exitCode: CommandFailure.failure)
        }
    }

    /// Ends a command that needs a project without errors.
    func refuseErrors(_ compilation: Compilation) throws(CommandFailure) {
        guard !compilation.hasErrors else {
            throw CommandFailure(
                "the project has errors, so that there is nothing to run", help: ["placard check tells what is wrong"],
                exitCode: CommandFailure.diagnostics)
        }
    }
#endif
