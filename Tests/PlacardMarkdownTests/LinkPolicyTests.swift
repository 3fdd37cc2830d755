import PlacardMarkdown
import SourceDiagnostics
import Testing

@Suite struct LinkPolicyTests {
    private let policy = LinkPolicy(
        schemes: ["https", "MAILTO", "tel", "starling"], hosts: ["www.example.com", "*.shop.example"])

    private func check(_ target: String, _ wanted: LinkProblem?, roles: [PlaceholderRole] = []) {
        var bytes: [UInt8] = []
        var index = 0
        for byte in target.utf8 {
            // `~` stands for the next placeholder.
            if byte == 0x7E, !roles.isEmpty {
                Sentinel.append(index, to: &bytes)
                index += 1
            } else {
                bytes.append(byte)
            }
        }
        #expect(policy.problem(withLink: bytes[...], roles: roles) == wanted, "\(target)")
    }

    @Test func allowedTargetsPass() {
        for target in [
            "https://www.example.com", "HTTPS://WWW.EXAMPLE.COM/a?b#c", "https://a.b.shop.example:8443/é x",
            "mailto:a@b.example?subject=Hi", "tel:+1-555-0100", "starling://orders/7", "starling:orders",
            "https://www.example.com?x=https://evil.example",
        ] { check(target, nil) }
    }

    @Test func otherSchemesAreRefused() {
        check("javascript:alert(1)", .dangerousScheme("javascript"))
        check("JaVaScRiPt:alert(1)", .dangerousScheme("javascript"))
        check("data:text/html,x", .dangerousScheme("data"))
        check("intent://x#Intent;end", .dangerousScheme("intent"))
        check("itms-services://?action=x", .dangerousScheme("itms-services"))
        check("ms-officecmd:x", .dangerousScheme("ms-officecmd"))
        check("blob:https://www.example.com/1", .dangerousScheme("blob"))
        check("http://www.example.com", .scheme("http"))
        check("javascript%3Aalert(1)", .scheme(nil))
        check("/path", .scheme(nil))
        check("//www.example.com", .protocolRelative)
        check("#top", .fragment)
        check("", .empty)
    }

    @Test func disguisedSchemesAreRefused() {
        check("java\tscript:alert(1)", .badCharacter("control character"))
        check("java\nscript:alert(1)", .badCharacter("control character"))
        check("\u{1}javascript:alert(1)", .badCharacter("control character"))
        check(" https://www.example.com", .badCharacter("space"))
        check("\u{A0}javascript:x", .badCharacter("invisible character"))
        check("java\u{200B}script:x", .badCharacter("invisible character"))
        check("https://www.example.com\\@evil.example", .badCharacter("backslash"))
        check("https:\\\\evil.example", .badCharacter("backslash"))
        check("\u{202E}https://www.example.com", .badCharacter("invisible character"))
    }

    /// A list of many hosts, which is looked up and not gone through, says the same as one of few; a diagnostic names some.
    @Test func manyHostsAreAsFew() {
        let few = LinkPolicy(schemes: ["https"], hosts: ["www.example.com", "*.shop.example"])
        let many = LinkPolicy(
            schemes: ["https"], hosts: few.hosts + (0..<10_000).map { "host\($0).test" } + ["*.wide.test"])
        let long = String(repeating: "a.", count: 200)
        for host in [
            "www.example.com", "example.com", "shop.example", "a.shop.example", "a.b.shop.example", "xshop.example",
            long + "shop.example",
            long + "example", "evil.test", "WWW.EXAMPLE.COM",
        ] {
            let link = Array("https://\(host)/".utf8)[...]
            #expect(many.problem(withLink: link) == few.problem(withLink: link), "\(host)")
        }
        #expect(many.problem(withLink: Array("https://host9999.test".utf8)[...]) == nil)
        #expect(many.problem(withLink: Array("https://a.wide.test".utf8)[...]) == nil)
        #expect(many.problem(withLink: Array("https://wide.test".utf8)[...]) == .host("wide.test"))
        let any = LinkPolicy(schemes: ["https"], hosts: many.hosts + ["*"])
        #expect(any.problem(withLink: Array("https://evil.test".utf8)[...]) == nil)
        let found = parseMarkdown(Array("[a](https://evil.test)".utf8), options: MarkdownOptions(links: many))
            .diagnostics
        #expect(found.count == 1 && (found.first?.notes.joined().utf8.count ?? 0) < 1_000)
    }

