import Crypto
import Foundation
import TUF
import Testing

/// A signer with a fixed seed.
struct Signer {
    let key: Curve25519.Signing.PrivateKey
    let publicKey: PublicKey
    var id: KeyID { publicKey.id }

    init(_ seed: UInt8, note: String? = nil) throws {
        key = try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: seed, count: 32))
        let hex = key.publicKey.rawRepresentation.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined()
        var members: [MetadataValue.Member] = [
            .init("keytype", .string("ed25519")), .init("scheme", .string("ed25519")),
            .init("keyval", .object([.init("public", .string(hex))])),
        ]
        if let note { members.append(.init("note", .string(note))) }
        publicKey = try PublicKey(.object(members))
    }

    func signature(_ payload: String, id: KeyID? = nil) throws -> String {
        let bytes = try key.signature(for: Array(payload.utf8))
        let hex = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return "{\"keyid\":\"\(id ?? self.id)\",\"sig\":\"\(hex)\"}"
    }
}

@Suite struct EnvelopeTests {
    let payload = "{\"_type\":\"timestamp\",\"version\":1}"

    /// Verifies `signatures` around the payload; the number of those that count, nil when the threshold is not met.
    private func check(
        _ signatures: [String], _ signers: [Signer], threshold: Int, signed: String? = nil
    ) throws -> Int? {
        let text = "{\"signatures\":[\(signatures.joined(separator: ","))],\"signed\":\(signed ?? payload)}"
        let envelope = try SignedEnvelope(parsing: Array(text.utf8))
        let keys = Dictionary(uniqueKeysWithValues: signers.map { ($0.id, $0.publicKey) })
        return try? envelope.verify(keys: keys, authorized: signers.map { $0.id }, threshold: threshold).count
    }

    @Test func threshold() throws {
        let (a, b, c) = (try Signer(1), try Signer(2), try Signer(3))
        let both = [try a.signature(payload), try b.signature(payload)]
        #expect(try check(both, [a, b, c], threshold: 2) == 2)
        #expect(try check(both, [a, b, c], threshold: 3) == nil)
        #expect(try check(both, [a], threshold: 1) == 1)
        #expect(try check(both, [c], threshold: 1) == nil)
        #expect(try check(both, [a], threshold: 0) == nil)
        #expect(try check([], [a], threshold: 1) == nil)
    }

    @Test func spacingAndOrderOfMembersDoNotMatter() throws {
        let a = try Signer(1)
        let spaced = "{ \"version\" : 1,\n \"_type\" : \"timestamp\" }"
        #expect(try check([try a.signature(payload)], [a], threshold: 1, signed: spaced) == 1)
        #expect(try check([try a.signature(payload)], [a], threshold: 1, signed: "{\"version\":2}") == nil)
    }

    @Test func aKeyCountsOnce() throws {
        let a = try Signer(1)
        let signature = try a.signature(payload)
        #expect(try check([signature, signature], [a], threshold: 2) == nil)
        // The same key under another id, by a member that means nothing.
        let again = try Signer(1, note: "again")
        #expect(again.id != a.id)
        #expect(try check([signature, try again.signature(payload)], [a, again], threshold: 2) == nil)
        // An empty slot, and a signature under another's name.
        let b = try Signer(2)
        let empty = "{\"keyid\":\"\(b.id)\",\"sig\":\"\"}"
        #expect(try check([signature, empty], [a, b], threshold: 2) == nil)
        #expect(try check([signature, try a.signature(payload, id: b.id)], [a, b], threshold: 2) == nil)
    }

    @Test func anUnsupportedKeyNeverCounts() throws {
        let text = "{\"keytype\":\"rsa\",\"scheme\":\"rsassa-pss-sha256\",\"keyval\":{\"public\":\"PEM\"}}"
        let key = try PublicKey(MetadataValue(parsing: Array(text.utf8)))
        #expect(!key.isSupported)
        #expect(!key.isValid(signature: "00", over: []))
    }

    @Test(arguments: [
        "", "{}", "[]", "{\"signed\":{}}", "{\"signed\":1,\"signatures\":[]}", "{\"signed\":{},\"signatures\":{}}",
        "{\"signed\":{},\"signatures\":[1]}", "{\"signed\":{},\"signatures\":[{\"keyid\":\"a\"}]}",
        "{\"signed\":{},\"signatures\":[],\"signed\":{}}", "{\"signed\":{\"a\":1.0},\"signatures\":[]}",
        "{\"signed\":{\"a\":1e3},\"signatures\":[]}", "{\"signed\":{\"a\":01},\"signatures\":[]}",
        "{\"signed\":{\"a\":-},\"signatures\":[]}", "{\"signed\":{},\"signatures\":[]}x", "{\"signed\":{\"a",
        "{\"signed\":{\"\\", "{\"signed\":{\"\\ud800\":1},\"signatures\":[]}", "\"\\\"",
    ])
    func hostileEnvelopes(_ text: String) {
        #expect(throws: TUFError.self) { try SignedEnvelope(parsing: Array(text.utf8)) }
    }

    @Test func limits() throws {
        let deep = MetadataValue.nestingLimit + 2
        let nested = String(repeating: "[", count: deep) + String(repeating: "]", count: deep)
        #expect(throws: TUFError.self) { try MetadataValue(parsing: Array(nested.utf8)) }
        let long = String(repeating: "9", count: MetadataValue.digitLimit + 1)
        #expect(throws: TUFError.self) { try MetadataValue(parsing: Array(long.utf8)) }
        let signature = "{\"keyid\":\"a\",\"sig\":\"\"}"
        let many = Array(repeating: signature, count: SignedEnvelope.signatureLimit + 1).joined(separator: ",")
        #expect(throws: TUFError.self) {
            try SignedEnvelope(parsing: Array("{\"signed\":{},\"signatures\":[\(many)]}".utf8))
        }
    }

    @Test(arguments: [
        "{}", "{\"keytype\":\"ed25519\",\"scheme\":\"ed25519\",\"keyval\":{\"public\":\"00\"}}",
        "{\"keytype\":\"ed25519\",\"scheme\":\"ed25519\",\"keyval\":{\"public\":\"zz\"}}",
        "{\"keytype\":\"ed25519\",\"scheme\":\"ed25519\",\"keyval\":\"00\"}",
        "{\"keytype\":\"ecdsa\",\"scheme\":\"ecdsa-sha2-nistp256\",\"keyval\":{\"public\":\"-----BEGIN\"}}",
    ])
    func hostileKeys(_ text: String) throws {
        let value = try MetadataValue(parsing: Array(text.utf8))
        #expect(throws: TUFError.self) { try PublicKey(value) }
    }

    @Test func canonicalForm() throws {
        func check(_ json: String, _ expected: String) throws {
            let form = try MetadataValue(parsing: Array(json.utf8)).canonicalForm
            #expect(String(decoding: form, as: UTF8.self) == expected)
        }
        try check(" { \"b\" : -0 , \"a\" : [ true , null ] } ", "{\"a\":[true,null],\"b\":0}")
        try check("\"\\n\\u00e9\\/\\\\\\\"\"", "\"\n\u{E9}/\\\\\\\"\"")
        // By code points, not by UTF-16 units: U+FFFF comes before U+10000.
        try check("{\"\\ud800\\udc00\":1,\"\\uffff\":2}", "{\"\u{FFFF}\":2,\"\u{10000}\":1}")
        try check("123456789012345678901234567890", "123456789012345678901234567890")
    }
}
