/// Walks the blocks of a GIF (GIF89a specification, appendix B) to the trailer, which is the end of the file.
func readGIF(_ reader: ImageReader) throws(ImageProblem) -> ImageFile {
    let (width, height) = (try reader.little(6, 2), try reader.little(8, 2))
    try reader.check(width: width, height: height, at: 6)
    var offset = 13 + colorTable(try reader.byte(10))
    var pixels = 0
    while true {
        switch try reader.byte(offset) {
        case 0x2C:
            let (own, tall) = (try reader.little(offset + 5, 2), try reader.little(offset + 7, 2))
            try reader.check(width: own, height: tall, at: offset)
            // However small a picture is, what is shown then is a whole one.
            try reader.add(width: max(width, own), height: max(height, tall), to: &pixels, at: offset)
            let data = offset + 10 + colorTable(try reader.byte(offset + 9))
            guard (1...11).contains(try reader.byte(data)) else {
                throw .malformed("has a picture whose codes cannot be", at: data)
            }
            offset = try endOfBlocks(reader, from: data + 1)
        case 0x21:
            guard [0x01, 0xF9, 0xFE, 0xFF].contains(try reader.byte(offset + 1)) else {
                throw .malformed("has an extension of an unknown kind", at: offset)
            }
            offset = try endOfBlocks(reader, from: offset + 2)
        case 0x3B:
            guard pixels > 0 else { throw .malformed("has no picture", at: offset) }
            try reader.checkEnd(offset + 1)
            return ImageFile(mediaType: "image/gif", width: width, height: height)
        default: throw .malformed("has bytes between its blocks", at: offset)
        }
    }
}

/// Bytes of the table of colors that the flags announce.
private func colorTable(_ flags: Int) -> Int {
    flags & 0x80 == 0 ? 0 : 3 << ((flags & 7) + 1)
}

private func endOfBlocks(_ reader: ImageReader, from start: Int) throws(ImageProblem) -> Int {
    var offset = start
    while true {
        let length = try reader.byte(offset)
        offset += 1 + length
        if length == 0 { return offset }
    }
}
