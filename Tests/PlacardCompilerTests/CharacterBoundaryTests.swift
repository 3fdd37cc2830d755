import ByteText
import CanonicalJSON
import ConformanceSupport
import PlacardBundle
import PlacardCompiler
import PlacardEngine
import SourceDiagnostics
import Testing

// Every numeric reference on the border of a class of code points, in every place that a text has: what is built reads back,
// is UTF-8, and holds what CommonMark and HTML say that the reference means, or a diagnostic stands at its place.

/// Code points beside the borders of classes that mean something to Unicode, HTML or a parser.
private let codePoints: [UInt32] = {
    var borders: [UInt32] = [
        0, 0x09, 0x0A, 0x0B, 0x0D, 0x0E, 0x1F, 0x20, 0x22, 0x26, 0x27, 0x3C, 0x3E, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x7F,
        0x85,
        0x9F, 0xA0, 0xAD, 0xFF, 0x34F, 0x61C, 0x7FF, 0x800, 0x200B, 0x200F, 0x2028, 0x202E, 0x2060, 0x2066, 0x2069,
        0xD7FF,
        0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000, 0xF8FF, 0xFDD0, 0xFDEF, 0xFEFF, 0xFFF9, 0xFFFC, 0xFFFF, 0x10000,
        0xE0000,
        0xE0001, 0xE0020, 0xE007F, 0xF0000, 0x10_0000, 0x11_0000, 0x12_3456, 0xFF_FFFF,
    ]
    for plane in UInt32(0)...16 { borders.append(plane << 16 | 0xFFFE) }
    return Set(borders.flatMap { [$0 &- ($0 > 0 ? 1 : 0), $0, $0 + 1] }).sorted()
}()

/// A reference as it is written, and what it stands for; nil where it is none.
private struct Reference: CustomTestStringConvertible {
    var text: String
    var value: UInt32?

    var testDescription: String { text }

    /// All forms of all code points: hexadecimal and decimal, with the zeros that CommonMark takes and with one too many.
    static let all: [Reference] = codePoints.flatMap { value -> [Reference] in
        let hexadecimal = String(value, radix: 16)
        let decimal = String(value)
        func padded(_ digits: String, _ count: Int) -> String {
            String(repeating: "0", count: max(0, count - digits.count)) + digits
        }
        return [
            Reference(text: "&#x\(hexadecimal);", value: value),
            Reference(text: "&#X\(padded(hexadecimal.uppercased(), 6));", value: value),
            Reference(text: "&#x\(padded(hexadecimal, 7));", value: nil),
            Reference(text: "&#\(decimal);", value: decimal.count <= 7 ? value : nil),
            Reference(text: "&#\(padded(decimal, 8));", value: nil),
            Reference(text: "&#x\(padded(hexadecimal, 40));", value: nil),
        ]
    }

    /// What CommonMark makes of it (section 2.5).
    var meaning: String {
        guard let value else { return text }
        guard value > 0, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
        return String(Character(scalar))
    }
}

/// The places of a text in a message; `{}` is where the reference goes. Those of Markdown read references, the others do not.
private let markdownPlaces = [
    "body": message(body: "Look a{}b here.\n"),
    "strong": message(body: "Look **a{}b** here.\n"),
    "label": message(body: "Look [a{}b](https://www.example.com/) here.\n"),
    "link": message(body: "Look [there](https://www.example.com/a{}b) now.\n"),
    "linkTitle": message(body: "Look [there](https://www.example.com/ \"a{}b\") now.\n"),
    "reference": message(body: "Look [there][x] now.\n\n[x]: https://www.example.com/ 'a{}b'\n"),
    "autolink": message(body: "Look <https://www.example.com/a{}b> now.\n"),
    "cell": message(body: "| a |\n|---|\n| a{}b |\n"),
    "list": message(body: "- a{}b\n- c\n"),
    "info": message(body: "```a{}b\nc\n```\n"),
]

private let plainPlaces = [
    "title": message().replacing("title: Hello", with: "title: \"a{}b\""),
    "alt": message("image: {src: cup.png, alt: \"a{}b\"}"),
    "action": message("actions: [{id: close, label: \"a{}b\", dismiss: true}]"),
    "push": message("push: {title: \"a{}b\", body: \"a{}b\"}"),
    "code": message(body: "Look `a{}b` here.\n\n    a{}b\n\n```\na{}b\n```\n"),
]

@Suite struct CharacterBoundaryTests {
    @Test(arguments: markdownPlaces.sorted { $0.key < $1.key }.map { [$0.key, $0.value] })
    func referencesInMarkdownMeanWhatCommonMarkSays(place: [String]) throws {
        let built = try check(place[1], isMarkdown: true)
        // Neither everything is refused nor everything let through.
        #expect(built > 200 && built < Reference.all.count)
    }

