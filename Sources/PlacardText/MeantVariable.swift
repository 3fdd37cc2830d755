import ByteText
import SourceDiagnostics

// Which variable a name means that is not one: `first_name`, `firstName`, `FNAME` or `customer.first_name` for
// `user.first_name`. Looked for only where there is something to report.

/// Longer names get no suggestion.
let nameLimit = 64

extension TextEnvironment {
    /// The one variable that a name of another system means; nil when there is none, or more than one.
    ///
    /// A property of the event comes before an attribute of the same name.
    ///
    /// - Parameters:
    ///   - name: the name as written, with or without `$`.
    ///   - allowsSlips: whether a name within an edit or two counts too.
    func variable(meantBy name: String, allowsSlips: Bool = true) -> String? {
        let wanted = String(name.drop { $0 == "$" || $0 == "@" || $0 == "." })
        guard !wanted.isEmpty, wanted.utf8.count <= nameLimit else { return nil }
        if variables[wanted] != nil { return wanted }
        let key = folded(wanted)
        guard !key.isEmpty else { return nil }
        let names = names?() ?? VariableNames(variables.keys)
        if let whole = only(names.byWhole[key]) { return whole }
        let last = folded(lastPart(wanted))
        for part in [last] + (wellKnownNames[last] ?? []) {
            if let found = only(names.byLastPart[part]) { return found }
        }
        guard allowsSlips else { return nil }
        if let near = nearMiss(wanted, among: names.all) { return near }
        return nearMiss(last, among: names.lastParts).flatMap { only(names.byLastPart[$0]) }
    }

    /// A fix that shows a variable.
    ///
    /// Where it may have no value, the fix brings a fallback only if the other system had one: what a text says without a value is
    /// its author's to write, and `text/missing-fallback` asks for it.
    ///
    /// - Parameter fallback: what the other system shows without a value; nil or empty when it says nothing.
    func fix(_ title: String, _ edits: [Edit], showing name: String, fallback: String? = nil) -> FixIt {
        guard let fallback, !fallback.utf8.allSatisfy({ $0 <= 0x20 }), let variable = variables[name],
            variable.fallback == nil, !variable.isGuaranteed || isMissing(variable),
            let edit = fallbackPlace?.edit(for: name, fallback)
        else { return FixIt(title, edits: edits, .unsafe) }
        return FixIt("\(title), with a fallback in the front matter", edits: edits + [edit], .unsafe)
    }

    /// What to say beside a fix that shows a variable and brings no fallback: nothing, where it always has a value.
    func fallbackNotes(_ name: String, fallback: String? = nil) -> [String] {
        guard let variable = variables[name], isMissing(variable) else { return [] }
        let words = fallback.flatMap { $0.isEmpty ? nil : $0 }
        return [
            words.map {
                "what is shown without a value stands in the front matter: `variables: {\(name): {fallback: \($0)}}`"
            }
                ?? "it may have no value, and what is shown then is yours to write: `variables: {\(name): {fallback: …}}`"
        ]
    }

    /// Whether a value can be shown at all.
    func isShowable(_ name: String) -> Bool {
        guard let type = variables[name]?.type else { return false }
        return type != .list && type != .map
    }

    /// A few variables for a note: the event's first.
    var variableNames: String {
        let names = names?() ?? VariableNames(variables.keys)
        let others = names.all.lazy.filter { !isOfEvent($0) && self.isShowable($0) }
        let shown = names.properties.filter(isShowable).prefix(4)
        return listed((shown + others.prefix(4 - shown.count)).map { "`{$\($0)}`" })
    }

    /// A few variables that are numbers, for a note: the event's first.
    var numberNames: String {
        let names = names?() ?? VariableNames(variables.keys)
        let numbers = (names.properties + names.all.filter { !isOfEvent($0) }).lazy.filter { name in
            self.variables[name].map { [.int, .uint, .double].contains($0.type) } ?? false
        }
        return listed(numbers.prefix(4).map { "`{$\($0)}`" })
    }

