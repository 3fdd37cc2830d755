import ByteText

/// Marks in the texts of cards, around words that changed: two noncharacters of Unicode, which no text is written with.
package enum ChangeMarks {
    package static let start = String(decoding: [lead.0, lead.1, lastOfStart], as: UTF8.self)
    package static let end = String(decoding: [lead.0, lead.1, lastOfEnd], as: UTF8.self)
    /// What both begin with in UTF-8, and their last bytes.
    private static let lead: (UInt8, UInt8) = (0xEF, 0xB7)
    private static let lastOfStart: UInt8 = 0x90
    private static let lastOfEnd: UInt8 = 0x91

    /// Writes what is drawn of a card, its marks as elements.
    ///
    /// Whatever the texts hold, elements open and close as they did: a mark ends where the next tag begins, and in tags,
    /// where a value may stand in an attribute, marks are left out. A path to an image leads to where `images` has it.
    static func write(_ html: [UInt8], images: ChangeImages, into page: inout ByteBuffer) {
        var isOpen = false
        var quote: UInt8?
        var isInTag = false
        var index = 0
        while index < html.count {
            let byte = html[index]
            if let isStart = mark(html, at: index) {
                index += 3
                guard !isInTag, isStart != isOpen else { continue }
                page.append(html: isStart ? "<mark>" : "</mark>")
                isOpen = isStart
                continue
            }
            if isInTag {
                if let current = quote {
                    if byte == current { quote = nil }
                } else if byte == 0x22 || byte == 0x27 {
                    quote = byte
                } else if byte == 0x3E {
                    isInTag = false
                } else if byte == 0x20, html[index...].starts(with: images.drawn) {
                    index += images.drawn.count
                    let path = html[index...].prefix { $0 != 0x22 }
                    page.append(contentsOf: images.source(of: Array(path)))
                    page.append(contentsOf: path)
                    index += path.count
                    quote = 0x22
                    continue
                }
            } else if byte == 0x3C {
                if isOpen { page.append(html: "</mark>") }
                (isOpen, isInTag) = (false, true)
            }
            page.append(byte)
            index += 1
        }
        if isOpen { page.append(html: "</mark>") }
    }

    /// Whether a mark at `index` starts one; nil where there is none.
    private static func mark(_ html: [UInt8], at index: Int) -> Bool? {
        guard html[index] == lead.0, index + 2 < html.count, html[index + 1] == lead.1 else { return nil }
        switch html[index + 2] {
        case lastOfStart: return true
        case lastOfEnd: return false
        default: return nil
        }
    }
}

/// Where the images of cards are, from a page about changes.
struct ChangeImages {
    /// What cards begin the source of an image with: they are drawn for pages in a folder.
    let drawn = Array(" src=\"../assets/images/".utf8)
    private let root: String
    /// The paths of images that are others in the earlier version, as addresses have them; empty for the later version.
    private let former: Set<[UInt8]>

    /// - Parameter root: `""` for pages at the top, `"../"` for those in a folder.
    init(root: StaticString, former: [PreviewAsset]) {
        self.root = root.description
        self.former = Set(
            former.map { asset in
                var path = ByteBuffer(capacity: 64)
                path.append(path: asset.path)
                return path.bytes
            })
    }

    func source(of path: [UInt8]) -> [UInt8] {
        Array(" src=\"\(root)assets/\(former.contains(path) ? "former/" : "")images/".utf8)
    }
}
