import CanonicalJSON
import ConformanceSupport
import Foundation
import Testing

@testable import PlacardEngine

/// MurmurHash3 and draws by the data of other systems: the hash itself, Unleash's buckets and whole strategies
/// over our hash, and GrowthBook's arithmetic.
@Suite struct BucketingConformanceTests {
    @Test(.enabled(if: ConformanceData.isPresent))
    func drawsAgreeWithOtherSystems() throws {
        let run = ConformanceRun("bucketing")
        var expected = 0
        func add(_ path: String, _ body: (JSONValue) -> Void) throws {
            let before = run.count
            let json = try #require(try ConformanceData.load(path), "no \(path)")
            body(json)
            let count = try ConformanceData.count(path)
            expected += count ?? 0
            #expect(run.count - before == count ?? 0, "\(path)")
        }
        try add("bucketing/murmur3_x86_32.json") { murmur($0, run) }
        try add("bucketing/unleash-normalized.json") { normalized($0, run) }
        try add("bucketing/unleash-counts.json") { counts($0, run) }
        for path in ConformanceData.files(in: "bucketing/unleash") {
            try add(path) { UnleashSpecification($0).run(into: run, path) }
        }
        try add("bucketing/growthbook.json") { growthBook($0, run) }
        #expect(run.count == expected)
        #expect(run.finish())
    }

    private func murmur(_ json: JSONValue, _ run: ConformanceRun) {
        for (index, item) in (json.array ?? []).enumerated() {
            let bytes =
                item["input"]?.string.map { [UInt8]($0.utf8) }
                ?? item["inputBase64"]?.string.flatMap {
                    Data(base64Encoded: $0).map { [UInt8]($0) }
                }
            guard let bytes, let seed = item["seed"]?.number, let wanted = item["hash"]?.number else {
                run.record("murmur3/\(index)", failure: "malformed case")
                continue
            }
            let hash = murmurHash3(bytes, seed: UInt32(seed))
            run.record("murmur3/\(index)", failure: Double(hash) == wanted ? nil : "\(hash), wanted \(wanted)")
        }
    }

    private func normalized(_ json: JSONValue, _ run: ConformanceRun) {
        for (index, item) in (json.array ?? []).enumerated() {
            guard let group = item["groupId"]?.string, let id = item["id"]?.string,
                let normalizer = item["normalizer"]?.integer, let seed = item["seed"]?.number,
                let wanted = item["value"]?.integer
            else {
                run.record("normalized/\(index)", failure: "malformed case")
                continue
            }
            let value = unleashBucket(group: group, id: id, of: normalizer, seed: UInt32(seed))
            run.record("normalized/\(index)", failure: value == wanted ? nil : "\(value), wanted \(wanted)")
        }
    }

    private func counts(_ json: JSONValue, _ run: ConformanceRun) {
        for (index, item) in (json.array ?? []).enumerated() {
            guard let group = item["groupId"]?.string, let share = item["rolloutPercentage"]?.integer,
                let wanted = item["enabledCount"]?.integer
            else {
                run.record("counts/\(index)", failure: "malformed case")
                continue
            }
            let count = (0..<10_000).count { unleashBucket(group: group, id: "user-\($0)", of: 100) <= share }
            run.record("counts/\(index)", failure: count == wanted ? nil : "\(count), wanted \(wanted)")
        }
    }

    private func growthBook(_ json: JSONValue, _ run: ConformanceRun) {
        for section in ["hash", "getBucketRange", "chooseVariation", "inNamespace", "getEqualWeights"] {
            for (index, item) in (json[section]?.array ?? []).enumerated() {
                let parts = item.array ?? []
                run.record("growthbook/\(section)/\(index)", failure: GrowthBook.failure(section, parts))
            }
        }
    }
}
