/// Walks the chunks of a PNG (W3C PNG, third edition, section 5): their order, lengths and checksums, up to the end of the
/// file.
func readPNG(_ reader: ImageReader) throws(ImageProblem) -> ImageFile {
    var walk = PNGWalk(reader)
    return try walk.read()
}

private struct PNGWalk {
    let reader: ImageReader
    private var image = ImageFile(mediaType: "image/png")
    private var colorType = 0
    private var hasPalette = false
    private var data = Data.none
    /// Of an animation's pictures (section 11.3.6).
    private var pixels = 0

    private enum Data {
        case none, open, closed
    }

    init(_ reader: ImageReader) {
        self.reader = reader
    }

    mutating func read() throws(ImageProblem) -> ImageFile {
        var offset = 8
        while true {
            let length = try reader.big(offset, 4)
            let type = try reader.name(offset + 4)
            guard length <= reader.count - offset - 12 else {
                throw .malformed("ends within the chunk \(type)", at: offset)
            }
            let isName = reader.bytes[offset + 4..<offset + 8].allSatisfy { (0x41...0x5A).contains($0 & 0xDF) }
            guard isName else { throw .malformed("has a chunk without a name", at: offset) }
            guard try reader.big(offset + 8 + length, 4) == crc32(reader.bytes[offset + 4..<offset + 8 + length]) else {
                throw .malformed("has a chunk \(type) with a wrong checksum", at: offset)
            }
            if (offset == 8) != (type == "IHDR") { throw .malformed("has a header out of its place", at: offset) }
            try see(type, at: offset + 8, length)
            offset += 12 + length
            if type == "IEND" { break }
        }
        try reader.checkEnd(offset)
        return image
    }

    private mutating func see(_ type: String, at offset: Int, _ length: Int) throws(ImageProblem) {
        if type != "IDAT", data == .open { data = .closed }
        switch type {
        case "IHDR": try header(offset, length)
        case "PLTE":
            guard data == .none, !hasPalette, length % 3 == 0, (3...768).contains(length) else {
                throw .malformed("has a palette that cannot be", at: offset)
            }
            hasPalette = true
        case "IDAT":
            guard data != .closed, hasPalette || colorType != 3 else {
                throw .malformed("has data out of its place", at: offset)
            }
            data = .open
        case "fcTL":
            guard length == 26, let width = image.width, let height = image.height else {
                throw .malformed("has a frame that cannot be", at: offset)
            }
            let (own, tall) = (try reader.big(offset + 4, 4), try reader.big(offset + 8, 4))
            let (left, top) = (try reader.big(offset + 12, 4), try reader.big(offset + 16, 4))
            guard left + own <= width, top + tall <= height else {
                throw .malformed("has a frame that is not within the picture", at: offset)
            }
            try reader.add(width: width, height: height, to: &pixels, at: offset)
        case "IEND":
            guard length == 0, data != .none else { throw .malformed("has no picture", at: offset) }
        default:
            // What a reader must know is written with a capital.
            guard reader.bytes[offset - 4] & 0x20 != 0 else {
                throw .malformed("has a chunk \(type) that nobody knows", at: offset)
            }
        }
    }

    private mutating func header(_ offset: Int, _ length: Int) throws(ImageProblem) {
        guard length == 13 else { throw .malformed("has a header of \(length) bytes", at: offset) }
        let (width, height) = (try reader.big(offset, 4), try reader.big(offset + 4, 4))
        try reader.check(width: width, height: height, at: offset)
        (image.width, image.height) = (width, height)
        let depth = try reader.byte(offset + 8)
        colorType = try reader.byte(offset + 9)
        let depths: [Int: [Int]] = [0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]]
        guard depths[colorType]?.contains(depth) == true, try reader.byte(offset + 10) == 0,
            try reader.byte(offset + 11) == 0, try reader.byte(offset + 12) <= 1
        else { throw .malformed("has a header that cannot be", at: offset) }
    }
}

/// Annex D of the specification.
private func crc32(_ bytes: ArraySlice<UInt8>) -> Int {
    var crc: UInt32 = 0xFFFF_FFFF
    bytes.withUnsafeBufferPointer { bytes in
        crcTable.withUnsafeBufferPointer { table in
            for byte in bytes { crc = table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8) }
        }
    }
    return Int(crc ^ 0xFFFF_FFFF)
}

private let crcTable: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(UInt32(number)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
}
