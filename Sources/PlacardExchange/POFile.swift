// GNU gettext's PO files (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html).

func writePO(_ document: ExchangeDocument) -> [UInt8] {
    var text = """
        # Translations for Placard. The context of each message is its id, which stays as it is.
        msgid ""
        msgstr ""
        "Project-Id-Version: placard\\n"
        "PO-Revision-Date: 1970-01-01 00:00+0000\\n"
        "Last-Translator: none\\n"
        "Language-Team: none\\n"
        "Language: \(document.targetLocale.replacing("-", with: "_"))\\n"
        "MIME-Version: 1.0\\n"
        "Content-Type: text/plain; charset=UTF-8\\n"
        "Content-Transfer-Encoding: 8bit\\n"
        "X-Source-Language: \(document.sourceLocale)\\n"
        "X-Placard-Locale: \(document.targetLocale)\\n"

        """
    if let forms = document.pluralForms {
        text += "\"Plural-Forms: nplurals=\(forms.count); plural=\(forms.formula);\\n\"\n"
    }
    var index = 0
    while index < document.units.count {
        let unit = document.units[index]
        var forms = [unit]
        index += 1
        if let form = unit.form, document.pluralForms != nil {
            while index < document.units.count, document.units[index].form?.group == form.group {
                forms.append(document.units[index])
                index += 1
            }
        }
        text += "\n" + entry(forms, isPlural: unit.form != nil && document.pluralForms != nil)
    }
    return Array(text.utf8)
}

private func entry(_ forms: [ExchangeUnit], isPlural: Bool) -> String {
    let unit = forms[0]
    var text = ""
    for note in unit.notes { text += "#. " + note.replacing("\n", with: " ") + "\n" }
    text += "#: \(unit.file.replacing(" ", with: "%20"))\n"
    var flags: [String] = []
    if forms.contains(where: { $0.state == .outdated }) { flags.append("fuzzy") }
    if let limit = unit.limit { flags.append("max-length:\(limit)") }
    if !flags.isEmpty { text += "#, \(flags.joined(separator: ", "))\n" }
    let former = forms.lazy.compactMap(\.formerSource).first
    let id = isPlural ? unit.form?.group ?? unit.id : unit.id
    if let former {
        text += "#| msgctxt \(quoted(id))\n"
        for line in field("msgid", former).split(separator: "\n") { text += "#| \(line)\n" }
    }
    text += field("msgctxt", id)
    guard isPlural, let form = unit.form else {
        return text + field("msgid", unit.source) + field("msgstr", unit.target)
    }
    text += field("msgid", form.singular) + field("msgid_plural", form.plural)
    // A form that is there must be given for all, or gettext calls the entry malformed.
    for (index, unit) in forms.enumerated() { text += field("msgstr[\(index)]", unit.target) }
    return text
}

/// A keyword with its string, one line of the string each where it has several.
private func field(_ keyword: String, _ value: String) -> String {
    let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1 else { return "\(keyword) \(quoted(value))\n" }
    var text = "\(keyword) \"\"\n"
    for (index, line) in lines.enumerated() {
        let isLast = index == lines.count - 1
        if isLast, line.isEmpty { continue }
        text += quoted(String(line) + (isLast ? "" : "\n")) + "\n"
    }
    return text
}

private func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\t": text += "\\t"
        case "\r": text += "\\r"
        default: text.unicodeScalars.append(scalar)
        }
    }
    return text + "\""
}

func readPO(_ text: String) throws(ExchangeError) -> ReturnedDocument {
    var reader = POReader()
    for line in text.split(
        omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" || $0 == "\r" })
    {
        reader.read(line)
    }
    reader.finishEntry()
    return reader.document
}

private struct POReader {
    var document = ReturnedDocument(targetLocale: nil)
    private var context: String?
    private var source: String?
    private var plural: String?
    private var targets: [Int: String] = [:]
    private var isFuzzy = false
    private var current: Field?
    private var problem: String?

    private enum Field {
        case context, source, plural
        case target(Int)
    }

    mutating func read(_ line: Substring) {
        let line = line.drop { $0 == " " || $0 == "\t" }
        if line.isEmpty { return finishEntry() }
        if line.hasPrefix("#") {
            // Comments stand before the entry that they are about.
            if !targets.isEmpty { finishEntry() }
            if line.hasPrefix("#,") {
                isFuzzy = isFuzzy || line.dropFirst(2).split(separator: ",").contains { $0.trimmed == "fuzzy" }
            }
            // What begins with `#~` is no longer in use; with `#|` it is what was.
            return
        }
        if line.hasPrefix("\"") { return append(line) }
        let keyword = line.prefix { $0 != " " && $0 != "\t" && $0 != "\"" }
        let rest = line.dropFirst(keyword.count).drop { $0 == " " || $0 == "\t" }
        switch keyword {
        case "msgctxt":
            if source != nil || !targets.isEmpty { finishEntry() }
            current = .context
            context = ""
        case "msgid":
            if !targets.isEmpty { finishEntry() }
            current = .source
            source = ""
        case "msgid_plural":
            current = .plural
            plural = ""
        case "msgstr": begin(0)
        default:
            guard keyword.hasPrefix("msgstr["), keyword.hasSuffix("]"),
                let index = Int(keyword.dropFirst(7).dropLast()), index >= 0, index < 8
            else {
                problem = "`\(line.prefix(40))` is not part of a PO file"
                return
            }
            begin(index)
        }
        append(rest)
    }

    private mutating func begin(_ index: Int) {
        if targets[index] != nil { problem = "two translations of one form" }
        current = .target(index)
        targets[index] = ""
    }

    private mutating func append(_ literal: Substring) {
        guard literal.hasPrefix("\""), let value = unquoted(literal) else {
            problem = "a string without its quotation marks"
            return
        }
        switch current {
        case .context: context?.append(value)
        case .source: source?.append(value)
        case .plural: plural?.append(value)
        case .target(let index): targets[index, default: ""].append(value)
        case nil: problem = "a string without a keyword"
        }
    }

    private func unquoted(_ literal: Substring) -> String? {
        var result = ""
        var scalars = literal.unicodeScalars.dropFirst().makeIterator()
        while let scalar = scalars.next() {
            if scalar == "\"" { return result }
            guard scalar == "\\" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            switch scalars.next() {
            case "n": result += "\n"
            case "t": result += "\t"
            case "r": result += "\r"
            case let other?: result.unicodeScalars.append(other)
            case nil: return nil
            }
        }
        return nil
    }

    mutating func finishEntry() {
        defer {
            (context, source, plural, targets, isFuzzy, current, problem) = (nil, nil, nil, [:], false, nil, nil)
        }
        if let problem { return document.rejected.append((context ?? source ?? "", problem)) }
        guard let source, !targets.isEmpty else { return }
        if source.isEmpty, context == nil {
            return readHeader(targets[0] ?? "")
        }
        guard let context else {
            return document.rejected.append((source, "it has no msgctxt, by which a text is known"))
        }
        for (index, target) in targets.sorted(by: { $0.key < $1.key }) {
            document.units.append(
                ReturnedUnit(
                    id: context, form: plural == nil ? nil : index, source: source, target: target, needsReview: isFuzzy
                ))
        }
    }

    private mutating func readHeader(_ header: String) {
        for line in header.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let value = parts[1].trimmed.replacing("_", with: "-")
            if parts[0] == "X-Placard-Locale" || parts[0] == "Language" && document.targetLocale == nil {
                document.targetLocale = value.isEmpty ? nil : value
            }
        }
    }
}

extension Substring {
    var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
