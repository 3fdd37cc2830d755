import CanonicalJSON

// From the bytes of a file of a bundle to what they say: how every client reads, and how a build reads back what it is
// about to write.

extension Manifest {
    /// Reads a manifest from the bytes of its file.
    ///
    /// - Throws: ``BundleError``: not JSON, with the byte, or not a manifest, with a path.
    public init(reading bytes: [UInt8]) throws(BundleError) {
        try self.init(json: readJSON(bytes))
    }
}

extension Catalog {
    /// Reads a catalog from the bytes of its file; throws as ``Manifest/init(reading:)``. It is never held as JSON as a whole.
    public init(reading bytes: [UInt8]) throws(BundleError) { try self.init(reading: FileBytes(bytes)) }

    init(reading file: FileBytes) throws(BundleError) {
        var messages: [CatalogMessage] = []
        let json = try readJSON(file, partsOf: "messages") { part throws(BundleError) in
            messages.append(try CatalogMessage(json: part.value))
        }
        try self.init(json: json.value)
        if let failure = json.failure { throw failure }
        // Without the room that is left of growing.
        setMessages(messages.withUnsafeBufferPointer { Array($0) })
        try checkIDs()
    }
}

extension LocaleFile {
    /// Reads a locale file from its bytes; throws as ``Manifest/init(reading:)``.
    public init(reading bytes: [UInt8]) throws(BundleError) {
        try self.init(json: readJSON(bytes))
    }
}

extension PushData {
    /// Reads the app's part from the bytes of a payload for Apple's service or for Firebase, where it is the text of a JSON
    /// document; throws as ``Manifest/init(reading:)``.
    public init(reading bytes: [UInt8]) throws(BundleError) {
        let json = try readJSON(bytes)
        guard let part = json["placard"] ?? json["data"]?["placard"] else {
            throw BundleError("the member `placard` is missing")
        }
        try self.init(json: try part.string.map { text throws(BundleError) in try readJSON(Array(text.utf8)) } ?? part)
    }
}

private func readJSON(_ bytes: [UInt8]) throws(BundleError) -> JSONValue {
    do throws(JSONParseError) {
        return try JSONValue(parsing: bytes)
    } catch {
        throw BundleError(error)
    }
}

extension Array {
    /// Makes room for what the rest of a file will have, judged by what was read of it so far, where there is none: an array that
    /// grows by itself holds up to three times as much at that moment.
    ///
    /// - Parameters:
    ///   - offset: where the reader stands.
    ///   - length: the length of the file.
    package mutating func reserveRoom(at offset: Int, of length: Int) {
        guard count == capacity, offset > 0 else { return }
        let (product, isTooMuch) = (count + 1).multipliedReportingOverflow(by: length)
        reserveCapacity(Swift.max(count + count / 8 + 8, isTooMuch ? 0 : Swift.min(product / offset, 8 * count)))
    }
}

/// Reads JSON of which one member is taken part by part.
///
/// - Returns: the rest, and what was wrong with the first part that `take` refused: less than what is wrong with the rest.
func readJSON(
    _ file: FileBytes, partsOf name: String, _ take: (JSONPart) throws(BundleError) -> Void
) throws(BundleError) -> (value: JSONValue, failure: BundleError?) {
    var failure: BundleError?
    var count = 0
    let value: JSONValue?
    do throws(JSONParseError) {
        value = try file.withAll { text throws(JSONParseError) in
            try JSONValue(parsing: text, partsOf: name) { part in
                guard failure == nil else { return }
                do throws(BundleError) {
                    try take(part)
                } catch {
                    failure = error.inside(part.name ?? String(count)).inside(name)
                }
                count += 1
            }
        }
    } catch {
        throw BundleError(error)
    }
    guard let value else { throw BundleError("the file cannot be read") }
    return (value, failure)
}

extension BundleError {
    fileprivate init(_ error: JSONParseError) {
        self.init("\(error.message) (byte \(error.offset))")
    }
}
