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

                Examples:
                  placard test
                  placard test order-ready winter-menu
                  placard test --format junit > placard.xml      for CI
                """)

        @OptionGroup var project: ProjectOptions

        @Option(help: "How to report: human or junit.")
        var format = TestFormat.human

        @Argument(help: ArgumentHelp("Only these scenarios.", valueName: "name"))
        var names: [String] = []

        func run() throws {
            let location = try project.locate()
            let progress = Progress()
            let tested = try testedProject(at: location, progress)
            let scenarios = try chosen(tested.compilation.scenarios)
            progress.stage("Testing \(counted(scenarios.count, "scenario"))")
            let results = scenarios.map { ScenarioResult($0, engine: tested.engine) }
            progress.finish()
            switch format {
            case .human: writeOutput(report(results, tested.compilation, location))
            case .junit: writeOutput(junitReport(results))
            }
            if results.contains(where: { !$0.failures.isEmpty }) { throw ExitCode(CommandFailure.findings) }
        }

        private func chosen(_ scenarios: [Scenario]) throws(CommandFailure) -> [Scenario] {
            guard !names.isEmpty else { return scenarios }
            var result: [Scenario] = []
            for name in names {
                guard let scenario = scenarios.first(where: { $0.name == name }) else {
                    throw unknown("scenario", name, known: scenarios.map { $0.name })
                }
                result.append(scenario)
            }
            return result
        }

        private func report(_ results: [ScenarioResult], _ compilation: Compilation, _ location: ProjectLocation)
            -> OutputText
        {
            let style = Console.current.outputStyle
            let failures = results.flatMap { result in result.failures.map(\.diagnostic) }
            var text: OutputText = ""
            if !failures.isEmpty {
                let files = Dictionary(
                    failures.compactMap { failure in
                        compilation.files[failure.primary.file].map { (failure.primary.file, $0) }
                    },
                    uniquingKeysWith: { first, _ in first })
                text += render(
                    failures, files: files, as: .human,
                    options: RenderingOptions(
                        color: style.isColored, width: Console.current.width, pathPrefix: location.displayPrefix,
                        completeForm: "--format junit"))
                text += "\n"
            }
            let failed = results.count { !$0.failures.isEmpty }
            let open = results.count { $0.scenario.expectation == nil }
            text += failed == 0 ? style.green("Scenarios: ") : style.red("Scenarios: ")
            text += "\(results.count - failed - open) passed, \(failed) failed"
            if open > 0 { text += ", \(open) without expect" }
            text += ".\n"
            if names.isEmpty { text += uncovered(results, compilation) }
            return text
        }

        /// Messages that no scenario shows, and that nothing therefore holds to what they are meant for.
        private func uncovered(_ results: [ScenarioResult], _ compilation: Compilation) -> OutputText {
            let shown = Set(results.compactMap { $0.decision.shown?.message.id })
            let never = compilation.messages.map(\.definition.id).filter { !shown.contains($0) }
            guard !never.isEmpty else { return "Every message is shown by a scenario.\n" }
            return "No scenario shows \(someOf(never, atMost: 20)). placard new scenario NAME starts one.\n"
        }
    }

    enum TestFormat: String, ExpressibleByArgument, CaseIterable {
        case human, junit
    }

    /// A project that compiles, with the engine over its bundle.
    struct TestedProject {
        var compilation: Compilation
        var engine: ProjectEngine
    }

    /// Compiles a project; one with errors has no engine.
    func testedProject(at location: ProjectLocation, _ progress: Progress) throws(CommandFailure) -> TestedProject {
        progress.stage("Compiling")
        let compilation = compile(try load(location), knownDiagnostics: embeddedDiagnosticPages.keys.sorted())
        guard !compilation.hasErrors else {
            progress.finish()
            throw CommandFailure(
                "the project has errors, so that there is nothing to run", help: ["placard check tells what is wrong"],
                exitCode: CommandFailure.findings)
        }
        do {
            return TestedProject(compilation: compilation, engine: try ProjectEngine(emitBundle(compilation)))
        } catch {
            throw CommandFailure(
                "the bundle cannot be read back: \(String(describing: error))", exitCode: CommandFailure.failure)
        }
    }
#endif
