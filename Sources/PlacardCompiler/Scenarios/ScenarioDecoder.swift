import CanonicalJSON
import DocumentSchema
import LocatedYAML
import PlacardBundle
import SourceDiagnostics

/// Decodes a scenario, which its schema has found well formed, and holds its values against `placard.yaml`.
struct ScenarioDecoder {
    let file: String
    let project: ProjectDefinition
    /// The ids of the project's messages.
    let messages: [String]
    /// The same, for looking one up.
    let knownMessages: Set<String>
    /// What could not be read, of which some may be messages.
    private let unread: UnreadFiles
    private(set) var diagnostics: [Diagnostic] = []
    private var lenient: [LenientVersion] = []
    /// Where attributes stand outside of their groups, which is reported.
    private(set) var misplaced: [Span] = []

    init(
        _ file: String, _ project: ProjectDefinition, messages: [String], knownMessages: Set<String>,
        unread: UnreadFiles = UnreadFiles([])
    ) {
        self.unread = unread
        self.file = file
        self.project = project
        self.messages = messages
        self.knownMessages = knownMessages
    }

    /// The scenario; nil when what every scenario needs is not there.
    mutating func decode(_ root: YAMLNode, name: String) -> Scenario? {
        guard let now = instant(root["now"]), let eventNode = root["event"], let event = located(eventNode["name"])
        else {
            return nil
        }
        checkUser(root)
        checkTimes(root, now: now)
        if !root.has("expect"), !hasUnknownKey(root) {
            diagnostics.append(.noExpectation(at: Label(file: file, eventNode.span)))
        }
        let flat = FlatContext(root, project, file: file)
        diagnostics += flat?.diagnostics ?? []
        misplaced = flat?.places ?? []
        var scenario = Scenario(
            name: name, file: file, summary: root["description"]?.text ?? "", unit: root["unit"]?.text ?? "anonymous",
            locale: root["locale"]?.text, now: now, timezone: root["timezone"]?.text ?? "UTC",
            session: instant(root["session"]), context: context(root["context"], flat), event: event,
            properties: properties(eventNode, event), history: history(root["history"]),
            expectation: root["expect"].map { expectation($0) })
        scenario.lenientVersions = lenient
        return scenario
    }

    /// Whether the schema's diagnostic is of attributes outside of their groups, which is said in a better way.
    func explains(_ diagnostic: Diagnostic) -> Bool {
        diagnostic.id.hasPrefix("schema/")
            && misplaced.contains {
                $0.start <= diagnostic.primary.span.start && diagnostic.primary.span.end <= $0.end
            }
    }

    private func located(_ node: YAMLNode?) -> Located<String>? {
        guard let node, let text = node.text else { return nil }
        return Located(value: text, file: file, span: node.span)
    }

    private func instant(_ node: YAMLNode?) -> Int64? {
        (node?.text).flatMap { try? ScalarSyntax.dateTime($0, .instant).get().milliseconds }
    }

    /// Whether there are such a time zone and such a language.
    private mutating func checkUser(_ root: YAMLNode) {
        if let zone = located(root["timezone"]), let problem = checkZone(zone.value, at: zone.label) {
            diagnostics.append(problem)
        }
        // Readers of languages that CLDR does not know are users too; what has more letters than the code of one is a name.
        guard let locale = located(root["locale"]), ScalarSyntax.locale(locale.value) == nil,
            locale.value.prefix(while: { $0 != "-" }).utf8.count > 3,
            case .failure(let problem) = checkedLocale(locale.value)
        else { return }
        diagnostics.append(.locale(problem, at: locale.label))
    }

    /// Whether a key is none of a scenario's, which may be `expect` mistyped.
    private func hasUnknownKey(_ root: YAMLNode) -> Bool {
        let names = PlacardSchemas.scenario.root.properties.map(\.name)
        return (root.mapping ?? .empty).contains { !names.contains($0.key.text ?? "") }
    }

    /// Whether what has been was before now, and was shown before it was dismissed.
    private mutating func checkTimes(_ root: YAMLNode, now: Int64) {
        func check(_ node: YAMLNode?, notAfter other: Int64, _ message: String) {
            guard let node, let time = instant(node), time > other else { return }
            diagnostics.append(.timesOutOfOrder(message, at: Label(file: file, node.span)))
        }
        check(root["session"], notAfter: now, "the session begins after `now`")
        for item in root["history"]?.sequence ?? .empty {
            check(item["shown"], notAfter: now, "the message is shown after `now`")
            check(item["dismissed"], notAfter: now, "the message is dismissed after `now`")
            guard let shown = instant(item["shown"]), let dismissed = instant(item["dismissed"]), shown <= now else {
                continue
            }
            check(item["shown"], notAfter: dismissed, "the message is shown after it is dismissed")
        }
    }

    // MARK: Context and event

    private mutating func context(_ node: YAMLNode?, _ flat: FlatContext?) -> JSONObject {
        var context = JSONObject()
        for entry in node?.mapping ?? .empty {
            guard let name = entry.key.text, project.context[named: name] == nil else { continue }
            let isMisplaced = misplaced.contains { $0.start == entry.key.span.start }
            if isMisplaced { continue }
            diagnostics.append(
                .unknownContextGroup(
                    name, among: project.context.names, at: Label(file: file, entry.key.span)))
        }
        for group in project.context {
            // A value that does not fit has been reported.
            var given: [GivenValue] = []
            if let flat {
                given = flat.values.filter { $0.group == group.name }.map { GivenValue($0.attribute, $0.key, $0.value) }
            } else if let entries = node?[group.name]?.mapping {
                given = entries.map { GivenValue($0.key.text, $0.key, $0.value) }
            }
            if flat == nil ? node?.has(group.name) == true : !given.isEmpty {
                context[group.name] = .object(values(given, of: group.attributes, in: group.name))
            }
            guard let start = (node ?? flat?.values.first?.key)?.span else { continue }
            let misspelt = misspelt(given, group.attributes)
            for attribute in group.attributes where !attribute.isOptional && attribute.defaultValue == nil {
                guard !given.contains(where: { $0.name == attribute.name }), !misspelt.contains(attribute.name) else {
                    continue
                }
                reportMissing("\(group.name).\(attribute.name)", at: start)
            }
        }
        return context
    }

