import LinkSafety
import MessageFormat
import PlacardBundle

extension LinkRules {
    /// Whether a URL that has its values may be opened: its scheme is allowed and, on the web, its host.
    public func allows(_ url: String) -> Bool { problem(with: url) == nil }

    /// Why a URL that has its values may not be opened; nil when it may.
    ///
    /// The last line of defence, after the compiler has checked what is literal and values have been percent-encoded. A
    /// scheme that never passes (`LinkSafety.forbiddenSchemes`) does not pass because a bundle lists it.
    public func problem(with url: String) -> AddressProblem? {
        LinkSafety.problem(withAddress: Array(url.utf8), schemes: schemes, hosts: hosts)
    }

    /// Whether the target of a link in a body may stand there: an address that may be opened, or `#` and a step of the
    /// conversation.
    func allowsTarget(_ target: String) -> Bool {
        // What is literal may hold characters that only a browser encodes.
        target.utf8.first == 0x23 || allows(percentEncodedLink(target))
    }

    /// Whether an image may be drawn from `source`.
    func allowsImage(_ source: String) -> Bool {
        isImageSource(Array(source.utf8), schemes: schemes, hosts: hosts)
    }
}

/// A text of which the addresses are left out in which a value makes another path.
///
/// - Parameters:
///   - text: a text, or HTML.
///   - values: where in it the values stand that are part of addresses.
///   - isHTML: whether addresses end at quotation marks alone.
/// - Returns: the text, and the addresses that were left out.
func withoutChangedPaths(
    _ text: String, values: [Range<Int>], isHTML: Bool
) -> (text: String, leftOut: [String]) {
    guard !values.isEmpty else { return (text, []) }
    let bytes = Array(text.utf8)
    func isEnd(_ byte: UInt8) -> Bool {
        if isHTML { return byte == 0x22 }
        return byte <= 0x20 || byte == 0x22 || byte == 0x28 || byte == 0x29 || byte == 0x3C || byte == 0x3E
    }
    var kept: [UInt8] = []
    var next = 0
    var leftOut: [String] = []
    for value in values where value.lowerBound >= next && value.upperBound <= bytes.count {
        let start = bytes[..<value.lowerBound].lastIndex(where: isEnd).map { $0 + 1 } ?? 0
        let end = bytes[value.upperBound...].firstIndex(where: isEnd) ?? bytes.count
        guard start >= next, changesPath(value, of: bytes[start..<end]) else { continue }
        leftOut.append(String(decoding: bytes[start..<end], as: UTF8.self))
        kept += bytes[next..<start]
        next = end
    }
    guard !leftOut.isEmpty else { return (text, []) }
    kept += bytes[next...]
    return (String(decoding: kept, as: UTF8.self), leftOut)
}

/// HTML of a bundle without the targets of links and sources of images that the rules do not allow: the attribute stays,
/// and is empty.
///
/// It looks at the attributes that the compiler writes, ` href="…"` and ` src="…"`; a quotation mark in a text is escaped,
/// so that nothing else looks like them.
func withoutForbiddenLinks(_ html: String, _ rules: LinkRules) -> (html: String, leftOut: [String]) {
    let bytes = Array(html.utf8)
    var kept: [UInt8] = []
    var next = 0
    var leftOut: [String] = []
    var index = 0
    while let equals = bytes[index...].firstIndex(of: 0x3D) {
        index = equals + 1
        let isLink = bytes[..<equals].hasSuffix(" href")
        guard isLink || bytes[..<equals].hasSuffix(" src"), index < bytes.count, bytes[index] == 0x22 else { continue }
        let start = index + 1
        let end = bytes[start...].firstIndex(of: 0x22) ?? bytes.count
        index = end
        let target = unescaped(bytes[start..<end])
        // A target that a value was to make up as a whole, and may not, is empty already.
        guard start < end, !(isLink ? rules.allowsTarget(target) : rules.allowsImage(target)) else { continue }
        leftOut.append(target)
        kept += bytes[next..<start]
        next = end
    }
    guard !leftOut.isEmpty else { return (html, []) }
    kept += bytes[next...]
    return (String(decoding: kept, as: UTF8.self), leftOut)
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { count >= $0.count && suffix($0.count).elementsEqual($0) }
    }
}

/// An attribute's value without the character references that the compiler and the formatter write.
private func unescaped(_ value: ArraySlice<UInt8>) -> String {
    guard value.contains(0x26) else { return String(decoding: value, as: UTF8.self) }
    let references: [(StaticString, UInt8)] = [
        ("&amp;", 0x26), ("&lt;", 0x3C), ("&gt;", 0x3E), ("&quot;", 0x22), ("&#39;", 0x27), ("&#x27;", 0x27),
    ]
    var result: [UInt8] = []
    var rest = value
    while let byte = rest.first {
        var length = 1
        var character = byte
        if byte == 0x26 {
            for (reference, meaning) in references {
                let matches = reference.withUTF8Buffer { rest.prefix($0.count).elementsEqual($0) }
                if matches { (length, character) = (reference.utf8CodeUnitCount, meaning) }
            }
        }
        result.append(character)
        rest = rest.dropFirst(length)
    }
    return String(decoding: result, as: UTF8.self)
}
