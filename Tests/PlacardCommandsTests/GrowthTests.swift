import DiagnosticRendering
import Foundation
import PlacardCompiler
import SourceDiagnostics
import Testing

@testable import PlacardCommands

// How time grows with the size of one thing. Linear time doubles when the thing does; what is quadratic takes four times
// as long. Clocks on shared machines are rough, so that this runs only when asked to: PLACARD_GROWTH=FILE swift test
// --filter GrowthTests appends a table to the file, in which !! marks what grew faster than its size.

private let isWanted = ProcessInfo.processInfo.environment["PLACARD_GROWTH"] != nil

private func seconds(_ work: () -> Void) -> Double {
    let duration = ContinuousClock().measure(work)
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
}

@Suite(.serialized, .enabled(if: isWanted)) struct GrowthTests {
    private func report(_ name: String, _ sizes: [Int], _ times: [Double], _ more: String = "") {
        func fixed(_ value: Double) -> String { String(format: "%8.3f", value) }
        let growth = times[2] / max(times[1], 0.000_001)
        let line =
            "\(name.padding(toLength: 46, withPad: " ", startingAt: 0)) \(sizes.last ?? 0) "
            + times.map(fixed).joined(separator: " ") + "  ×" + fixed(growth) + (growth > 2.8 ? " !! " : "    ") + more
        guard let path = ProcessInfo.processInfo.environment["PLACARD_GROWTH"] else { return }
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        guard let table = FileHandle(forWritingAtPath: path) else { return }
        defer { try? table.close() }
        table.seekToEndOfFile()
        table.write(Data((line + "\n").utf8))
    }

    @Test(arguments: growing) func timeGrowsWithTheSizeOfAProject(_ growing: GrowingProject) {
        let known = embeddedDiagnosticPages.keys.sorted()
        var times: [Double] = []
        var rest: [DiagnosticFormat: [Double]] = [:]
        var fixing: [Double] = []
        var emitting: [Double] = []
        var count = 0
        for size in growing.sizes {
            var files = [
                "templates/note/template.yaml": growingNote, "templates/chat/template.yaml": growingChat,
                "placard.yaml": growingBase,
            ]
            files.merge(growing.files(size)) { $1 }
            let project = ProjectFiles(files.map { ProjectFiles.File(path: $0.key, bytes: Array($0.value.utf8)) })
            var result: Compilation?
            times.append(
                seconds { result = compile(project, knownDiagnostics: known, analysis: growing.analysis, now: 0) })
            guard let result else { continue }
            count = result.diagnostics.count
            let sources = files.mapValues { Array($0.utf8) }
            for format in DiagnosticFormat.allCases {
                rest[format, default: []].append(seconds { _ = render(result.diagnostics, files: sources, as: format) })
            }
            fixing.append(seconds { _ = applyFixIts(result.diagnostics, files: sources) })
            if !result.hasErrors {
                emitting.append(
                    seconds {
                        _ = emitBundle(result)
                        for file in emitPreview(result, title: "t", generator: "g") { _ = file.bytes }
                    })
            }
        }
        report(growing.testDescription, growing.sizes, times, "\(count) diagnostics")
        for format in DiagnosticFormat.allCases {
            if let times = rest[format], times.count == 3, times[2] > 0.3 {
                report("    as \(format.rawValue)", growing.sizes, times)
            }
        }
        if fixing.count == 3, fixing[2] > 0.1 { report("    fixed", growing.sizes, fixing) }
        if emitting.count == 3, emitting[2] > 0.1 { report("    emitted", growing.sizes, emitting) }
    }
}
