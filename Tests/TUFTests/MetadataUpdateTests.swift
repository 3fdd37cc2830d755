import Cryptography
import TUF
import TUFSupport
import Testing

@Suite struct MetadataUpdateTests {
    @Test(arguments: PrivateKey.Scheme.allCases)
    func aFirstUpdateFetchesEachRoleOnceAndGivesTheTargets(_ scheme: PrivateKey.Scheme) throws {
        var repository = try SimulatedRepository(scheme: scheme)
        repository.targets.targets["manifest.json"] = TargetFile("manifest.json", "{}")
        try repository.publish()
        var client = SimulatedClient(repository)
        let update = try client.update(from: repository)
        #expect(client.requests == ["2.root.json", "timestamp.json", "2.snapshot.json", "2.targets.json"])
        let target = try #require(update.target("manifest.json"))
        #expect(
            update.servedPath(of: target)
                == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a.manifest.json")
        try target.verify(Array("{}".utf8))
        #expect(update.target("other.json") == nil)
    }

    @Test func anUpdateWithoutNewsFetchesTheTimestampAlone() throws {
        let repository = try SimulatedRepository()
        var client = SimulatedClient(repository)
        try client.update(from: repository)
        let kept = client.kept
        try client.update(from: repository)
        #expect(client.requests == ["2.root.json", "timestamp.json"])
        #expect(client.kept == kept)
    }

    @Test func damagedFilesThatWereKeptAreFetchedAnew() throws {
        let repository = try SimulatedRepository()
        var client = SimulatedClient(repository)
        try client.update(from: repository)
        let whole = client.kept
        for name in ["timestamp.json", "snapshot.json", "targets.json"] {
            client.kept = whole
            client.kept[name]?[40] ^= 1
            try client.update(from: repository)
            #expect(client.kept == whole, "\(name)")
        }
    }

    @Test func aRefusedAnswerChangesNothingAndAnotherMayCome() throws {
        let repository = try SimulatedRepository()
        var update = try MetadataUpdate(
            root: repository.files["1.root.json"] ?? [], now: SimulatedRepository.now)
        _ = try update.receive(nil)
        let request = update.request
        #expect(throws: UntrustedFile.self) { try update.receive(Array("{}".utf8)) }
        #expect(update.request == request)
        _ = try update.receive(repository.files["timestamp.json"])
        #expect(update.timestamp?.version == 1)
    }

    // MARK: Rollback

    @Test func anOlderTimestampIsRefused() throws {
        var repository = try SimulatedRepository()
        let old = repository.files["timestamp.json"]
        try repository.publishTimestamp()
        var client = SimulatedClient(repository)
        try client.update(from: repository)
        repository.files["timestamp.json"] = old
        let reason = TUFError.rollback(file: "timestamp.json", trusted: 2, found: 1)
        #expect(client.refusal(of: repository) == UntrustedFile(file: "timestamp.json", reason: reason))
    }

    @Test func anOlderSnapshotIsRefused() throws {
        var repository = try SimulatedRepository()
        try repository.publishSnapshot()
        try repository.publishTimestamp()
        var client = SimulatedClient(repository)
        try client.update(from: repository)
        repository.snapshot.version = 0
        try repository.publishSnapshot()
        try repository.publishTimestamp()
        #expect(client.refusal(of: repository)?.reason == .rollback(file: "snapshot.json", trusted: 2, found: 1))
    }

    @Test func olderTargetsInANewSnapshotAreRefused() throws {
        var repository = try SimulatedRepository()
        try repository.publish()
        var client = SimulatedClient(repository)
        try client.update(from: repository)
        repository.targets.version = 0
        try repository.publish()
        let refusal = client.refusal(of: repository)
        #expect(refusal?.file == "3.snapshot.json")
        #expect(refusal?.reason == .rollback(file: "targets.json", trusted: 2, found: 1))
    }

    @Test func aSnapshotThatForgetsAFileIsRefused() throws {
        var repository = try SimulatedRepository()
        repository.snapshot.files["other.json"] = MetadataFile(version: 1)
        try repository.publish()
        var client = SimulatedClient(repository)
        try client.update(from: repository)
        repository.snapshot.files["other.json"] = nil
        try repository.publish()
        #expect(client.refusal(of: repository)?.reason == .removed(file: "other.json"))
    }

