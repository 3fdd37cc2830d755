import CanonicalJSON

/// The texts of one locale as decisions ask for them: one message at a time.
///
/// A locale file is its client's largest by far. Read from its bytes, it stays as it came, and a message is decoded when it is asked
/// for; decoded as a whole it would take several times as much memory.
public struct LocaleTexts: Sendable {
    /// The locale's BCP 47 tag.
    public let locale: String
    private let messages: Messages

    private enum Messages: Sendable {
        case decoded(SortedMap<LocalizedMessage>)
        /// The file, and where each message stands in it.
        case file([UInt8], SortedMap<Range<UInt32>>)
    }

    /// The texts of a file that is decoded already: for whoever asks often.
    public init(_ file: LocaleFile) {
        locale = file.locale
        messages = .decoded(file.messages)
    }

    /// Reads a locale file from its bytes, and keeps them. Every message is decoded once, to see that it can be.
    ///
    /// - Throws: ``BundleError`` as `LocaleFile(reading:)` does.
    public init(reading bytes: [UInt8]) throws(BundleError) {
        var places: [SortedMap<Range<UInt32>>.Entry] = []
        let json = try readJSON(bytes, partsOf: "messages") { part throws(BundleError) in
            _ = try LocalizedMessage(json: part.value)
            // Bundles are far below 4 GB.
            let place = UInt32(clamping: part.place.lowerBound)..<UInt32(clamping: part.place.upperBound)
            places.reserveRoom(at: part.place.upperBound, of: bytes.count)
            places.append(SortedMap.Entry(part.name ?? "", place))
        }
        locale = try LocaleFile(json: json.value).locale
        if let failure = json.failure { throw failure }
        messages = .file(bytes, SortedMap(places))
    }

    /// How many messages there are.
    public var count: Int {
        switch messages {
        case .decoded(let messages): messages.entries.count
        case .file(_, let places): places.entries.count
        }
    }

    /// The file's bytes, if it was read from them.
    public var bytes: [UInt8]? {
        if case .file(let bytes, _) = messages { bytes } else { nil }
    }

    /// The texts of the message called `id`; nil when it does not show in this locale.
    public subscript(id: String) -> LocalizedMessage? {
        switch messages {
        case .decoded(let messages): return messages[id]
        case .file(let bytes, let places):
            guard let place = places[id],
                let json = try? JSONValue(parsing: Array(bytes[Int(place.lowerBound)..<Int(place.upperBound)]))
            else { return nil }
            return try? LocalizedMessage(json: json)
        }
    }
}
