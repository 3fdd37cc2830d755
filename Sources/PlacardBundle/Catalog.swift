import ByteText
import CanonicalJSON

/// Targeting and behaviour of every message, without any text.
public struct Catalog: Sendable, Equatable {
    /// The value of `schema` in this version of the format.
    public static let schema = "placard/catalog/1"

    /// What a client knows: the attributes of each context group.
    public var context: SortedMap<SortedMap<AttributeDeclaration>>
    /// The events and their properties.
    public var events: SortedMap<SortedMap<AttributeDeclaration>>
    /// The groups whose messages share frequency rules.
    public var groups: SortedMap<GroupDeclaration>
    /// Where links may lead; a client checks a URL again once it has its values.
    public var links: LinkRules
    /// The messages, sorted by id.
    public private(set) var messages: [CatalogMessage]

    /// A catalog of `messages` in any order.
    public init(
        context: SortedMap<SortedMap<AttributeDeclaration>> = [:],
        events: SortedMap<SortedMap<AttributeDeclaration>> = [:],
        groups: SortedMap<GroupDeclaration> = [:], links: LinkRules = LinkRules(), messages: [CatalogMessage]
    ) {
        self.context = context
        self.events = events
        self.groups = groups
        self.links = links
        self.messages = []
        setMessages(messages)
    }

    /// Reads a catalog; two messages with one id are an error.
    public init(json: JSONValue) throws(BundleError) { self = try Catalog.form.read(json) }

    /// The wire form.
    public var json: JSONValue { Catalog.form.write(self) }

    mutating func setMessages(_ messages: [CatalogMessage]) {
        // They nearly always are, and are not held twice then.
        let isSorted = messages.indices.dropFirst().allSatisfy { !utf8Less(messages[$0].id, messages[$0 - 1].id) }
        self.messages = isSorted ? messages : messages.sorted { utf8Less($0.id, $1.id) }
    }

    /// Two messages with one id are an error.
    func checkIDs() throws(BundleError) {
        for (one, next) in zip(messages, messages.dropFirst()) where sameBytes(one.id, next.id) {
            throw BundleError(path: "/messages", "two messages have the id `\(one.id)`")
        }
    }

    /// The message called `id`.
    public func message(_ id: String) -> CatalogMessage? {
        let place = messages.indices.placeInOrder { !utf8Less(messages[$0].id, id) }
        return place < messages.count && sameBytes(messages[place].id, id) ? messages[place] : nil
    }
}

/// The URLs that a message may open.
public struct LinkRules: Sendable, Equatable {
    /// The schemes that are allowed, in lower case.
    public var schemes: [String]
    /// The hosts that `http` and `https` may lead to: names, or `*.` and a name for all below it; empty for any.
    public var hosts: [String]

    /// A policy; by default `https` to any host.
    public init(schemes: [String] = ["https"], hosts: [String] = []) {
        self.schemes = schemes
        self.hosts = hosts
    }

    /// Reads the rules of a catalog or of a notification's payload.
    public init(json: JSONValue) throws(BundleError) { self = try LinkRules.form.read(json) }

    /// The wire form.
    public var json: JSONValue { LinkRules.form.write(self) }
}

/// Messages that share frequency rules.
public struct GroupDeclaration: Sendable, Equatable {
    /// Rules that count the impressions of the whole group.
    public var frequency: [FrequencyRule]

    /// A group with these rules.
    public init(frequency: [FrequencyRule]) {
        self.frequency = frequency
    }

    /// Reads a group of the catalog.
    public init(json: JSONValue) throws(BundleError) { self = try GroupDeclaration.form.read(json) }

    /// The wire form.
    public var json: JSONValue { GroupDeclaration.form.write(self) }
}
