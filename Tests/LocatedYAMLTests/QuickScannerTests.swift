import CanonicalJSON
import ConformanceSupport
import Foundation
import SourceDiagnostics
import Testing

@testable import LocatedYAML

// What QuickScanner reads must come out as libyaml reads it, to the last mark. The same texts in every run;
// PLACARD_FUZZ=1000000 makes it that many, PLACARD_FUZZ_SEED begins elsewhere.

private let rounds = ProcessInfo.processInfo.environment["PLACARD_FUZZ"].flatMap { Int($0) } ?? 6_000
private let seed = ProcessInfo.processInfo.environment["PLACARD_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

/// The files of the demo that are YAML or begin with it, each with the bytes to read.
private let demo: [(path: String, bytes: [UInt8], range: Span)] = {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    var files: [(path: String, bytes: [UInt8], range: Span)] = []
    for folder in ["content", "templates", "scenarios", "placard.yaml"] {
        let start = root.appending(path: folder)
        let below = FileManager.default.enumerator(atPath: start.path())?.compactMap { $0 as? String } ?? []
        for path in below.isEmpty ? [folder] : below.map({ folder + "/" + $0 }).sorted() {
            guard path.hasSuffix(".md") || path.hasSuffix(".yaml"),
                let data = FileManager.default.contents(atPath: root.appending(path: path).path())
            else { continue }
            let bytes = [UInt8](data)
            let split = splitFrontMatter(bytes)
            files.append((path, bytes, split.frontMatter ?? Span(0, bytes.count)))
        }
    }
    return files
}()

/// The texts of the conformance suites.
private func suites() throws -> [[UInt8]] {
    var texts: [[UInt8]] = []
    for (path, key) in [("yaml/suite.json", "yaml"), ("yaml/hostile.json", "input")] {
        for test in try ConformanceData.load(path)?.array ?? [] {
            if let text = test[key]?.string { texts.append(Array(text.utf8)) }
        }
    }
    return texts
}

/// The quick events of a text, when it has some.
private func events(_ bytes: [UInt8], _ range: Span) -> [QuickEvent]? {
    let scan = bytes.withUnsafeBufferPointer { scanCharacters($0, range) }
    return scan.isPlain ? quickEvents(bytes, range) : nil
}

private func events(_ text: String) -> [QuickEvent]? {
    let bytes = Array(text.utf8)
    return events(bytes, Span(0, bytes.count))
}

/// How the quick events of a text differ from libyaml's; nil when they do not, or when there are none.
private func eventDifference(_ bytes: [UInt8], _ range: Span) -> String? {
    guard let quick = events(bytes, range) else { return nil }
    return bytes.withUnsafeBufferPointer { buffer -> String? in
        let isASCII = scanCharacters(buffer, range).isASCII
        guard var source = LibYAMLEvents(buffer, range: range, isASCII: isASCII) else { return "no parser" }
        for (number, event) in quick.enumerated() {
            guard source.advance() else { return "event \(number) is \(event) and not \(source.failure())" }
            let span = source.span()
            guard isSame(event, source, span, buffer) else {
                return "event \(number) is \(event) and not \(source.kind) at \(span)"
            }
        }
        return nil
    }
}

private func isSame(
    _ event: QuickEvent, _ source: borrowing LibYAMLEvents, _ span: Span, _ buffer: UnsafeBufferPointer<UInt8>
) -> Bool {
    guard event.kind == source.kind, !source.hasProperties else { return false }
    let isPlaced = event.start == span.start && event.end == span.end
    switch event.kind {
    case .documentStart: return isPlaced && !source.hasDirectives
    case .sequenceStart, .mappingStart: return isPlaced && event.isFlow == source.isFlow
    case .scalar:
        let mark = event.style == .plain ? 0 : 1
        return isPlaced && event.style == source.scalarStyle
            && buffer[(span.start + mark)..<(span.end - mark)].elementsEqual(source.scalarText)
    // The end of what has no closing bracket has no place that matters.
    case .sequenceEnd, .mappingEnd: return isPlaced || event.start == event.end
    default: return true
    }
}

/// How the quick way and libyaml's differ in what they make of a text; nil when they do not.
private func difference(_ bytes: [UInt8], _ range: Span?, _ options: YAMLOptions) -> String? {
    func read(_ allowsQuickScan: Bool) -> (documents: [YAMLNode], diagnostics: [Diagnostic]) {
        parseYAMLStream(
            bytes, range: range, options: options, maximumDocuments: 3, allowsQuickScan: allowsQuickScan)
    }
    if let difference = eventDifference(bytes, range ?? Span(0, bytes.count)) { return difference }
    let (quick, long) = (read(true), read(false))
    if quick.diagnostics != long.diagnostics {
        return "diagnostics \(quick.diagnostics) and not \(long.diagnostics)"
    }
    guard quick.documents.map(\.index) == long.documents.map(\.index) else {
        return "roots \(quick.documents.map(\.index)) and not \(long.documents.map(\.index))"
    }
    guard let a = quick.documents.first?.tree, let b = long.documents.first?.tree else { return nil }
    guard a.records.count == b.records.count else { return "\(a.records.count) records and not \(b.records.count)" }
    for (one, other) in zip(a.records, b.records) where !isSame(one, other) { return "\(one) and not \(other)" }
    let isRest = a.source == b.source && a.children == b.children && a.decoded == b.decoded && a.tags == b.tags
    return isRest ? nil : "children, decoded texts or tags"
}

private func isSame(_ a: YAMLRecord, _ b: YAMLRecord) -> Bool {
    a.kind == b.kind && a.style == b.style && a.isFlow == b.isFlow && a.isVerbatim == b.isVerbatim && a.span == b.span
        && a.raw == b.raw && a.range == b.range && a.tag == b.tag && isSame(a.value, b.value)
}

private func isSame(_ a: YAMLScalar.Value, _ b: YAMLScalar.Value) -> Bool {
    if case .float(let a) = a, case .float(let b) = b { return a.bitPattern == b.bitPattern }
    return a == b
}

/// Options that stop early here and there.
private func options(_ random: inout SplitMix) -> YAMLOptions {
    var options = random.below(4) == 0 ? YAMLOptions.general : .strict
    options.requiresMapping = random.below(3) > 0
    if random.below(6) == 0 { options.limits.nodes = random.below(12) }
    if random.below(6) == 0 { options.limits.depth = random.below(4) }
    return options
}

@Suite struct QuickScannerTests {
    @Test func frontMatterIsReadQuickly() {
        let quick = demo.filter { events($0.bytes, $0.range) != nil }
        #expect(demo.count > 150)
        #expect(
            quick.count * 10 > demo.count * 9,
            "left to libyaml: \(demo.filter { events($0.bytes, $0.range) == nil }.map(\.path))")
    }

    @Test func theDemoComesOutTheSame() {
        for file in demo {
            for options in [YAMLOptions.strict, .general] {
                #expect(difference(file.bytes, file.range, options) == nil, "\(file.path)")
                // From the middle of a line on, and up to it.
                for cut in stride(from: file.range.start, to: file.range.end, by: 41) {
                    #expect(
                        difference(file.bytes, Span(cut, file.range.end), options) == nil, "\(file.path) from \(cut)")
                    #expect(
                        difference(file.bytes, Span(file.range.start, cut), options) == nil, "\(file.path) to \(cut)")
                }
            }
        }
    }

    @Test(.enabled(if: ConformanceData.isPresent))
    func theSuitesComeOutTheSame() throws {
        let texts = try suites()
        #expect(texts.count > 300)
        for text in texts {
            for options in [YAMLOptions.strict, .general] {
                #expect(difference(text, nil, options) == nil, "\(String(decoding: text, as: UTF8.self))")
            }
        }
    }

    @Test func generatedTextsComeOutTheSame() throws {
        let sources =
            demo.map { Array($0.bytes[$0.range.start..<$0.range.end]) } + (try suites()).filter { $0.count < 2_000 }
        var quick = 0
        for round in 0..<rounds {
            let start = seed &+ UInt64(round)
            var generator = YAMLGenerator(random: SplitMix(state: start), sources: sources)
            let text = generator.next()
            // What libyaml reads either way is no test.
            guard events(text, Span(0, text.count)) != nil else { continue }
            quick += 1
            if let difference = difference(text, nil, options(&generator.random)) {
                Issue.record(
                    "PLACARD_FUZZ_SEED=\(start): \(String(decoding: text, as: UTF8.self).debugDescription): \(difference)"
                )
            }
        }
        print("quick scanner: \(quick) of \(rounds) generated texts are read quickly")
        #expect(quick * 6 > rounds)
    }

    @Test(arguments: [
        "", "# c\n", "a", "'a'\n", "[a]\n", "{a: b}\n", "a: &x b\n", "a: *x\n", "a: !!str b\n",
        "%YAML 1.2\n---\na: b\n",
        "---\na: b\n", "a: b\n...\n", "a:\tb\n", "\ta: b\n", "a: b\r\n", "\u{FEFF}a: b\n", "a: b\u{2028}\n",
        "a: b\n  c\n",
        "a: 'b\n  c'\n", "a: |\n  b\n", "a: >-\n  b\n", "a: \"\\n\"\n", "a: 'it''s'\n", "? a\n: b\n", "a: b: c\n",
        "a: b:\n", "a : b\n", "a\n", "a: b\n c: d\n", "  a: b\nc: d\n", "a: - b\n", "a: [b\n", "a: [b,\n c]\n",
        "a: [b: c]\n", "a: {b}\n", "a: {b: }\n", "a: {b:c}\n", "a: [b, , c]\n", "a: \"b\"#c\n", "a: [b]#c\n", "a: @b\n",
        "a: `b`\n", "- a\nb: c\n", "a:\n  b:\n- c\n", "a: \"b\" c\n", "[a]: b\n",
    ])
    func whatIsNotCertainIsLeftToLibYAML(_ text: String) {
        #expect(events(text) == nil)
    }

    @Test func depthAndLongKeysAreLeftToLibYAML() {
        func nested(_ depth: Int) -> String { String(repeating: "- ", count: depth) + "a\n" }
        #expect(events(nested(24)) != nil && events(nested(25)) == nil)
        func brackets(_ depth: Int) -> String {
            "a: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(events(brackets(16)) != nil && events(brackets(17)) == nil)
        func key(_ length: Int) -> String { String(repeating: "k", count: length) + ": a\n" }
        #expect(events(key(1_000)) != nil && events(key(1_001)) == nil)
        #expect(
            events("a: {" + key(1_000).dropLast() + "}") != nil && events("a: {" + key(1_001).dropLast() + "}") == nil)
        for text in [nested(24), brackets(16), key(1_000), "a: {" + key(1_000).dropLast() + "}"] {
            #expect(difference(Array(text.utf8), nil, .general) == nil)
        }
    }

    @Test func everyKindOfEventHasItsPlace() {
        let text = "a: 'b'\nc:\n- d\n- e: [f]\n\ng: {}\nh: # i\n"
        #expect(
            events(text)?.map { "\($0.kind) \($0.start)–\($0.end)\($0.isFlow ? " flow" : "")" } == [
                "streamStart 0–0", "documentStart 0–0", "mappingStart 0–0", "scalar 0–1", "scalar 3–6", "scalar 7–8",
                "sequenceStart 10–11", "scalar 12–13", "mappingStart 16–16", "scalar 16–17", "sequenceStart 19–20 flow",
                "scalar 20–21", "sequenceEnd 21–22", "mappingEnd 24–24", "sequenceEnd 24–24", "scalar 24–25",
                "mappingStart 27–28 flow", "mappingEnd 28–29", "scalar 30–31", "scalar 32–32", "mappingEnd 37–37",
                "documentEnd 37–37", "streamEnd 37–37",
            ])
    }
}
