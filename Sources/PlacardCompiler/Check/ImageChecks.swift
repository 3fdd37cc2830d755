import SourceDiagnostics

/// Whether each image is there, inside `content/`, what its name says, and told in words to those who do not see it.
func checkImages(_ message: MessageDefinition, _ context: CompilerContext) -> [Diagnostic] {
    message.images.compactMap { image in
        let path = image.source.value
        guard assetType(path) != nil else {
            return Diagnostic(
                "image/unsupported-type", "\"\(path)\" is not an image that clients show", at: image.source.label,
                notes: [
                    "use one of " + assetTypes.map(\.suffix).joined(separator: ", ")
                        + "; SVG can hold scripts and is not among them"
                ])
        }
        let base = image.asset
        guard !path.hasPrefix("/"), !path.contains("//"), !path.contains("\\"), resolve(path, in: image.folder) != nil
        else {
            return Diagnostic(
                "image/outside-content", "\"\(path)\" is not a path inside content/", at: image.source.label,
                notes: ["images lie beside their messages; write a relative path such as cup.png"])
        }
        guard let index = context.content.assets[base] else {
            // Why it could not be read has been said.
            if context.files.unread.covers("content/" + base) { return nil }
            let folder = parentFolder(base)
            let beside = context.content.assets.keys.filter { parentFolder($0) == folder }.map {
                $0.split(separator: "/").last.map(String.init) ?? $0
            }
            return Diagnostic(
                "image/missing-file", "there is no image content/\(base)", at: image.source.label,
                notes: nearMiss(path, among: beside.sorted(by: utf8Less)).map { ["did you mean \($0)?"] } ?? [
                    "put the file there; the path is relative to the folder of \(image.source.file)"
                ])
        }
        guard ImageHeader(context.files.files[index].bytes)?.mediaType == assetType(path) else {
            return Diagnostic(
                "image/wrong-type", "content/\(base) is not what its name says", at: image.source.label,
                notes: ["its first bytes are not those of \(assetType(path) ?? "an image"); export it again"])
        }
        guard image.alt != nil || image.isDecoration else {
            return Diagnostic(
                "image/missing-alt", .warning, "the image has no alternative text", at: image.source.label,
                notes: ["add alt: with what it shows, for those who do not see it, or alt: \"\" for mere decoration"])
        }
        return nil
    }
}

/// What the first bytes of an image file say: its type and, where they stand at a fixed place, its size.
struct ImageHeader: Equatable {
    var mediaType: String
    var width: Int?
    var height: Int?

    /// Reads the signature of a PNG, JPEG, GIF, WebP or AVIF file; nil for anything else.
    init?(_ bytes: [UInt8]) {
        func big(_ offset: Int, _ count: Int) -> Int? {
            guard offset + count <= bytes.count else { return nil }
            return bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
        }
        func little(_ offset: Int) -> Int? {
            guard offset + 2 <= bytes.count else { return nil }
            return Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
        }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            (mediaType, width, height) = ("image/png", big(16, 4), big(20, 4))
        } else if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) {
            (mediaType, width, height) = ("image/gif", little(6), little(8))
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            mediaType = "image/jpeg"
            let frame = ImageHeader.jpegFrame(bytes)
            (height, width) = (frame.flatMap { big($0 + 3, 2) }, frame.flatMap { big($0 + 5, 2) })
        } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
            mediaType = "image/webp"
            if bytes.dropFirst(12).starts(with: "VP8X".utf8), bytes.count >= 30 {
                width = 1 + (Int(bytes[24]) | Int(bytes[25]) << 8 | Int(bytes[26]) << 16)
                height = 1 + (Int(bytes[27]) | Int(bytes[28]) << 8 | Int(bytes[29]) << 16)
            }
        } else if bytes.dropFirst(4).starts(with: "ftypavif".utf8) || bytes.dropFirst(4).starts(with: "ftypavis".utf8) {
            mediaType = "image/avif"
        } else {
            return nil
        }
    }

    /// The offset behind the marker of the frame header (ITU T.81, annex B).
    private static func jpegFrame(_ bytes: [UInt8]) -> Int? {
        var offset = 2
        while offset + 4 <= bytes.count, bytes[offset] == 0xFF {
            let marker = bytes[offset + 1]
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) { return offset + 2 }
            offset += 2 + (Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3]))
        }
        return nil
    }
}
