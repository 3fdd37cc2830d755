#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import CanonicalJSON
    import PlacardBundle
    import PlacardCompiler
    import PlacardEngine
    import SourceDiagnostics
    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    struct ExplainCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "Say what a user would see, and for every message why or why not.",
            discussion: """
                Takes a scenario of the project, a scenario in any file, or an event with a context. The answer comes \
                from the engine that apps run.

                Examples:
                  placard explain order-ready
                  placard explain --event session_start \\
                    --context '{"user": {"country": "FR"}, "app": {"version": "3.4.0"}}'
                  placard explain --event order_status_changed \\
                    --properties '{"order_id": "A-113", "status": "ready"}' \\
                    --locale fr-CA --now 2026-12-02T10:15:00+01:00 --timezone Europe/Paris
                  placard explain order-ready --message winter-menu     why not this one?
                  placard explain order-ready --json
                """)

        @OptionGroup var project: ProjectOptions

        @Argument(help: ArgumentHelp("A scenario of the project.", valueName: "scenario"), completion: .scenarios)
        var name: String?

        @Option(help: ArgumentHelp("What happened, instead of a scenario.", valueName: "name"), completion: .events)
        var event: String?

        @Option(help: ArgumentHelp("The event's properties.", valueName: "json"))
        var properties: String?

        @Option(
            help: ArgumentHelp("What the app knows: an object with a member for each context group.", valueName: "json")
        )
        var context: String?

        @Option(help: ArgumentHelp("The user's language.", valueName: "tag"), completion: .locales)
        var locale: String?

        @Option(help: ArgumentHelp("The moment, with an offset; now unless given.", valueName: "time"))
        var now: String?

        @Option(help: ArgumentHelp("The user's time zone.", valueName: "zone"))
        var timezone: String?

        @Option(help: ArgumentHelp("What rollouts, holdouts and variants are drawn by.", valueName: "id"))
        var unit: String?

        @Option(help: ArgumentHelp("Only the reason of this message.", valueName: "id"), completion: .messages)
        var message: String?

        @Flag(help: "The whole decision as JSON.")
        var json = false

        func validate() throws {
            guard (name == nil) != (event == nil) else {
                throw ValidationError("give either a scenario or --event")
            }
        }

        func run() throws {
            let location = try project.locate()
            let progress = Progress()
            let tested = try testedProject(at: location, progress)
            progress.finish()
            let scenario = try scenario(tested.compilation)
            let decision = tested.engine.explain(scenario)
            if let message, decision.reason(of: message) == nil {
                throw unknown("message", message, known: decision.verdicts.map { $0.message })
            }
            if json {
                let answer = decisionJSON(decision, scenario, locale: tested.engine.locale(of: scenario))
                writeOutput(OutputText(json: answer.canonicalString + "\n"))
            } else {
                writeOutput(text(decision, scenario, tested.engine))
            }
        }

        // MARK: What is asked

        private func scenario(_ compilation: Compilation) throws(CommandFailure) -> Scenario {
            var scenario: Scenario
            if let name = name.map(scenarioName) {
                guard let found = compilation.scenarios.first(where: { $0.name == name }) else {
                    throw unknown(
                        "scenario", name, known: compilation.scenarios.map { $0.name },
                        help: ["placard new scenario \(name) starts one"])
                }
                scenario = found
            } else {
                let names = compilation.project.events.map { $0.name }
                guard let event, names.contains(event) else { throw unknown("event", event ?? "", known: names) }
                scenario = Scenario(event: event, now: Int64(Date().timeIntervalSince1970 * 1000))
            }
            let project = compilation.project
            if let properties {
                scenario.properties = try object(properties, "--properties")
                scenario.lenientVersions.removeAll { $0.path.hasPrefix("event.") }
                scenario.lenientVersions += project.lenientVersions(
                    properties: scenario.properties, of: scenario.event.value)
            }
            if let context {
                scenario.context = try object(context, "--context")
                scenario.lenientVersions.removeAll { !$0.path.hasPrefix("event.") }
                scenario.lenientVersions += project.lenientVersions(context: scenario.context)
            }
            if let locale { scenario.locale = locale }
            if let timezone { scenario.timezone = timezone }
            if let unit { scenario.unit = unit }
            if let now { scenario.now = try namedMoment(now).milliseconds }
            return scenario
        }

        private func object(_ text: String, _ option: String) throws(CommandFailure) -> JSONObject {
            let value: JSONValue
            do throws(JSONParseError) {
                value = try JSONValue(parsing: Array(text.utf8))
            } catch {
                throw CommandFailure("\(option) is not JSON: \(error.message), at character \(error.offset + 1)")
            }
            guard let object = value.object else {
                throw CommandFailure("\(option) wants a JSON object: {\"user\": {…}}")
            }
            return object
        }

        // MARK: The answer

        private func text(_ decision: Decision, _ scenario: Scenario, _ engine: ProjectEngine) -> OutputText {
            let style = Console.current.outputStyle
            if let message, let reason = decision.reason(of: message) { return "\(message)  \(reason.text)\n" }
            var text: OutputText = ""
            for version in scenario.lenientVersions { text += "\(style.bold("note: "))\(note(version))\n" }
            for note in decision.notes { text += "\(style.bold("note: "))\(note.text)\n" }
            if let shown = decision.shown {
                text += "\(style.green("Shows "))\(style.bold("\(shown.message.id)"))"
                if let variant = shown.variant { text += ", variant \(variant)" }
                text += " in \(shown.content.locale)"
                let delay = shown.message.trigger.delay ?? 0
                if delay > 0 { text += ", after \(delay) ms" }
                text += "\n\n\(MessageCard(shown.content, style).text)\n"
            } else {
                text += "\(style.bold("Shows nothing."))\n\n"
            }
            let width = min(decision.verdicts.map { $0.message.count }.max() ?? 0, nameWidthLimit)
            for verdict in ordered(decision) {
                let isShown = verdict.reason.gate == .shown
                let space = String(repeating: " ", count: max(0, width - verdict.message.count))
                let name: OutputText = "\(verdict.message)\(space)"
                text += isShown ? style.green("✓ \(name)") : "  \(name)"
                text += "  \(verdict.reason.text)\n"
            }
            return text
        }

        /// The message that shows, then those that came furthest.
        private func ordered(_ decision: Decision) -> [Verdict] {
            let gates = Gate.allCases
            func rank(_ verdict: Verdict) -> Int { gates.firstIndex(of: verdict.reason.gate) ?? 0 }
            return decision.verdicts.sorted { (rank($0), $1.message) > (rank($1), $0.message) }
        }

        private func note(_ version: LenientVersion) -> String {
            "\(version.path) is \(version.given), which is read as \(version.read)"
        }

        private func decisionJSON(_ decision: Decision, _ scenario: Scenario, locale: String) -> JSONValue {
            var object: JSONObject = [
                "locale": .string(locale),
                "messages": .array(
                    decision.verdicts.filter { message == nil || $0.message == message }.map { verdict in
                        .object(["id": .string(verdict.message), "reason": verdict.reason.json])
                    }),
                "notes": .array(
                    scenario.lenientVersions.map { .string(note($0)) } + decision.notes.map { .string($0.text) }),
                "schema": "placard/decision/1",
                "shows": .null,
            ]
            if let shown = decision.shown {
                object["shows"] = .string(shown.message.id)
                if let variant = shown.variant { object["variant"] = .string(variant) }
                object["content"] = contentJSON(shown.content)
            }
            return .object(object)
        }

        private func contentJSON(_ content: RenderedMessage) -> JSONValue {
            var fields = JSONObject()
            for field in content.fields {
                switch field.value {
                case .text(let text), .string(let text): fields[field.name] = .string(text)
                case .body(let body):
                    var object = JSONObject()
                    if let html = body.html { object["html"] = .string(html) }
                    if let text = body.text { object["text"] = .string(text) }
                    if let mdast = body.mdast { object["mdast"] = mdast }
                    fields[field.name] = .object(object)
                case .image(let src, let alt): fields[field.name] = ["src": .string(src), "alt": .string(alt)]
                case .list(let items):
                    fields[field.name] = .array(items.map { ["id": .string($0.id), "text": .string($0.text)] })
                case .bool(let flag): fields[field.name] = .bool(flag)
                case .int(let number): fields[field.name] = .number(Double(number))
                case .url(let url): fields[field.name] = url.map { .string($0) } ?? .null
                }
            }
            var object: JSONObject = [
                "actions": .array(content.actions.map { ["id": .string($0.id), "label": .string($0.label)] }),
                "direction": .string(content.direction.rawValue), "fields": .object(fields),
                "locale": .string(content.locale),
            ]
            if let push = content.push {
                var texts: JSONObject = ["body": .string(push.body)]
                if let title = push.title { texts["title"] = .string(title) }
                if let link = push.link { texts["link"] = .string(link) }
                object["push"] = .object(texts)
            }
            return .object(object)
        }
    }

    /// How wide the column of ids becomes at most.
    private let nameWidthLimit = 40
#endif
