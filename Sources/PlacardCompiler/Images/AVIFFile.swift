/// Walks the boxes of an AVIF (ISO/IEC 14496-12, section 4.2; 23008-12), which tile the file.
///
/// Its size is looked at, and not told: what is shown may be turned and put together from tiles.
func readAVIF(_ reader: ImageReader) throws(ImageProblem) -> ImageFile {
    let top = try boxes(reader, from: 0, to: reader.count)
    guard top.first?.type == "ftyp" else { throw .malformed("does not begin with its type", at: 0) }
    var hasData = false
    var hasPicture = false
    for box in top {
        switch box.type {
        case "ftyp" where box.start == 8: break
        case "mdat": hasData = true
        case "meta":
            if try checkSizes(reader, box) { hasPicture = true }
            // Small pictures may lie in the box itself.
            if try boxes(reader, from: box.start + 4, to: box.end).contains(where: { $0.type == "idat" }) {
                hasData = true
            }
        case "moov": try checkAnimation(reader, box)
        case "free", "skip": break
        default: throw .malformed("has a box \(box.type) that nobody knows", at: box.start)
        }
    }
    guard hasData, hasPicture else { throw .malformed("has no picture", at: reader.count) }
    return ImageFile(mediaType: "image/avif")
}

private struct Box {
    var type: String
    /// Where its content is.
    var start: Int
    var end: Int
}

/// The boxes that fill the bytes from `start` up to `end`.
private func boxes(_ reader: ImageReader, from start: Int, to end: Int) throws(ImageProblem) -> [Box] {
    var boxes: [Box] = []
    var offset = start
    while offset < end {
        var size = try reader.big(offset, 4)
        let type = try reader.name(offset + 4)
        var header = 8
        if size == 1 {
            size = try reader.big(offset + 8, 8)
            header = 16
        }
        guard size >= header, size <= end - offset else {
            throw .malformed("has a box \(type) that cannot be so long", at: offset)
        }
        boxes.append(Box(type: type, start: offset + header, end: offset + size))
        offset += size
    }
    return boxes
}

/// Looks at the sizes of pictures (`ispe`) among the properties of the items; false when there are none.
private func checkSizes(_ reader: ImageReader, _ meta: Box) throws(ImageProblem) -> Bool {
    var hasSize = false
    for properties in try boxes(reader, from: meta.start + 4, to: meta.end) where properties.type == "iprp" {
        for container in try boxes(reader, from: properties.start, to: properties.end) where container.type == "ipco" {
            for property in try boxes(reader, from: container.start, to: container.end) where property.type == "ispe" {
                try reader.check(
                    width: reader.big(property.start + 4, 4), height: reader.big(property.start + 8, 4),
                    at: property.start)
                hasSize = true
            }
        }
    }
    return hasSize
}

/// Looks at the pictures of tracks: how many (`stsz`), and how large each is (`tkhd`).
private func checkAnimation(_ reader: ImageReader, _ movie: Box) throws(ImageProblem) {
    var pixels = 0
    for track in try boxes(reader, from: movie.start, to: movie.end) where track.type == "trak" {
        let parts = try boxes(reader, from: track.start, to: track.end)
        guard let header = parts.first(where: { $0.type == "tkhd" }) else {
            throw .malformed("has a track without a header", at: track.start)
        }
        // Fixed-point numbers at the header's end (14496-12, section 8.3.2).
        let (width, height) = (try reader.big(header.end - 8, 2), try reader.big(header.end - 4, 2))
        var tables = parts
        for name in ["mdia", "minf", "stbl"] {
            var inner: [Box] = []
            for box in tables where box.type == name { inner += try boxes(reader, from: box.start, to: box.end) }
            tables = inner
        }
        for sizes in tables where sizes.type == "stsz" {
            let count = try reader.big(sizes.start + 8, 4)
            guard count > 0 else { continue }
            try reader.check(width: width, height: height, at: header.start)
            pixels += width * height * count
            guard pixels <= ImageFile.maximumAnimationPixels else { throw .tooLongAnimation }
        }
    }
}