    @Test(arguments: [[TopLevelRole.timestamp], [.timestamp, .snapshot]])
    func newKeysLetVersionsFallOnce(_ rotated: [TopLevelRole]) throws {
        var repository = try SimulatedRepository()
        repository.timestamp.version = 900
        if rotated.contains(.snapshot) { repository.snapshot.version = 900 }
        try repository.publish()
        var client = SimulatedClient(repository)
        try client.update(from: repository)
        for role in rotated { try repository.rotate(role) }
        repository.timestamp.version = 1
        if rotated.contains(.snapshot) { repository.snapshot.version = 1 }
        try repository.publishRoot()
        try repository.publish()
        #expect(try client.update(from: repository).timestamp?.version == 2)
        repository.timestamp.version = 0
        try repository.publishTimestamp()
        #expect(client.refusal(of: repository)?.reason == .rollback(file: "timestamp.json", trusted: 2, found: 1))
    }

    @Test func oneOfTwoNewKeysIsEnoughToRecoverThoughTheUpdateEndsAfterTheRoot() throws {
        var repository = try SimulatedRepository()
        try repository.addKey(.timestamp)
        repository.timestamp.version = 900
        try repository.publishRoot()
        try repository.publish()
        var client = SimulatedClient(repository)
        try client.update(from: repository)
        // The second key, which is in the hands of others, goes; the first stays.
        repository.signers[.timestamp]?.removeLast()
        repository.root[.timestamp].keyIDs.removeLast()
        repository.root.removeUnusedKeys()
        repository.timestamp.version = 1
        try repository.publishRoot()
        try repository.publishTimestamp()
        var cut = repository
        cut.files["timestamp.json"] = nil
        #expect(client.refusal(of: cut)?.reason == .missing)
        #expect(try client.update(from: repository).timestamp?.version == 2)
    }

    // MARK: Freeze

    @Test(arguments: TopLevelRole.allCases)
    func whatHasExpiredIsRefused(_ role: TopLevelRole) throws {
        var repository = try SimulatedRepository()
        let end = UTCTime(seconds: SimulatedRepository.now.seconds + 10)
        switch role {
        case .root: repository.root.expires = end
        case .timestamp: repository.timestamp.expires = end
        case .snapshot: repository.snapshot.expires = end
        case .targets: repository.targets.expires = end
        }
        if role == .root { try repository.publishRoot() }
        try repository.publish()
        var client = SimulatedClient(repository)
        try client.update(from: repository, now: UTCTime(seconds: end.seconds - 1))
        // Whether it is fetched or was kept.
        #expect(client.refusal(of: repository, now: end)?.reason == .expired(end))
        var fresh = SimulatedClient(repository)
        #expect(fresh.refusal(of: repository, now: end)?.reason == .expired(end))
    }

    @Test func aRootThatHasExpiredLeadsToTheNext() throws {
        var repository = try SimulatedRepository()
        repository.root.expires = UTCTime(seconds: SimulatedRepository.now.seconds - 10)
        try repository.publishRoot()
        repository.root.expires = SimulatedRepository.later
        try repository.publishRoot()
        var client = SimulatedClient(repository)
        #expect(try client.update(from: repository).root.version == 3)
    }

    // MARK: Mix-and-match

    @Test func aSnapshotOfAnotherTimeIsRefused() throws {
        var repository = try SimulatedRepository()
        let old = repository.files["1.snapshot.json"]
        try repository.publish()
        repository.files["2.snapshot.json"] = old
        var client = SimulatedClient(repository)
        #expect(client.refusal(of: repository)?.file == "2.snapshot.json")
        // Not by its hash alone: neither where the timestamp lists none.
        repository.timestamp.snapshot.hashes = []
        repository.timestamp.snapshot.length = nil
        try repository.publishTimestamp()
        #expect(client.refusal(of: repository)?.reason == .wrongVersion(expected: 2, found: 1))
    }

    @Test func targetsOfAnotherTimeAreRefused() throws {
        var repository = try SimulatedRepository()
        let old = repository.files["1.targets.json"]
        try repository.publish()
        repository.files["2.targets.json"] = old
        var client = SimulatedClient(repository)
        #expect(client.refusal(of: repository)?.file == "2.targets.json")
        repository.snapshot.files["targets.json"] = MetadataFile(version: 2)
        try repository.publishSnapshot()
        try repository.publishTimestamp()
        #expect(client.refusal(of: repository)?.reason == .wrongVersion(expected: 2, found: 1))
    }

