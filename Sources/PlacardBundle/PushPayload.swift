import CanonicalJSON

/// A notification as a server sends it: the alert that the system shows by itself, and what the app needs to word it
/// again with values.
///
/// The alert is complete: nothing in it is left for anybody to fill in. Members and limits are those of Apple's
/// “Generating a remote notification” and of the `Message` of Firebase Cloud Messaging's HTTP v1 API.
/// `Documentation/Decisions/push.md` tells why they hold what they hold.
public struct PushPayload: Sendable, Equatable {
    /// The most bytes that either service takes of a payload.
    public static let maximumBytes = 4096
    /// The most bytes of `apns-collapse-id`.
    public static let maximumCollapseBytes = 64

    /// The alert's first line.
    public var title: String?
    /// The alert's text.
    public var body: String
    /// What notifications are grouped by and, of two with one key, the newer replaces the older; nil also where it
    /// needs values, and then it is ``PushData/thread``.
    public var thread: String?
    /// What the app reads.
    public var data: PushData

    /// A payload of these parts.
    public init(title: String? = nil, body: String, thread: String? = nil, data: PushData) {
        self.title = title
        self.body = body
        self.thread = thread
        self.data = data
    }

    private var alert: JSONValue {
        var writer = ObjectWriter()
        writer.add("title", title)
        writer.add("body", body)
        return writer.json
    }

    /// What notifications are grouped by: without the thread's values the message, which groups and replaces nothing.
    private var group: String? { thread ?? data.thread.map { _ in data.message } }

    /// The body of a request to Apple Push Notification service.
    public var apns: JSONValue { ["aps": aps, "placard": data.json] }

    private var aps: JSONValue {
        var aps = ObjectWriter()
        aps.add("alert", alert)
        aps.add("mutable-content", 1 as Int64)
        aps.add("thread-id", group)
        return aps.json
    }

    /// The `message` of a request to Firebase Cloud Messaging, still without a `token` or `topic`.
    ///
    /// The values of `data` are strings, as the service demands; so the app's part is JSON in a string.
    public var fcm: JSONValue {
        var message: JSONObject = ["data": ["placard": .string(data.json.canonicalString)], "notification": alert]
        var aps: JSONObject = ["mutable-content": 1]
        var apple = JSONObject()
        if let group { aps["thread-id"] = .string(group) }
        if let thread {
            message["android"] = ["notification": ["tag": .string(thread)]]
            apple["headers"] = ["apns-collapse-id": .string(thread)]
        }
        apple["payload"] = ["aps": .object(aps)]
        message["apns"] = .object(apple)
        return .object(message)
    }

    /// The size that Apple's service counts: the whole payload.
    public var apnsBytes: Int { apns.canonicalBytes.count }

    /// The size that Firebase counts, `data` and `notification`; the quotation marks of JSON in a string are counted as
    /// they are sent.
    public var fcmBytes: Int {
        let counted: JSONValue = [
            "data": ["placard": .string(data.json.canonicalString)], "notification": alert,
        ]
        return counted.canonicalBytes.count
    }

    /// The size of what Firebase sends to Apple's service for a device of Apple's, as nearly as it is known: the alert,
    /// the app's part as a string, and ``firebaseKeys``.
    public var fcmAppleBytes: Int {
        var payload = PushPayload.firebaseKeys
        payload["aps"] = aps
        payload["placard"] = .string(data.json.canonicalString)
        return JSONValue.object(payload).canonicalBytes.count
    }

    /// What Firebase adds to a payload for Apple's service, with the longest values that were seen: names are those of
    /// its SDK (`FIRMessagingConstants.m`), values those of payloads that apps print.
    /// What its console adds for analytics is not among them, as nobody sends these files from there.
    static let firebaseKeys: JSONObject = [
        "gcm.message_id": "0:1505164048575090%3b690aba3b690aba", "google.c.a.e": "1",
        "google.c.fid": "f7Wfr_yqG00Gt6B9O7qI13", "google.c.sender.id": "1028358118532",
    ]
}

/// The part of a payload that is for the app: which message it is, and its texts with places for values.
public struct PushData: Sendable, Equatable {
    /// The message's id.
    public var message: String
    /// The variant of its experiment; nil for the message as it stands.
    public var variant: String?
    /// The locale that the texts are in.
    public var locale: String
    /// What a tap opens.
    public var link: BundleText?
    /// Where ``link`` may lead once it has its values; nil without a link.
    public var links: LinkRules?
    /// What a newer notification replaces an older one by, when it needs values.
    public var thread: BundleText?
    /// The title, when it has places for values.
    public var title: BundleText?
    /// The body, when it has places for values.
    public var body: BundleText?
    /// What stands in title and body for a value that is not known, by variable.
    public var fallbacks: SortedMap<String>
    /// The types of variables that are not strings, which JSON does not tell: a moment is a string there.
    public var types: SortedMap<AttributeType>
    /// Every variable of the texts, the link and the thread; null until the server gives its value.
    public var values: SortedMap<JSONValue>

    /// The app's part of a payload.
    public init(
        message: String, variant: String? = nil, locale: String, link: BundleText? = nil, links: LinkRules? = nil,
        thread: BundleText? = nil, title: BundleText? = nil, body: BundleText? = nil,
        fallbacks: SortedMap<String> = [:], types: SortedMap<AttributeType> = [:], values: SortedMap<JSONValue> = [:]
    ) {
        self.message = message
        self.variant = variant
        self.locale = locale
        self.link = link
        self.links = links
        self.thread = thread
        self.title = title
        self.body = body
        self.fallbacks = fallbacks
        self.types = types
        self.values = values
    }

    /// Reads the member `placard` of a payload, which in Firebase's is the text of a JSON document.
    ///
    /// Text may be anybody's: nothing of it is more than text until ``link`` has been held against ``links``.
    public init(json: JSONValue) throws(BundleError) { self = try PushData.form.read(json) }

    /// The wire form.
    public var json: JSONValue { PushData.form.write(self) }
}
