public import CanonicalJSON
import PlacardBundle

/// Something that happened with a message, for an app's analysis. Names and moments alone: nothing of the user's
/// attributes is in it.
///
/// A client gives each at least once; what has the same ``id`` is the same event.
public struct MessageEvent: Sendable, Equatable {
    /// What happened.
    public enum Kind: Sendable, Equatable {
        /// The user came to the point where a message of an experiment shows; where `withheld`, nothing is shown, as the user
        /// is of the control or held out.
        case exposure(withheld: Bool)
        /// The message was on the screen.
        case impression
        /// The user chose an action of the message, by its id.
        case click(action: String)
        /// The user closed the message for good.
        case dismissal
    }

    /// The value of `schema` in ``json``.
    public static let schema = "placard/event/1"

    /// A name for this event alone, among all events of all users: a UUID (RFC 9562) in lower case.
    public var id: String
    /// What happened.
    public var kind: Kind
    /// The message's id.
    public var message: String
    /// The variant of its experiment; nil without one, and for who is held out.
    public var variant: String?
    /// The release of the bundle that the message came from; 0 of a plain build.
    public var release: Int64
    /// The locale of the message's texts.
    public var locale: String
    /// When it happened; of an exposure, when the message shows or would have.
    public var at: Instant

    /// An event.
    public init(
        id: String, kind: Kind, message: String, variant: String? = nil, release: Int64, locale: String, at: Instant
    ) {
        self.id = id
        self.kind = kind
        self.message = message
        self.variant = variant
        self.release = release
        self.locale = locale
        self.at = at
    }

    /// The event as `placard schema events` describes it; `at` is in milliseconds.
    public var json: JSONValue {
        var object: JSONObject = [
            "schema": .string(MessageEvent.schema), "id": .string(id), "kind": .string(kind.name),
            "message": .string(message), "release": .number(Double(release)), "locale": .string(locale),
            "at": .number(Double(at.milliseconds)),
        ]
        if let variant { object["variant"] = .string(variant) }
        switch kind {
        case .exposure(let withheld): object["withheld"] = .bool(withheld)
        case .click(let action): object["action"] = .string(action)
        case .impression, .dismissal: break
        }
        return .object(object)
    }

    /// Reads what ``json`` gave; nil for anything else.
    public init?(json: JSONValue) {
        guard json["schema"] == .string(MessageEvent.schema), let id = json["id"]?.string,
            let name = json["kind"]?.string, let kind = Kind(name, json), let message = json["message"]?.string,
            let release = json["release"].flatMap({ wholeNumber($0) }), let locale = json["locale"]?.string,
            let at = Instant(json: json["at"])
        else { return nil }
        self.init(
            id: id, kind: kind, message: message, variant: json["variant"]?.string, release: release, locale: locale,
            at: at)
    }

    /// JSON lines: each event as ``json`` in canonical form (RFC 8785), and a line feed.
    public static func jsonLines(_ events: [MessageEvent]) -> [UInt8] {
        var bytes: [UInt8] = []
        for event in events {
            bytes += event.json.canonicalBytes
            bytes.append(0x0A)
        }
        return bytes
    }
}

extension MessageEvent.Kind {
    /// The names of all kinds, as JSON has them.
    package static let names = ["click", "dismissal", "exposure", "impression"]

    /// The name in JSON.
    var name: String {
        switch self {
        case .exposure: "exposure"
        case .impression: "impression"
        case .click: "click"
        case .dismissal: "dismissal"
        }
    }

    fileprivate init?(_ name: String, _ json: JSONValue) {
        switch name {
        case "exposure":
            guard let withheld = json["withheld"]?.bool else { return nil }
            self = .exposure(withheld: withheld)
        case "impression": self = .impression
        case "click":
            guard let action = json["action"]?.string else { return nil }
            self = .click(action: action)
        case "dismissal": self = .dismissal
        default: return nil
        }
    }
}

extension MessageEvent {
    /// What to append to a client's file for an event: whole lines, to be written at once.
    package var fileLines: [UInt8] {
        var bytes: [UInt8] = []
        CheckedLine.append(json.canonicalBytes, to: &bytes)
        return bytes
    }

    /// The events of a file of ``fileLines``, each once, in the order in which they were written. What is not as it was
    /// written is left out.
    ///
    /// - Parameter limit: after how many to stop.
    package static func events(ofFile bytes: [UInt8], limit: Int = .max) -> [MessageEvent] {
        var found: Set<String> = []
        var events: [MessageEvent] = []
        var start = 0
        while start < bytes.count, events.count < limit {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            if let text = CheckedLine.text(of: bytes[start..<end]), let json = try? JSONValue(parsing: Array(text)),
                let event = MessageEvent(json: json), found.insert(event.id).inserted
            {
                events.append(event)
            }
            start = end + 1
        }
        return events
    }
}
