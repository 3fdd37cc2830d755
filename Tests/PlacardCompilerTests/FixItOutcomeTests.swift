import Foundation
import PlacardCompiler
import SourceDiagnostics
import Testing

/// Every fix-it that a page of Documentation/Diagnostics offers is applied, and what comes of it compared with what a
/// person has read: `FixItOutcomes/README.md` says how.
@Suite struct FixItOutcomeTests {
    private static let folder = repository.appendingPathComponent("Tests/PlacardCompilerTests/FixItOutcomes")
    private static let isRecording = ProcessInfo.processInfo.environment["PLACARD_RECORD"] == "1"
    private static let areas = Set(DiagnosticPage.all.map { area($0.id) }).sorted()

    private static func area(_ id: String) -> String { String(id.prefix { $0 != "/" }) }

    /// The fix-its of a page's example.
    private static func trials(_ page: DiagnosticPage) -> [FixItTrial] {
        let known = DiagnosticPage.all.map(\.id)
        let level: AnalysisLevel = page.id.hasPrefix("analysis/") ? .full : .none
        return FixItTrial.all(in: project(page.files)) {
            compile($0, knownDiagnostics: known, analysis: level)
        }
    }

    @Test(arguments: DiagnosticPage.all.filter { !$0.files.isEmpty })
    func theFixItsOfAPageDoNoHarm(page: DiagnosticPage) {
        for trial in FixItOutcomeTests.trials(page) {
            #expect(trial.complaints.isEmpty, "\(trial.complaints.joined(separator: "\n"))")
        }
    }

    @Test(arguments: areas)
    func readersSeeWhatWasReadAfterEachFixIt(area: String) throws {
        var now = ""
        for page in DiagnosticPage.all where FixItOutcomeTests.area(page.id) == area && !page.files.isEmpty {
            for trial in FixItOutcomeTests.trials(page) {
                now += "\(page.id), \(trial.kind): \(trial.fixIt.title)\n\(trial.change)\n\(outcome(trial))\n"
            }
        }
        let file = FixItOutcomeTests.folder.appendingPathComponent(area + ".txt")
        let recorded = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard now != recorded else { return }
        if FixItOutcomeTests.isRecording {
            try Data(now.utf8).write(to: file)
            // A recording is no test: what was written is for a person to read.
            Issue.record("recorded FixItOutcomes/\(area).txt")
        } else {
            Issue.record(
                "FixItOutcomes/\(area).txt says otherwise; PLACARD_RECORD=1 writes it anew\n\(difference(recorded, now))"
            )
        }
    }

    /// What readers see after a fix-it, as far as it differs from what they saw before.
    private func outcome(_ trial: FixItTrial) -> String {
        guard let sees = readersTexts(trial.after) else {
            let errors = trial.after.diagnostics.filter { $0.severity == .error }
            return "  left: " + Set(errors.map(\.id)).sorted().joined(separator: ", ") + "\n"
        }
        if sees == readersTexts(trial.before) { return "  readers see the same\n" }
        return sees.sorted { $0.key < $1.key }.map { sourceLanguage($0.value) }.joined()
    }

    /// What a message says in the languages that have words of their own.
    private func sourceLanguage(_ text: String) -> String {
        text.split(separator: "\n").prefix { $0 != "Without words of its own" }.map { "  \($0)\n" }.joined()
    }
}
