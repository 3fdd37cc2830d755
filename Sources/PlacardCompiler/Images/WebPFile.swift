/// Walks the chunks of a WebP (RFC 9649, section 2), which tile the file.
func readWebP(_ reader: ImageReader) throws(ImageProblem) -> ImageFile {
    let size = try reader.little(4, 4)
    guard size == reader.count - 8 else {
        throw .malformed("says that it has \(size + 8) bytes, and has \(reader.count)", at: 4)
    }
    var image = ImageFile(mediaType: "image/webp")
    var hasPicture = false
    var isExtended = false
    var pixels = 0
    var offset = 12
    while offset < reader.count {
        let type = try reader.name(offset)
        let length = try reader.little(offset + 4, 4)
        let padded = length + length % 2
        guard padded <= reader.count - offset - 8 else { throw .malformed("ends within the chunk \(type)", at: offset) }
        let isFirst = offset == 12
        guard isFirst || isExtended else { throw .malformed("has more than one chunk without saying so", at: offset) }
        switch type {
        case "VP8X":
            guard isFirst, length == 10 else { throw .malformed("has a header that cannot be", at: offset) }
            isExtended = true
            image.width = try 1 + reader.little(offset + 12, 3)
            image.height = try 1 + reader.little(offset + 15, 3)
        case "VP8 ", "VP8L":
            let (width, height) = try pictureSize(reader, type, at: offset + 8)
            try reader.check(width: width, height: height, at: offset)
            if !isExtended { (image.width, image.height) = (width, height) }
            hasPicture = true
        case "ANMF":
            guard length >= 16 else { throw .malformed("has a frame that cannot be so short", at: offset) }
            let (own, tall) = (try 1 + reader.little(offset + 14, 3), try 1 + reader.little(offset + 17, 3))
            try reader.check(width: own, height: tall, at: offset)
            guard let width = image.width, let height = image.height else {
                throw .malformed("has a frame without a header", at: offset)
            }
            try reader.add(width: max(width, own), height: max(height, tall), to: &pixels, at: offset)
            hasPicture = true
        case "ALPH", "ANIM", "EXIF", "ICCP", "XMP ":
            guard isExtended else { throw .malformed("has a chunk \(type) without a header", at: offset) }
        default: throw .malformed("has a chunk \(type) that nobody knows", at: offset)
        }
        offset += 8 + padded
    }
    try reader.checkEnd(offset)
    guard hasPicture, let width = image.width, let height = image.height else {
        throw .malformed("has no picture", at: reader.count)
    }
    try reader.check(width: width, height: height, at: 12)
    return image
}

/// Width and height of a bitstream (RFC 6386, section 9.1; RFC 9649, section 3.4).
private func pictureSize(
    _ reader: ImageReader, _ type: String, at offset: Int
) throws(ImageProblem) -> (width: Int, height: Int) {
    if type == "VP8L" {
        guard try reader.byte(offset) == 0x2F else { throw .malformed("has a picture that cannot be", at: offset) }
        let bits = try reader.little(offset + 1, 4)
        return (1 + bits & 0x3FFF, 1 + (bits >> 14) & 0x3FFF)
    }
    guard try reader.big(offset + 3, 3) == 0x9D012A else {
        throw .malformed("has a picture that cannot be", at: offset)
    }
    return (try reader.little(offset + 6, 2) & 0x3FFF, try reader.little(offset + 8, 2) & 0x3FFF)
}
