import SourceDiagnostics

// One constructor for each finding about Markdown as such.

func limitDiagnostic(_ excess: SourceProfile.Excess, _ limits: MarkdownLimits) -> Diagnostic {
    let label = Label(excess.span)
    switch excess.limit {
    case .bytes:
        return Diagnostic(
            "markdown/too-long", "the text is longer than \(limits.bytes) bytes", at: label,
            notes: ["a message is read in a moment; a limit keeps every text quick to parse"])
    case .blockNesting:
        return Diagnostic(
            "markdown/too-deep", "block quotes and lists are nested more than \(limits.blockNesting) deep", at: label,
            notes: ["the limit is checked before the text is parsed, so that no text takes long"])
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

func depthDiagnostic(_ span: Span, _ limits: MarkdownLimits) -> Diagnostic {
    Diagnostic(
        "markdown/too-deep", "the text is nested more than \(limits.depth) deep", at: Label(span),
        notes: ["blocks, emphasis and links in one another count; clients walk the tree"])
}

/// The finding for a link or an image that is refused.
///
/// - Parameter source: the text that the tree was made of.
func linkDiagnostic(
    _ problem: LinkProblem, _ node: MarkdownNode, _ tree: MarkdownTree, _ source: UnsafeBufferPointer<UInt8>,
    _ policy: LinkPolicy
) -> Diagnostic {
    let label = Label(node.destinationSpan.isEmpty ? node.span : node.destinationSpan)
    var diagnostic = problem.diagnostic(at: label, isImage: node.kind == .image, policy: policy)
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

extension LinkProblem {
    /// The finding, for a target that stands at `label`.
    package func diagnostic(at label: Label, isImage: Bool, policy: LinkPolicy) -> Diagnostic {
        let list = listed(policy.schemes.lazy.map { "`\($0):`" })
        let allowed =
            list.isEmpty
            ? "placard.yaml lets links lead nowhere yet: links: {schemes: [https], hosts: [www.example.com]}"
            : "placard.yaml lets links use \(list)"
        switch self {
        case .badCharacter(let what):
            return Diagnostic(
                "link/bad-character", "an address cannot hold a \(what)", at: label,
                notes: ["browsers drop or change such characters when they read an address, so it can pretend"])
        case .scheme(nil):
            return Diagnostic(
                "link/relative", "\(isImage ? "an image's file" : "a link") cannot be relative to a page", at: label,
                notes: [
                    isImage
                        ? "an image is a file beside its message, such as `cup.png`"
                        : "a message is shown on no page of its own: begin with a scheme, as in `https://…`; " + allowed
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
                notes: ["its scheme would be that of a page, and a message is on none"],
                fixIts: label.span.isEmpty
                    ? [] : [FixIt("begin with `https:`", edits: [Edit(Span(at: label.span.start), "https:")], .unsafe)])
        case .fragment:
            return Diagnostic(
                "link/no-such-place", "there is no place in this text that `#` could lead to", at: label,
                notes: ["only in a conversation do links lead to steps"])
        case .noHost(let scheme):
            return Diagnostic(
                "link/no-host", "`\(scheme):` needs `//` and a host behind it", at: label,
                notes: ["browsers guess what is meant otherwise"])
        case .userInfo(let authority):
            return Diagnostic(
                "link/user-info", "the address holds a user's name before the host in `\(authority)`", at: label,
                notes: ["what stands before `@` is no host, and looks like one"])
        case .badHost(let host):
            return Diagnostic(
                "link/bad-host", "`\(host)` is not a host's name in plain ASCII", at: label,
                notes: ["letters of other scripts and percent signs hide where a link leads; write `xn--…` for them"])
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
                        : "its parts have a meaning of their own, and a value could change who is addressed"
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
}
