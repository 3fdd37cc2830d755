import CanonicalJSON
import MessageFormat
import PlacardBundle

extension PushData {
    /// A text of the payload with the values that the server gave, in the reader's language; nil when a value is missing
    /// that has no fallback, or does not fit. Then what the server put into the alert stands.
    ///
    /// - Parameters:
    ///   - text: ``title`` or ``body``.
    ///   - timeZone: the IANA name of the user's time zone.
    public func rendered(_ text: BundleText, on platform: EnginePlatform, timeZone: String) -> String? {
        let known = values.compactMap { entry in MessageValue(entry.value).map { (name: entry.name, value: $0) } }
        let renderer = TextRenderer(
            locale: locale, values: RenderingValues(known),
            fallbacks: SortedMap(fallbacks.map { SortedMap.Entry($0.name, .plain($0.value)) }),
            host: platform.formatting, links: LinkRules(schemes: [], hosts: []), timeZone: timeZone)
        switch renderer.plain(text) {
        case .success(let string): return string
        case .failure: return nil
        }
    }

    /// ``link`` once the server has put every value into it; nil while it has not.
    public var openableLink: String? {
        guard let link else { return nil }
        let bytes = Array(link.utf8)
        return zip(bytes, bytes.dropFirst()).contains { $0 == 0x7B && $1 == 0x24 } ? nil : link
    }
}

extension MessageValue {
    /// A value as JSON has it; nil for null and for what no text shows.
    fileprivate init?(_ json: JSONValue) {
        switch json {
        case .string(let text): self = .string(text)
        case .number(let number): self = Int64(exactly: number).map { .integer($0) } ?? .double(number)
        case .bool(let flag): self = .bool(flag)
        default: return nil
        }
    }
}
