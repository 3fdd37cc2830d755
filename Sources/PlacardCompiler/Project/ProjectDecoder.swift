import ByteText
import CanonicalJSON
import DocumentSchema
import LocatedYAML
import PlacardBundle
import PlacardEngine
import PlacardMarkdown
import SourceDiagnostics
import UnicodeLocale

/// Decodes `placard.yaml`, which its schema has found well formed, and checks what a schema cannot.
struct ProjectDecoder {
    let file: String
    private(set) var diagnostics: [Diagnostic] = []
    private var untypedAttributes: Set<String> = []

    init(file: String) {
        self.file = file
    }

    mutating func decode(_ root: YAMLNode) -> ProjectDefinition {
        var project = ProjectDefinition.empty
        if let node = root["source"], let tag = locale(node) { project.source = tag }
        project.locales = locales(root["locales"], source: project.source, at: root["source"]?.span)
        project.fallbacks = fallbacks(root["fallbacks"], project)
        project.context = DeclaredList((root["context"]?.mapping ?? .empty).map { contextGroup($0) })
        project.events = DeclaredList((root["events"]?.mapping ?? .empty).map { event($0) })
        project.groups = DeclaredList((root["groups"]?.mapping ?? .empty).map { group($0) })
        if let links = root["links"] { project.links = linkPolicy(links) }
        project.look = look(root["preview"])
        if let formats = root["formats"]?.sequence {
            let chosen = Set(formats.compactMap { $0.text.flatMap(BodyFormat.init(rawValue:)) })
            // In the order of the declaration, not of the file: the output must not depend on it.
            if !chosen.isEmpty { project.formats = BodyFormat.allCases.filter(chosen.contains) }
        }
        if let text = root["onMissing"]?.text, let policy = MissingPolicy(rawValue: text) { project.onMissing = policy }
        project.outdated = root["outdated"]?.text.flatMap(OutdatedPolicy.init(rawValue:))
        project.lint = (root["lint"]?.mapping ?? .empty).compactMap { entry in
            // A level that is none has been reported: until it is one, nothing else is said of the id.
            guard let id = entry.key.text else { return nil }
            let level = entry.value.text.flatMap(LintRule.Level.init(rawValue:)) ?? .allow
            return LintRule(id: id, level: level, span: entry.key.span)
        }
        project.untypedAttributes = untypedAttributes
        return project
    }

    // MARK: Locales

    /// A locale tag in canonical form; a tag that is not, or that CLDR does not know, is reported.
    private mutating func locale(_ node: YAMLNode) -> String? {
        guard let text = node.text else { return nil }
        if let problem = StringFormat.locale.problem(text) {
            // The schema has reported it.
            guard let replacement = problem.replacement, case .success(let tag) = checkedLocale(replacement) else {
                return nil
            }
            return tag
        }
        switch checkedLocale(text) {
        case .success(let tag): return tag
        case .failure(let problem):
            diagnostics.append(.locale(problem, at: Label(file: file, node.span)))
            return problem.usable
        }
    }

    private mutating func locales(_ node: YAMLNode?, source: String, at sourceSpan: Span?) -> [LocalePolicy] {
        var result: [LocalePolicy] = []
        if let node, node.mapping == nil { return listedLocales(node, source: source) }
        let entries = node?.mapping ?? .empty
        let keys = Dictionary(entries.map { ($0.key.text ?? "", $0.key.span) }) { first, _ in first }
        var known: Set<String> = []
        for entry in entries {
            let canonical = entry.key.text.map(canonicalLocale) ?? ""
            if let text = entry.key.text, text != canonical, let first = keys[canonical] {
                diagnostics.append(
                    .duplicateLocale(
                        text, canonical, at: Label(file: file, entry.key.span),
                        first: Label(file: file, first, "listed here")))
                continue
            }
            guard let tag = locale(entry.key) else { continue }
            guard tag != source else {
                diagnostics.append(.sourceLocaleListed(tag, at: Label(file: file, entry.key.span)))
                continue
            }
            // A key that is written twice has been reported.
            guard known.insert(tag).inserted else { continue }
            let policy = entry.value["policy"]?.text ?? entry.value.text
            result.append(
                LocalePolicy(
                    tag: tag, required: policy == "required",
                    outdated: entry.value["outdated"]?.text.flatMap(OutdatedPolicy.init(rawValue:)),
                    allowsIdentical: entry.value["identical"]?.text == "allow", span: entry.key.span))
        }
        return result.sorted { utf8Less($0.tag, $1.tag) }
    }

