import ConformanceSupport
import Foundation
import PlacardExchange
import Testing

/// OASIS's test suite of XLIFF 2: each valid file is read, with the units that it has; of an invalid one the reader, which is
/// no validator, need only give an answer. What Placard writes is held against the schemas in
/// `Tests/Scripts/exchange-test.py`.
@Test(.enabled(if: ConformanceData.isPresent))
func theReaderOfXLIFFReadsTheTestSuiteOfOASIS() throws {
    let run = ConformanceRun(
        "XLIFF",
        expectedFailures: [
            "core/in-out/toRewrite2_in.xlf": "a target has a code that its source has not, and that says nothing",
            "core/in-out/toRewrite2_out.xlf": "a target has a code that its source has not, and that says nothing",
            "core/valid/allExtensions.xlf": "a target has a code that its source has not, and that says nothing",
        ])
    let folder = ConformanceData.folder + "/xliff/test-suite"
    let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    for path in paths.sorted() where path.hasSuffix(".xlf") {
        guard let data = FileManager.default.contents(atPath: folder + "/" + path) else { continue }
        let units = String(decoding: data, as: UTF8.self).split(separator: "<unit").count - 1
        do {
            let document = try readExchangeFile(Array(data))
            let count = Set(document.units.map(\.id) + document.rejected.map(\.id)).count
            let isRead = path.contains("invalid/") || count >= min(units, 1) && document.rejected.isEmpty
            run.record(path, failure: isRead ? nil : "\(count) of \(units) units, \(document.rejected.map(\.reason))")
        } catch {
            run.record(path, failure: path.contains("invalid/") ? nil : "\(error)")
        }
    }
    run.finish()
    #expect(run.count >= 150)
    #expect(run.failures == [])
}
