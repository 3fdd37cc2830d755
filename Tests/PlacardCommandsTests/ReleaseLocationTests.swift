import PlacardRelease
import TUF
import Testing

@Suite struct ReleaseLocationTests {
    @Test(arguments: [
        "https://cdn.example.com/messages", "http://localhost/a", "http://localhost:8080/", "http://127.0.0.1:80/a/b",
        "http://[::1]:8000",
    ])
    func addressesOfHTTPSAndOfThisMachineAreRead(_ text: String) throws {
        let expected = text.hasSuffix("/") ? text : text + "/"
        #expect(try ReleaseLocation(text) { $0 } == .address(expected))
    }

    @Test(arguments: [
        "http://example.com/", "http://localhost.example.com/", "http://localhost:80@example.com/",
        "http://localhost@example.com/",
        "http://127.0.0.1.example.com", "ftp://example.com/", "file:///etc/", "https://example.com/?a=",
        "https://example.com/#a",
    ])
    func otherAddressesAreRefused(_ text: String) {
        #expect(throws: ReleaseError.self) { try ReleaseLocation(text) { $0 } }
    }

    @Test func whatHasNoSchemeIsAPath() throws {
        #expect(try ReleaseLocation("release") { "/here/" + $0 } == .folder("/here/release"))
    }
}

@Suite struct KeyRingTests {
    @Test func keysComeFromVariablesAndNothingElseDoes() throws {
        let key = try PrivateKey.generate()
        let ring = try KeyRing(
            folder: "/nowhere", environment: ["PLACARD_KEY_A": key.pem.replacing("\n", with: "\\n"), "OTHER": key.pem],
            signer: nil)
        #expect(ring.places == [key.publicKey.id: "PLACARD_KEY_A"])
    }

    @Test func aVariableThatIsNoKeyIsNamedWithoutItsText() {
        #expect {
            try KeyRing(folder: "/nowhere", environment: ["PLACARD_KEY_A": "secret words"], signer: nil)
        } throws: { error in
            let text = "\(error)"
            return text.contains("PLACARD_KEY_A") && !text.contains("secret words")
        }
    }
}
