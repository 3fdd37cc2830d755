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
    /// Reads a catalog from the bytes of its file; throws as ``Manifest/init(reading:)``.
    public init(reading bytes: [UInt8]) throws(BundleError) {
        try self.init(json: readJSON(bytes))
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
        throw BundleError("\(error.message) (byte \(error.offset))")
    }
}