    /// Locales without their policies, which has been reported: there are these, and nothing is asked of them.
    private func listedLocales(_ node: YAMLNode, source: String) -> [LocalePolicy] {
        let nodes = node.sequence.map { Array($0) } ?? [node]
        var tags: Set<String> = []
        for node in nodes {
            guard let text = node.text, case .success(let tag) = checkedLocale(text), tag != source else { continue }
            tags.insert(tag)
        }
        return tags.sorted(by: utf8Less).map { LocalePolicy(tag: $0, required: false, span: node.span) }
    }

    private mutating func fallbacks(_ node: YAMLNode?, _ project: ProjectDefinition) -> [String: String] {
        let known = [project.source] + project.locales.map(\.tag)
        var result: [String: String] = [:]
        for entry in node?.mapping ?? .empty {
            guard let from = locale(entry.key), let to = locale(entry.value) else { continue }
            // Readers of any language can be sent somewhere, but only to a language that there is.
            if !known.contains(to) {
                diagnostics.append(
                    .unknownFallbackLocale(to, among: Array(known), at: Label(file: file, entry.value.span)))
            }
            result[from] = to
        }
        for start in result.keys.sorted(by: utf8Less) where leadsBack(start, result) {
            let span = node?.mapping?.first { $0.key.text == start }?.key.span ?? Span(at: 0)
            diagnostics.append(.fallbackLoop(start, at: Label(file: file, span)))
            result[start] = nil
        }
        return result
    }

    private func leadsBack(_ start: String, _ fallbacks: [String: String]) -> Bool {
        var seen: Set<String> = []
        var tag = start
        while let next = fallbacks[tag], seen.insert(next).inserted {
            if next == start { return true }
            tag = next
        }
        return false
    }

    // MARK: Context and events

    private mutating func contextGroup(_ entry: YAMLNode.Entry) -> ContextGroup {
        let name = entry.key.text ?? ""
        if name == "event" {
            diagnostics.append(.reservedGroup(at: Label(file: file, entry.key.span)))
        }
        return ContextGroup(
            name: name,
            attributes: DeclaredList((entry.value.mapping ?? .empty).compactMap { attribute($0, of: name) }),
            span: entry.key.span)
    }

    private mutating func event(_ entry: YAMLNode.Entry) -> EventDefinition {
        EventDefinition(
            name: entry.key.text ?? "",
            properties: DeclaredList(
                (entry.value.mapping ?? .empty).compactMap { attribute($0, of: Catalog.eventVariable) }),
            span: entry.key.span)
    }

    /// An attribute, in full or as its type alone.
    private mutating func attribute(_ entry: YAMLNode.Entry, of group: String) -> AttributeDefinition? {
        guard let name = entry.key.text else { return nil }
        let typeNode = entry.value.mapping == nil ? entry.value : entry.value["type"]
        guard let text = typeNode?.text, let type = AttributeType(text) else {
            untypedAttributes.insert(group + "." + name)
            return untyped(name, entry, typeNode)
        }
        var attribute = AttributeDefinition(
            name: name, type: type, summary: entry.value["description"]?.text, values: [], defaultValue: nil,
            isOptional: false, examples: [], span: entry.key.span)
        guard entry.value.mapping != nil else { return attribute }
        attribute.words = words(entry.value, type)
        attribute.isOptional = entry.value["optional"]?.scalar?.value == .bool(true)
        if let values = entry.value["values"] {
            if valuesType(type) == nil {
                diagnostics.append(.valuesOfNonString(name, type.name, at: Label(file: file, values.span)))
            } else {
                attribute.values = (values.sequence ?? .empty).compactMap(\.text)
            }
        }
        if let node = entry.value["default"] {
            attribute.defaultValue = value(node, attribute, "default")
            if attribute.isOptional {
                diagnostics.append(.optionalWithDefault(name, at: Label(file: file, node.span)))
            }
        }
        if type == .double, let list = entry.value["examples"] { checkDecimals(list) }
        attribute.examples = (entry.value["examples"]?.sequence ?? .empty).compactMap {
            value($0, attribute, "example")
        }
        return attribute
    }