    @Test func otherHostsAreRefused() {
        check("https://evil.example", .host("evil.example"))
        check("https://shop.example", .host("shop.example"))
        check("https://evilshop.example", .host("evilshop.example"))
        check("https://www.example.com.evil.example", .host("www.example.com.evil.example"))
        check("https://www.example.com.", .host("www.example.com."))
        check("https://www.example.com@evil.example", .userInfo("www.example.com@evil.example"))
        check("https://a:b@www.example.com", .userInfo("a:b@www.example.com"))
        check("https://%65vil.example", .badHost("%65vil.example"))
        check("https://www.exаmple.com", .badHost("www.exаmple.com"))
        check("https://www。example.com", .badHost("www。example.com"))
        check("https://[::1]/", .badHost("[::1]"))
        check("https:www.example.com", .noHost("https"))
        check("https:/www.example.com", .noHost("https"))
        check("https:///www.example.com", .noHost("https"))
        check("https://", .noHost("https"))
    }

    @Test func wrongPortsAreRefused() {
        for port in ["1", "80", "00443", "8443", "65535"] { check("https://www.example.com:\(port)/", nil) }
        for port in ["", "0", "00000", "65536", "99999", "99999999", "000443", "80x", "x", "-1", "+80", "8 0", "８０"] {
            let wanted: LinkProblem = port == "8 0" ? .badCharacter("space") : .badPort(port)
            for end in ["", "/", "?q", "#a"] { check("https://www.example.com:\(port)\(end)", wanted) }
        }
        check("https://www.example.com:80:80/", .badHost("www.example.com:80:80"))
        check("starling://orders:99999/", nil)
        let image = policy.problem(withImage: Array("https://www.example.com:99999/a.png".utf8)[...])
        #expect(image == .badPort("99999"))
    }

    @Test func placeholdersStandOnlyWhereTheyAreSafe() {
        let value: [PlaceholderRole] = [.value(isURL: false), .value(isURL: false)]
        check("https://www.example.com/~?q=~", nil, roles: value)
        check("https://www.example.com#~", nil, roles: value)
        check("starling://orders/~", nil, roles: value)
        check("https://www.example.com~", .placeholderBeforePath, roles: value)
        check("https://~.shop.example/", .placeholderBeforePath, roles: value)
        check("https://~", .placeholderBeforePath, roles: value)
        check("starling:~", .placeholderBeforePath, roles: value)
        check("starling:~/x", .placeholderBeforePath, roles: value)
        check("~://www.example.com/", .placeholderBeforePath, roles: value)
        check("~", .placeholderIsNoURL, roles: value)
        check("~", nil, roles: [.value(isURL: true)])
        check("~/x", .placeholderBeforePath, roles: [.value(isURL: true)])
        check("mailto:~@b.example", .placeholder("mailto"), roles: value)
        check("tel:~", .placeholder("tel"), roles: value)
        check("https://www.example.com/~", .markup, roles: [.markup])
    }

    @Test func imagesAreFilesBesideTheirMessage() {
        func image(_ source: String) -> LinkProblem? { policy.problem(withImage: Array(source.utf8)[...]) }
        #expect(image("cup.png") == nil)
        #expect(image("../shared/cup.png") == nil)
        #expect(image("https://www.example.com/a.png") == nil)
        #expect(image("https://evil.example/a.png") == .host("evil.example"))
        #expect(image("data:image/png;base64,AA") == .dangerousScheme("data"))
        #expect(image("//www.example.com/a.png") == .protocolRelative)
        #expect(image("/etc/passwd") == .scheme(nil))
        #expect(image("starling://a.png") == .scheme("starling"))
    }
}
