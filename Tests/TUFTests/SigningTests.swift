import Cryptography
import TUF
import TUFSupport
import Testing

@Suite struct ThresholdTests {
    @Test(arguments: [TopLevelRole.timestamp, .snapshot, .targets])
    func aRoleNeedsItsThreshold(_ role: TopLevelRole) throws {
        var repository = try SimulatedRepository()
        try repository.addKey(role)
        repository.root[role].threshold = 2
        try repository.publishRoot()
        try repository.publish()
        var client = SimulatedClient(repository)
        try client.update(from: repository)
        repository.signers[role]?.removeLast()
        try repository.publish()
        #expect(client.refusal(of: repository)?.reason == .thresholdNotMet(required: 2, valid: 1))
    }

    @Test func oneKeyUnderTwoIdsCountsOnce() throws {
        var repository = try SimulatedRepository()
        let key = try #require(repository.signers[.snapshot]?.first)
        guard case .object(var members) = key.publicKey.value else { return }
        members.append(.init("note", .string("again")))
        let again = try PublicKey(.object(members))
        repository.root.keys[again.id] = again
        repository.root[.snapshot] = RoleKeys(keyIDs: [key.publicKey.id, again.id], threshold: 2)
        try repository.publishRoot()
        repository.snapshot.version += 1
        var envelope = SignedEnvelope(repository.snapshot.signed)
        let signature = try key.sign(envelope.payload)
        envelope.add(signature)
        envelope.add(SignedEnvelope.Signature(keyID: again.id, text: signature.text))
        repository.files["2.snapshot.json"] = envelope.bytes
        repository.timestamp.snapshot = MetadataFile(version: 2, envelope.bytes)
        try repository.publishTimestamp()
        var client = SimulatedClient(repository)
        #expect(client.refusal(of: repository)?.reason == .thresholdNotMet(required: 2, valid: 1))
    }

    @Test func aKeyIDThatIsNotTheHashOfItsKeyIsRefused() throws {
        var repository = try SimulatedRepository()
        let key = try PrivateKey.generate()
        repository.root.keys[KeyID("00ff")] = key.publicKey
        try repository.publishRoot()
        var client = SimulatedClient(repository)
        let reason = TUFError.malformedKey(reason: "the key id `00ff` is not the hash of its key")
        #expect(client.refusal(of: repository) == UntrustedFile(file: "2.root.json", reason: reason))
    }

    @Test func aRoleThatListsAKeyTwiceIsRefused() throws {
        var repository = try SimulatedRepository()
        repository.root[.snapshot].keyIDs += repository.root[.snapshot].keyIDs
        try repository.publishRoot()
        var client = SimulatedClient(repository)
        #expect(client.refusal(of: repository)?.file == "2.root.json")
    }

    @Test func rootsNeedTheOldKeysAndTheNew() throws {
        var repository = try SimulatedRepository()
        let old = try #require(repository.signers[.root])
        try repository.rotate(.root)
        var forged = repository
        forged.signers[.root]?.removeAll { key in old.contains { $0.publicKey.id == key.publicKey.id } }
        try forged.publishRoot()
        var client = SimulatedClient(repository)
        #expect(client.refusal(of: forged)?.reason == .thresholdNotMet(required: 1, valid: 0))
        var unsigned = repository
        unsigned.signers[.root] = old
        try unsigned.publishRoot()
        #expect(client.refusal(of: unsigned)?.reason == .thresholdNotMet(required: 1, valid: 0))
        try repository.publishRoot()
        #expect(try client.update(from: repository).root.version == 2)
        // From here on the old key counts for nothing.
        repository.signers[.root] = old
        try repository.publishRoot()
        #expect(client.refusal(of: repository)?.reason == .thresholdNotMet(required: 1, valid: 0))
    }

    @Test func rootsComeOneAfterTheOther() throws {
        var repository = try SimulatedRepository()
        repository.root.version = 2
        try repository.publishRoot()
        repository.files["2.root.json"] = repository.files["3.root.json"]
        var client = SimulatedClient(repository)
        #expect(client.refusal(of: repository)?.reason == .wrongVersion(expected: 2, found: 3))
    }

