import ByteText

/// How much a diagnostic matters.
public enum Severity: UInt8, Hashable, Comparable, Sendable {
    /// The project cannot be built.
    case error = 0
    /// The project builds, but probably not as meant.
    case warning = 1
    /// Worth knowing.
    case note = 2

    public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }

    /// `error`, `warning` or `note`.
    public var name: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .note: "note"
        }
    }
}

/// A place in a file, with a few words on what is there.
public struct Label: Hashable, Sendable {
    /// Path relative to the project, with `/`; empty while the text has no file yet (an embedded
    /// language reports in its own offsets until ``Diagnostic/placed(in:through:)``).
    public var file: String
    /// The bytes of the place, in UTF-8 offsets of the file.
    public var span: Span
    /// May be empty.
    public var text: String

    /// A place, with words on it if there are any.
    public init(file: String = "", _ span: Span, _ text: String = "") {
        self.file = file
        self.span = span
        self.text = text
    }
}

/// One replacement in one file.
public struct Edit: Hashable, Sendable {
    /// Path relative to the project, with `/`.
    public var file: String
    /// The bytes to replace; empty to insert.
    public var span: Span
    /// The text that takes their place.
    public var replacement: String

    /// A replacement.
    public init(file: String = "", _ span: Span, _ replacement: String) {
        self.file = file
        self.span = span
        self.replacement = replacement
    }
}

/// A change that corrects the defect.
public struct FixIt: Hashable, Sendable {
    /// Who may apply it.
    public enum Applicability: UInt8, Hashable, Sendable {
        /// Keeps the meaning; `placard check --fix` applies it.
        case safe
        /// Likely what was meant, but a person should look.
        case unsafe
        /// Only shown: it holds a placeholder to fill in.
        case displayOnly
    }

    /// What it does, in the imperative: "quote the expression".
    public var title: String
    /// The replacements, which do not overlap.
    public var edits: [Edit]
    /// Who may apply it.
    public var applicability: Applicability

    /// A change.
    public init(_ title: String, edits: [Edit], _ applicability: Applicability) {
        self.title = title
        self.edits = edits
        self.applicability = applicability
    }

    /// `text` in place of what stands at `span`.
    public static func write(_ text: String, at span: Span, _ applicability: Applicability = .unsafe) -> FixIt {
        FixIt("write `\(text)`", edits: [Edit(span, text)], applicability)
    }
}

/// How the ways out of a diagnostic are to each other.
public enum FixItChoice: UInt8, Hashable, Sendable {
    /// The first is the likeliest.
    case likeliest
    /// One that is enough by itself excludes those that uncover another mistake.
    case simplest
    /// Each excludes the others, and only an author knows which is meant: none of several is applied.
    case authors
}

/// One diagnostic: a flat value that names the defect, the place and the way out.
public struct Diagnostic: Hashable, Sendable {
    /// `area/kebab-name`, such as `cel/undeclared-reference`; public and stable.
    public var id: String
    /// How bad it is.
    public var severity: Severity
    /// What is wrong, on one line, without a full stop.
    public var message: String
    /// Where, with the narrowest span.
    public var primary: Label
    /// Other places that matter, such as the first of two duplicates.
    public var secondary: [Label]
    /// Why it matters, or what the rule is.
    public var notes: [String]
    /// The ways out, the likeliest first.
    public var fixIts: [FixIt]
    /// How they are to each other.
    public var choice: FixItChoice

    /// A diagnostic; line feeds in the message become spaces.
    public init(
        _ id: String, _ severity: Severity, _ message: String, at primary: Label,
        secondary: [Label] = [], notes: [String] = [], fixIts: [FixIt] = [], choice: FixItChoice = .likeliest
    ) {
        self.id = id
        self.severity = severity
        self.message = Diagnostic.onOneLine(message)
        self.primary = primary
        self.secondary = secondary
        self.notes = notes
        self.fixIts = fixIts
        self.choice = choice
    }

    /// An error.
    public init(
        _ id: String, _ message: String, at primary: Label,
        secondary: [Label] = [], notes: [String] = [], fixIts: [FixIt] = []
    ) {
        self.init(id, .error, message, at: primary, secondary: secondary, notes: notes, fixIts: fixIts)
    }

    /// A message may quote a name that holds line ends; each becomes the picture of its control character.
    private static func onOneLine(_ message: String) -> String {
        guard message.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return message }
        var result = String.UnicodeScalarView()
        for scalar in message.unicodeScalars {
            result.append(scalar == "\n" ? "\u{240A}" : scalar == "\r" ? "\u{240D}" : scalar)
        }
        return String(result)
    }

    /// The same diagnostic, led from the offsets of an embedded text to those of its file.
    ///
    /// Labels and edits that name a file already are left alone.
    ///
    /// - Parameter spell: gives the edits of the file for those of one fix-it, where the file spells the text in another
    ///   way; what they name as their file does not matter. Nil when replacements go into the file as they are.
    public func placed(
        in file: String, through table: OffsetTable, spell: ((_ edits: [Edit]) -> [Edit])? = nil
    ) -> Diagnostic {
        func place(_ label: Label) -> Label {
            label.file.isEmpty ? Label(file: file, table.outer(label.span), label.text) : label
        }
        var result = self
        result.primary = place(primary)
        result.secondary = secondary.map(place)
        for index in fixIts.indices {
            let inner = fixIts[index].edits.filter { $0.file.isEmpty }
            var own = spell.map { $0(inner) } ?? inner.map { Edit(table.outer($0.span), $0.replacement) }
            for edit in own.indices { own[edit].file = file }
            result.fixIts[index].edits = own + fixIts[index].edits.filter { !$0.file.isEmpty }
        }
        return result
    }

    /// The same diagnostic, with `file` for every label and edit that names none yet.
    public func placed(in file: String) -> Diagnostic {
        var result = self
        if result.primary.file.isEmpty { result.primary.file = file }
        for index in result.secondary.indices where result.secondary[index].file.isEmpty {
            result.secondary[index].file = file
        }
        for index in result.fixIts.indices {
            for edit in result.fixIts[index].edits.indices where result.fixIts[index].edits[edit].file.isEmpty {
                result.fixIts[index].edits[edit].file = file
            }
        }
        return result
    }

    /// The order in which diagnostics are reported: by file, place, severity, id and message.
    public static func precedes(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
        if a.primary.file != b.primary.file { return utf8Less(a.primary.file, b.primary.file) }
        if a.primary.span != b.primary.span { return a.primary.span < b.primary.span }
        if a.severity != b.severity { return a.severity < b.severity }
        if a.id != b.id { return utf8Less(a.id, b.id) }
        return utf8Less(a.message, b.message)
    }
}
