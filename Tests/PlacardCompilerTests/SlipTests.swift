import ConformanceSupport
import Foundation
import LocatedYAML
import PlacardCompiler
import SourceDiagnostics
import Testing

// Slips of the pen in the demo's own files: a sign too many, too few, twice, or another; any character dropped, twice or swapped
// with the next; quotation marks of a word processor; a line in the wrong column. Whatever the compiler offers to put one right
// does no harm. A safe fix gives the bundle as it was without the slip, or with what was typed. The same slips in every run; PLACARD_FUZZ=5000 makes it that many, PLACARD_FUZZ_SEED begins elsewhere.

private let environment = ProcessInfo.processInfo.environment
private let count = environment["PLACARD_FUZZ"].flatMap { Int($0) } ?? 400
private let seed = environment["PLACARD_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
/// The slips are shared out, so that all cores find them.
private let shares = 8

private let signs = Array("\"'{}[]:%".utf8)
private let marks = ["“", "”", "„", "‘", "’", "«", "»"]

/// A sound project of one message of the demo, in which one file gets a slip.
private struct Subject {
    var files: [String: [UInt8]]
    /// The file that slips are made in.
    var path: String

    var bytes: [UInt8] { files[path] ?? [] }

    func project(_ bytes: [UInt8]) -> ProjectFiles {
        ProjectFiles(files.map { ProjectFiles.File(path: $0.key, bytes: $0.key == path ? bytes : $0.value) })
    }
}

/// A subject for each file of the demo that authors write, without those of its scenarios.
private func subjects() throws -> [Subject] {
    let demo = compile(try loadProject(at: repository.path))
    var shared: [String: [UInt8]] = [:]
    for file in demo.files.files {
        if file.path.hasSuffix("_defaults.yaml") || file.path.hasSuffix(".png") { shared[file.path] = file.bytes }
        // A message has each of its languages in turn.
        if file.path == "placard.yaml" {
            // The images of the other messages are there, too.
            let text = String(decoding: file.bytes, as: UTF8.self).replacing(": required", with: ": optional")
                .replacing("lint: {", with: "lint: {image/unused: allow, ")
            shared[file.path] = Array(text.utf8)
        }
    }
    var subjects: [Subject] = []
    for message in demo.messages {
        let template = "templates/\(message.template)/template.yaml"
        var files = shared
        files[template] = demo.files[template]
        let own = message.files.map { demo.files.files[$0] }
        for file in own
        where file.path == own[0].path || file.path.contains("+") && file.path.filter({ $0 == "." }).count == 1 {
            files[file.path] = file.bytes
        }
        for file in own {
            var all = files
            all[file.path] = file.bytes
            subjects.append(Subject(files: all, path: file.path))
        }
        subjects.append(Subject(files: files, path: "placard.yaml"))
        subjects.append(Subject(files: files, path: template))
    }
    return subjects
}

/// One slip, with what it is.
private struct Slip {
    var bytes: [UInt8]
    var offset: Int
    var words: String
}

private func slip(in bytes: [UInt8], _ random: inout SplitMix) -> Slip? {
    random.below(10) < 6 ? signSlip(in: bytes, &random) : characterSlip(in: bytes, &random)
}

/// Any character dropped, twice, or in the place of the next; or a typographic quotation mark.
private func characterSlip(in bytes: [UInt8], _ random: inout SplitMix) -> Slip? {
    let starts = bytes.indices.filter { bytes[$0] > 0x20 && bytes[$0] & 0xC0 != 0x80 }
    guard let start = starts.isEmpty ? nil : random.pick(starts) else { return nil }
    func end(_ start: Int) -> Int { bytes[(start + 1)...].firstIndex { $0 & 0xC0 != 0x80 } ?? bytes.count }
    let next = end(start)
    let character = Array(bytes[start..<next])
    let name = String(decoding: character, as: UTF8.self)
    func slip(_ new: [UInt8], upTo end: Int, _ words: String) -> Slip {
        Slip(bytes: bytes[..<start] + new + bytes[end...], offset: start, words: words)
    }
    switch random.below(5) {
    case 0: return slip([], upTo: next, "\(name) dropped")
    case 1: return slip(character + character, upTo: next, "\(name) doubled")
    case 2:
        guard next < bytes.count, bytes[next] >= 0x20 else { return nil }
        return slip(bytes[next..<end(next)] + character, upTo: end(next), "\(name) swapped with the next")
    case 3:
        let mark = random.pick(marks)
        return slip(Array(mark.utf8) + character, upTo: next, "\(mark) before \(name)")
    default:
        let straight = bytes.indices.filter { bytes[$0] == 0x22 || bytes[$0] == 0x27 }
        guard let place = straight.isEmpty ? nil : random.pick(straight) else { return nil }
        let mark = random.pick(marks)
        return Slip(
            bytes: bytes[..<place] + Array(mark.utf8) + bytes[(place + 1)...], offset: place,
            words: "\(mark) for a straight mark")
    }
}

private func signSlip(in bytes: [UInt8], _ random: inout SplitMix) -> Slip? {
    let places = bytes.indices.filter { signs.contains(bytes[$0]) }
    guard let place = places.isEmpty ? nil : random.pick(places) else { return nil }
    let sign = bytes[place]
    func name(_ byte: UInt8) -> String { String(UnicodeScalar(byte)) }
    switch random.below(6) {
    case 0:
        // Beside another sign as often as among letters.
        var offset = random.below(2) == 0 ? place + random.below(2) : random.below(bytes.count)
        while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
        let new = random.pick(signs)
        return Slip(
            bytes: Array(bytes[..<offset]) + [new] + bytes[offset...], offset: offset, words: "\(name(new)) inserted")
    case 1:
        return Slip(
            bytes: Array(bytes[..<place]) + bytes[(place + 1)...], offset: place, words: "\(name(sign)) dropped")
    case 2: return Slip(bytes: Array(bytes[...place]) + bytes[place...], offset: place, words: "\(name(sign)) doubled")
    case 3:
        let new = random.pick(signs.filter { $0 != sign })
        return Slip(
            bytes: Array(bytes[..<place]) + [new] + bytes[(place + 1)...], offset: place,
            words: "\(name(new)) for \(name(sign))")
    default:
        let starts = [0] + bytes.indices.filter { $0 + 1 < bytes.count && bytes[$0] == 0x0A }.map { $0 + 1 }
        let start = random.pick(starts)
        let spaces = bytes[start...].prefix { $0 == 0x20 }.count
        let removed = random.below(2) == 0 ? min(spaces, 1 + random.below(3)) : 0
        let added = removed > 0 ? "" : random.pick([" ", "  ", "   ", "\t"])
        return Slip(
            bytes: Array(bytes[..<start]) + Array(added.utf8) + bytes[(start + removed)...], offset: start,
            words: removed > 0 ? "\(removed) spaces of indentation dropped" : "“\(added)” before a line")
    }
}

/// The bundle that a project makes; nil while there are errors.
private func bundle(_ compilation: Compilation) -> [String: String]? {
    guard !compilation.hasErrors else { return nil }
    var files: [String: String] = [:]
    for (place, target) in emitBundle(compilation).targets.enumerated() {
        files["\(place)"] = String(decoding: target.bytes, as: UTF8.self)
    }
    return files
}

/// The bundles that may come of a safe fix: that without the slip, and that of the line with all that was typed in it.
private func mayBeSeen(_ subject: Subject, _ slip: Slip, without: [String: String]?) -> [[String: String]] {
    var texts = [without].compactMap { $0 }
    let bytes = slip.bytes
    var start = min(slip.offset, bytes.count)
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    let line = String(decoding: bytes[start..<end], as: UTF8.self)
    func see(_ line: String) {
        let changed = Array(bytes[..<start]) + Array(line.utf8) + bytes[end...]
        if let seen = bundle(compile(subject.project(changed))) { texts.append(seen) }
    }
    func escaped(_ text: String) -> [String] {
        [text, text.replacing("}", with: "\\}"), text.replacing("{", with: "\\{").replacing("}", with: "\\}")]
    }
    // In the body the sign as such; in front matter the value, and what stands between its marks.
    let sign = slip.offset < bytes.count ? bytes[slip.offset] : 0
    if sign == 0x7B || sign == 0x7D {
        let head = String(decoding: bytes[start..<slip.offset], as: UTF8.self)
        let tail = String(decoding: bytes[slip.offset..<end], as: UTF8.self)
        see(head + "\\" + tail)
    }
    if let colon = line.firstRange(of: ": ") {
        let value = String(line[colon.upperBound...])
        let head = String(line[..<colon.upperBound])
        var values = escaped(value)
        if let first = value.first, first == "\"" || first == "'", value.last == first, value.count > 2 {
            values = escaped(String(value.dropFirst().dropLast()))
        }
        for value in values { see(head + quoted(value)) }
    }
    return texts
}

@Test(arguments: 0..<shares)
private func noFixOfASlipDoesHarm(share: Int) throws {
    let subjects = try subjects()
    var random = SplitMix(state: seed &* 1_000_003 &+ UInt64(share))
    var tried = 0
    var sound: [String: [String: String]] = [:]
    for _ in 0..<(count / shares) {
        let subject = random.pick(subjects)
        guard let slip = slip(in: subject.bytes, &random), slip.bytes != subject.bytes else { continue }
        let source = subject.project(slip.bytes)
        for trial in FixItTrial.all(in: source) {
            tried += 1
            var complaints = trial.complaints
            if trial.fixIt.applicability == .safe, let sees = bundle(trial.after) {
                let key = subject.path + subject.files.keys.sorted().joined()
                let without = sound[key] ?? bundle(compile(subject.project(subject.bytes)))
                sound[key] = without
                let before = [bundle(trial.before)].compactMap { $0 }
                if sees != without, !before.contains(sees),
                    !mayBeSeen(subject, slip, without: without).contains(sees)
                {
                    let changes = sees.map { difference(without?[$0.key] ?? "", $0.value) }.joined()
                    complaints.append(
                        "“\(trial.fixIt.title)” makes what nobody wrote:\n\(trial.change)\n\(changes)")
                }
            }
            let bytes = slip.bytes
            let line = LineIndex(bytes).position(of: min(slip.offset, bytes.count), in: bytes, unit: .scalar).line
            #expect(
                complaints.isEmpty,
                "\(subject.path):\(line), \(slip.words): \(trial.diagnostic.id)\n\(complaints.joined(separator: "\n"))")
        }
    }
    // Fix-its that are never offered do no harm either.
    #expect(tried > count / shares / 10)
}
