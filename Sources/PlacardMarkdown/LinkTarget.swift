import ByteText
import LinkSafety
import SourceDiagnostics

/// Why a link's target is refused.
package enum LinkProblem: Error, Sendable, Hashable {
    /// A character that no address holds, and that browsers drop or change when they read one.
    case badCharacter(String)
    /// The scheme is not on the list; nil when there is none at all.
    case scheme(String?)
    /// The scheme runs code or reads local data; no list may hold it.
    case dangerousScheme(String)
    /// `//host/…`, whose scheme is that of the page.
    case protocolRelative
    /// `#fragment` where there is nothing to lead to.
    case fragment
    /// `scheme:` of the web without `//` and a host behind it.
    case noHost(String)
    /// `user@host`: what looks like the host is a user's name.
    case userInfo(String)
    /// A host that is not plain ASCII letters, digits, `-` and `.`.
    case badHost(String)
    /// What stands behind the colon of a host and is no number from 1 to 65535.
    case badPort(String)
    /// A host that is not on the list.
    case host(String)
    /// A placeholder in the scheme, in the authority, or before the first `/`, `?` or `#`.
    case placeholderBeforePath
    /// A placeholder where everything must be literal: an image's source, `mailto:` and `tel:`.
    case placeholder(String)
    /// A target that is nothing but a placeholder which is not declared as an address.
    case placeholderIsNoURL
    /// Markup in a target.
    case markup
    /// Nothing.
    case empty
}

extension LinkPolicy {
    /// Schemes that never pass, whoever lists them. In lower case.
    package static let dangerousSchemes = Set(forbiddenSchemes)

    /// Why `target` may not be a link's; nil when it may.
    ///
    /// - Parameters:
    ///   - target: with escapes and character references resolved, and with sentinels for placeholders.
    ///   - roles: what the sentinels stand for.
    package func problem(withLink target: ArraySlice<UInt8>, roles: [PlaceholderRole] = []) -> LinkProblem? {
        let parts = TargetParts(target, roles: roles)
        if let problem = parts.problem { return problem }
        if parts.isWhollyURL { return nil }
        guard !target.isEmpty else { return allowsRelative ? nil : .empty }
        guard let scheme = parts.scheme else { return relativeProblem(parts) }
        guard schemes.contains(scheme) else {
            return LinkPolicy.dangerousSchemes.contains(scheme) ? .dangerousScheme(scheme) : .scheme(scheme)
        }
        if scheme == "mailto" || scheme == "tel" || scheme == "sms" {
            return parts.firstPlaceholder == nil ? nil : .placeholder(scheme)
        }
        let isWeb = scheme == "http" || scheme == "https" || scheme == "ftp"
        if isWeb, let problem = authorityProblem(parts, scheme) { return problem }
        return parts.placeholderProblem
    }

    /// Why `source` may not be an image's; nil when it is a file beside the message or an address that the policy
    /// lets through.
    package func problem(withImage source: ArraySlice<UInt8>, roles: [PlaceholderRole] = []) -> LinkProblem? {
        let parts = TargetParts(source, roles: roles)
        guard parts.firstPlaceholder == nil else { return .placeholder("image") }
        if let problem = parts.problem { return problem }
        guard !source.isEmpty else { return allowsRelative ? nil : .empty }
        guard let scheme = parts.scheme else {
            if parts.isProtocolRelative { return .protocolRelative }
            if allowsRelative { return nil }
            if source.first == 0x2F { return .scheme(nil) }
            return source.first == 0x23 ? .fragment : nil
        }
        if LinkPolicy.dangerousSchemes.contains(scheme) { return .dangerousScheme(scheme) }
        guard scheme == "https" || scheme == "http", schemes.contains(scheme) else { return .scheme(scheme) }
        return authorityProblem(parts, scheme)
    }

    private func relativeProblem(_ parts: TargetParts) -> LinkProblem? {
        if parts.isProtocolRelative { return .protocolRelative }
        if parts.bytes.first == 0x23 {
            if parts.firstPlaceholder != nil { return .placeholderBeforePath }
            return allowsFragments || allowsRelative ? nil : .fragment
        }
        if parts.firstPlaceholder != nil { return .placeholderBeforePath }
        return allowsRelative ? nil : .scheme(nil)
    }

