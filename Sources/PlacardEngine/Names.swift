/// `text` in quotation marks, for people to read.
func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        case "\r": result += "\\r"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}

/// `text`, of which a long one is cut, and told how long it is: `"aaa"… (1000 bytes in all)`.
///
/// - Parameter write: how what is shown of it is written.
func shortened(_ text: String, _ write: (String) -> String = { $0 }) -> String {
    let limit = 200
    guard text.utf8.count > limit else { return write(text) }
    let shown = text.unicodeScalars.prefix(limit)
    guard shown.endIndex < text.unicodeScalars.endIndex else { return write(text) }
    return write(String(shown)) + "… (" + String(text.utf8.count) + " bytes in all)"
}

/// `a`, `a or b`, `a, b or c`; of very many the first.
func alternatives(_ items: [String]) -> String {
    let limit = 16
    guard let last = items.last else { return "" }
    guard items.count > 1 else { return last }
    if items.count > limit {
        return items.prefix(limit).joined(separator: ", ") + " or one of " + String(items.count - limit) + " more"
    }
    return items.dropLast().joined(separator: ", ") + " or " + last
}