    @Test func oneRoleDoesNotPassForAnother() throws {
        var repository = try SimulatedRepository()
        // One key for all: the type still tells them apart.
        let all = repository.signers[.root] ?? []
        for role in TopLevelRole.allCases {
            repository.signers[role] = all
            repository.root[role].keyIDs = all.map(\.publicKey.id)
        }
        repository.root.version = 0
        try repository.publishRoot()
        try repository.publish()
        repository.files["timestamp.json"] = repository.files["2.snapshot.json"]
        var client = SimulatedClient(repository)
        guard case .malformedMetadata = client.refusal(of: repository)?.reason else {
            Issue.record("a snapshot was read as a timestamp")
            return
        }
    }

    // MARK: Lengths and hashes

    @Test func wrongLengthsAndHashesOfMetadataAreRefused() throws {
        var repository = try SimulatedRepository()
        let bytes = try #require(repository.files["1.snapshot.json"])
        var client = SimulatedClient(repository)
        repository.files["1.snapshot.json"] = bytes + [0x20]
        #expect(client.refusal(of: repository)?.reason == .tooLong(limit: bytes.count))
        repository.files["1.snapshot.json"] = Array(bytes.dropLast())
        #expect(client.refusal(of: repository)?.reason == .wrongLength(expected: bytes.count, found: bytes.count - 1))
        repository.files["1.snapshot.json"] = bytes.dropLast() + [0x20]
        #expect(client.refusal(of: repository)?.reason == .wrongHash(algorithm: "sha256"))
    }

    @Test func metadataLongerThanItsLimitIsRefused() throws {
        var repository = try SimulatedRepository()
        var client = SimulatedClient(repository)
        let limits = MetadataUpdate.Limits()
        let space = [UInt8](repeating: 0x20, count: limits.timestamp)
        repository.files["timestamp.json"] = (repository.files["timestamp.json"] ?? []) + space
        #expect(client.refusal(of: repository)?.reason == .tooLong(limit: limits.timestamp))
        repository.files["2.root.json"] = [UInt8](repeating: 0x20, count: limits.root + 1)
        #expect(client.refusal(of: repository)?.reason == .tooLong(limit: limits.root))
    }

    @Test func targetsAreCheckedWhileTheyCome() throws {
        let target = TargetFile("a", "abc")
        func refusal(_ pieces: [String]) -> TUFError? {
            do throws(TUFError) {
                var check = FileCheck(target)
                for piece in pieces { try check.update(Array(piece.utf8)[...]) }
                try check.finish()
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal(["a", "", "bc"]) == nil)
        #expect(refusal(["ab", "cd", "never looked at"]) == .tooLong(limit: 3))
        #expect(refusal(["ab"]) == .wrongLength(expected: 3, found: 2))
        #expect(refusal(["abd"]) == .wrongHash(algorithm: "sha256"))
        var strange = target
        strange.hashes.append(FileHash(algorithm: "md5", digest: "900150983cd24fb0d6963f7d28e17f72"))
        #expect(throws: TUFError.wrongHash(algorithm: "md5")) { try strange.verify(Array("abc".utf8)) }
    }

    @Test func everyByteOfEveryFileMatters() throws {
        var repository = try SimulatedRepository()
        try repository.publishRoot()
        let names = ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"]
        for name in names {
            let bytes = try #require(repository.files[name])
            for index in bytes.indices {
                var flipped = repository
                flipped.files[name]?[index] ^= 1
                var client = SimulatedClient(repository)
                // The line feed at the end is signed by nobody, where no hash is listed.
                let isSpace = index == bytes.count - 1 && flipped.files[name]?[index] == 0x20
                guard !isSpace else { continue }
                if client.refusal(of: flipped) == nil {
                    // A letter in a signature's hexadecimal digits, in the other case, is the same digit.
                    Issue.record("byte \(index) of \(name) does not matter")
                }
            }
        }
    }

    /// A key that lives on a server may be stolen: what it signs makes no client read without end.
    @Test func aLengthThatMetadataSaysIsHeldToTheLimit() throws {
        var repository = try SimulatedRepository()
        repository.timestamp.snapshot.length = 1 << 50
        try repository.publishTimestamp()
        var update = try MetadataUpdate(
            root: repository.files["1.root.json"] ?? [], now: SimulatedRepository.now)
        _ = try update.receive(nil)
        _ = try update.receive(repository.files["timestamp.json"])
        #expect(update.request?.lengthLimit == MetadataUpdate.Limits().snapshot)
    }

    @Test func aVersionThatHasNoRoomAboveItIsNone() throws {
        var repository = try SimulatedRepository()
        repository.timestamp.version = .max - 1
        try repository.publishTimestamp()
        var client = SimulatedClient(repository)
        #expect(
            client.refusal(of: repository)?.reason == .malformedMetadata(reason: "version is not an integer from 1"))
    }
}
