import DocumentSchema
import LocatedYAML
import PlacardBundle
import SourceDiagnostics

// What a message says joins with what it inherits, so that no folder's limit is lost by a message that has one of its own:
// audiences must all hold, and so must rules of frequency; a schedule takes what it leaves out. `{replace: …}` says that the
// rest does not count. Where a message's value can only stand in place of another, and lets in what that keeps out, it is
// warned of.

/// A value of a key that joins, and the file it stands in.
struct InheritedValue {
    var node: YAMLNode
    var file: String

    var label: Label { Label(file: file, node.span) }
}

extension MessageDecoder {
    /// What the layers say of a key, the nearest first, up to the one that replaces all behind it.
    private func values(_ key: String) -> [InheritedValue] {
        var result: [InheritedValue] = []
        for layer in layers {
            guard let entry = layer.node.entry(key) else { continue }
            if entry.value.isMapping, let replacement = entry.value[SchemaType.replaceKey] {
                return result + [InheritedValue(node: replacement, file: layer.file)]
            }
            result.append(InheritedValue(node: entry.value, file: layer.file))
        }
        return result
    }

    /// What must hold of the user, the outermost first, each once.
    func audiences() -> [EmbeddedText] {
        var result: [EmbeddedText] = []
        for value in values("audience").reversed() {
            guard let text = EmbeddedText(value.node, file: value.file) else { continue }
            if !result.contains(where: { $0.bytes == text.bytes }) { result.append(text) }
        }
        return result
    }

    /// All rules, the message's own first, and the place of the one that allows nothing, or else of the nearest.
    func frequency() -> ([FrequencyRule], Label?) {
        var rules: [FrequencyRule] = []
        var label: Label?
        for value in values("frequency") {
            let more = frequencyRules(value.node)
            if label == nil || more.contains(where: { $0.count == 0 }) && !rules.contains(where: { $0.count == 0 }) {
                label = value.label
            }
            for rule in more where !rules.contains(rule) { rules.append(rule) }
        }
        return (rules, label)
    }

    mutating func group() -> Located<String>? {
        let found = values("group").compactMap { value in
            value.node.text.map { Located(value: $0, file: value.file, span: value.node.span) }
        }
        guard let group = found.first else { return nil }
        let names = project.groups.map(\.name)
        if !names.contains(group.value) {
            diagnostics.append(
                .unknownGroup(group.value, among: names, at: group.label))
        }
        if let other = found.dropFirst().first(where: { $0.value != group.value }) {
            let replacement = "{replace: \(group.value)}"
            diagnostics.append(
                .replacedDefault(
                    "the group `\(group.value)` replaces `\(other.value)`", at: group.label, over: other.label,
                    ["a message is in one group: the limit of `\(other.value)` does not hold for it"],
                    FixIt(
                        "write `\(replacement)`", edits: [Edit(file: group.file, group.span, replacement)], .unsafe)))
        }
        return group
    }

    // MARK: Schedules

    /// One schedule of all layers: each key from the nearest that has it.
    mutating func schedule() -> ScheduleDefinition? {
        let layers = values("schedule").filter { $0.node.mapping != nil }
        guard let nearest = layers.first else { return nil }
        func value(_ key: String) -> InheritedValue? {
            for layer in layers {
                if let node = layer.node[key] { return InheritedValue(node: node, file: layer.file) }
            }
            return nil
        }
        var schedule = Schedule()
        schedule.start = value("start")?.node.text.flatMap(scheduleTime)
        schedule.end = value("end")?.node.text.flatMap(scheduleTime)
        schedule.timezone = scheduleZone(value("timezone")?.node)
        schedule.hours = value("hours")?.node.text.flatMap(dayHours)
        schedule.days = weekdays(value("days")?.node)
        reportWidened(layers)
        return ScheduleDefinition(
            schedule: schedule, startLabel: value("start")?.label, endLabel: value("end")?.label,
            timezoneLabel: value("timezone")?.label, label: Label(file: nearest.file, keySpan(of: nearest)))
    }

