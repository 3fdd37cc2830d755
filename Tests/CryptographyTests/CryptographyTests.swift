import Cryptography
import Testing

/// Published examples, which every adapter has to agree with: `swift test` runs them with the one of the tool,
/// `Tests/Scripts/consumer.sh` with swift-crypto.
@Suite struct CryptographyTests {
    let cryptography = Cryptography.platform

    /// NIST's examples for FIPS 180-4.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func hashesAreThoseOfTheStandard(_ text: String, _ digest: String) {
        #expect(cryptography.sha256Hex(Array(text.utf8)) == digest)
    }

    @Test func aHashInPiecesIsThatOfTheWhole() {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for size in [1, 63, 64, 65, 99_999] {
            let stream = cryptography.sha256()
            for start in stride(from: 0, to: bytes.count, by: size) {
                stream.update(bytes[start..<min(start + size, bytes.count)])
            }
            #expect(stream.finishHex() == cryptography.sha256Hex(bytes), "pieces of \(size)")
        }
    }

    /// RFC 8032, section 7.1, test 3.
    @Test func anEd25519SignatureIsValidForItsMessageAlone() throws {
        let key = try #require(
            hexadecimal("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"))
        let signature = try #require(
            hexadecimal(
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                    + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"))
        let check = try #require(cryptography.ed25519(key))
        #expect(check(signature, [0xAF, 0x82]))
        #expect(!check(signature, [0xAF, 0x83]))
        #expect(!check(signature, []))
        #expect(!check([], [0xAF, 0x82]))
        #expect(!check(Array(signature.dropLast()), [0xAF, 0x82]))
        #expect(!check(signature + [0], [0xAF, 0x82]))
    }

    /// RFC 6979, section A.2.5, SHA-256 with the message "sample".
    @Test func aP256SignatureIsValidForItsMessageAlone() throws {
        let point = try #require(
            hexadecimal(
                "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                    + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"))
        let signature = try #require(
            hexadecimal(
                "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                    + "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"))
        let check = try #require(cryptography.p256(point))
        #expect(check(signature, Array("sample".utf8)))
        #expect(!check(signature, Array("Sample".utf8)))
        #expect(!check([], Array("sample".utf8)))
        #expect(!check(signature + [0], Array("sample".utf8)), "not DER: something follows")
    }

    @Test func whatIsNoKeyGivesNoCheck() throws {
        #expect(cryptography.ed25519([]) == nil)
        #expect(cryptography.ed25519([UInt8](repeating: 1, count: 33)) == nil)
        #expect(cryptography.p256([]) == nil)
        #expect(cryptography.p256([4] + [UInt8](repeating: 1, count: 64)) == nil, "not on the curve")
        #expect(cryptography.p256([0]) == nil, "the point at infinity")
        let compressed = try #require(
            hexadecimal("0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"))
        #expect(cryptography.p256(compressed) == nil, "a compressed point")
    }

    /// Bytes by their digits. The package that runs this with swift-crypto sees nothing that is not public.
    private func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
