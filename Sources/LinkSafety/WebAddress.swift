import ByteText

/// Why an address may not be opened.
public enum AddressProblem: Error, Sendable, Hashable {
    /// There is nothing, or no scheme.
    case noScheme
    /// A byte that no URI has, or that browsers read in ways of their own: white space, controls, a backslash, quotes.
    case badCharacter
    /// The scheme is one of ``forbiddenSchemes``.
    case forbiddenScheme(String)
    /// The scheme is not on the list.
    case scheme(String)
    /// An address of the web without `//` and a host.
    case noHost
    /// User information in front of the host, which is how one host poses as another.
    case userInfo
    /// A host that is not plain letters, digits, `-`, `_` and `.`: what is percent-encoded, in brackets or of another script
    /// another reader may take for another host.
    case badHost
    /// A port that is no number from 1 to 65535.
    case badPort
    /// The host is not on the list.
    case host(String)
    /// A value makes a path that leads elsewhere: a segment `.` or `..`, or an empty one between two `/`.
    case pathChanged
}

extension AddressProblem: CustomStringConvertible {
    /// What is wrong, on one line, without a full stop; it follows the address.
    public var description: String {
        switch self {
        case .noScheme: "has no scheme"
        case .badCharacter: "has a character that no address has"
        case .forbiddenScheme(let scheme): "has the scheme " + scheme + ", which is never allowed"
        case .scheme(let scheme): "has the scheme " + scheme + ", which is not allowed"
        case .noHost: "has no host"
        case .userInfo: "has a user's name before the host"
        case .badHost: "has a host that is not plain ASCII"
        case .badPort: "has a port that is not a number from 1 to 65535"
        case .host(let host): "leads to the host " + host + ", which is not allowed"
        case .pathChanged: "has a value that makes another path of it"
        }
    }
}

/// Why an address that has its values may not be opened; nil when it may.
///
/// It takes RFC 3986's characters alone. A scheme must be on the list and none that is forbidden; on the web, the host must
/// be on the list, too.
///
/// - Parameters:
///   - address: UTF-8.
///   - schemes: what is allowed, in lower case, without the colon.
///   - hosts: where addresses of the web may lead, as ``hostPattern(_:covers:)`` reads them; empty for anywhere.
public func problem(withAddress address: [UInt8], schemes: [String], hosts: [String]) -> AddressProblem? {
    guard address.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E }) else {
        return .badCharacter
    }
    guard let colon = address.firstIndex(of: 0x3A), colon > 0 else { return .noScheme }
    let scheme = address[..<colon].map { $0.asciiLowercased }
    var name: String { String(decoding: scheme, as: UTF8.self) }
    if isForbiddenScheme(scheme) { return .forbiddenScheme(name) }
    guard schemes.contains(where: { $0.utf8.elementsEqual(scheme) }) else { return .scheme(name) }
    guard isWebScheme(scheme) else { return nil }
    let rest = address[(colon + 1)...]
    guard rest.starts(with: [0x2F, 0x2F]) else { return .noHost }
    let authority = rest.dropFirst(2).prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
    guard !authority.isEmpty else { return .noHost }
    if authority.contains(0x40) { return .userInfo }
    let host = authority.prefix { $0 != 0x3A }.map { $0.asciiLowercased }
    guard isPlainHost(host) else { return .badHost }
    if authority.count > host.count, !isPortNumber(authority.dropFirst(host.count + 1)) { return .badPort }
    guard hosts.isEmpty || hosts.contains(where: { hostPattern($0, covers: host) }) else {
        return .host(String(decoding: host, as: UTF8.self))
    }
    return nil
}

/// Whether a scheme, in lower case, is of the web, so that hosts of the internet bind it.
public func isWebScheme(_ scheme: some Sequence<UInt8>) -> Bool {
    let scheme = Array(scheme)
    return ["http", "https", "ftp"].contains { $0.utf8.elementsEqual(scheme) }
}

/// Whether a host is plain letters, digits, `-`, `_` and `.`, and does not begin with a dot.
///
/// - Parameter host: in lower case.
public func isPlainHost(_ host: some Collection<UInt8>) -> Bool {
    guard let first = host.first, first != 0x2E else { return false }
    return host.allSatisfy {
        (0x61...0x7A).contains($0) || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
    }
}

/// Whether a host of a list stands for `host`: itself, for `*.example.com` every name below it, for `*` any.
///
/// - Parameters:
///   - pattern: in lower case.
///   - host: in lower case.
public func hostPattern(_ pattern: String, covers host: some BidirectionalCollection<UInt8>) -> Bool {
    let pattern = pattern.utf8
    guard pattern.starts(with: [0x2A, 0x2E]) else {
        return pattern.elementsEqual([0x2A]) || pattern.elementsEqual(host)
    }
    let domain = pattern.dropFirst()
    return host.count > domain.count && host.suffix(domain.count).elementsEqual(domain)
}

/// Whether an image's source, which an app draws without being asked, may stand in a bundle: a file of it by its key, or an
/// address of the web that may be opened.
public func isImageSource(_ source: [UInt8], schemes: [String], hosts: [String]) -> Bool {
    guard !source.isEmpty, source.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != 0x5C }) else { return false }
    // A colon before the first slash ends a scheme, whatever stands in front of it.
    if let colon = source.firstIndex(of: 0x3A), !source[..<colon].contains(0x2F) {
        guard isWebScheme(source[..<colon].map { $0.asciiLowercased }) else { return false }
        return problem(withAddress: source, schemes: schemes, hosts: hosts) == nil
    }
    let segments = source.split(separator: 0x2F, omittingEmptySubsequences: false)
    return !segments.contains { $0.isEmpty || isDotSegment($0) }
}
