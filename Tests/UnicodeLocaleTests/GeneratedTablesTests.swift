import ConformanceSupport
import Foundation
import Testing

/// The tables in the repository are what their generator makes of the data.
@Suite(.enabled(if: ConformanceData.isPresent)) struct GeneratedTablesTests {
    @Test func localeTablesAreUpToDate() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
            .standardizedFileURL
        let output = FileManager.default.temporaryDirectory.appendingPathComponent("locale-tables-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: output) }
        let generator = Process()
        generator.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        generator.arguments = [
            "python3", root.appendingPathComponent("Tests/Generators/generate-locale-tables.py").path, output.path,
        ]
        var environment = ProcessInfo.processInfo.environment
        environment["PLACARD_CONFORMANCE"] = ConformanceData.folder
        generator.environment = environment
        try generator.run()
        generator.waitUntilExit()
        #expect(generator.terminationStatus == 0)
        for name in ["LocaleData.swift", "PluralData.swift", "MatchingData.swift"] {
            let made = try String(contentsOf: output.appendingPathComponent(name), encoding: .utf8)
            let file = root.appendingPathComponent("Sources/UnicodeLocale/Generated").appendingPathComponent(name)
            #expect(
                try String(contentsOf: file, encoding: .utf8) == made, "run Tests/Generators/generate-locale-tables.py")
        }
    }
}
