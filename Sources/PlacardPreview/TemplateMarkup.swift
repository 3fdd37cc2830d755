import SourceDiagnostics

/// Checks the literal HTML of a `preview.mustache`: what may stand in a preview is listed, everything else is an error.
///
/// The pages' policy blocks scripts and inline styles anyway; this says so where the author can see it, and keeps
/// out what the policy allows but a static picture of a message has no use for: forms, frames, links, ids.
enum TemplateMarkup {
    static let elements: Set<String> = [
        "article", "aside", "b", "bdi", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "figcaption",
        "figure",
        "footer", "h2", "h3", "h4", "header", "hr", "i", "img", "li", "ol", "p", "pre", "section", "small", "span",
        "strong", "sub", "sup", "time", "ul",
    ]
    static let attributes: Set<String> = [
        "alt", "class", "dir", "height", "hidden", "lang", "role", "src", "title", "width",
    ]

    static func check(_ source: [UInt8]) -> [Diagnostic] {
        var scanner = MarkupScanner(source)
        scanner.scan()
        return scanner.diagnostics
    }
}

/// Walks tags and their attributes; mustache tags (`{{…}}`) are skipped as units wherever they stand.
private struct MarkupScanner {
    let bytes: [UInt8]
    var at = 0
    var diagnostics: [Diagnostic] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func scan() {
        while at < bytes.count {
            if bytes[at...].starts(with: [0x7B, 0x7B, 0x3D]) {
                report("changed-delimiters", "a preview keeps the delimiters `{{` and `}}`", at, at + 3)
            }
            if skipMustache() { continue }
            guard bytes[at] == 0x3C, at + 1 < bytes.count else {
                at += 1
                continue
            }
            let next = bytes[at + 1]
            if next == 0x21 || next == 0x3F {
                report("forbidden-markup", "comments and declarations do not belong in a preview", at, at + 2)
                at += 2
            } else if next == 0x2F {
                skipToTagEnd()
            } else if isLetter(next) {
                tag()
            } else {
                // `<` before a mustache tag would let a value name the element.
                if next == 0x7B { report("forbidden-element", "an element's name must be literal", at, at + 2) }
                at += 1
            }
        }
    }

    private mutating func tag() {
        let start = at + 1
        at = start
        while at < bytes.count, !isSpace(bytes[at]), bytes[at] != 0x3E, bytes[at] != 0x2F { at += 1 }
        let name = lowercased(start, at)
        if !TemplateMarkup.elements.contains(name) {
            report("forbidden-element", "element `\(name)` does not belong in a preview", start, at)
        }
        while at < bytes.count, bytes[at] != 0x3E {
            if isSpace(bytes[at]) || bytes[at] == 0x2F {
                at += 1
            } else if !skipMustache() {
                attribute()
            }
        }
        if at < bytes.count { at += 1 }
    }

    private mutating func attribute() {
        let start = at
        while at < bytes.count, !isSpace(bytes[at]), bytes[at] != 0x3D, bytes[at] != 0x3E, bytes[at] != 0x2F,
            bytes[at] != 0x7B
        { at += 1 }
        if at == start { at += 1 }
        let name = lowercased(start, at)
        if !TemplateMarkup.attributes.contains(name), !name.hasPrefix("data-"), !name.hasPrefix("aria-") {
            report("forbidden-attribute", "attribute `\(name)` does not belong in a preview", start, at)
        }
        guard at < bytes.count, bytes[at] == 0x3D else { return }
        at += 1
        guard at < bytes.count, bytes[at] == 0x22 || bytes[at] == 0x27 else {
            report("unquoted-attribute", "value of `\(name)` is not quoted", start, at)
            while at < bytes.count, !isSpace(bytes[at]), bytes[at] != 0x3E { if !skipMustache() { at += 1 } }
            return
        }
        value(name, quote: bytes[at])
    }

    private mutating func value(_ name: String, quote: UInt8) {
        at += 1
        let start = at
        while at < bytes.count, bytes[at] != quote {
            // A value's own HTML would end the attribute.
            if at + 2 < bytes.count, bytes[at] == 0x7B, bytes[at + 1] == 0x7B,
                bytes[at + 2] == 0x7B || bytes[at + 2] == 0x26
            {
                report("unescaped-in-attribute", "unescaped value inside an attribute", at, at + 3)
            }
            if !skipMustache() { at += 1 }
        }
        if name == "src", !isImageSource(start, at) {
            report("forbidden-source", "`src` must be the image's own `{{src}}` or `{{image.src}}`", start, at)
        }
        if at < bytes.count { at += 1 }
    }

    private func isImageSource(_ start: Int, _ end: Int) -> Bool {
        let text = String(decoding: bytes[start..<end].filter { !isSpace($0) }, as: UTF8.self)
        return text == "{{src}}" || text == "{{image.src}}"
    }

    private mutating func skipMustache() -> Bool {
        guard at + 1 < bytes.count, bytes[at] == 0x7B, bytes[at + 1] == 0x7B else { return false }
        var end = at + 2
        while end + 1 < bytes.count, bytes[end] != 0x7D || bytes[end + 1] != 0x7D { end += 1 }
        at = min(bytes.count, end + 2)
        while at < bytes.count, bytes[at] == 0x7D { at += 1 }
        return true
    }

    private mutating func skipToTagEnd() {
        while at < bytes.count, bytes[at] != 0x3E { at += 1 }
        if at < bytes.count { at += 1 }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

    private func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

    private func lowercased(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes[start..<end].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private mutating func report(_ id: String, _ message: String, _ start: Int, _ end: Int) {
        diagnostics.append(
            Diagnostic("mustache/" + id, .error, message, at: Label(Span(start, min(end, bytes.count)))))
    }
}