    @Test func noMoreRootsAreFetchedThanTheLimit() throws {
        var repository = try SimulatedRepository()
        for _ in 0..<4 { try repository.publishRoot() }
        var limits = MetadataUpdate.Limits()
        limits.rootCount = 2
        var update = try MetadataUpdate(
            root: repository.files["1.root.json"] ?? [], now: SimulatedRepository.now, limits: limits)
        _ = try update.receive(repository.files["2.root.json"])
        _ = try update.receive(repository.files["3.root.json"])
        #expect(update.request?.path == "timestamp.json")
    }

    @Test func aPinnedRootMustBeSignedByItself() throws {
        let repository = try SimulatedRepository()
        var envelope = SignedEnvelope(repository.root.signed)
        #expect(throws: UntrustedFile.self) {
            try MetadataUpdate(root: envelope.bytes, now: SimulatedRepository.now)
        }
        envelope.add(try PrivateKey.generate().sign(envelope.payload))
        #expect(throws: UntrustedFile.self) {
            try MetadataUpdate(root: envelope.bytes, now: SimulatedRepository.now)
        }
    }
}

@Suite struct PrivateKeyTests {
    @Test(arguments: PrivateKey.Scheme.allCases)
    func aKeyIsReadBackFromItsPEM(_ scheme: PrivateKey.Scheme) throws {
        let key = try PrivateKey.generate(scheme)
        let again = try PrivateKey(pem: key.pem)
        #expect(again.publicKey.id == key.publicKey.id)
        #expect(again.scheme == scheme)
        let message = Array("message".utf8)
        #expect(key.publicKey.isValid(signature: try again.sign(message).text, over: message))
        #expect(!key.publicKey.isValid(signature: try again.sign(message).text, over: message + [0]))
    }

    /// `openssl pkey` of OpenSSL 3.0 wrote these, of a secret that is 32 times 7, and their public keys.
    @Test(arguments: [
        (
            "MC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH",
            "MCowBQYDK2VwAyEA6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw="
        ),
        (
            "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBwcHBwcHBwcHBwcH\nBwcHBwcHBwcHBwcHBwcHBwcHBwehRANCAAQeGFMv1HVMAvMEHZx1zrM7g//YGsfO\nT+iCzLHJi8WJbqRsMRxOL/QN2Wo2U+bkVEXTLf5Ibs7XXHqQxqGIgcCj",
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEHhhTL9R1TALzBB2cdc6zO4P/2BrH\nzk/ogsyxyYvFiW6kbDEcTi/0DdlqNlPm5FRF0y3+SG7O11x6kMahiIHAow=="
        ),
    ])
    func keysOfOpenSSLAreRead(_ secret: String, _ key: String) throws {
        let secret = "-----BEGIN PRIVATE KEY-----\n\(secret)\n-----END PRIVATE KEY-----\n"
        let read = try PrivateKey(pem: secret)
        #expect(read.pem == secret)
        let id = try? PublicKey(pem: "-----BEGIN PUBLIC KEY-----\n\(key)\n-----END PUBLIC KEY-----\n").id
        #expect(read.publicKey.id == id)
    }

    @Test(arguments: [
        "", "key", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n-----END PRIVATE KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMC4C\n-----END ENCRYPTED PRIVATE KEY-----\n",
    ])
    func otherTextsAreNoKeys(_ text: String) {
        #expect(throws: TUFError.self) { try PrivateKey(pem: text) }
    }

    @Test func nothingOfASecretIsPrinted() throws {
        let key = try PrivateKey.generate()
        var printed = ""
        dump(key, to: &printed)
        printed += "\(key) \(String(reflecting: key)) \(key.publicKey)"
        let secret = key.pem.split(separator: "\n")[1].suffix(40)
        #expect(!printed.contains(secret))
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"), (951_868_800, "2000-03-01T00:00:00Z"),
            (1_709_164_800, "2024-02-29T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
            (-1, "1969-12-31T23:59:59Z"),
        ] as [(Int64, String)])
    func timesAreWrittenAndRead(_ seconds: Int64, _ text: String) {
        #expect("\(UTCTime(seconds: seconds))" == text)
        #expect(UTCTime(text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01T24:00:00Z",
        "2024-01-01T00:00:00", "2024-01-01T00:00:00+00:00", "2024-01-01 00:00:00Z", "2024-1-1T00:00:00Z",
        "2024-01-00T00:00:00Z", "-024-01-01T00:00:00Z",
    ])
    func otherTimesAreRefused(_ text: String) {
        #expect(UTCTime(text) == nil)
    }
}
