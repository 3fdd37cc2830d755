import TUF
import Testing

/// A signer whose private key is 32 times the byte of its number, and whose one signature is over ``payload``: Ed25519 gives the
/// same one always (RFC 8032, section 5.1.6), here as Python's `cryptography` wrote it.
struct Signer {
    static let payload = "{\"_type\":\"timestamp\",\"version\":1}"

    private static let keys: [(key: String, signature: String)] = [
        (
            "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c",
            "90c24edc258a8d6652f8c8ee1eb4b63029b25d79c4f33ca3ff637281b77cc6e8ca27f07eade4d644d36920fb51d5c5739abbb27a4c0c8ea48c30d439bc8a3a05"
        ),
        (
            "8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394",
            "d1ff9f8e44b11e344b9606da1779fba09320bef00c10067c4c3fc250a59af6e813e99c7cd6d1d343f007d568190a7ddc07734eb184e3e7b204926e929c4c5208"
        ),
        (
            "ed4928c628d1c2c6eae90338905995612959273a5c63f93636c14614ac8737d1",
            "2366c183db66ab0fcb732001b4276410b9b5f88488c59e6acdb5cef316e32c6d9ccc593712bb47716f6276efd1fd547343dcbd5888479aaf797babdd30a28302"
        ),
    ]

    let publicKey: PublicKey
    private let text: String
    var id: KeyID { publicKey.id }

    init(_ number: Int, note: String? = nil) throws {
        let known = Signer.keys[number - 1]
        var members: [MetadataValue.Member] = [
            .init("keytype", .string("ed25519")), .init("scheme", .string("ed25519")),
            .init("keyval", .object([.init("public", .string(known.key))])),
        ]
        if let note { members.append(.init("note", .string(note))) }
        publicKey = try PublicKey(.object(members))
        text = known.signature
    }

    /// The signature as metadata lists it, under the signer's own id or under another's.
    func signature(id: KeyID? = nil) -> String {
        "{\"keyid\":\"\(id ?? self.id)\",\"sig\":\"\(text)\"}"
    }
}

@Suite struct EnvelopeTests {
    /// Verifies `signatures` around the payload; the number of those that count, nil when the threshold is not met.
    private func check(
        _ signatures: [String], _ signers: [Signer], threshold: Int, signed: String? = nil
    ) throws -> Int? {
        let text = "{\"signatures\":[\(signatures.joined(separator: ","))],\"signed\":\(signed ?? Signer.payload)}"
        let envelope = try SignedEnvelope(parsing: Array(text.utf8))
        let keys = Dictionary(uniqueKeysWithValues: signers.map { ($0.id, $0.publicKey) })
        return try? envelope.verify(keys: keys, authorized: signers.map { $0.id }, threshold: threshold).count
    }

    @Test func aThresholdOfKeysMustSign() throws {
        let (a, b, c) = (try Signer(1), try Signer(2), try Signer(3))
        let both = [a.signature(), b.signature()]
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
        #expect(try check([a.signature()], [a], threshold: 1, signed: spaced) == 1)
        #expect(try check([a.signature()], [a], threshold: 1, signed: "{\"version\":2}") == nil)
    }

    @Test func aKeyCountsOnce() throws {
        let a = try Signer(1)
        let signature = a.signature()
        // "MUST be unique" (section 4.2.1): not even one of them is looked at.
        #expect(throws: TUFError.self) { try check([signature, signature], [a], threshold: 1) }
        // The same key under another id, by a member that means nothing.
        let again = try Signer(1, note: "again")
        #expect(again.id != a.id)
        #expect(try check([signature, again.signature()], [a, again], threshold: 2) == nil)
        // An empty slot, and a signature under another's name.
        let b = try Signer(2)
        let empty = "{\"keyid\":\"\(b.id)\",\"sig\":\"\"}"
        #expect(try check([signature, empty], [a, b], threshold: 2) == nil)
        #expect(try check([signature, a.signature(id: b.id)], [a, b], threshold: 2) == nil)
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
    func hostileEnvelopesAreRefused(_ text: String) {
        #expect(throws: TUFError.self) { try SignedEnvelope(parsing: Array(text.utf8)) }
    }

    @Test func metadataHasLimits() throws {
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
    func hostileKeysAreRefused(_ text: String) throws {
        let value = try MetadataValue(parsing: Array(text.utf8))
        #expect(throws: TUFError.self) { try PublicKey(value) }
    }

    @Test func metadataHasACanonicalForm() throws {
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
