import LinkSafety
import SourceDiagnostics

// The diagnostics about Markdown: `markdown/`, `link/`, and characters that no text holds.

extension Diagnostic {
    static func exceeded(_ excess: SourceProfile.Excess, _ limits: MarkdownLimits) -> Diagnostic {
        let label = Label(excess.span)
        switch excess.limit {
        case .bytes:
            return Diagnostic(
                "markdown/too-long", "the text is longer than \(limits.bytes) bytes", at: label,
                notes: ["a message is read in a moment; a limit keeps every text quick to parse"])
        case .blockNesting:
            return Diagnostic(
                "markdown/too-deep", "block quotes and lists are nested more than \(limits.blockNesting) deep",
                at: label,
                notes: ["a limit keeps every text quick to parse"])
        case .delimiters:
            return Diagnostic(
                "markdown/too-many-delimiters",
                "the text holds more than \(limits.delimiters) of the characters `*`, `_`, `~`, `[` and `]`", at: label,
                notes: ["each may begin or end emphasis or a link, and the parser has to match them all"])
        case .nullCharacter:
            return Diagnostic("markdown/null-character", "the text holds the character U+0000", at: label)
        case .brackets:
            return Diagnostic(
                "markdown/too-many-delimiters", "a paragraph opens more than \(limits.brackets) square brackets",
                at: label, notes: ["each may begin a link, and the parser has to try them all"])
        }
    }

    static func tooDeep(_ span: Span, _ limits: MarkdownLimits) -> Diagnostic {
        Diagnostic(
            "markdown/too-deep", "the text is nested more than \(limits.depth) deep", at: Label(span),
            notes: ["blocks, emphasis and links inside each other count"])
    }

    /// A link or an image that is refused, at its address.
    ///
    /// - Parameter source: the text that the tree was made of.
    static func refusedLink(
        _ problem: LinkProblem, _ node: MarkdownNode, _ tree: MarkdownTree, _ source: UnsafeBufferPointer<UInt8>,
        _ policy: LinkPolicy
    ) -> Diagnostic {
        let label = Label(node.destinationSpan.isEmpty ? node.span : node.destinationSpan)
        var diagnostic = refusedTarget(problem, at: label, isImage: node.kind == .image, policy: policy)
        guard label.span.end <= source.count else { return diagnostic }
        let written = source[label.span.start..<label.span.end]
        if node.kind != .image, !node.destinationSpan.isEmpty {
            let advice = LinkAdvice(problem, written: String(decoding: written, as: UTF8.self), at: label.span, policy)
            if !advice.notes.isEmpty { diagnostic.notes = advice.notes }
            diagnostic.fixIts += advice.fixIts
        }
        guard case .scheme(.some(let scheme)) = problem else { return diagnostic }
        guard !written.starts(with: (scheme + ":").utf8) else { return diagnostic }
        // `www.example.com` is a link of GFM, which gives it a scheme; elsewhere the address stands in another place.
        let isBare = written.prefix(4).map { $0 | 0x20 }.elementsEqual("www.".utf8) && policy.schemes.contains("https")
        diagnostic.fixIts =
            isBare
            ? [FixIt("begin with `https://`", edits: [Edit(Span(at: label.span.start), "https://")], .unsafe)] : []
        return diagnostic
    }