    private func authorityProblem(_ parts: TargetParts, _ scheme: String) -> LinkProblem? {
        guard let authority = parts.authority, !authority.isEmpty else {
            return parts.firstPlaceholder == nil ? .noHost(scheme) : .placeholderBeforePath
        }
        if let first = parts.firstPlaceholder, first < authority.endIndex { return .placeholderBeforePath }
        var text: String { String(decoding: authority, as: UTF8.self) }
        if authority.contains(0x40) { return .userInfo(text) }
        let colon = authority.lastIndex(of: 0x3A)
        let host = authority[..<(colon ?? authority.endIndex)]
        let isPlain = host.allSatisfy {
            $0.isASCIIDigit || $0.isASCIILetter || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
        }
        guard isPlain, !host.isEmpty, host.first != 0x2E else { return .badHost(text) }
        if let colon, !isPortNumber(authority[(colon + 1)...]) {
            return .badPort(String(decoding: authority[(colon + 1)...], as: UTF8.self))
        }
        let name = String(asciiLowercasing: host)
        return allows(host: name) ? nil : .host(name)
    }
}

/// The parts of a target that matter for safety (RFC 3986, section 3).
private struct TargetParts {
    let bytes: ArraySlice<UInt8>
    /// In lower case.
    var scheme: String?
    /// What stands between `//` and the path.
    var authority: ArraySlice<UInt8>?
    var isProtocolRelative = false
    /// Where the first placeholder stands.
    var firstPlaceholder: Int?
    /// Whether it is one placeholder that stands for a whole address.
    var isWhollyURL = false
    var problem: LinkProblem?
    /// Where the path, the query or the fragment begins.
    private var pathStart: Int?

    init(_ target: ArraySlice<UInt8>, roles: [PlaceholderRole]) {
        bytes = target
        scan(roles)
        guard problem == nil, !isWhollyURL else { return }
        var rest = target[...]
        if let colon = schemeEnd() {
            scheme = String(asciiLowercasing: target[..<colon])
            rest = target[(colon + 1)...]
        }
        let start = rest.startIndex + 2
        if start <= rest.endIndex, rest[start - 2] == 0x2F, rest[start - 1] == 0x2F {
            let end = rest[start...].firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 } ?? rest.endIndex
            authority = rest[start..<end]
            pathStart = end < rest.endIndex ? end : nil
            isProtocolRelative = scheme == nil
            if authority?.contains(0x20) == true { problem = .badCharacter("space") }
        } else {
            pathStart = rest.firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 }
        }
    }

    /// The problem of a placeholder that stands too early.
    var placeholderProblem: LinkProblem? {
        guard let first = firstPlaceholder else { return nil }
        guard let pathStart, pathStart < first else { return .placeholderBeforePath }
        return nil
    }

    private func schemeEnd() -> Int? {
        guard let first = bytes.first, first.isASCIILetter else { return nil }
        for index in bytes.indices {
            switch bytes[index] {
            case 0x3A: return index
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: continue
            default: return nil
            }
        }
        return nil
    }

    /// Looks for placeholders, and for characters that must not be there.
    private mutating func scan(_ roles: [PlaceholderRole]) {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            switch byte {
            case 0..<0x20, 0x7F:
                problem = .badCharacter("control character")
                return
            case 0x5C:
                problem = .badCharacter("backslash")
                return
            case 0x20 where index == bytes.startIndex || index == bytes.endIndex - 1:
                problem = .badCharacter("space")
                return
            case 0xC2 where index + 1 < bytes.endIndex && bytes[index + 1] <= 0xA0,
                0xC2 where index + 1 < bytes.endIndex && bytes[index + 1] == 0xAD:
                problem = .badCharacter("invisible character")
                return
            case 0xE1...0xEF where isInvisible(at: index):
                problem = .badCharacter("invisible character")
                return
            case 0xF4 where !roles.isEmpty && index + 3 < bytes.endIndex:
                see(sentinelAt: index, roles)
                if problem != nil { return }
                index += 3
            default: break
            }
            index += 1
        }
    }

    private mutating func see(sentinelAt index: Int, _ roles: [PlaceholderRole]) {
        let sentinel =
            Int(bytes[index + 1] & 0x0F) << 12 | Int(bytes[index + 2] & 0x3F) << 6 | Int(bytes[index + 3] & 0x3F)
        guard sentinel < roles.count else { return }
        if firstPlaceholder == nil { firstPlaceholder = index }
        switch roles[sentinel] {
        case .markup: problem = .markup
        case .value(let isURL) where bytes.count == 4:
            isWhollyURL = isURL
            if !isURL { problem = .placeholderIsNoURL }
        default: break
        }
    }

    /// Spaces of other widths, zero-width and bidirectional controls, line separators, and the byte order mark.
    private func isInvisible(at index: Int) -> Bool {
        guard index + 2 < bytes.endIndex else { return false }
        switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
        case (0xE1, 0x9A, 0x80), (0xE1, 0xA0, 0x8E), (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF), (0xE2, 0x81, 0x9F...0xAF),
            (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xA8...0xAF):
            return true
        default: return false
        }
    }
}
