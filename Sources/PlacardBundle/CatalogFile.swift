import ByteText
import CanonicalJSON

/// A catalog as clients keep it: its messages stay as they came, and each is decoded when it is asked for.
///
/// Decoded, a message takes several times as much memory as its JSON.
public struct CatalogFile: Sendable {
    /// The catalog without its messages.
    public let catalog: Catalog
    /// The file.
    public let bytes: [UInt8]

    /// Reads a catalog from the bytes of its file, and keeps them. Every message is decoded once, to see that it can be.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - visit: is given each message in the file's order, and where it stands in the file.
    /// - Throws: ``BundleError`` as `Catalog(reading:)` does.
    public init(
        reading bytes: [UInt8], _ visit: (_ message: CatalogMessage, _ place: Range<Int>) -> Void
    ) throws(BundleError) {
        var last: String?
        var isSorted = true
        let json = try readJSON(bytes, partsOf: "messages") { part throws(BundleError) in
            let message = try CatalogMessage(json: part.value)
            if let last, !utf8Less(last, message.id) { isSorted = false }
            last = message.id
            visit(message, part.place)
        }
        catalog = try Catalog(json: json.value)
        if let failure = json.failure { throw failure }
        // A build sorts them. Otherwise two may have one id, which is for the usual reader to say.
        if !isSorted { _ = try Catalog(reading: bytes) }
        self.bytes = bytes
    }

    /// The message that stands at a place of the file; nil where none does.
    public func message(at place: Range<Int>) -> CatalogMessage? {
        guard place.lowerBound >= 0, place.upperBound <= bytes.count,
            let json = try? JSONValue(parsing: Array(bytes[place]))
        else { return nil }
        return try? CatalogMessage(json: json)
    }
}
