import CanonicalJSON
import LinkSafety
import MessageFormat
import PlacardBundle

/// The texts of a notification's payload, with the values that the server gave and what the app knows.
///
/// A raw placeholder never comes out: where a value is missing that has no fallback there is no text, and the alert's own
/// words stand.
public struct PushWording: Sendable {
    private let data: PushData
    private let links: LinkRules
    private let texts: TextRenderer
    /// Links and threads take no fallback: another order is not the same order.
    private let addresses: TextRenderer
    /// The values that are not of their types, which count as missing.
    public let misfits: [PushProblem]

    /// - Parameters:
    ///   - data: what the payload has for apps.
    ///   - platform: time zones, and how numbers and dates are written.
    ///   - timeZone: the IANA name of the user's time zone.
    ///   - context: what the app knows of the user, by group; it counts where the server gave nothing.
    public init(_ data: PushData, on platform: EnginePlatform, timeZone: String, context: JSONValue = [:]) {
        self.data = data
        links = data.links ?? LinkRules(schemes: [], hosts: [])
        var known: [(name: String, value: MessageValue)] = []
        var misfits: [PushProblem] = []
        for entry in data.values {
            for given in [entry.value, context.attribute(entry.name) ?? .null] where given != .null {
                if let value = data.typed(given, entry.name) {
                    known.append((name: entry.name, value: value))
                    break
                }
                misfits.append(.misfit(entry.name, given, data.types[entry.name] ?? .string))
            }
        }
        self.misfits = misfits
        let values = RenderingValues(known)
        func renderer(_ fallbacks: SortedMap<BundleText>, _ links: LinkRules) -> TextRenderer {
            TextRenderer(
                locale: data.locale, values: values, fallbacks: fallbacks, host: platform.formatting, links: links,
                timeZone: timeZone)
        }
        texts = renderer(SortedMap(data.fallbacks.map { .init($0.name, .plain($0.value)) }), links)
        addresses = renderer([:], links)
    }

    /// The payload's title or body in the reader's language.
    public func text(_ part: PushPart) -> Result<String, PushProblem>? {
        (part == .title ? data.title : data.body).map { text in
            texts.plain(text).mapError { PushProblem(part, $0) }
        }
    }

    /// What a tap opens, where the project's rules allow it; nil when the notification has no link.
    public var link: Result<String, PushProblem>? {
        data.link.map { link in
            addresses.address(link, links).mapError { PushProblem(.link, $0) }
                .flatMap { $0.mapError { $0.problem == .pathChanged ? .changedPath($0.url) : .forbiddenLink($0.url) } }
        }
    }
}

/// A part of a notification that has values.
public enum PushPart: String, Sendable {
    case title, body, link
}

/// Why a notification is not as its author worded it.
public enum PushProblem: Error, Sendable, Equatable {
    /// A value of the payload is not of the type that `PushData.types` names, so that it counts as missing.
    case misfit(String, JSONValue, AttributeType)
    /// These variables of a part have neither a value nor a fallback.
    case missing(PushPart, [String])
    /// What these variables have, a value or a fallback, cannot be formatted where a part wants it.
    case unusable(PushPart, [String])
    /// The link leads where the project's rules, which the payload carries, do not allow.
    case forbiddenLink(String)
    /// A value in the link makes another path of it.
    case changedPath(String)
    /// The payload is not Placard's, or not as its format says.
    case unreadable(String)
}

extension PushProblem: CustomStringConvertible {
    /// What is wrong, on one line: for a log, not for a user.
    public var description: String {
        switch self {
        case .misfit(let name, let value, let type): "the value of \(name) is no \(type.name): \(value.canonicalString)"
        case .missing(.link, let names): "the link is left out: \(list(names)) no value"
        case .missing(let part, let names):
            "the alert's \(part.rawValue) stands: \(list(names)) no value and no fallback"
        case .unusable(.link, let names):
            "the link is left out: \(list(names)) no value that it can format"
        case .unusable(let part, let names):
            "the alert's \(part.rawValue) stands: \(list(names)) no value or fallback that it can format"
        case .forbiddenLink(let link): "the link is left out: the project's links do not allow \(link)"
        case .changedPath(let link): "the link is left out: \(link) \(AddressProblem.pathChanged)"
        case .unreadable(let reason): "the payload is not one of Placard's: \(reason)"
        }
    }

    private func list(_ names: [String]) -> String {
        names.joined(separator: ", ") + (names.count == 1 ? " has" : " have")
    }
}

extension PushProblem {
    fileprivate init(_ part: PushPart, _ missing: MissingValues) {
        self = missing.areUnusable ? .unusable(part, missing.names) : .missing(part, missing.names)
    }
}

extension PushData {
    /// A value as it is declared; nil for null and for what is something else.
    fileprivate func typed(_ json: JSONValue, _ name: String) -> MessageValue? {
        guard ContextLimits.allow(json) else { return nil }
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
