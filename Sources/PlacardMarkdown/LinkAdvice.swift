import LinkSafety
import SourceDiagnostics

// What an author can do about an address that is refused: the whole address that was meant, where it is certain.

/// What is to be done about an address; empty where nothing more is known than the problem itself tells.
struct LinkAdvice {
    var notes: [String] = []
    var fixIts: [FixIt] = []

    /// - Parameters:
    ///   - written: the address as it stands at `span`.
    init(_ problem: LinkProblem, written: String, at span: Span, _ policy: LinkPolicy) {
        if let plain = LinkAdvice.withPlainSigns(written, policy) {
            fixIts = [
                FixIt(
                    "write `\(plain)`",
                    edits: [Edit(Span(span.start, span.start + written.utf8.count), plain)], .unsafe)
            ]
            return
        }
        switch problem {
        case .scheme(nil): withoutScheme(written, span, policy)
        case .noHost(let scheme): withoutHost(scheme, written, span, policy)
        case .host(let host): ofOtherHost(host, written, span, policy)
        default: return
        }
    }

    /// `https：//…` and `https://www.example.com／a` with the signs of ASCII, `https://https://…` with one scheme, and an address without
    /// the spaces around it; nil for any other.
    private static func withPlainSigns(_ written: String, _ policy: LinkPolicy) -> String? {
        var plain = ""
        for scalar in written.unicodeScalars {
            let isWide = "：／？＃＆＝．－％".unicodeScalars.contains(scalar)
            plain.unicodeScalars.append(isWide ? UnicodeScalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        while plain.first == " " { plain.removeFirst() }
        while plain.last == " " { plain.removeLast() }
        guard let scheme = policy.schemes.first(where: { plain.hasPrefix($0 + "://") }) else { return nil }
        if plain.dropFirst(scheme.utf8.count + 3).hasPrefix(scheme + "://") {
            plain = String(plain.dropFirst(scheme.utf8.count + 3))
        }
        return plain == written ? nil : plain
    }

    /// `“https://…”` and `「https://…」` without what stands around them; nil for any other address.
    private static func withoutMarks(_ written: String) -> String? {
        for (open, close) in [
            ("\"", "\""), ("'", "'"), ("“", "”"), ("‘", "’"), ("«", "»"), ("「", "」"), ("`", "`"),
        ]
        where written.hasPrefix(open) && written.hasSuffix(close) && written.count > 2 {
            return String(written.dropFirst().dropLast())
        }
        return nil
    }

    /// An address of the web that the policy lets links lead to.
    private static func example(_ policy: LinkPolicy) -> String {
        let host = policy.hosts.first.map { $0.hasPrefix("*.") ? "www" + $0.dropFirst() : $0 }
        return "https://\(host == nil || host == "*" ? "www.example.com" : host ?? "")"
    }

    /// `www.example.com/menu`, `https//www.example.com`, `/menu`, `menu`.
    private mutating func withoutScheme(_ written: String, _ span: Span, _ policy: LinkPolicy) {
        guard !policy.schemes.isEmpty else {
            notes = ["placard.yaml lets links lead nowhere yet: links: {schemes: [https], hosts: [www.example.com]}"]
            return
        }
        if written.hasPrefix("<"), written.hasSuffix(">"), written.contains(":") {
            let edits = [Edit(Span(span.start, span.start + 1), ""), Edit(Span(span.end - 1, span.end), "")]
            notes = ["`<` and `>` stand around an address in Markdown's text, and are no part of one here"]
            fixIts = [FixIt("leave out `<` and `>`", edits: edits, .unsafe)]
            return
        }
        if let inside = LinkAdvice.withoutMarks(written), policy.schemes.contains(where: { inside.hasPrefix($0 + ":") })
        {
            notes = ["the marks around it are part of the address"]
            fixIts = [
                FixIt(
                    "leave the marks out",
                    edits: [Edit(Span(span.start, span.start + written.utf8.count), inside)], .unsafe)
            ]
            return
        }
        guard policy.schemes.contains("https") else { return }
        let end = written.firstIndex { "/?#".contains($0) } ?? written.endIndex
        let host = String(written[..<end])
        if host == "https" || host == "http", written.hasPrefix(host + "//") {
            let slashes = Span(span.start, span.start + host.utf8.count + 2)
            fixIts = [FixIt("write `https://`", edits: [Edit(slashes, "https://")], .unsafe)]
        } else if host.contains("."), isAllowed(host, policy) {
            fixIts = [FixIt("begin with `https://`", edits: [Edit(Span(at: span.start), "https://")], .unsafe)]
        }
        let path = host.isEmpty ? written : "/" + written
        if fixIts.isEmpty, host.isEmpty, policy.hosts.count == 1, !policy.hosts[0].contains("*"), written.hasPrefix("/")
        {
            let start = "https://" + policy.hosts[0]
            fixIts = [FixIt("begin with `\(start)`", edits: [Edit(Span(at: span.start), start)], .unsafe)]
        }
        let isPath = fixIts.isEmpty && written.utf8.count <= 60 && !host.contains(".")
        notes = [
            "a message is shown on no page of its own: write the whole address, such as `\(LinkAdvice.example(policy))\(isPath ? path : "/…")`"
        ]
    }

    /// `https:/www.example.com`.
    private mutating func withoutHost(_ scheme: String, _ written: String, _ span: Span, _ policy: LinkPolicy) {
        let rest = written.dropFirst(scheme.utf8.count + 1).drop { $0 == "/" }
        guard !rest.isEmpty, isAllowed(String(rest.prefix { !"/?#:".contains($0) }), policy) else { return }
        let place = Span(span.start, span.start + written.utf8.count - rest.utf8.count)
        fixIts = [FixIt("write `\(scheme)://`", edits: [Edit(place, scheme + "://")], .unsafe)]
    }

    /// `example.com` where all below it is allowed, and hosts that are nearly one that is.
    private mutating func ofOtherHost(_ host: String, _ written: String, _ span: Span, _ policy: LinkPolicy) {
        if policy.hosts.contains("*." + host) {
            notes = [
                "`*.\(host)` stands for the hosts below it: add `\(host)` to links.hosts in placard.yaml, or write one such as `www.\(host)`"
            ]
        }
        guard let meant = meantHost(host, policy), let place = written.lowercased().firstRange(of: host) else { return }
        let start = span.start + written.lowercased()[..<place.lowerBound].utf8.count
        fixIts = [FixIt("write `\(meant)`", edits: [Edit(Span(start, start + host.utf8.count), meant)], .unsafe)]
    }

    private func meantHost(_ host: String, _ policy: LinkPolicy) -> String? {
        if host.hasSuffix("."), isAllowed(String(host.dropLast()), policy) { return String(host.dropLast()) }
        if let near = nearMiss(host, among: policy.hosts.filter { !$0.contains("*") }) { return near }
        let labels = host.split(separator: ".")
        var found: Set<String> = []
        for pattern in policy.hosts where pattern.hasPrefix("*.") {
            let domain = String(pattern.dropFirst(2))
            let count = domain.split(separator: ".").count
            guard labels.count > count else { continue }
            let end = labels.suffix(count).joined(separator: ".")
            guard let near = nearMiss(end, among: [domain]) else { continue }
            found.insert(labels.dropLast(count).joined(separator: ".") + "." + near)
        }
        return found.count == 1 ? found.first : nil
    }

    private func isAllowed(_ host: String, _ policy: LinkPolicy) -> Bool {
        let bytes = Array(host.lowercased().utf8)
        return isPlainHost(bytes) && (policy.hosts.isEmpty || policy.hosts.contains { hostPattern($0, covers: bytes) })
    }
}
