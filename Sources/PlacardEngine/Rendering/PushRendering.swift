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
    ///   - context: what the app knows of the user, by group; it counts where the server gave nothing.
    public func rendered(
        _ text: BundleText, on platform: EnginePlatform, timeZone: String, context: JSONValue = [:]
    ) -> String? {
        let known = values.compactMap { entry in
            (typed(entry.value, entry.name) ?? typed(context.attribute(entry.name), entry.name))
                .map { (name: entry.name, value: $0) }
        }
        let renderer = TextRenderer(
            locale: locale, values: RenderingValues(known),
            fallbacks: SortedMap(fallbacks.map { SortedMap.Entry($0.name, .plain($0.value)) }),
            host: platform.formatting, links: LinkRules(schemes: [], hosts: []), timeZone: timeZone)
        switch renderer.plain(text) {
        case .success(let string): return string
        case .failure: return nil
        }
    }

    /// ``link`` once the server has put every value into it, and when it leads where ``links`` allow; nil otherwise.
    public var openableLink: String? {
        // A brace makes no URL, so that a slot that was left does not pass either.
        guard let link, let links, links.allows(link), !hasSlot(link) else { return nil }
        return link
    }

    /// Whether a place for one of the values is left in a text: the server did not fill it.
    public func hasSlot(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return values.contains { entry in
            let slot = Array("{$\(entry.name)}".utf8)
            return bytes.indices.contains { bytes[$0...].starts(with: slot) }
        }
    }

    /// A value as it is declared; nil for null and for what is something else.
    private func typed(_ json: JSONValue?, _ name: String) -> MessageValue? {
        guard let json else { return nil }
        return types[name].map { value(json, $0).flatMap(messageValue) } ?? MessageValue(json)
    }
}

extension JSONValue {
    /// The attribute of a context that texts call `user.first_name`.
    fileprivate func attribute(_ name: String) -> JSONValue? {
        guard let dot = name.utf8.firstIndex(of: 0x2E) else { return nil }
        return self[String(name[..<dot])]?[String(name[name.index(after: dot)...])]
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
