/// `text` as a YAML scalar on one line that reads back as that very string (YAML 1.2.2, chapter 7).
///
/// Plain where that is safe beyond doubt, else in double quotation marks with escapes.
package func yamlScalar(_ text: String, inFlow: Bool = false) -> String {
    if isPlain(text, inFlow: inFlow) { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        case "\r": result += "\\r"
        default:
            if isPrintable(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16)
                result += "\\U" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
            }
        }
    }
    return result + "\""
}

/// Whether YAML's core schema reads `text`, unquoted, as just that string.
private func isPlain(_ text: String, inFlow: Bool) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
    // Letters first: no indicator, number, sign or dot can begin the scalar then.
    guard first.properties.isAlphabetic, last != " ", last != ":" else { return false }
    if ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased()) { return false }
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
        guard isPrintable(scalar), scalar != "\n", scalar != "\t", scalar != "\r" else { return false }
        if scalar == "#" && previous == " " { return false }
        if scalar == " " && previous == ":" { return false }
        if inFlow, ",[]{}:\"'".unicodeScalars.contains(scalar) { return false }
        previous = scalar
    }
    return true
}

private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
    default: true
    }
}
