import ByteText
import CanonicalJSON

/// A catalog as clients keep it: its messages stay where they are, and each is read and decoded when it is asked for.
///
/// Decoded, a message takes several times as much memory as its JSON.
public struct CatalogFile: Sendable {
    /// The catalog without its messages.
    public let catalog: Catalog
    private let file: FileBytes

    /// Reads a catalog from its file. Every message is decoded once, to see that it can be.
    ///
    /// - Parameters:
    ///   - file: the file, from which messages are read again later.
    ///   - visit: is given each message in the file's order, and where it stands in the file.
    /// - Throws: ``BundleError`` as `Catalog(reading:)` does.
    public init(
        reading file: FileBytes, _ visit: (_ message: CatalogMessage, _ place: Range<Int>) -> Void
    ) throws(BundleError) {
        var last: String?
        var isSorted = true
        let json = try readJSON(file, partsOf: "messages") { part throws(BundleError) in
            let message = try CatalogMessage(json: part.value)
            if let last, !utf8Less(last, message.id) { isSorted = false }
            last = message.id
            visit(message, part.place)
        }
        catalog = try Catalog(json: json.value)
        if let failure = json.failure { throw failure }
        // A build sorts them. Otherwise two may have one id, which is for the usual reader to say.
        if !isSorted { _ = try Catalog(reading: file) }
        self.file = file
    }

    /// The message that stands at a place of the file; nil where none does, or the file cannot be read any more.
    public func message(at place: Range<Int>) -> CatalogMessage? {
        guard let bytes = file.read(place), let json = try? JSONValue(parsing: bytes) else { return nil }
        return try? CatalogMessage(json: json)
    }
}
