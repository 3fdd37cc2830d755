import LinkSafety
import Testing

@Suite struct LinkSafetyTests {
    private func problem(
        _ address: String, _ schemes: [String] = ["https", "mailto", "app"],
        _ hosts: [String] = ["example.com", "*.example.org"]
    ) -> AddressProblem? {
        LinkSafety.problem(withAddress: Array(address.utf8), schemes: schemes, hosts: hosts)
    }

    @Test func aForbiddenSchemePassesNoList() {
        #expect(!forbiddenSchemes.isEmpty && forbiddenSchemes == forbiddenSchemes.sorted())
        for scheme in forbiddenSchemes {
            for written in [scheme, scheme.uppercased(), scheme.prefix(1).uppercased() + scheme.dropFirst()] {
                #expect(problem(written + ":x", [scheme, scheme.uppercased()]) == .forbiddenScheme(scheme))
                #expect(problem(written + "://example.com/", [scheme]) == .forbiddenScheme(scheme))
                #expect(isForbiddenScheme(written.utf8))
            }
        }
        #expect(!isForbiddenScheme("https".utf8) && !isForbiddenScheme("".utf8))
    }

    @Test func disguisesAreNoSchemes() {
        let lists = ["javascript", "https", " javascript", "java\tscript", "javascript%3A", "java&colon;script"]
        for address in [
            " javascript:x", "java\tscript:x", "java\nscript:x", "\u{1}javascript:x", "javascript\u{0}:x",
            "\u{A0}javascript:x",
            "java\u{200B}script:x", "ｊavascript:x", "javascript&colon;alert(1)", "javascript%3Aalert(1)",
            "&#106;avascript:x",
        ] { #expect(problem(address, lists) != nil, "\(address)") }
    }

    @Test func addressesAreSafeOrAreNot() {
        for good in [
            "https://example.com", "HTTPS://EXAMPLE.com:8443/x", "https://a.b.example.org/?q#f", "mailto:a@b.c",
            "app:x",
        ] {
            #expect(problem(good) == nil, "\(good)")
        }
        #expect(problem("") == .noScheme)
        #expect(problem(":x") == .noScheme)
        #expect(problem("/x") == .noScheme)
        #expect(problem("http://example.com") == .scheme("http"))
        #expect(problem("https:example.com") == .noHost)
        #expect(problem("https:///x") == .noHost)
        #expect(problem("https://user@example.com") == .userInfo)
        #expect(problem("https://example.com:443@evil.test") == .userInfo)
        #expect(problem("https://exam%70le.com") == .badHost)
        #expect(problem("https://[::1]/") == .badHost)
        #expect(problem("https://.example.org") == .badHost)
        #expect(problem("https://exämple.com") == .badCharacter)
        #expect(problem("https://example.com\\@evil.test") == .badCharacter)
        #expect(problem("https://evil.test/") == .host("evil.test"))
        #expect(problem("https://xexample.com") == .host("xexample.com"))
        #expect(problem("https://example.org") == .host("example.org"))
        #expect(problem("ftp://evil.test/", ["ftp"]) == .host("evil.test"))
        #expect(problem("https://evil.test/", ["https"], ["*"]) == nil)
    }

    @Test func aPortIsANumberFromOneTo65535() {
        for good in ["1", "80", "65535", "00080"] {
            #expect(problem("https://example.com:\(good)/") == nil, "\(good)")
        }
        for bad in ["", "0", "65536", "99999", "123456", "x", "80:80", "-1"] {
            #expect(problem("https://example.com:\(bad)/") == .badPort, "\(bad)")
        }
    }

    @Test func dotSegmentsAreFoundHoweverTheyAreWritten() {
        for dots in [".", "..", "%2e", "%2E", "%2e.", ".%2E", "%2E%2e"] { #expect(isDotSegment(dots.utf8), "\(dots)") }
        for other in ["", "...", "a", ".a", "%252e", "%2", "%2f", "%2e%2e%2e", "..;"] {
            #expect(!isDotSegment(other.utf8), "\(other)")
        }
    }

    @Test func valuesThatChangeThePath() {
        // The value stands between the brackets.
        func changes(_ marked: String) -> Bool {
            let bytes = Array(marked.utf8)
            let address = bytes.filter { $0 != 0x5B && $0 != 0x5D }
            guard let start = bytes.firstIndex(of: 0x5B), let end = bytes.firstIndex(of: 0x5D) else { return false }
            return changesPath(start..<(end - 1), of: address[...])
        }
        for bad in [
            "https://x.test/a/[..]", "https://x.test/a/[.]", "https://x.test/a/[..]/b", "https://x.test/a/[..]?q",
            "https://x.test/a/[.].", "https://x.test/a/.[.]#f", "https://x.test/a/%2e[.]", "https://x.test/[]/b",
            "app:a/[..]", "app://a/[%2E%2e]",
        ] { #expect(changes(bad), "\(bad)") }
        for good in [
            "https://x.test/a/[b]", "https://x.test/a/[...]", "https://x.test/a/v[..]", "https://x.test/?q=[..]",
            "https://x.test/#[..]", "https://x.test/a?p=/[..]/", "https://x.test/a/[]", "https://x.test/a/[]?q",
            "https://x.test/../[b]", "https://x.test//[b]/", "https://x.test/a-[]/b", "https://x.test/[%2F..]",
        ] { #expect(!changes(good), "\(good)") }
    }

    @Test func imagesComeFromSafePlacesAlone() {
        func isImage(_ source: String) -> Bool {
            isImageSource(Array(source.utf8), schemes: ["https", "javascript", "app"], hosts: ["example.com"])
        }
        for good in ["cup.png", "hello/cup.png", "tasse é.png", "https://example.com/cup.png", "a/b:c.png"] {
            #expect(isImage(good), "\(good)")
        }
        for bad in [
            "", "javascript:x", "data:image/png;base64,AA", "app:x", "//evil.test/x.png", "/etc/passwd", "../x.png",
            "a/../../x",
            "a/%2e%2e/x", "https://evil.test/x.png", "a\\b", "a\nb", "file:///x", "x:y",
        ] { #expect(!isImage(bad), "\(bad)") }
    }

    @Test func problemsAreLines() {
        for problem in [
            AddressProblem.noScheme, .badCharacter, .forbiddenScheme("data"), .scheme("x"), .noHost, .userInfo,
            .badHost, .badPort,
            .host("x"), .pathChanged,
        ] { #expect(!problem.description.isEmpty && !problem.description.hasSuffix(".")) }
    }
}
