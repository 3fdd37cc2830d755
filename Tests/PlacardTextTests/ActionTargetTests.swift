import PlacardMarkdown
import PlacardText
import SourceDiagnostics
import Testing
import UnicodeLocale

private func compileURL(_ source: String) throws -> (json: String?, diagnostics: [String]) {
    let environment = TextEnvironment(
        variables: [
            "id": TextVariable(type: .string, isGuaranteed: true), "n": TextVariable(type: .int, isGuaranteed: true),
            "home": TextVariable(type: .url, isGuaranteed: true),
        ], links: LinkPolicy(schemes: ["https", "starling"], hosts: ["*.example.com"]), locale: try LanguageTag("en"))
    let (text, diagnostics) = compileText(Array(source.utf8), kind: .url, environment: environment)
    return (
        text.map { String(decoding: $0.text, as: UTF8.self) }, diagnostics.map { "\($0.id) \($0.primary.span.start)" }
    )
}

@Test func aTargetIsTakenAsItStands() throws {
    let plain = try compileURL("https://www.example.com/?a=1&copy=2#x")
    #expect(plain.diagnostics.isEmpty)
    #expect(plain.json == #""https://www.example.com/?a=1&copy=2#x""#)
}

@Test func valuesInATargetAreMarkedToBeEncoded() throws {
    let target = try compileURL("starling://orders/{$id}")
    #expect(target.diagnostics.isEmpty)
    #expect(
        target.json
            == #"{"declarations":[],"pattern":["starling://orders/",{"arg":{"name":"id","type":"variable"},"#
            + #""attributes":{"placard:escape":{"type":"literal","value":"url"}},"type":"expression"}],"type":"message"}"#
    )
}

@Test(arguments: [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\u{9}script:alert(1)", "intent://x",
    "//www.example.com/a",
    "https://www.example.com@evil.test/", "https://evil.test/", "data:text/html,x", "{$id}://x",
    "https://{$id}.example.com/",
    "{$id}", "https:\\\\www.example.com/", "&#106;avascript:alert(1)", "",
])
func aTargetThatIsNotAllowedIsRefused(target: String) throws {
    let result = try compileURL(target)
    #expect(result.json == nil)
    #expect(!result.diagnostics.isEmpty)
}

@Test func aDeclaredAddressMayBeTheWholeTarget() throws {
    #expect(try compileURL("{$home}").diagnostics.isEmpty)
}
