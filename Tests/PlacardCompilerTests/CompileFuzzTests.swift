import ConformanceSupport
import Foundation
import PlacardCompiler
import SourceDiagnostics
import Testing

// Damaged files: whatever an author, an editor or a merge leaves behind, the compiler says what is wrong and where. The
// same damage in every run; PLACARD_FUZZ=2000 makes it that many projects, PLACARD_FUZZ_SEED begins elsewhere.

private let rounds = ProcessInfo.processInfo.environment["PLACARD_FUZZ"].flatMap { Int($0) } ?? 60
private let seed = ProcessInfo.processInfo.environment["PLACARD_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

/// What stands where something else was.
private let tokens = [
    "{", "}", "{{", "}}", "[", "]", "(", ")", "](", "\"", "'", "\\", "|", "|-", ">", "- ", ": ", "#", "# ", "---\n",
    "\n",
    "\r\n", "\r", "\t", "\u{0}", "\u{7}", "\u{FEFF}", "\u{2028}", "\u{100001}", "é", "😀", "&a ", "*a", "!!str ", "? ",
    "<<: ", "~", "null", "9999999999999999999", "-1", "1e400", ".match $user.count one {{a}}", ".input {$x :number}",
    ".local $y = {|z|}", "{$user.first_name}", "{$user.nobody :number}", "{#strong}", "{/strong}", "{|", "|}",
    "* {{x}}",
    "**", "`", "```\n", "~~", "<b>", "</b>", "<!--", "-->", "[a](https://www.example.com/a b)", "![a](b.png)",
    "[a][b]", "| a | b |\n|---|---|\n", "> ", "1. ", "&#123;", "&amp;", "https://x.example.com", "has(user.x)", " && ",
    " || ", "user.", "in [", "==", "semver(\"1.2.3\")", "2026-13-45", "25:00", "1 per 1d", "en-XA", "fr", "ar",
]

private struct Damage {
    var random: SplitMix
    /// Files that pieces are taken from.
    let sources: [[UInt8]]

    mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.below(3) {
            let start = random.below(bytes.count + 1)
            let end = min(bytes.count, start + random.below(random.below(4) == 0 ? 200 : 6))
            switch random.below(7) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.replaceSubrange(start..<end, with: Array(random.pick(tokens).utf8))
            case 2: bytes.insert(contentsOf: Array(random.pick(tokens).utf8), at: start)
            case 3: bytes.insert(contentsOf: bytes[start..<end], at: random.below(bytes.count + 1))
            case 4:
                let other = random.pick(sources)
                let from = random.below(other.count + 1)
                bytes.replaceSubrange(start..<end, with: other[from..<min(other.count, from + random.below(300))])
            case 5: if start < bytes.count { bytes[start] = UInt8(random.below(256)) }
            default: bytes = Array(bytes[..<start])
            }
        }
        return bytes
    }
}

/// What is wrong with a diagnostic itself; nil when every place is in its file, and every fix-it can be made.
private func defect(_ diagnostic: Diagnostic, _ files: ProjectFiles) -> String? {
    func fits(_ span: Span, _ file: String) -> Bool {
        // A file that should be there is named by its beginning.
        guard let bytes = files[file] else { return span == Span(at: 0) }
        return span.start >= 0 && span.end <= bytes.count
    }
    for label in [diagnostic.primary] + diagnostic.secondary where !fits(label.span, label.file) {
        return "\(label.span) is not in \(label.file)"
    }
    for fixIt in diagnostic.fixIts {
        let edits = fixIt.edits.sorted { ($0.file, $0.span) < ($1.file, $1.span) }
        for edit in edits {
            guard let bytes = files[edit.file], fits(edit.span, edit.file) else { return "an edit is in no file" }
            let splits = [edit.span.start, edit.span.end].contains { $0 < bytes.count && bytes[$0] & 0xC0 == 0x80 }
            // In a file that is not UTF-8 there is nothing to split.
            if splits, String(validating: bytes, as: UTF8.self) != nil { return "an edit splits a character" }
        }
        for (first, second) in zip(edits, edits.dropFirst())
        where first.file == second.file && first.span.end > second.span.start {
            return "two edits overlap"
        }
    }
    if diagnostic.message.isEmpty || diagnostic.message.contains("\n") { return "the message is no line" }
    return nil
}

/// The projects that are damaged: the demo, and each example of the pages.
private func projects() throws -> [ProjectFiles] {
    var result = DiagnosticPage.all.filter { !$0.files.isEmpty }.map { project($0.files) }
    let demo = try loadProject(at: repository.path)
    // Without images, which nobody writes by hand.
    let texts = demo.files.filter { !$0.path.hasSuffix(".png") && !$0.path.hasPrefix("build/") }
    let folders = ["content/coffee/", "content/rides/", "content/audiobooks/"]
    for folder in folders {
        result.append(
            ProjectFiles(texts.filter { file in !folders.contains { $0 != folder && file.path.hasPrefix($0) } }))
    }
    return result
}

@Test func damagedFilesAreReported() throws {
    let projects = try projects()
    let sources = projects.flatMap { $0.files.map(\.bytes) }.filter { $0.count < 20_000 }
    for round in 0..<rounds {
        var damage = Damage(random: SplitMix(state: seed &+ UInt64(round)), sources: sources)
        let original = round % 8 == 7 ? projects[projects.count - 1 - round / 8 % 3] : damage.random.pick(projects)
        var files = original.files
        for _ in 0...damage.random.below(2) {
            let index = damage.random.below(files.count)
            files[index].bytes = damage.damage(files[index].bytes)
        }
        let damaged = ProjectFiles(files)
        let start = ContinuousClock.now
        let found = compile(damaged).diagnostics
        let seconds = (ContinuousClock.now - start).components.seconds
        #expect(seconds < 30, "round \(round) takes \(seconds) s")
        for diagnostic in found {
            guard let defect = defect(diagnostic, damaged) else { continue }
            Issue.record("PLACARD_FUZZ_SEED=\(seed &+ UInt64(round)): \(diagnostic.id): \(defect)")
        }
        // Where a fix-it leads there is a diagnostic less, or another; never a crash.
        guard let fixIt = found.flatMap(\.fixIts).first(where: { $0.applicability != .displayOnly }) else { continue }
        _ = compile(applying(fixIt, to: damaged)).diagnostics
    }
}
