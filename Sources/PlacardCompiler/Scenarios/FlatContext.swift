import DocumentSchema
import LocatedYAML
import SourceDiagnostics

/// Attributes of a scenario that stand without their group: `context: {user.plan: free}`, `context: {plan: free}`, and groups or
/// attributes beside `context:` and not below it. They are read for what they mean, and reported as one mistake.
struct FlatContext {
    /// The attributes with their groups, those that stand where they belong among them.
    private(set) var values: [(group: String, attribute: String, key: YAMLNode, value: YAMLNode)] = []
    /// The entries that are not what a scenario's schema takes.
    private(set) var places: [Span] = []
    private(set) var diagnostics: [Diagnostic] = []

    private let project: ProjectDefinition
    private let file: String

    /// - Returns: nil where all stand where they belong.
    init?(_ root: YAMLNode, _ project: ProjectDefinition, file: String) {
        self.project = project
        self.file = file
        let context = root["context"]
        if let entries = context?.mapping {
            let isFlat = entries.contains { project.context[named: $0.key.text ?? ""] == nil && meant($0) != nil }
            guard isFlat, let context else { return nil }
            read(entries)
            diagnostics = [
                .flatContext(
                    places.first ?? context.span, example(), in: file,
                    fix(context.isFlow ? grouped() : lines(in: context), in: context.span, context))
            ]
        } else if context == nil, let entry = FlatContext.misnamed(root, project), let name = entry.key.text {
            read(entry.value.mapping ?? .empty)
            places.append(entry.key.span)
            diagnostics = [.misnamedContext(name, at: Label(file: file, entry.key.span))]
        } else if context == nil {
            let entries = (root.mapping ?? .empty).enumerated().filter { isBeside($1) }
            guard let first = entries.first, let last = entries.last else { return nil }
            read(entries.map(\.element))
            let whole = first.element.key.span.union(last.element.value.span)
            let isOneRun = last.offset - first.offset + 1 == entries.count
            diagnostics = [
                .besideContext(
                    first.element.key.text ?? "", at: first.element.key.span, example(), in: file,
                    isOneRun ? fix(grouped().map { "context: " + $0 }, in: whole, root) : [])
            ]
        } else {
            return nil
        }
    }

    /// The entry of the root that holds nothing but groups, and is not called `context`; nil where there is none.
    private static func misnamed(_ root: YAMLNode, _ project: ProjectDefinition) -> YAMLNode.Entry? {
        (root.mapping ?? .empty).first { entry in
            guard let groups = entry.value.mapping, !groups.isEmpty, let name = entry.key.text,
                PlacardSchemas.scenario.root.property(name) == nil
            else { return false }
            return groups.allSatisfy { project.context[named: $0.key.text ?? ""] != nil && $0.value.isMapping }
        }
    }

    /// Whether an entry of the root is a group or an attribute, and no key of a scenario.
    private func isBeside(_ entry: YAMLNode.Entry) -> Bool {
        guard let name = entry.key.text, PlacardSchemas.scenario.root.property(name) == nil else { return false }
        return project.context[named: name] != nil && entry.value.isMapping || meant(entry) != nil
    }

    /// The group and the attribute that a key outside of a group stands for; nil where it is none, or one of several groups.
    private func meant(_ entry: YAMLNode.Entry) -> (group: String, attribute: String)? {
        guard let name = entry.key.text else { return nil }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, project.context[named: parts[0]]?.attributes[named: parts[1]] != nil {
            return (parts[0], parts[1])
        }
        guard parts.count == 1, !entry.value.isMapping else { return nil }
        let owners = project.context.filter { $0.attributes[named: name] != nil }
        return owners.count == 1 ? (owners[0].name, name) : nil
    }

    private mutating func read(_ entries: some Sequence<YAMLNode.Entry>) {
        for entry in entries {
            let whole = entry.key.span.union(entry.value.span)
            if let name = entry.key.text, project.context[named: name] != nil, let inner = entry.value.mapping {
                for attribute in inner {
                    values.append((name, attribute.key.text ?? "", attribute.key, attribute.value))
                }
                places.append(whole)
            } else if let (group, attribute) = meant(entry) {
                values.append((group, attribute, entry.key, entry.value))
                places.append(whole)
            }
        }
    }

    // MARK: As it is written

    /// The groups of the values, in the order in which they stand.
    private var groups: [String] {
        var groups: [String] = []
        for value in values where !groups.contains(value.group) { groups.append(value.group) }
        return groups
    }

    private func example() -> String { values.first.map { "\($0.group): {\($0.attribute): …}" } ?? "" }

    /// `plan: free, days: 3`; nil where a value is of several lines.
    private func attributes(of group: String) -> String? {
        var texts: [String] = []
        for value in values where value.group == group {
            guard value.value.scalar != nil || value.value.isFlow else { return nil }
            let text = String(
                decoding: value.value.source[value.value.span.start..<value.value.span.end], as: UTF8.self)
            guard !text.isEmpty, !text.contains("\n") else { return nil }
            let isPlain = value.value.scalar?.style == .plain
            let needsQuotes = isPlain && text.contains { ",[]{}".contains($0) }
            texts.append("\(value.attribute): \(needsQuotes ? quoted(text) : text)")
        }
        return texts.joined(separator: ", ")
    }

    private func grouped() -> String? { inGroups().map { "{" + $0.joined(separator: ", ") + "}" } }

    private func lines(in context: YAMLNode) -> String? {
        var start = context.span.start
        while start > 0, context.source[start - 1] == 0x20 { start -= 1 }
        let indentation = String(repeating: " ", count: context.span.start - start)
        return inGroups()?.joined(separator: lineBreakUsed(in: context.source) + indentation)
    }

    private func inGroups() -> [String]? {
        let texts = groups.compactMap { group in attributes(of: group).map { "\(group): {\($0)}" } }
        return texts.count == groups.count ? texts : nil
    }

    /// The fix-it that writes `text` at `span`, where nothing is lost by it.
    private func fix(_ text: String?, in span: Span, _ node: YAMLNode) -> [FixIt] {
        let source = node.source[span.start..<span.end]
        // A group may be there that is none, and a comment.
        let isWhole = (node.isFlow || node["context"] == nil) && !source.contains(0x23)
        guard let text, isWhole, node.mapping?.count == places.count || node["event"] != nil else { return [] }
        return [FixIt("write `\(text)`", edits: [Edit(file: file, span, text)], .unsafe)]
    }
}
