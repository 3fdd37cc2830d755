/// Walks the markers of a JPEG (ITU T.81, annex B) from SOI to EOI, which is the end of the file.
func readJPEG(_ reader: ImageReader) throws(ImageProblem) -> ImageFile {
    var image = ImageFile(mediaType: "image/jpeg")
    var hasScan = false
    var offset = 2
    while true {
        guard try reader.byte(offset) == 0xFF else { throw .malformed("has bytes between its segments", at: offset) }
        // Any number of fill bytes may stand in front of a marker.
        while try reader.byte(offset + 1) == 0xFF { offset += 1 }
        let marker = try reader.byte(offset + 1)
        if marker == 0xD9 {
            guard hasScan else { throw .malformed("has no picture", at: offset) }
            try reader.checkEnd(offset + 2)
            return image
        }
        guard isKnown(marker) else {
            throw .malformed("has a segment of the unknown kind \(String(marker, radix: 16))", at: offset)
        }
        let length = try reader.big(offset + 2, 2)
        guard length >= 2, length <= reader.count - offset - 2 else {
            throw .malformed("has a segment that cannot be so long", at: offset)
        }
        if isFrame(marker) {
            guard image.width == nil, length >= 8 else { throw .malformed("has two headers", at: offset) }
            let (height, width) = (try reader.big(offset + 5, 2), try reader.big(offset + 7, 2))
            try reader.check(width: width, height: height, at: offset)
            (image.width, image.height) = (width, height)
        }
        offset += 2 + length
        if marker == 0xDA {
            guard image.width != nil else { throw .malformed("has no header", at: offset) }
            hasScan = true
            offset = endOfScan(reader.bytes, from: offset)
        }
    }
}

/// Frames, tables, scans, restart intervals, what applications add, comments; those of hierarchical and lossless modes,
/// which nobody shows, are not among them.
private func isKnown(_ marker: Int) -> Bool {
    isFrame(marker) || [0xC4, 0xCC, 0xDA, 0xDB, 0xDD, 0xFE].contains(marker) || (0xE0...0xEF).contains(marker)
}

private func isFrame(_ marker: Int) -> Bool { [0xC0, 0xC1, 0xC2, 0xC9, 0xCA].contains(marker) }

/// Where the next marker is that does not belong to the scan's own data.
private func endOfScan(_ bytes: [UInt8], from start: Int) -> Int {
    var offset = start
    while let place = bytes[offset...].firstIndex(of: 0xFF) {
        guard place + 1 < bytes.count else { return bytes.count }
        switch bytes[place + 1] {
        case 0x00, 0xD0...0xD7: offset = place + 2
        case 0xFF: offset = place + 1
        default: return place
        }
    }
    return bytes.count
}
