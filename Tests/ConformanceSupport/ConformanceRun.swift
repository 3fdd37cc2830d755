import CanonicalJSON
import Foundation

/// Official test data, read from the folder that `PLACARD_CONFORMANCE` names
/// (by default `../shared/conformance` beside the repository).
public enum ConformanceData {
    public static let folder: String =
        ProcessInfo.processInfo.environment["PLACARD_CONFORMANCE"]
        ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../shared/conformance").standardizedFileURL.path

    /// Whether the data is there; without it the conformance tests are skipped, and say so.
    public static var isPresent: Bool {
        let found = FileManager.default.fileExists(atPath: folder + "/COUNTS.json")
        if !found { print("conformance: skipped, no data at \(folder) (set PLACARD_CONFORMANCE)") }
        return found
    }

    /// The JSON of one file, or nil when this data set does not have it.
    public static func load(_ path: String) throws -> JSONValue? {
        guard let data = FileManager.default.contents(atPath: folder + "/" + path) else { return nil }
        return try JSONValue(parsing: [UInt8](data))
    }

    /// The `.json` files of a folder, in order, as paths relative to the data folder; subfolders included.
    public static func files(in path: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: folder + "/" + path)?.compactMap { $0 as? String } ?? []
        return all.filter { $0.hasSuffix(".json") }.sorted().map { path + "/" + $0 }
    }

    /// How many cases `COUNTS.json` promises for a file; `key` is `cases`, or for CEL `usable`.
    public static func count(_ path: String, _ key: String = "cases") throws -> Int? {
        try load("COUNTS.json")?[path]?[key]?.integer
    }
}

/// Counts the cases of one suite and prints `NAME: N passed, N expected failures, N failed`, after a line for each reason why
/// cases are expected to fail, or tell nothing here.
///
/// An expected failure has a reason that a rule gives, from the case and not from its name, so that other cases of the same
/// suite are judged alike. It is run like any other; one that passes is a failure.
public final class ConformanceRun {
    public let name: String
    private let expectedFailures: [String: String]
    private var passed = 0
    private var expected = 0
    private var skipped = 0
    /// How often each reason was given.
    private var reasons: [String: Int] = [:]
    public private(set) var failures: [String] = []

    /// - Parameter expectedFailures: reason by case key. A listed case that passes is a failure too.
    public init(_ name: String, expectedFailures: [String: String] = [:]) {
        self.name = name
        self.expectedFailures = expectedFailures
    }

    /// Number of cases recorded, those that tell nothing among them.
    public var count: Int { passed + expected + skipped + failures.count }

    /// Records one case: `detail` is nil when it passed, else what differs.
    public func record(_ key: String, failure detail: String?) {
        record(key, failure: detail, expected: expectedFailures[key])
    }

    /// Records one case, whose failure is expected for a reason or, with nil, not at all.
    public func record(_ key: String, failure detail: String?, expected reason: String?) {
        switch (detail, reason) {
        case (nil, nil): passed += 1
        case (nil, .some): failures.append("\(key): passes, though listed as an expected failure")
        case (.some, let reason?):
            expected += 1
            reasons[reason, default: 0] += 1
        case (let detail?, nil): failures.append("\(key): \(detail)")
        }
    }

    /// Counts a case that cannot be put into words here, or whose outcome would show nothing.
    public func skip(_ key: String, because reason: String) {
        skipped += 1
        reasons["not judged: " + reason, default: 0] += 1
    }

    /// Prints the line and up to `limit` failures; true when nothing failed.
    @discardableResult
    public func finish(showing limit: Int = 40) -> Bool {
        for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) { print("  \(name): \(count) × \(reason)") }
        for failure in failures.prefix(limit) { print("  \(name) FAILED \(failure)") }
        if failures.count > limit { print("  … and \(failures.count - limit) more") }
        print("\(name): \(passed) passed, \(expected) expected failures, \(failures.count) failed")
        return failures.isEmpty
    }
}