    /// Whether the event of the trigger has properties.
    var hasProperties: Bool { !(names?() ?? VariableNames(variables.keys)).properties.isEmpty }
}

/// Names of variables by their letters alone, whole and behind the last full stop: made once for all texts that may use the
/// same ones.
package final class VariableNames: Sendable {
    /// All, in their order.
    let all: [String]
    /// Those of the event.
    let properties: [String]
    /// By ``folded(_:)`` of the whole name.
    let byWhole: [String: [String]]
    /// By ``folded(_:)`` of what is behind the last full stop.
    let byLastPart: [String: [String]]
    /// The keys of ``byLastPart``, in their order.
    let lastParts: [String]

    /// Arranges names, in any order.
    package init(_ names: some Sequence<String>) {
        all = names.sorted { utf8Less($0, $1) }
        properties = all.filter(isOfEvent)
        byWhole = Dictionary(grouping: all, by: folded)
        byLastPart = Dictionary(grouping: all) { folded(lastPart($0)) }
        lastParts = byLastPart.keys.sorted { utf8Less($0, $1) }
    }
}

/// Whether a word is what systems for mail call a value.
func isWellKnown(_ word: String) -> Bool { wellKnownNames[folded(word)] != nil }

func isOfEvent(_ name: String) -> Bool { name.utf8.starts(with: "event.".utf8) }

/// The only one of some names, or the only property of the event among them.
private func only(_ names: [String]?) -> String? {
    guard let names else { return nil }
    if names.count == 1 { return names[0] }
    let properties = names.filter { $0.utf8.starts(with: "event.".utf8) }
    return properties.count == 1 ? properties[0] : nil
}

/// What is behind the last full stop.
private func lastPart(_ name: String) -> String {
    String(decoding: name.utf8.split(separator: 0x2E).last.map(Array.init) ?? [], as: UTF8.self)
}

/// A name in lower case without the characters that part its words, so that `firstName` and `FIRST_NAME` are one.
private func folded(_ name: String) -> String {
    let bytes = name.utf8.compactMap { byte -> UInt8? in
        switch byte {
        case 0x5F, 0x2D, 0x20: nil
        case 0x41...0x5A: byte | 0x20
        default: byte
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// What the names are for that systems for mail have: Mailchimp's merge tags and the like.
private let wellKnownNames: [String: [String]] = [
    "fname": ["firstname", "givenname"], "firstname": ["givenname"], "givenname": ["firstname"],
    "lname": ["lastname", "familyname", "surname"], "lastname": ["familyname", "surname"],
    "fullname": ["name"], "username": ["name"], "name": ["firstname", "fullname", "username", "givenname"],
    "mail": ["email"], "emailaddress": ["email"],
    "lang": ["language"], "locale": ["language"],
]

/// Where the front matter of a message takes the fallback of one more variable.
package struct FallbackPlace: Sendable, Hashable {
    /// Path of the message's file.
    var file: String
    /// Where the entry goes.
    var offset: Int
    /// What stands before and behind the entry.
    var before: String
    var after: String
    /// The variables that have an entry.
    var names: [String]

    /// - Parameters:
    ///   - file: path of the message's file.
    ///   - offset: where the entry goes, in bytes of the file.
    ///   - before: what is written before the entry, such as `variables: {`.
    ///   - after: what is written behind it.
    ///   - names: the variables that have an entry.
    package init(file: String, offset: Int, before: String, after: String, names: [String]) {
        self.file = file
        self.offset = offset
        self.before = before
        self.after = after
        self.names = names
    }

    /// The edit that adds a variable's fallback; nil where the variable has an entry.
    func edit(for name: String, _ fallback: String) -> Edit? {
        guard !names.contains(name) else { return nil }
        let quoted = fallback.replacing("'", with: "''")
        return Edit(file: file, Span(at: offset), "\(before)\(name): {fallback: '\(quoted)'}\(after)")
    }
}