    /// A target that is refused, which stands at `label`.
    package static func refusedTarget(
        _ problem: LinkProblem, at label: Label, isImage: Bool, policy: LinkPolicy
    ) -> Diagnostic {
        let list = listed(policy.schemes.lazy.map { "`\($0):`" })
        let allowed =
            list.isEmpty
            ? "placard.yaml lets links lead nowhere yet: `links: {schemes: [https], hosts: [www.example.com]}`"
            : "placard.yaml lets links use \(list)"
        switch problem {
        case .badCharacter(let what):
            return Diagnostic(
                "link/bad-character", "an address cannot hold a \(what)", at: label,
                notes: [
                    "browsers drop or change such characters, so that the address can lead elsewhere than it seems to"
                ])
        case .scheme(nil):
            return Diagnostic(
                "link/relative", "\(isImage ? "an image's file" : "a link") cannot be relative to a page", at: label,
                notes: [
                    isImage
                        ? "an image is a file beside its message, such as `cup.png`"
                        : "a message is not on a page: begin with a scheme, as in `https://…`; " + allowed
                ])
        case .scheme(.some(let scheme)):
            let fixIts: [FixIt]
            if let near = nearMiss(scheme, among: policy.schemes) {
                let place = Span(label.span.start, label.span.start + scheme.utf8.count)
                fixIts = [FixIt("write `\(near):`", edits: [Edit(place, near)], .unsafe)]
            } else {
                fixIts = []
            }
            return Diagnostic(
                "link/scheme-not-allowed", "the scheme `\(scheme):` is not allowed", at: label, notes: [allowed],
                fixIts: fixIts)
        case .dangerousScheme(let scheme):
            return Diagnostic(
                "link/dangerous-scheme", "the scheme `\(scheme):` is never allowed", at: label,
                notes: ["it can run code or read what is on the device"])
        case .protocolRelative:
            return Diagnostic(
                "link/relative", "`//` without a scheme cannot begin an address", at: label,
                notes: ["a page would give it a scheme, and a message is not on a page"],
                fixIts: label.span.isEmpty
                    ? [] : [FixIt("begin with `https:`", edits: [Edit(Span(at: label.span.start), "https:")], .unsafe)])
        case .fragment:
            return Diagnostic(
                "link/no-such-place", "there is no place in this text that `#` could lead to", at: label,
                notes: ["links lead to a place in the text only in a conversation, whose steps are such places"])
        case .noHost(let scheme):
            return Diagnostic(
                "link/no-host", "`\(scheme):` needs `//` and a host behind it", at: label,
                notes: ["without them browsers guess what is meant"])
        case .userInfo(let authority):
            return Diagnostic(
                "link/user-info", "the address has a user name before the host in `\(authority)`", at: label,
                notes: ["what stands before `@` looks like the host, and is not"])
        case .badHost(let host):
            return Diagnostic(
                "link/bad-host", "`\(host)` is not a host's name in plain ASCII", at: label,
                notes: [
                    "letters of other scripts and percent signs hide where a link leads; write the form that begins with `xn--`"
                ])
        case .badPort(let port):
            return Diagnostic(
                "link/bad-port", port.isEmpty ? "no port follows the colon" : "`\(port)` is not a port", at: label,
                notes: [
                    "a port is a number from 1 to 65535; without a colon and a port, an address uses the one of its scheme"
                ])
        case .host(let host):
            let near = listed(policy.hosts.lazy.map { "`\($0)`" })
            return Diagnostic(
                "link/host-not-allowed", "the host `\(host)` is not allowed", at: label,
                notes: ["placard.yaml lets links lead to \(near)"])
        case .placeholderBeforePath:
            return Diagnostic(
                "link/placeholder-before-path", "a placeholder cannot decide which site or app a link leads to",
                at: label,
                notes: [
                    "scheme and host must be literal, and a `/`, `?` or `#` must come before the first placeholder; "
                        + "a variable that is declared as `url` may be the whole target"
                ])
        case .placeholder(let what):
            return Diagnostic(
                "link/placeholder-not-allowed",
                what == "image"
                    ? "an image's file cannot depend on a placeholder"
                    : "`\(what):` cannot hold a placeholder", at: label,
                notes: [
                    what == "image"
                        ? "images are part of the bundle; a placeholder may stand in the alternative text"
                        : "a value could change who is addressed"
                ])
        case .placeholderIsNoURL:
            return Diagnostic(
                "link/placeholder-before-path", "the whole target is a placeholder that is not declared as `url`",
                at: label,
                notes: ["declare the attribute as `url` in placard.yaml, or write scheme and host literally"])
        case .markup:
            return Diagnostic("link/markup", "markup cannot be part of an address", at: label)
        case .empty:
            return Diagnostic(
                "link/empty", isImage ? "the image has no file" : "the link leads nowhere", at: label)
        }
    }

    static func rawHTML(
        _ tree: MarkdownTree, _ node: MarkdownNode, _ source: UnsafeBufferPointer<UInt8>
    ) -> Diagnostic {
        let isComment = tree.slice(node.literal).drop { $0 == 0x20 }.starts(with: "<!--".utf8)
        let what = isComment ? "an HTML comment" : node.kind == .htmlBlock ? "an HTML block" : "an HTML tag"
        var fixIts: [FixIt] = []
        if isComment, let comment = comment(in: node.span, source) {
            fixIts.append(FixIt("remove the comment", edits: [Edit(comment, "")], .safe))
        } else if !isComment, let escape = tagEscape(node.span, source) {
            fixIts.append(escape)
        }
        return Diagnostic(
            "markdown/raw-html", "\(what) cannot be part of a message", at: Label(node.span),
            notes: [
                "apps show messages without a browser, and HTML could carry code; "
                    + "write Markdown, and the markup of the template"
            ], fixIts: fixIts)
    }

