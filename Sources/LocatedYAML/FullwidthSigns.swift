import SourceDiagnostics

// Signs of East Asian keyboards in the place of YAML's: `{id：go，label：Go}`, `［a, b］`.

/// The sign that a full-width one stands for; nil for other characters.
private func plainSign(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "：": ":"
    case "，", "、": ","
    case "［": "["
    case "］": "]"
    case "｛": "{"
    case "｝": "}"
    default: nil
    }
}

/// The edits that write YAML's own signs on a line that has brackets; empty where it has no others. What stands in a text stays: a
/// comma counts where a key or a bracket follows, a colon behind the name of a key, a bracket at the ends of values.
func fullwidthSigns(_ bytes: [UInt8], _ line: Span) -> [Edit] {
    guard bytes[line.start..<line.end].contains(where: { $0 == 0xEF || $0 == 0xE3 }) else { return [] }
    var scalars: [(scalar: Unicode.Scalar, place: Int)] = []
    var place = line.start
    for scalar in String(decoding: bytes[line.start..<line.end], as: UTF8.self).unicodeScalars {
        scalars.append((scalar, place))
        place += UTF8.width(scalar)
    }
    var edits: [Edit] = []
    var depth = 0
    var quote: Unicode.Scalar?
    for (index, (scalar, place)) in scalars.enumerated() {
        if let mark = quote {
            if scalar == mark { quote = nil }
            continue
        }
        let before = scalars[..<index].last { $0.scalar != " " }?.scalar
        let isAtGap = before.map { [":", ",", "[", "{", "-"].contains(plainSign($0) ?? $0) } ?? true
        if scalar == "\"" || scalar == "'" {
            if isAtGap { quote = scalar }
            continue
        }
        let next = scalars[(index + 1)...].first { $0.scalar != " " }?.scalar
        let sign = plainSign(scalar) ?? scalar
        switch sign {
        case "[", "{":
            guard isAtGap else { continue }
            depth += 1
        case "]", "}":
            guard depth > 0, next.map({ [",", "]", "}", "#"].contains(plainSign($0) ?? $0) }) ?? true else { continue }
            depth -= 1
        case ":":
            guard depth > 0, let before, isOfName(before), index > 0, scalars[index - 1].scalar != " " else { continue }
        case ",":
            guard depth > 0, beginsEntry(scalars[(index + 1)...].map(\.scalar)) else { continue }
        default: continue
        }
        guard sign != scalar else { continue }
        let isGapped = index + 1 < scalars.count && scalars[index + 1].scalar == " "
        let needsGap = (sign == ":" || sign == ",") && !isGapped
        edits.append(Edit(Span(place, place + UTF8.width(scalar)), String(sign) + (needsGap ? " " : "")))
    }
    return edits
}

private func isOfName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".": true
    default: false
    }
}

/// Whether an entry begins here: a key with its colon, a bracket or a quotation mark.
private func beginsEntry(_ rest: [Unicode.Scalar]) -> Bool {
    let rest = rest.drop { $0 == " " }
    guard let first = rest.first else { return false }
    if ["[", "{", "\"", "'"].contains(plainSign(first) ?? first) { return true }
    let name = rest.prefix(while: isOfName)
    guard !name.isEmpty, name.endIndex < rest.endIndex else { return false }
    return plainSign(rest[name.endIndex]) ?? rest[name.endIndex] == ":"
}

extension SyntaxError {
    /// Full-width signs on the line of the error, or on the one that YAML was in.
    func fullwidthSigns() -> Diagnostic? {
        for place in [offset, context] {
            let edits = LocatedYAML.fullwidthSigns(bytes, lineSpan(bytes, range, at: place))
            if let first = edits.first { return .fullwidthSign(text(first.span), edits) }
        }
        return nil
    }
}