    private mutating func properties(_ node: YAMLNode, _ event: Located<String>) -> JSONObject {
        guard let declared = project.events[named: event.value] else {
            diagnostics.append(
                .unknownEvent(event.value, among: project.events.names, at: event.label))
            return JSONObject()
        }
        let entries = propertyEntries(node)
        let given = entries.map { GivenValue($0.key.text, $0.key, $0.value) }
        let values = values(given, of: declared.properties, in: "event")
        let misspelt = misspelt(given, declared.properties)
        for property in declared.properties where property.isGuaranteed && property.defaultValue == nil {
            if values[property.name] == nil, !misspelt.contains(property.name),
                !entries.contains(where: { $0.key.text == property.name })
            {
                let isKey = property.name == "name" || property.name == "properties"
                reportMissing(
                    "event.\(property.name)", at: event.span,
                    isKey
                        ? "beside the event's own keys it is written `event: {name: \(event.value), properties: {\(property.name): …}}`"
                        : nil)
            }
        }
        return values
    }

    /// The properties: those beside the event's name, and those of `properties`, where one may be called `name`.
    private func propertyEntries(_ node: YAMLNode) -> [YAMLNode.Entry] {
        let nested = node["properties"]?.mapping
        let beside = (node.mapping ?? .empty).filter {
            !$0.key.isText("name") && !(nested != nil && $0.key.isText("properties"))
        }
        return beside + (nested.map { Array($0) } ?? [])
    }

    private mutating func values(
        _ entries: [GivenValue], of attributes: DeclaredList<AttributeDefinition>, in group: String
    ) -> JSONObject {
        var values = JSONObject()
        for entry in entries {
            guard let name = entry.name else { continue }
            guard let attribute = attributes[named: name] else {
                diagnostics.append(
                    .unknownAttribute(
                        name, of: group, among: attributes.names, at: Label(file: file, entry.key.span)))
                continue
            }
            if project.untypedAttributes.contains(group + "." + name) { continue }
            switch attributeValue(entry.value, attribute.type, allowed: attribute.values) {
            case .success(let value):
                values[name] = value
                if attribute.type == .version, let given = entry.value.text {
                    lenient += [LenientVersion("\(group).\(name)", given: given)].compactMap { $0 }
                }
            case .failure(let problem):
                diagnostics.append(.valueMismatch("`\(group).\(name)`", problem, in: file))
            }
        }
        return values
    }

    /// The attributes that given names are, with slips in them: they are reported as unknown, and not as missing, too.
    private func misspelt(_ given: [GivenValue], _ attributes: DeclaredList<AttributeDefinition>) -> [String] {
        given.compactMap { value in
            value.name.flatMap { attributes[named: $0] == nil ? nearMiss($0, among: attributes.names) : nil }
        }
    }

    private mutating func reportMissing(_ name: String, at span: Span, _ way: String? = nil) {
        diagnostics.append(
            .missingScenarioValue(name, way, at: Label(file: file, Span(span.start, min(span.end, span.start + 1)))))
    }

    // MARK: History and expectation

    private mutating func history(_ node: YAMLNode?) -> [Scenario.Impression] {
        (node?.sequence ?? .empty).compactMap { item in
            guard let message = located(item["message"]), let shown = instant(item["shown"]) else { return nil }
            checkMessage(message)
            return Scenario.Impression(message: message, shown: shown, dismissed: instant(item["dismissed"]))
        }
    }

    private mutating func expectation(_ node: YAMLNode) -> Scenario.Expectation {
        let shows = node["shows"].flatMap { $0.scalar?.value == .string && $0.text != "" ? located($0) : nil }
        if let shows { checkMessage(shows, mayBeNone: true) }
        var hidden: [(message: Located<String>, gate: Located<String>)] = []
        for entry in node["hidden"]?.mapping ?? .empty {
            guard let message = located(entry.key), let gate = located(entry.value) else { continue }
            checkMessage(message)
            hidden.append((message, gate))
        }
        return Scenario.Expectation(
            shows: shows, variant: located(node["variant"]), push: push(node["push"]), hidden: hidden,
            label: Label(file: file, node.span))
    }

    private func push(_ node: YAMLNode?) -> Scenario.Expectation.Push? {
        guard let node, node.isMapping else { return nil }
        return Scenario.Expectation.Push(
            title: located(node["title"]), body: located(node["body"]), link: located(node["link"]))
    }

    private mutating func checkMessage(_ message: Located<String>, mayBeNone: Bool = false) {
        guard !knownMessages.contains(message.value), !unread.mayHoldInContent(message.value + ".md") else { return }
        diagnostics.append(
            mayBeNone && saysNothing(message.value)
                ? .noMessageNamed(message.value, at: message.label)
                : .unknownMessage(message.value, among: messages, at: message.label))
    }
}

/// A value of an attribute, with its name.
private struct GivenValue {
    var name: String?
    var key: YAMLNode
    var value: YAMLNode

    init(_ name: String?, _ key: YAMLNode, _ value: YAMLNode) {
        self.name = name
        self.key = key
        self.value = value
    }
}
