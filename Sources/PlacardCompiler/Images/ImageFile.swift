import SourceDiagnostics

/// An image as its bytes have it: its type, which only a file that is such an image from its first to its last byte has,
/// and its size.
struct ImageFile: Equatable, Sendable {
    var mediaType: String
    /// Pixels, where they stand at a fixed place.
    var width: Int?
    var height: Int?

    /// Pixels of one picture, of which each takes four bytes where it is shown.
    static let maximumPixels = 25_000_000
    /// Pixels of all pictures of an animation, of which viewers may hold many at once.
    static let maximumAnimationPixels = 250_000_000
    /// Pixels of a side.
    static let maximumSide = 16_383

    /// Reads a PNG, JPEG, GIF, WebP or AVIF file.
    ///
    /// The containers are walked to their ends, the pictures in them are not decoded.
    ///
    /// - Throws: why the file is no image to be shown.
    init(_ bytes: [UInt8]) throws(ImageProblem) {
        let reader = ImageReader(bytes)
        if reader.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = try readPNG(reader)
        } else if reader.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = try readJPEG(reader)
        } else if reader.holds("GIF87a", at: 0) || reader.holds("GIF89a", at: 0) {
            self = try readGIF(reader)
        } else if reader.holds("RIFF", at: 0), reader.holds("WEBP", at: 8) {
            self = try readWebP(reader)
        } else if reader.holds("ftypavif", at: 4) || reader.holds("ftypavis", at: 4) {
            self = try readAVIF(reader)
        } else {
            throw .otherType
        }
        if let other = otherLanguage(of: bytes) { throw .polyglot(other) }
    }

    init(mediaType: String, width: Int? = nil, height: Int? = nil) {
        self.mediaType = mediaType
        self.width = width
        self.height = height
    }
}

/// Why a file is no image to be shown.
enum ImageProblem: Error, Equatable {
    /// Its first bytes are those of no image.
    case otherType
    /// Its bytes are not those of a whole image: what is wrong, and where.
    case malformed(String, at: Int)
    /// It would take too much memory.
    case tooManyPixels(width: Int, height: Int)
    /// The pictures of an animation would take too much memory.
    case tooLongAnimation
    /// It can be read as something else: as what.
    case polyglot(String)
}

/// Numbers and names at places of a file.
struct ImageReader {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var count: Int { bytes.count }

    func byte(_ offset: Int) throws(ImageProblem) -> Int {
        guard offset < bytes.count else { throw .malformed("ends too early", at: bytes.count) }
        return Int(bytes[offset])
    }

    /// An unsigned number of `size` bytes, the highest first.
    func big(_ offset: Int, _ size: Int) throws(ImageProblem) -> Int {
        guard size <= bytes.count, offset <= bytes.count - size else {
            throw .malformed("ends too early", at: bytes.count)
        }
        var value = 0
        for byte in bytes[offset..<offset + size] {
            guard value >> 55 == 0 else { throw .malformed("gives a length that cannot be", at: offset) }
            value = value << 8 | Int(byte)
        }
        return value
    }

    /// An unsigned number of `size` bytes, the lowest first.
    func little(_ offset: Int, _ size: Int) throws(ImageProblem) -> Int {
        guard size <= bytes.count, offset <= bytes.count - size else {
            throw .malformed("ends too early", at: bytes.count)
        }
        return bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    func holds(_ name: String, at offset: Int) -> Bool {
        offset <= bytes.count && bytes[offset...].starts(with: name.utf8)
    }

    func starts(with prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }

    /// Four characters in ASCII that name a part.
    func name(_ offset: Int) throws(ImageProblem) -> String {
        guard offset + 4 <= bytes.count else { throw .malformed("ends too early", at: bytes.count) }
        return String(decoding: bytes[offset..<offset + 4], as: UTF8.self)
    }

    /// Throws where a picture is larger than what is shown.
    func check(width: Int, height: Int, at offset: Int) throws(ImageProblem) {
        guard width > 0, height > 0 else { throw .malformed("has a picture without pixels", at: offset) }
        guard width <= ImageFile.maximumSide, height <= ImageFile.maximumSide,
            width * height <= ImageFile.maximumPixels
        else { throw .tooManyPixels(width: width, height: height) }
    }

    /// Adds a picture of an animation to the pixels of those before; throws where it, or all together, are more than what is
    /// shown.
    func add(width: Int, height: Int, to pixels: inout Int, at offset: Int) throws(ImageProblem) {
        try check(width: width, height: height, at: offset)
        pixels += width * height
        guard pixels <= ImageFile.maximumAnimationPixels else { throw .tooLongAnimation }
    }

    /// Throws where the image ends before the file.
    func checkEnd(_ offset: Int) throws(ImageProblem) {
        guard offset == bytes.count else {
            throw .malformed("has \(bytes.count - offset) bytes behind the end of the image", at: offset)
        }
    }
}
