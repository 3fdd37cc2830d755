#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler
    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    extension Definitions {
        /// A user whom a message is for; nil for no message, and for one that does not compile.
        fileprivate func sampleUser(of message: String?) -> SampleUser? {
            message.flatMap { id in compiled.first { $0.definition.id == id } }.flatMap { sample(for: $0, project) }
        }

        /// Whether a message shows in a scenario of this text.
        fileprivate func shows(_ message: String, in text: String) -> Bool {
            let path = "scenarios/new.yaml"
            let own = files.files.filter { !$0.path.hasPrefix("scenarios/") }
            let compilation = compile(ProjectFiles(own + [ProjectFiles.File(path: path, bytes: Array(text.utf8))]))
            guard !compilation.hasErrors, let engine = try? ProjectEngine(emitBundle(compilation)) else { return false }
            return scenarioResults(compilation.scenarios, engine).allSatisfy { $0.shown == message }
        }
    }

    struct NewScenarioCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "scenario",
            abstract: "Start a scenario: a user, an event, a clock, and what must show then.",
            discussion: """
                Writes scenarios/NAME.yaml with a value for every attribute that placard.yaml declares. The preview \
                shows each message to each scenario.

                Examples:
                  placard new scenario first-visit
                  placard new scenario gold-member --message order-ready
                """)

        @OptionGroup var project: ProjectOptions

        @Argument(help: "The scenario's name: lower-case letters, digits and hyphens.")
        var name: String

        @Option(
            name: .shortAndLong, help: "The message that is to show; the scenario gets its event.",
            completion: .messages)
        var message: String?

        func run() throws {
            let location = try project.locate()
            try checkIdentifier(name, of: "scenario")
            let definitions = try readDefinitions(at: location)
            var shown: MessageDefinition?
            if let message {
                shown = definitions.messages.first { $0.id == message }
                guard shown != nil else { throw unknown("message", message, known: definitions.messages.map { $0.id }) }
            }
            let now = Date().formatted(.iso8601)
            let user = definitions.sampleUser(of: message)
            var text = scenarioSkeleton(definitions.project, message: shown, user: user, now: now)
            var next: OutputText = "Describe the user, then: placard check"
            if let message, !definitions.shows(message, in: text) {
                // What is written holds; what stands in the way is for the author to see.
                text = scenarioSkeleton(definitions.project, message: shown, user: user, now: now, isExpected: false)
                next = "\(message) does not show to this user yet: placard explain \(name) says why"
            }
            try announce([NewFile(path: "scenarios/\(name).yaml", text: text)], in: location, next: [next])
        }
    }
#endif
