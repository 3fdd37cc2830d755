import CanonicalJSON
import ConformanceSupport
import Foundation
import PlacardBundle
import PlacardEngine
import Testing

@testable import PlacardCompiler

// The skim says of a locale file only what clients' reader says too: locale files of the demo and of the texts below are damaged, the
// same damage in every run; PLACARD_FUZZ=200000 makes it that many, PLACARD_FUZZ_SEED begins elsewhere.

private let rounds = ProcessInfo.processInfo.environment["PLACARD_FUZZ"].flatMap { Int($0) } ?? 20_000
private let seed = ProcessInfo.processInfo.environment["PLACARD_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

/// Why clients do not read these bytes; nil when they do.
private func refusalByReader(_ bytes: [UInt8]) -> BundleError? {
    do throws(BundleError) { try LocaleFile(reading: bytes).checkTexts() } catch { return error }
    return nil
}

/// Why a build refuses them.
private func refusal(_ bytes: [UInt8]) -> BundleError? {
    do throws(BundleError) { try checkLocaleFile(bytes) } catch { return error }
    return nil
}

private func isRead(_ bytes: [UInt8]) -> Bool { refusalByReader(bytes) == nil }

private let expression = #"{"arg":{"name":"user.x","type":"variable"},"type":"expression"}"#

/// A locale file with a message of these members.
private func file(_ members: String) -> [UInt8] {
    Array(#"{"locale":"fr","messages":{"a":{\#(members)}},"schema":"placard/locale/1"}"#.utf8)
}

private func field(_ text: String) -> [UInt8] {
    file(#""direction":"ltr","fields":{"body":\#(text)},"locale":"fr""#)
}

/// What the compiler writes, short enough that damage hits its shape.
private let seeds: [[UInt8]] = [
    field(#""Café \"5\" \\ € 🎈""#), field(#"{"alt":"A cat"}"#),
    field(#"[{"id":"x","text":"One"},{"id":"y","text":"Two"}]"#),
    field(#"{"declarations":[],"pattern":["Hi ",\#(expression),"!"],"type":"message"}"#),
    field(
        #"{"html":"<p>a</p>\n","mdast":{"children":[{"type":"text","value":"a"}],"depth":2,"type":"root"},"text":"a"}"#),
    field(
        #"{"html":{"declarations":[],"pattern":[\#(expression)],"type":"message"},"mdast":{"children":[{"children":[\#(expression)],"ordered":false,"start":null,"type":"paragraph"}],"type":"root"}}"#
    ),
    file(
        #""actions":{"go":{"label":"Go"}},"direction":"rtl","fallbacks":{"user.x":"friend"},"fields":{},"locale":"ar","push":{"body":"B","title":"T"}"#
    ),
    file(#""direction":"ltr","locale":"fr","steps":[{"body":{"text":"a"},"id":"s","title":"S"}]"#),
    file(#""direction":"ltr","locale":"fr","variants":{"b":{"fields":{"title":"Other"}}}"#),
]

@Suite struct LocaleFileSkimTests {
    /// Nothing of these is left to the reader.
    @Test func whatTheCompilerNearlyAlwaysWritesIsSeenAtOnce() {
        for seed in seeds.dropLast(2) {
            #expect(isRead(seed))
            #expect(LocaleFileSkim.doubtful(seed) == [], "\(String(decoding: seed, as: UTF8.self))")
        }
    }

    @Test func whatIsRareIsReadByTheReader() {
        let select = #"{"declarations":[],"selectors":[],"type":"select","variants":[]}"#
        for bytes in [seeds[seeds.count - 1], seeds[seeds.count - 2], field(select)] {
            #expect(isRead(bytes))
            let rest = LocaleFileSkim.doubtful(bytes)
            #expect(rest?.isEmpty == false && rest.map(isRead) == true)
        }
    }

    /// Each of these is refused, with the words of the reader about the whole file.
    @Test func whatTheReaderRefusesIsRefusedInItsWords() {
        let broken = [
            field("1"), field(#"{}"#), field(#"{"html":1}"#), field(#"{"mdast":[]}"#),
            field(#"[{"id":"","text":"a"}]"#),
            field(#"{"declarations":[],"pattern":[{"type":"expression"}],"type":"message"}"#),
            field(#"{"mdast":{"children":[{"type":"expression"}],"type":"root"}}"#),
            field(#"{"declarations":[],"pattern":[],"type":"other"}"#), file(#""fields":{}"#),
            file(#""direction":"ltr""#),
            file(#""direction":"up","locale":"fr""#), file(#""direction":"ltr","locale":"""#), field(#""a\x""#),
            file(#""direction":"ltr","fields":{"a":"1","a":"2"},"locale":"fr""#), field(#""a"#), field("01"),
            field(#"{"text":"\uD800"}"#), field("\"\n\""),
        ]
        for bytes in broken {
            let words = refusalByReader(bytes)
            #expect(words != nil && refusal(bytes) == words)
        }
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        let bad: [[UInt8]] = [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xE2, 0x82], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x8E], [0xFE], [0xFF],
        ]
        let whole = field(#""0123456789#0123456789""#)
        let place = whole.firstIndex(of: UInt8(ascii: "#")) ?? 0
        for bytes in bad {
            var damaged = whole
            damaged.replaceSubrange(place...place, with: bytes)
            #expect(LocaleFileSkim.doubtful(damaged) == nil)
            #expect(refusal(damaged) != nil)
        }
        for good in ["\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"] {
            var sound = whole
            sound.replaceSubrange(place...place, with: good.utf8)
            #expect(LocaleFileSkim.doubtful(sound) == [])
        }
    }

    /// Deeper than the skim looks, and deeper than the reader does.
    @Test func depthIsLimitedByTheReader() {
        for (depth, isSound) in [(100, true), (200, true), (300, false)] {
            let tree = String(repeating: #"{"children":["#, count: depth) + String(repeating: "]}", count: depth)
            let bytes = field(#"{"html":"a","mdast":\#(tree)}"#)
            #expect(isRead(bytes) == (isSound && depth * 2 < 250))
            #expect((refusal(bytes) == nil) == isRead(bytes))
        }
    }

    @Test func damagedFilesAreReadAsTheReaderReadsThem() throws {
        let demo = emitBundle(compile(try loadProject(at: repository.path)))
        let files = demo.manifest.locales.flatMap { entry in
            demo.targets.filter { $0.path == entry.value.target.path }.map(\.bytes)
        }
        #expect(files.count > 3)
        for bytes in files { #expect(LocaleFileSkim.doubtful(bytes) != nil) }
        var random = SplitMix(state: seed)
        let pieces = [
            "\"", "{", "}", "[", "]", ",", ":", "\\", "\\u0041", "\\n", "0", "-1", "1.5", "01", "null", "true",
            "\u{E9}", "\"a\":",
            "\"type\":", "\"message\"", "\"expression\"", "\"mdast\":", "\"declarations\":[]", " ", "\n", expression,
        ].map { Array($0.utf8) }
        for round in 0..<rounds {
            // The demo's files are large: few rounds for each.
            var bytes =
                round % 500 == 0 ? files.randomElement(using: &random) ?? [] : seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let end = min(bytes.count, place + Int.random(in: 0...4, using: &random))
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.replaceSubrange(place..<end, with: pieces.randomElement(using: &random) ?? [])
                case 2: bytes.removeSubrange(place..<end)
                default: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
                }
            }
            guard (refusal(bytes) == nil) != isRead(bytes) else { continue }
            Issue.record(
                "PLACARD_FUZZ_SEED=\(seed), round \(round): \(String(decoding: bytes.prefix(2_000), as: UTF8.self))")
            return
        }
    }
}