    /// The key whose value this is; the value itself in a replacement.
    private func keySpan(of value: InheritedValue) -> Span {
        for layer in layers where layer.file == value.file {
            if let entry = layer.node.entry("schedule") { return entry.key.span }
        }
        return value.node.span
    }

    /// Warns of each key by which a schedule opens what the one that it inherits keeps closed.
    private mutating func reportWidened(_ layers: [InheritedValue]) {
        for (place, inner) in layers.enumerated() {
            for outer in layers.dropFirst(place + 1) {
                for key in ["start", "end", "timezone", "hours", "days"] {
                    guard let own = inner.node[key], let inherited = outer.node[key],
                        !layers[..<place].contains(where: { $0.node.has(key) }), !narrows(key, own, inherited)
                    else { continue }
                    diagnostics.append(
                        .replacedDefault(
                            "the schedule's `\(key)` \(key == "hours" || key == "days" ? "allow" : "allows") more than what \(key == "hours" || key == "days" ? "they replace" : "it replaces")",
                            at: Label(file: inner.file, own.span), over: Label(file: outer.file, inherited.span),
                            ["where that is meant, write the whole as `schedule: {replace: {…}}`"], nil))
                }
            }
        }
    }

    /// Whether a value lets in nothing that the other keeps out.
    private func narrows(_ key: String, _ own: YAMLNode, _ inherited: YAMLNode) -> Bool {
        if let text = own.text, text == inherited.text { return true }
        switch key {
        case "start": return order(inherited, own)
        case "end": return order(own, inherited)
        case "hours":
            guard let inner = own.text.flatMap(dayHours), let outer = inherited.text.flatMap(dayHours) else {
                return true
            }
            return outer.contains(inner)
        case "days":
            return Set(weekdays(own)).isSubset(of: weekdays(inherited))
        default: return scheduleZone(own) == scheduleZone(inherited)
        }
    }

    /// Whether one moment is not after another; false when they are on different clocks.
    private func order(_ a: YAMLNode, _ b: YAMLNode) -> Bool {
        guard let a = a.text.flatMap(scheduleTime), let b = b.text.flatMap(scheduleTime) else { return true }
        switch (a, b) {
        case (.civil(let a), .civil(let b)): return a.secondsSinceEpoch <= b.secondsSinceEpoch
        case (.instant(let a), .instant(let b)): return a <= b
        default: return false
        }
    }
}

private func scheduleZone(_ node: YAMLNode?) -> Schedule.Zone {
    guard let zone = node?.text, zone != "local" else { return .local }
    return .named(zone)
}

extension Hours {
    private static let day: Int64 = 24 * 60

    /// How many minutes they last.
    private var length: Int64 {
        let minutes = (end - start + Hours.day) % Hours.day
        return minutes == 0 ? Hours.day : minutes
    }

    /// Whether all of the others are among them, over midnight too.
    fileprivate func contains(_ other: Hours) -> Bool {
        (other.start - start + Hours.day) % Hours.day + other.length <= length || length == Hours.day
    }
}

private func weekdays(_ node: YAMLNode?) -> [Weekday] {
    let days = Set((node?.sequence ?? .empty).compactMap(\.text))
    return Weekday.allCases.filter { days.contains($0.name) }
}

extension MessageDefinition {
    /// All audiences as one expression; nil for everybody.
    package var audience: String? {
        guard audiences.count > 1 else { return audiences.first?.text }
        return audiences.map { operand($0.trimmed.text) }.joined(separator: " && ")
    }

    /// An expression as an operand of `&&`: in parentheses where something in it may bind less, or be a comment to the end
    /// of its line.
    private func operand(_ text: String) -> String {
        let isComment = text.contains("//")
        guard isComment || text.contains("||") || text.contains("?") else { return text }
        return "(" + text + (isComment ? "\n)" : ")")
    }
}
