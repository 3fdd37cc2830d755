import ByteText
import LinkSafety

/// Where links may lead: an allow-list of schemes and hosts.
///
/// A deny-list does not do: cmark's own safe mode lets `intent:`, `itms-services:`, `blob:` and many more through.
package struct LinkPolicy: Sendable, Equatable {
    /// What all copies share: every core reads the one policy of a project.
    private final class Lists: Sendable {
        let schemes: [String]
        let hosts: [String]
        /// The same, to be found in one look; empty when they are few.
        let manyHosts: Set<String>

        init(schemes: [String], hosts: [String]) {
            self.schemes = schemes
            self.hosts = hosts
            manyHosts = hosts.count > 16 ? Set(hosts) : []
        }
    }

    private let lists: Lists

    /// Schemes in lower case, without the colon, such as `https` or an app's own; never one that could run code.
    package var schemes: [String] { lists.schemes }
    /// Hosts in lower case; `*.example.com` stands for every host below `example.com`. Empty means that any host may.
    ///
    /// Hosts bind the schemes of the web, `http` and `https`; an app's own scheme has no hosts of the internet.
    package var hosts: [String] { lists.hosts }
    /// Whether a link may be `#step` alone, as the choices of a conversation are.
    package let allowsFragments: Bool
    /// Whether links and images may be relative to a page, as on the web; messages have no page.
    package let allowsRelative: Bool

    /// - Parameters:
    ///   - schemes: as `placard.yaml` lists them; case does not matter.
    ///   - hosts: as `placard.yaml` lists them; case does not matter.
    ///   - allowsFragments: true for a conversation.
    ///   - allowsRelative: true for text that is shown on a page of its own.
    package init(
        schemes: [String], hosts: [String] = [], allowsFragments: Bool = false, allowsRelative: Bool = false
    ) {
        lists = Lists(
            schemes: schemes.map { String(asciiLowercasing: $0.utf8) }.filter {
                !LinkPolicy.dangerousSchemes.contains($0)
            },
            hosts: hosts.map { String(asciiLowercasing: $0.utf8) })
        self.allowsFragments = allowsFragments
        self.allowsRelative = allowsRelative
    }

    /// The same policy for a text in which a link may lead to a heading.
    package func allowingFragments() -> LinkPolicy {
        LinkPolicy(schemes: schemes, hosts: hosts, allowsFragments: true, allowsRelative: allowsRelative)
    }

    /// Whether addresses of the web may lead to `host`, which is in lower case.
    func allows(host: String) -> Bool {
        // No name of the internet is longer (RFC 1035, section 2.3.4).
        guard !lists.manyHosts.isEmpty, host.utf8.count <= 255 else {
            return hosts.isEmpty || hosts.contains { hostPattern($0, covers: host.utf8) }
        }
        if lists.manyHosts.contains(host) || lists.manyHosts.contains("*") { return true }
        var rest = host.utf8[...]
        while let dot = rest.firstIndex(of: 0x2E) {
            rest = rest[rest.index(after: dot)...]
            if lists.manyHosts.contains("*." + String(Substring(rest))) { return true }
        }
        return false
    }

    package static func == (a: LinkPolicy, b: LinkPolicy) -> Bool {
        a.schemes == b.schemes && a.hosts == b.hosts && a.allowsFragments == b.allowsFragments
            && a.allowsRelative == b.allowsRelative
    }
}
