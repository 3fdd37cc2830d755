import PlacardMarkdown

/// The path below `content/` of an image.
///
/// - Parameters:
///   - path: as it is written, with `/`, relative to `folder`.
///   - folder: below `content/`, without `/` at its end; empty for `content/` itself.
/// - Returns: nil when the path leads out of `content/`, or would not mean one file to all who read it: an address, or
///   a path with characters that addresses give a meaning of their own.
package func assetPath(_ path: String, in folder: String) -> String? {
    var parts = folder.utf8.split(separator: 0x2F).map { Array($0) }
    for byte in path.utf8 where byte < 0x20 || byte == 0x7F || [0x5C, 0x25, 0x3F, 0x23].contains(byte) { return nil }
    guard !hasScheme(path) else { return nil }
    for part in path.utf8.split(separator: 0x2F, omittingEmptySubsequences: false) {
        if part.elementsEqual("..".utf8) {
            guard parts.popLast() != nil else { return nil }
        } else if part.isEmpty {
            return nil
        } else if !part.elementsEqual(".".utf8) {
            parts.append(Array(part))
        }
    }
    return String(decoding: Array(parts.joined(separator: [0x2F])), as: UTF8.self)
}

/// Whether a text begins as an address does (RFC 3986, section 3.1).
private func hasScheme(_ path: String) -> Bool {
    for byte in path.utf8 {
        switch byte {
        case 0x3A: return true
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: continue
        default: return false
        }
    }
    return false
}

extension PatternText {
    /// Names each image as the bundle's manifest does, by its path below `content/`.
    func nameImages(in folder: String) {
        for index in tree.nodes.indices where tree.nodes[index].kind == .image {
            let node = tree.nodes[index]
            guard !node.flags.contains(.refused), let path = assetPath(tree.string(node.destination), in: folder) else {
                continue
            }
            tree.name(image: index, path)
        }
    }
}