    @Test(arguments: plainPlaces.sorted { $0.key < $1.key }.map { [$0.key, $0.value] })
    func elsewhereAReferenceIsText(place: [String]) throws {
        #expect(try check(place[1], isMarkdown: false) == Reference.all.count)
    }

    /// Steps of a conversation are texts of their own.
    @Test func referencesInStepsMeanWhatCommonMarkSays() throws {
        let chat = template("body: {type: markdown, required: true, conversation: true}")
        let text =
            "---\ntemplate: note\ntrigger: {event: session_start}\n---\n# One\n\nLook a{}b.\n\n- [a{}b](#two)\n\n# Two\n\nBye.\n"
        let built = try check(text, isMarkdown: true, more: ["templates/note/template.yaml": chat])
        #expect(built > 200 && built < Reference.all.count)
    }

    /// Compiles a message for each reference; those without an error are built, and what is built is held against what the
    /// reference means.
    ///
    /// - Returns: how many are built.
    private func check(_ text: String, isMarkdown: Bool, more: [String: String] = [:]) throws -> Int {
        let sources = Dictionary(
            uniqueKeysWithValues: Reference.all.enumerated().map { index, reference in
                ("content/m\(index).md", text.replacing("{}", with: reference.text))
            })
        let isInfo = text.contains("```a{}b")
        let image = text.contains("cup.png") ? ["content/cup.png": tinyPNG] : [:]
        let diagnostics = compile(project(more.merging(sources) { $1 }, binary: image)).diagnostics
        let byFile = Dictionary(grouping: diagnostics, by: \.primary.file)
        for (index, reference) in Reference.all.enumerated() {
            let path = "content/m\(index).md"
            check(byFile[path] ?? [], of: reference, in: sources[path] ?? "", isMarkdown: isMarkdown)
        }
        let sound = sources.filter { path, _ in !(byFile[path] ?? []).contains { $0.severity == .error } }
        let compilation = compile(project(more.merging(sound) { $1 }, binary: image))
        #expect(!compilation.hasErrors)
        for payload in emitPush(compilation) { try PushData(reading: payload.bytes).checkTexts() }
        for target in emitBundle(compilation).targets where target.path.hasSuffix(".en.json") {
            #expect(firstInvalidUTF8(in: target.bytes) == nil)
            let file = try LocaleFile(reading: target.bytes)
            try file.checkTexts()
            for (index, reference) in Reference.all.enumerated() where sound["content/m\(index).md"] != nil {
                let strings = try texts(#require(file.messages["m\(index)"]).json)
                let wanted = "a" + (isMarkdown ? reference.meaning : reference.text) + "b"
                let isFound = byFile["content/m\(index).md"] != nil
                #expect(
                    isFound || strings.contains { $0.contains(wanted) } || isInfo && isSplit(wanted, strings),
                    "\(reference.text): not \(wanted.debugDescription) in \(strings)")
            }
        }
        return sound.count
    }

    /// Diagnostics stand at the reference, and what no text can mean has one.
    private func check(_ diagnostics: [Diagnostic], of reference: Reference, in source: String, isMarkdown: Bool) {
        for diagnostic in diagnostics {
            let span = diagnostic.primary.span
            let place = String(decoding: Array(source.utf8)[span.start..<span.end], as: UTF8.self)
            // A link's own diagnostics stand at its address.
            let isOfLink = diagnostic.id.hasPrefix("link/") || diagnostic.id == "message/vague-link"
            #expect(
                isOfLink ? place.contains(reference.text) : place == reference.text,
                "\(reference.text): \(diagnostic.id) stands at \(place.debugDescription)")
        }
        guard isMarkdown, isUnfit(reference) else { return }
        #expect(!diagnostics.isEmpty, "\(reference.text): nothing is said")
    }

    private func isUnfit(_ reference: Reference) -> Bool {
        guard let value = reference.value else { return true }
        if value == 0 || value == 0x0D || Unicode.Scalar(value) == nil { return true }
        return UnfitCharacter(value).map { $0 != .byteOrderMark } ?? false
    }

    /// Whether white space parts the language of a block of code from the rest of its line.
    private func isSplit(_ text: String, _ strings: [String]) -> Bool {
        let words = text.split { $0 == " " || $0 == "\t" }
        return words.count == 2 && words.allSatisfy { strings.contains(String($0)) }
    }

    /// Every string of a JSON value.
    private func texts(_ json: JSONValue) -> [String] {
        switch json {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(texts)
        case .object(let object): object.members.flatMap { texts($0.value) }
        default: []
        }
    }
}
