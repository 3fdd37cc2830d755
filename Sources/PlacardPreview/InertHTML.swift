import ByteText
import CanonicalJSON

extension ByteBuffer {
    /// HTML of our own renderer with nothing to follow or load: `<a href=` becomes `<a data-to=`, which is no link any
    /// more, and an image's path leads into the preview's own folder.
    ///
    /// The renderer writes these two attributes first and quotes them.
    mutating func appendInert(_ html: [UInt8]) {
        html.withUnsafeBufferPointer { html in
            var copied = 0
            var index = 0
            while true {
                index = html.firstTag(from: index)
                guard index < html.count else { break }
                if html.starts(at: index, with: "<a href=\"") {
                    append(UnsafeBufferPointer(rebasing: html[copied..<index]))
                    append(html: "<a data-to=\"")
                    index += 9
                    copied = index
                } else if html.starts(at: index, with: "<img src=\"") {
                    append(UnsafeBufferPointer(rebasing: html[copied..<index]))
                    append(html: "<img src=\"../assets/images/")
                    index += 10
                    copied = index
                } else {
                    index += 1
                }
            }
            append(UnsafeBufferPointer(rebasing: html[copied...]))
        }
    }
}

extension ByteBuffer {
    /// As ``appendInert(_:)``, where a paragraph or a heading is open, which the tag of a block would end: tags of blocks
    /// become spaces.
    mutating func appendPhrasing(_ html: [UInt8]) {
        let html = inert(html)
        var copied = 0
        var index = 0
        while let start = html[index...].firstIndex(of: 0x3C) {
            let end = html.endOfTag(at: start)
            index = end
            guard !html.isPhrasing(start) else { continue }
            append(contentsOf: html[copied..<start])
            append(0x20)
            copied = end
        }
        append(contentsOf: html[copied...])
    }
}

extension [UInt8] {
    /// The place behind the tag at `start`.
    fileprivate func endOfTag(at start: Int) -> Int {
        var index = start
        var isQuoted = false
        while index < count {
            if self[index] == 0x22 { isQuoted.toggle() }
            index += 1
            if self[index - 1] == 0x3E, !isQuoted { break }
        }
        return index
    }

    /// Whether the tag at `start` may stand inside a line.
    fileprivate func isPhrasing(_ start: Int) -> Bool {
        var name = start + 1
        if name < count, self[name] == 0x2F { name += 1 }
        let letters = self[name...].prefix { (0x61...0x7A).contains($0) }
        return phrasingTags.contains { letters.elementsEqual($0.utf8) }
    }
}

/// What our own renderer writes inside a line.
private let phrasingTags = ["a", "br", "code", "del", "em", "img", "strong", "sup"]

/// The HTML that ``ByteBuffer/appendInert(_:)`` appends.
func inert(_ html: [UInt8]) -> [UInt8] {
    var result = ByteBuffer(capacity: html.count + 64)
    result.appendInert(html)
    return result.bytes
}

/// Where the links of our own renderer's HTML lead, still escaped as HTML, in order and once each.
func linkTargets(in html: [UInt8]) -> [ArraySlice<UInt8>] {
    html.withUnsafeBufferPointer { buffer in
        var targets: [ArraySlice<UInt8>] = []
        var index = 0
        while true {
            index = buffer.firstTag(from: index)
            guard index < buffer.count else { return targets }
            guard buffer.starts(at: index, with: "<a href=\"") else {
                index += 1
                continue
            }
            index += 9
            let end = buffer[index...].firstIndex(of: 0x22) ?? buffer.count
            let target = html[index..<end]
            if !targets.contains(target) { targets.append(target) }
            index = end
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The first place from `start` on that may hold `<a` or `<i`; the count when there is none.
    fileprivate func firstTag(from start: Int) -> Int {
        guard let base = baseAddress else { return count }
        let raw = UnsafeRawPointer(base)
        var index = start
        while index + 17 <= count {
            let second = ByteWords(at: raw + index + 1).equal(0x69, ignoring: 0x08)
            let found = ByteWords.first(ByteWords(at: raw + index).equal(0x3C) & second)
            if found < 16 { return index + found }
            index += 16
        }
        while index < count, base[index] != 0x3C { index += 1 }
        return index
    }

    fileprivate func starts(at index: Int, with prefix: StaticString) -> Bool {
        guard index + prefix.utf8CodeUnitCount <= count else { return false }
        for offset in 0..<prefix.utf8CodeUnitCount where self[index + offset] != prefix.utf8Start[offset] {
            return false
        }
        return true
    }
}
