import PlacardBundle

extension LinkRules {
    /// Whether a URL that has its values may be opened: its scheme is allowed and, on the web, its host.
    ///
    /// The last line of defence, after the compiler has checked what is literal and values have been
    /// percent-encoded. It takes RFC 3986's characters alone; white space, controls or a backslash, which browsers
    /// read in ways of their own, make no URL.
    public func allows(_ url: String) -> Bool {
        let bytes = Array(url.utf8)
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E }),
            let colon = bytes.firstIndex(of: 0x3A)
        else { return false }
        let scheme = bytes[..<colon].map { lowercased($0) }
        guard schemes.contains(where: { $0.utf8.elementsEqual(scheme) }) else { return false }
        guard scheme.elementsEqual("http".utf8) || scheme.elementsEqual("https".utf8) else { return true }
        let rest = bytes[(colon + 1)...]
        guard rest.starts(with: [0x2F, 0x2F]) else { return false }
        let authority = rest.dropFirst(2).prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
        // User information in front of the host is how one host poses as another.
        guard !authority.isEmpty, !authority.contains(0x40) else { return false }
        let host = authority.prefix { $0 != 0x3A }.map { lowercased($0) }
        let port = authority.dropFirst(host.count + 1)
        guard isPlain(host), port.count <= 5, port.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return hosts.isEmpty || hosts.contains { matches(host, Array($0.utf8)) }
    }

    /// Whether a host is plain letters, digits, `-`, `_` and `.`, as the compiler demands of literal ones: what is
    /// percent-encoded or in brackets another reader may take for another host.
    private func isPlain(_ host: [UInt8]) -> Bool {
        guard let first = host.first, first != 0x2E else { return false }
        return host.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
        }
    }

    private func matches(_ host: [UInt8], _ rule: [UInt8]) -> Bool {
        guard rule.starts(with: [0x2A, 0x2E]) else { return host.elementsEqual(rule) }
        let domain = rule.dropFirst(1)
        return host.count > domain.count && host.suffix(domain.count).elementsEqual(domain)
    }

    private func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
