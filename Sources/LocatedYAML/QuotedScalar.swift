// How a text is written as a scalar in quotes.

/// `text` as a YAML scalar in quotes, on one line.
package func quoted(_ text: String) -> String {
    let needsEscapes = text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    let isClearer = text.utf8.contains(0x22) || text.utf8.contains(0x5C)
    return !needsEscapes && isClearer ? singleQuoted(text) : doubleQuoted(text)
}

/// `text` in single quotation marks, which can hold no control characters.
func singleQuoted(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
        result.unicodeScalars.append(contentsOf: scalar == "'" ? ["'", "'"] : [scalar])
    }
    return result + "'"
}

/// `text` in double quotation marks, with escapes for what cannot stand there as it is.
func doubleQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x22, 0x5C: result.unicodeScalars.append(contentsOf: ["\\", scalar])
        case 0x0A: result += "\\n"
        case 0x09: result += "\\t"
        case 0x00...0x1F, 0x7F:
            result += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
