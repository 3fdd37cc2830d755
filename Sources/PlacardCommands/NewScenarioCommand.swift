#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler
    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

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
            let text = scenarioSkeleton(definitions.project, message: shown, now: now)
            try announce(
                [NewFile(path: "scenarios/\(name).yaml", text: text)], in: location,
                next: ["Describe the user, then: placard check"])
        }
    }
#endif
