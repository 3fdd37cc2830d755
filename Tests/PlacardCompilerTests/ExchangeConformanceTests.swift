import ConformanceSupport
import Foundation
import PlacardExchange
import Testing

/// OASIS's test suite of XLIFF 2: each valid file is read, with the units that it has; of the invalid ones those are refused, or have
/// their unit rejected, whose defect is in a text, a language or a name that an import goes by. What Placard writes is held against
/// the schemas and Schematron rules in `Tests/Scripts/exchange-test.py`.
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
    var refused = 0
    for path in paths.sorted() where path.hasSuffix(".xlf") {
        guard let data = FileManager.default.contents(atPath: folder + "/" + path) else { continue }
        let text = String(decoding: data, as: UTF8.self)
        let units = text.split(separator: "<unit").count - 1
        let isInvalid = path.contains("invalid/")
        do {
            let document = try readExchangeFile(Array(data))
            let count = Set(document.units.map(\.id) + document.rejected.map(\.id)).count
            if isInvalid, !document.rejected.isEmpty {
                refused += 1
                run.record(path, failure: nil)
            } else if isInvalid, unreadPart(of: text) == nil {
                run.record(path, failure: "it is read")
            } else {
                let isRead = count >= min(units, 1) && document.rejected.isEmpty
                run.record(
                    path, failure: isRead ? nil : "\(count) of \(units) units, \(document.rejected.map(\.reason))")
            }
        } catch {
            refused += isInvalid ? 1 : 0
            run.record(path, failure: isInvalid ? nil : "\(error)")
        }
    }
    run.finish()
    #expect(run.count >= 150)
    #expect(refused >= 40)
    #expect(run.failures == [])
}

/// What of an invalid file the reader does not look at, as no text, language or name depends on it; nil when the file has nothing of
/// the kind, so that it is to be refused.
private func unreadPart(of text: String) -> String? {
    let parts: [(reason: String, pattern: String)] = [
        ("modules and extensions are skipped", #"xmlns:\w+=|<[a-z]+:"#),
        ("notes, their marks in texts and skeletons are not translations", "<note|<mrk|<sm|<em|<skeleton"),
        (
            "what a tool may do with an inline code is held against the source by placeholders, not by hints",
            #"canReorder|canDelete|canCopy|canOverlap|isolated|copyOf|startRef|<sc|<ec|subFlows|subType|type=|<originalData>\s*</"#
        ),
        ("names of files and groups are not gone by", "<group|(?s)<file.*<file"),
        ("how a text is set is for the project to say", "xml:space|dir=|translate="),
        ("a state without its detail is the state", "subState"),
        ("a language of the file as a whole is that of its texts where they say none", "<(file|xliff)[^>]* xml:lang"),
    ]
    return parts.first { text.range(of: $0.pattern, options: .regularExpression) != nil }?.reason
}
