import CanonicalJSON
import ConformanceSupport
import Foundation
import TUF
import Testing

@Suite struct TUFVectorTests {
    @Test(.enabled(if: ConformanceData.isPresent))
    func theVectorsOfOthersPass() throws {
        let run = ConformanceRun("TUF vectors")
        let cases = try ConformanceData.load("tuf/vectors.json")?.array ?? []
        for item in cases {
            let key = "\(item["kind"]?.string ?? "?") \(item["name"]?.string ?? "?")"
            run.record(key, failure: failure(of: item))
        }
        if !cases.isEmpty, let expected = try ConformanceData.count("tuf/vectors.json") {
            #expect(run.count == expected)
        }
        #expect(run.finish())
    }

    /// What differs from what the case expects; nil when nothing does.
    private func failure(of item: JSONValue) -> String? {
        switch item["kind"]?.string {
        case "canonical": canonicalFailure(item)
        case "keyid": keyIDFailure(item)
        case "verify": verifyFailure(item)
        case let kind: "unknown kind \(kind ?? "none")"
        }
    }

    private func canonicalFailure(_ item: JSONValue) -> String? {
        do throws(TUFError) {
            let form = try MetadataValue(parsing: Array((item["json"]?.string ?? "").utf8)).canonicalForm
            guard item["error"]?.bool != true else { return "no error" }
            return base64(item["canonicalBase64"]) == form ? nil : String(decoding: form, as: UTF8.self)
        } catch {
            return item["error"]?.bool == true ? nil : "\(error)"
        }
    }

    private func keyIDFailure(_ item: JSONValue) -> String? {
        guard let key = key(item) else { return "the key cannot be read" }
        return key.id.description == item["keyid"]?.string ? nil : key.id.description
    }

    private func verifyFailure(_ item: JSONValue) -> String? {
        guard let payload = base64(item["payloadBase64"]), let signature = item["sig"]?.string else {
            return "malformed case"
        }
        // A key that cannot be read verifies nothing.
        let isValid = key(item)?.isValid(signature: signature, over: payload) ?? false
        return isValid == item["valid"]?.bool ? nil : "valid: \(isValid)"
    }

    private func key(_ item: JSONValue) -> PublicKey? {
        guard let bytes = item["key"]?.canonicalBytes, let value = try? MetadataValue(parsing: bytes) else {
            return nil
        }
        return try? PublicKey(value)
    }

    private func base64(_ value: JSONValue?) -> [UInt8]? {
        value?.string.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) }
    }
}
