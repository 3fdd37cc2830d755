import SourceDiagnostics

// The findings about a document as a whole: limits, aliases, roots.

extension TreeBuilder {
    func tooDeep(_ span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/too-deep", .error, "the YAML is nested deeper than \(options.limits.depth) levels",
            at: Label(narrow(span)),
            notes: ["nothing that a project holds goes beyond ten"])
    }

    func tooManyNodes(_ span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/too-large", .error, "the YAML has more than \(options.limits.nodes) values", at: Label(narrow(span)))
    }

    func tooManyAnchors(_ span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/alias-limit", .error, "the YAML has more than \(options.limits.anchors) anchors",
            at: Label(narrow(span)))
    }

    func aliasLimit(_ span: Span, first: Span?, _ anchor: Span) -> Diagnostic {
        var secondary = [Label(firstWord(anchor), "what it repeats")]
        if let first, first.start != anchor.start { secondary.append(Label(firstWord(first), "the first anchor")) }
        return Diagnostic(
            "yaml/alias-limit", .error,
            "the aliases stand for more than \(options.limits.aliasNodes) values or \(options.limits.aliasBytes) bytes",
            at: Label(span), secondary: secondary,
            notes: ["aliases of aliases grow without bound; write out what is meant"])
    }

    func unknownAlias(_ name: String, _ span: Span) -> Diagnostic {
        let value = LineValue(bytes: bytes, range: range, at: span.start)
        if let later = laterAnchor(name, after: span.end) {
            return Diagnostic(
                "yaml/unknown-alias", .error, "the alias *\(shown(name)) is used before its anchor", at: Label(span),
                secondary: [Label(later, "the anchor")],
                notes: ["an anchor (&\(shown(name))) must come first in the file"])
        }
        var diagnostic = Diagnostic(
            "yaml/unknown-alias", .error, "no anchor &\(shown(name)) defines the alias *\(shown(name))",
            at: Label(span),
            notes: ["a value that begins with * is an alias in YAML; a text or an expression needs quotes"])
        if let value, value.span.start == span.start { diagnostic.fixIts = [value.quotingFix()] }
        return diagnostic
    }

    func recursiveAlias(_ name: String, _ span: Span, _ anchor: Span) -> Diagnostic {
        Diagnostic(
            "yaml/recursive-alias", .error, "the alias *\(shown(name)) stands inside its own anchor", at: Label(span),
            secondary: [Label(firstWord(anchor), "the anchor")], notes: ["the value would hold itself without end"])
    }

    func aliasWarning(_ name: String, _ span: Span, _ anchor: Span) -> Diagnostic {
        Diagnostic(
            "yaml/alias", .warning, "*\(shown(name)) repeats a value from elsewhere in the file", at: Label(span),
            secondary: [Label(firstWord(anchor), "the value")],
            notes: ["translators and reviewers rarely know aliases; _defaults.yaml shares values between messages"])
    }

    func severalDocuments(_ span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/multiple-documents", .error, "a second YAML document begins here", at: Label(firstWord(span)),
            notes: ["each file holds one"])
    }

    func numberOutOfRange(_ text: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/number-out-of-range", .error, "\(shown(text)) is a number that JSON readers cannot hold",
            at: Label(span),
            notes: ["numbers are 64-bit integers or finite doubles; in quotes it is text"],
            fixIts: [FixIt("quote it", edits: [Edit(span, quoted(text))], .unsafe)])
    }

    func imprecise(_ text: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/imprecise-integer", .warning, "\(text) is beyond 2^53, where JSON readers lose digits",
            at: Label(span),
            notes: ["an id is text rather than a number"],
            fixIts: [FixIt("quote it", edits: [Edit(span, quoted(text))], .unsafe)])
    }

    func directive(at offset: Int) -> Diagnostic { directiveFinding(bytes, range, near: offset) }

    func notAMapping(_ root: YAMLRecord) -> Diagnostic {
        if root.kind == .scalar {
            if let lookalike = colonLookalike(in: root.span) { return lookalike }
            return Diagnostic(
                "yaml/not-a-mapping", .error, "expected keys and values, found \(typeName(root.value))",
                at: Label(firstLine(root.span)), notes: ["each line is a key, a colon, a space and a value"])
        }
        return Diagnostic(
            "yaml/not-a-mapping", .error, "expected keys and values, found a list", at: Label(firstLine(root.span)),
            notes: ["each line is a key, a colon, a space and a value"])
    }

    /// A colon followed by something that only looks like a space, or by nothing.
    private func colonLookalike(in span: Span) -> Diagnostic? {
        var offset = span.start
        for scalar in String(decoding: bytes[span.start..<span.end], as: UTF8.self).unicodeScalars {
            let width = UTF8.width(scalar)
            if offset > span.start, bytes[offset - 1] == 0x3A {
                if isSpaceLookalike(scalar.value) { return notASpace(scalar.value, Span(offset, offset + width)) }
            } else if scalar.value == 0xFF1A {
                return Diagnostic(
                    "yaml/missing-colon", .error, "U+FF1A FULLWIDTH COLON does not end a key",
                    at: Label(Span(offset, offset + width)),
                    fixIts: [
                        FixIt("write a colon and a space", edits: [Edit(Span(offset, offset + width), ": ")], .safe)
                    ])
            }
            offset += width
        }
        return nil
    }

    private func laterAnchor(_ name: String, after offset: Int) -> Span? {
        let wanted = [0x26] + Array(name.utf8)
        var start = offset
        while start + wanted.count <= range.end {
            let end = start + wanted.count
            if bytes[start] == 0x26, bytes[start..<end].elementsEqual(wanted), end == range.end || bytes[end] <= 0x20 {
                return Span(start, end)
            }
            start += 1
        }
        return nil
    }

    /// At most the first character of what may be half a file.
    private func narrow(_ span: Span) -> Span { Span(span.start, min(span.end, span.start + 1)) }

    private func firstLine(_ span: Span) -> Span {
        var end = span.start
        while end < span.end, !isBreak(bytes[end]) { end += 1 }
        return Span(span.start, end)
    }

    private func firstWord(_ span: Span) -> Span {
        var end = span.start
        while end < range.end, bytes[end] > 0x20 { end += 1 }
        return Span(span.start, end)
    }
}

/// A directive (`%YAML`), which no file of a project takes.
func directiveFinding(_ bytes: [UInt8], _ range: Span, near offset: Int) -> Diagnostic {
    var start = range.start
    var found = Span(offset, min(offset + 1, range.end))
    while start < range.end {
        var end = start
        while end < range.end, !isBreak(bytes[end]) { end += 1 }
        if bytes[start] == 0x25 {
            found = Span(start, end)
            break
        }
        start = end < range.end ? pastBreak(bytes, end) : range.end
    }
    let isDirective = ["%YAML", "%TAG"].contains { bytes[found.start..<found.end].starts(with: $0.utf8) }
    return Diagnostic(
        "yaml/directive", .error, "a YAML directive is not allowed here", at: Label(found),
        notes: ["every file is YAML 1.2 with the core schema; remove the line"],
        fixIts: [
            isDirective
                ? FixIt("remove it", edits: [Edit(found, "")], .safe)
                : FixIt("remove the %", edits: [Edit(Span(found.start, found.start + 1), "")], .unsafe)
        ])
}

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
