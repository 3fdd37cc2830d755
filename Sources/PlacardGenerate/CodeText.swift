/// Lines of code in the making.
struct CodeText {
    private(set) var text = ""
    /// What stands before each line.
    private var margin = ""
    private let step: String

    /// - Parameter step: what a level is indented by.
    init(step: String = "    ") {
        self.step = step
    }

    /// Adds a line; nothing stands before an empty one.
    mutating func line(_ line: String = "") {
        text += line.isEmpty ? "\n" : "\(margin)\(line)\n"
    }

    /// Adds lines that stand as they are, each at the level of now.
    mutating func lines(_ lines: String) {
        for line in lines.split(separator: "\n", omittingEmptySubsequences: false) { self.line(String(line)) }
    }

    /// `first`, items with commas between, and `last`: in one line, or where that is long each item in its own.
    func list(_ first: String, _ items: [String], _ last: String) -> String {
        let line = first + items.joined(separator: ", ") + last
        guard margin.utf8.count + line.utf8.count > 120, !items.isEmpty else { return line }
        let inner = margin + step
        return first + "\n" + items.map { inner + $0 }.joined(separator: ",\n") + "\n" + margin + last
    }

    /// Adds a block: a line, what `body` adds one level deeper, and a last line.
    mutating func block(_ first: String, end: String = "}", _ body: (inout CodeText) -> Void) {
        line(first)
        margin += step
        body(&self)
        margin.removeLast(step.count)
        line(end)
    }
}

/// The most scalars of a comment that an author wrote.
private let commentLimit = 400

/// What an author wrote, as one line of a comment: with nothing in it that ends the comment, opens another, acts on the text
/// around it, or hides. Empty when nothing is left.
func commentText(_ written: String) -> String {
    var words: [String] = []
    var word = ""
    var count = 0
    for scalar in written.unicodeScalars {
        count += 1
        if count > commentLimit { break }
        if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
            if !word.isEmpty { words.append(word) }
            word = ""
        } else if !isHidden(scalar) {
            word.unicodeScalars.append(scalar)
        }
    }
    if !word.isEmpty { words.append(word) }
    if count > commentLimit { words.append("…") }
    var result = ""
    for scalar in words.joined(separator: " ").unicodeScalars {
        let last = result.unicodeScalars.last
        if scalar == "/" && last == "*" || scalar == "*" && last == "/" { result += " " }
        result.unicodeScalars.append(scalar)
    }
    // At the beginning of a line this is a tag to the tools that read comments.
    return result.hasPrefix("@") ? "\\" + result : result
}

private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .unassigned, .privateUse, .lineSeparator, .paragraphSeparator: true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
}

/// A text between double quotation marks.
///
/// - Parameter escape: how the language writes any scalar.
func quoted(_ text: String, escape: (Unicode.Scalar) -> String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        if isPlain(scalar) { result.unicodeScalars.append(scalar) } else { result += escape(scalar) }
    }
    return result + "\""
}

/// Whether a scalar stands for itself in the strings of all languages, and in any log.
private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", "_", "-", ".", ",", ":", ";", "/", "+", "*", "=", "(", ")", "@", "&",
        "%", "!",
        "?", "'":
        true
    default: false
    }
}

/// `\u00EB`, one for each UTF-16 unit, as Kotlin and TypeScript have it.
func utf16Escape(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16, uppercase: true)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
}
