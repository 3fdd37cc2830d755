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

/// Counts the cases of one suite and prints `NAME: N passed, N expected failures, N failed`.
public final class ConformanceRun {
    public let name: String
    private let expectedFailures: [String: String]
    private var passed = 0
    private var expected = 0
    public private(set) var failures: [String] = []

    /// - Parameter expectedFailures: reason by case key. A listed case that passes is a failure too.
    public init(_ name: String, expectedFailures: [String: String] = [:]) {
        self.name = name
        self.expectedFailures = expectedFailures
    }

    /// Number of cases recorded.
    public var count: Int { passed + expected + failures.count }

    /// Records one case: `detail` is nil when it passed, else what differs.
    public func record(_ key: String, failure detail: String?) {
        switch (detail, expectedFailures[key]) {
        case (nil, nil): passed += 1
        case (nil, .some): failures.append("\(key): passes, though listed as an expected failure")
        case (.some, .some): expected += 1
        case (let detail?, nil): failures.append("\(key): \(detail)")
        }
    }

    /// Prints the line and up to `limit` failures; true when nothing failed.
    @discardableResult
    public func finish(showing limit: Int = 40) -> Bool {
        for failure in failures.prefix(limit) { print("  \(name) FAILED \(failure)") }
        if failures.count > limit { print("  … and \(failures.count - limit) more") }
        print("\(name): \(passed) passed, \(expected) expected failures, \(failures.count) failed")
        return failures.isEmpty
    }
}
