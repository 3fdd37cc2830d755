import ByteText
import CanonicalJSON

/// The texts of one locale as decisions ask for them: one message at a time.
///
/// A locale file is its client's largest by far. Read from its bytes, it stays where it is, and a message is read and decoded when it
/// is asked for; decoded as a whole it would take several times as much memory.
public struct LocaleTexts: Sendable {
    /// The locale's BCP 47 tag.
    public let locale: String
    private let messages: Messages

    private enum Messages: Sendable {
        case decoded(SortedMap<LocalizedMessage>)
        case file(FileBytes, MessagePlaces)
    }

    /// The texts of a file that is decoded already: for whoever asks often.
    public init(_ file: LocaleFile) {
        locale = file.locale
        messages = .decoded(file.messages)
    }

    /// Reads a locale file from its bytes, and keeps them.
    public init(reading bytes: [UInt8]) throws(BundleError) { try self.init(reading: FileBytes(bytes)) }

    /// Reads a locale file. Every message is decoded once, to see that it can be, and read again when it is asked for.
    ///
    /// - Throws: ``BundleError`` as `LocaleFile(reading:)` does.
    public init(reading file: FileBytes) throws(BundleError) {
        var places = MessagePlaces()
        let json = try readJSON(file, partsOf: "messages") { part throws(BundleError) in
            _ = try LocalizedMessage(json: part.value)
            places.add(part.name ?? "", part.whole, length: file.count)
        }
        locale = try LocaleFile(json: json.value).locale
        if let failure = json.failure { throw failure }
        places.sort()
        messages = .file(file, places)
    }

    /// How many messages there are.
    public var count: Int {
        switch messages {
        case .decoded(let messages): messages.entries.count
        case .file(_, let places): places.count
        }
    }

    /// The texts of the message called `id`; nil when it does not show in this locale, or the file cannot be read any more.
    public subscript(id: String) -> LocalizedMessage? {
        switch messages {
        case .decoded(let messages): return messages[id]
        case .file(let file, let places):
            for place in places[id] {
                guard let member = file.read(place),
                    let json = try? JSONValue(parsing: [0x7B] + member + [0x7D]), let value = json[id]
                else { continue }
                return try? LocalizedMessage(json: value)
            }
            return nil
        }
    }
}

/// Where the messages of a locale file stand, by hashes of their ids: 12 bytes for each, however long the id is. Two ids may have one
/// hash; what stands there says which it is.
private struct MessagePlaces: Sendable {
    private struct Entry: Sendable {
        let hash: UInt32
        let begin: UInt32
        let end: UInt32
    }

    private var entries: [Entry] = []

    var count: Int { entries.count }

    /// - Parameter place: of the member, its name and its value. Bundles are far below 4 GB.
    mutating func add(_ id: String, _ place: Range<Int>, length: Int) {
        entries.reserveRoom(at: place.upperBound, of: length)
        entries.append(
            Entry(
                hash: MessagePlaces.hash(id), begin: UInt32(clamping: place.lowerBound),
                end: UInt32(clamping: place.upperBound)))
    }

    mutating func sort() { entries.sort { $0.hash < $1.hash } }

    /// The places of the ids that have the hash of this one.
    subscript(id: String) -> [Range<Int>] {
        let hash = MessagePlaces.hash(id)
        let first = entries.placeInOrder { $0.hash >= hash }
        return entries[first...].prefix { $0.hash == hash }.map { Int($0.begin)..<Int($0.end) }
    }

    /// FNV-1a.
    private static func hash(_ id: String) -> UInt32 {
        id.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}
