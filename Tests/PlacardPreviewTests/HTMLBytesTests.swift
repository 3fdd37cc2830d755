import ByteText
import CanonicalJSON
import Testing

@testable import PlacardPreview

/// Text goes into a page eight bytes at a time; these hold that to going byte by byte, wherever a byte stands.
@Suite struct HTMLBytesTests {
    private func escaped(_ text: [UInt8]) -> [UInt8] {
        var page = ByteBuffer(capacity: 0)
        page.appendEscaped(text)
        return page.bytes
    }

    private func expected(_ text: [UInt8]) -> [UInt8] {
        text.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x26: Array("&amp;".utf8)
            case 0x3C: Array("&lt;".utf8)
            case 0x3E: Array("&gt;".utf8)
            case 0x22: Array("&quot;".utf8)
            case 0x27: Array("&#39;".utf8)
            case 0x09, 0x0A, 0x0D: [byte]
            case 0x00..<0x20, 0x7F: Array("\u{FFFD}".utf8)
            default: [byte]
            }
        }
    }

    @Test func everyByteInEveryPlace() {
        for byte in UInt8.min...UInt8.max {
            for count in 1...18 {
                for place in 0..<count {
                    var text = [UInt8](repeating: 0x61, count: count)
                    text[place] = byte
                    #expect(escaped(text) == expected(text))
                }
            }
        }
    }

    @Test func longTextsAreEscaped() {
        let bytes: [UInt8] = [0x61, 0x22, 0x3C, 0x0A, 0xC3, 0xA9, 0x20, 0x7D, 0x00, 0x23, 0x3F]
        for count in [511, 512, 513, 519, 1024, 5000] {
            // A pattern that is as good as random, and one in which every byte needs care.
            var state: UInt32 = 1
            let text = (0..<count).map { _ -> UInt8 in
                state = state &* 1_664_525 &+ 1_013_904_223
                return bytes[Int(state >> 16) % bytes.count]
            }
            #expect(escaped(text) == expected(text))
            let quotes = [UInt8](repeating: 0x22, count: count)
            #expect(escaped(quotes) == expected(quotes))
            #expect(escaped([UInt8](repeating: 0x61, count: count)).count == count)
        }
    }

    @Test func lineEndsBetweenParts() {
        // CR and LF on both sides of the place where room is made again.
        for count in 505...520 {
            let text = String(repeating: "x", count: count) + "\r\n<y"
            var page = ByteBuffer(capacity: 0)
            Array(text.utf8).withUnsafeBufferPointer { page.appendEscapedLines($0) }
            let lines = String(decoding: page.bytes, as: UTF8.self)
            #expect(lines == "<i></i>" + String(repeating: "x", count: count) + "\n<i></i>&lt;y\n")
        }
    }

    @Test func nothingToFollowOrLoadInAnyPlace() {
        for before in 0...20 {
            for after in 0...9 {
                let (start, end) = (String(repeating: "<", count: before), String(repeating: "a", count: after))
                for (tag, wanted) in [
                    ("<a href=\"x\">", "<a data-to=\"x\">"), ("<img src=\"x\">", "<img src=\"../assets/images/x\">"),
                    ("<a href=", "<a href="), ("<i>", "<i>"),
                    ("<a href=\"<img src=\"", "<a data-to=\"<img src=\"../assets/images/"),
                ] {
                    let html = inert(Array((start + tag + end).utf8))
                    #expect(String(decoding: html, as: UTF8.self) == start + wanted + end)
                }
            }
        }
    }
}