    /// A character that stands for a placeholder while a text is compiled.
    package static func reservedCharacter(at span: Span) -> Diagnostic {
        Diagnostic(
            "text/reserved-character", "the text holds a character from U+100000 to U+10FFFD", at: Label(span),
            notes: ["these are for private use, and stand for placeholders while a text is compiled"],
            fixIts: [FixIt("remove it", edits: [Edit(span, "")], .unsafe)])
    }

    /// What is wrong with the reference; nil when it stands for a character that a text may hold.
    static func unfitReference(
        _ reference: NumericReference, _ source: UnsafeBufferPointer<UInt8>
    ) -> Diagnostic? {
        let shown = String(decoding: source[reference.span.start..<reference.span.end].prefix(24), as: UTF8.self)
        let name = "`\(reference.span.length > 24 ? "\(shown)…" : shown)`"
        let replacement = "CommonMark has U+FFFD, the replacement character, in its place"
        if reference.isTooLong { return tooLong(reference, name) }
        switch reference.value {
        case 0: return unfit(reference, "\(name) stands for U+0000, which no text can hold", replacement)
        case 0xD800...0xDFFF:
            return unfit(reference, "\(name) stands for one half of a character, a surrogate", replacement)
        case 0x11_0000...: return unfit(reference, "\(name) is beyond the last character, U+10FFFF", replacement)
        case 0x0D, 0x85: return control(reference, name)
        default: break
        }
        switch UnfitCharacter(reference.value) {
        case .noncharacter:
            return unfit(
                reference,
                "\(name) stands for \(codePoint(reference.value)), which is not a character",
                "programs use it among themselves; readers would see nothing, or a box")
        case .control: return control(reference, name)
        case .directionChange: return .bidiControl("text/bidi-control", reference.value, at: reference.span)
        case .lineSeparator:
            return .lineSeparator("text/line-separator", reference.value, at: reference.span, note: lineSeparatorNote)
        case .byteOrderMark, nil: return nil
        }
    }

    private static func unfit(
        _ reference: NumericReference, _ message: String, _ note: String, fixIt: FixIt? = nil
    ) -> Diagnostic {
        Diagnostic(
            "markdown/character-reference", message, at: Label(reference.span), notes: [note],
            fixIts: [fixIt ?? FixIt("remove it", edits: [Edit(reference.span, "")], .unsafe)])
    }

    /// A control character; those from U+0080 on were mostly meant as Windows-1252 has them, and browsers show that.
    private static func control(_ reference: NumericReference, _ name: String) -> Diagnostic {
        let message = "\(name) stands for the control character \(codePoint(reference.value))"
        guard reference.value >= 0x80, let meant = windows1252(reference.value) else {
            return unfit(
                reference, message, "of the control characters only tab and the ends of lines have a meaning in a text")
        }
        return unfit(
            reference, message, "in Windows-1252 the number is that of `\(meant)`, which browsers show in its place",
            fixIt: FixIt("write `\(meant)`", edits: [Edit(reference.span, String(meant))], .unsafe))
    }

    /// What has too many digits is text, which readers see as it is written.
    private static func tooLong(_ reference: NumericReference, _ name: String) -> Diagnostic {
        var diagnostic = unfit(
            reference,
            "\(name) has too many digits for a character reference, and is shown as it is",
            "CommonMark takes seven decimal or six hexadecimal digits")
        diagnostic.severity = .warning
        if let scalar = Unicode.Scalar(reference.value), reference.value > 0, UnfitCharacter(reference.value) == nil {
            let form = "&#x\(String(scalar.value, radix: 16, uppercase: true));"
            diagnostic.fixIts = [FixIt("write `\(form)`", edits: [Edit(reference.span, form)], .unsafe)]
        }
        return diagnostic
    }
}

/// Who ends a line at LINE SEPARATOR and the like.
package let lineSeparatorNote =
    "some readers end a line at it and others show nothing; a line ends with a backslash, a paragraph with an empty line"