    /// `[9,99]`, which is two numbers, and may be meant to be one.
    private mutating func checkDecimals(_ list: YAMLNode) {
        guard list.isFlow, let items = list.sequence, items.count == 2, items[0].span.end + 1 == items[1].span.start,
            items.allSatisfy({ if case .int(let number)? = $0.scalar?.value { number >= 0 } else { false } }),
            let whole = items[0].text, let fraction = items[1].text
        else { return }
        let label = Label(file: file, items[0].span.union(items[1].span))
        diagnostics.append(.twoNumbers(whole, fraction, at: label))
    }

    private mutating func words(_ node: YAMLNode, _ type: AttributeType) -> String? {
        guard let words = node["words"], let text = words.text else { return nil }
        if type != .bool, !text.contains("{value}") {
            diagnostics.append(.wordsWithoutValue(at: Label(file: file, words.span)))
        }
        return text
    }

    /// An attribute whose type cannot be read, which has been reported: of the type that is meant, where that is plain.
    private func untyped(_ name: String, _ entry: YAMLNode.Entry, _ typeNode: YAMLNode?) -> AttributeDefinition {
        let meant = typeNode?.text.flatMap { ScalarSyntax.attributeType($0)?.replacement }.flatMap { AttributeType($0) }
        return AttributeDefinition(
            name: name, type: meant ?? .string, summary: nil, values: [],
            defaultValue: entry.value["default"]?.text.map { .string($0) },
            isOptional: entry.value["optional"]?.scalar?.value == .bool(true), examples: [], span: entry.key.span)
    }

    /// The string type that `values` can restrict: a string, or the strings in a list.
    private func valuesType(_ type: AttributeType) -> AttributeType? {
        switch type {
        case .string, .list(.string): .string
        default: nil
        }
    }

    private mutating func value(_ node: YAMLNode, _ attribute: AttributeDefinition, _ what: String) -> JSONValue? {
        switch attributeValue(node, attribute.type, allowed: attribute.values) {
        case .success(let value): return value
        case .failure(let problem):
            diagnostics.append(.valueMismatch("the \(what) of `\(attribute.name)`", problem, in: file))
            return nil
        }
    }

    private mutating func group(_ entry: YAMLNode.Entry) -> GroupDefinition {
        GroupDefinition(
            name: entry.key.text ?? "", frequency: frequencyRules(entry.value["frequency"]), span: entry.key.span)
    }

    // MARK: Links

    private func look(_ node: YAMLNode?) -> AppLook {
        var look = AppLook()
        if let icon = node?["icon"], let path = icon.text {
            look.icon = Located(value: path, file: file, span: icon.span)
        }
        guard let theme = node?["theme"] else { return look }
        func color(_ name: String) -> (light: String, dark: String)? {
            guard let light = theme[name]?.text, StringFormat.color.problem(light) == nil else { return nil }
            let dark = theme[name + "Dark"]?.text.flatMap { StringFormat.color.problem($0) == nil ? $0 : nil }
            return (light, dark ?? light)
        }
        for name in ["accent", "accentDark", "link", "linkDark"] {
            if let node = theme[name] { look.colorPlaces[name] = Label(file: file, node.span) }
        }
        look.accent = color("accent")
        look.link = color("link")
        look.radius = theme["radius"]?.integer.map { Int($0) }
        look.font = theme["font"]?.text.flatMap(AppLook.Font.init(rawValue:))
        return look
    }

    private mutating func linkPolicy(_ node: YAMLNode) -> LinkPolicyDefinition {
        var policy = LinkPolicyDefinition(schemes: [], hosts: [])
        for scheme in node["schemes"]?.sequence ?? .empty {
            guard let text = scheme.text else { continue }
            if LinkPolicy.dangerousSchemes.contains(text.lowercased()) {
                diagnostics.append(.forbiddenScheme(text, at: Label(file: file, scheme.span)))
            } else {
                policy.schemes.append(text.lowercased())
            }
        }
        policy.hosts = (node["hosts"]?.sequence ?? .empty).compactMap { $0.text?.lowercased() }
        return policy
    }
}
