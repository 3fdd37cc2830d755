import CanonicalJSON
import PlacardMarkdown
import PlacardText
import SourceDiagnostics
import Testing
import UnicodeLocale

/// An environment that has what TEXT.md's examples use.
func exampleEnvironment(_ change: (inout TextEnvironment) -> Void = { _ in }) throws -> TextEnvironment {
    func string(_ examples: String...) -> TextVariable {
        TextVariable(type: .string, isGuaranteed: true, examples: examples)
    }
    let number = TextVariable(type: .int, isGuaranteed: true)
    var environment = TextEnvironment(
        variables: [
            "name": string("Zoë", "Maximiliana-Alexandra"), "n": number, "count": number, "p": number,
            "dir": string(), "promo": string(), "id": string(), "src": string(), "host": string(), "a": string(),
            "pet": string(), "img": string(), "x": string(), "url": TextVariable(type: .url, isGuaranteed: true),
            "user.first_name": TextVariable(type: .string, isGuaranteed: false),
            "user.city": TextVariable(type: .string, isGuaranteed: false, fallback: "your city"),
        ], markup: ["cta", "icon"], links: LinkPolicy(schemes: ["https", "mailto"]),
        locale: try LanguageTag("en"))
    change(&environment)
    return environment
}

/// Compiles a text and gives its tree in TEXT.md's shorthand, or its diagnostics: the one place that calls the compiler.
func check(
    _ source: String, kind: TextKind = .document(conversation: false), _ environment: TextEnvironment? = nil
) throws -> (shorthand: String, text: CompiledText?, diagnostics: [Diagnostic]) {
    let environment = try environment ?? exampleEnvironment()
    let (text, diagnostics) = compileText(Array(source.utf8), kind: kind, environment: environment)
    guard let text else { return ("", nil, diagnostics) }
    for form in [text.html, text.text, text.mdast] {
        let value = try JSONValue(parsing: form)
        #expect(value.canonicalBytes == form, "not canonical: \(String(decoding: form, as: UTF8.self))")
        #expect(!form.contains(0xF4), "a sentinel is left in \(String(decoding: form, as: UTF8.self))")
    }
    return (shorthand(try JSONValue(parsing: text.mdast)), text, diagnostics)
}

/// mdast in TEXT.md's shorthand.
func shorthand(_ node: JSONValue) -> String {
    if let text = node.string { return "\"\(text)\"" }
    let children = node["children"]?.array ?? []
    func list(_ name: String) -> String {
        let parts = children.map(shorthand)
        return name + "[" + merged(parts).joined(separator: ",") + "]"
    }
    switch node["type"]?.string ?? "" {
    case "root": return children.map(shorthand).joined()
    case "paragraph": return list("P")
    case "strong": return list("B")
    case "emphasis": return list("E")
    case "heading": return list("H")
    case "list": return list("L")
    case "listItem": return list("I")
    case "table": return list("T")
    case "tableRow": return list("R")
    case "tableCell": return list("C")
    case "text": return "\"\(node["value"]?.string ?? "")\""
    case "inlineCode": return "code[\(pattern(node["value"]))]"
    case "link": return "A(\(pattern(node["url"])))" + list("")
    case "image": return "Img(\(pattern(node["url"])),\(pattern(node["alt"])))"
    case "expression":
        let operand = node["arg"]?["name"]?.string ?? node["arg"]?["value"]?.string ?? ""
        return "⟨\(operand)\(node["function"]?["name"]?.string.map { ":" + $0 } ?? "")⟩"
    case "markup": return "\(node["kind"]?.string ?? "")(\(node["name"]?.string ?? ""))"
    case "select":
        return (node["variants"]?.array ?? []).map { variant in
            let keys = (variant["keys"]?.array ?? []).map { $0["value"]?.string ?? "*" }
            return keys.joined(separator: " ") + ": " + (variant["value"].map(shorthand) ?? "")
        }.joined(separator: "\n")
    case "message": return node["pattern"].map { $0.array == nil ? shorthand($0) : pattern(node) } ?? ""
    case let other: return other
    }
}

private func pattern(_ value: JSONValue?) -> String {
    guard let value else { return "" }
    if let text = value.string { return "\"\(text)\"" }
    return (value["pattern"]?.array ?? []).map(shorthand).joined(separator: ",")
}

/// Neighbouring texts as one.
private func merged(_ parts: [String]) -> [String] {
    var result: [String] = []
    for part in parts {
        if let last = result.last, last.hasPrefix("\""), part.hasPrefix("\"") {
            result[result.count - 1] = String(last.dropLast()) + String(part.dropFirst())
        } else {
            result.append(part)
        }
    }
    return result
}

/// TEXT.md's examples, by their numbers.
@Suite struct TextExampleTests {
    @Test(
        arguments: [
            (
                1, "Hello **{$name}**, you have {$n :integer} days left.",
                #"P["Hello ",B[⟨name⟩],", you have ",⟨n:integer⟩," days left."]"#
            ),
            (2, "foo**{$name}**bar", #"P["foo",B[⟨name⟩],"bar"]"#),
            (3, #"Type \{name\} or `\{name\}`."#, #"P["Type {name} or ",code["{name}"],"."]"#),
            (4, #"1 \* 2 and C:\\{$dir} and \_x\_"#, #"P["1 * 2 and C:\",⟨dir⟩," and _x_"]"#),
            (5, "Use code `{$promo}` at checkout.", #"P["Use code ",code[⟨promo⟩]," at checkout."]"#),
            (
                7, "[Open](https://x.example/o/{$id}?ref={$src :string})",
                #"P[A("https://x.example/o/",⟨id⟩,"?ref=",⟨src:string⟩)["Open"]]"#
            ),
            (9, "[ok]({$url})", #"P[A(⟨url⟩)["ok"]]"#),
            (
                10, "| Plan | Price |\n|---|---|\n| {|a*b*\\|c|} | {$p :currency currency=USD} |",
                #"T[R[C["Plan"],C["Price"]],R[C["a*b*|c"],C[⟨p:currency⟩]]]"#
            ),
            (
                11, "{#cta id=buy}Buy **now**{/cta}, then {#icon name=star /}",
                #"P[open(cta),"Buy ",B["now"],close(cta),", then ",standalone(icon)]"#
            ),
            (14, "&#123;$name&#125;", #"P["{$name}"]"#),
            (
                15,
                ".input {$count :integer}\n.match $count\n0 {{Your cart is empty.}}\none {{\n  # One item\n\n  - Check out\n}}\n* {{You have **{$count}** items.}}",
                "0: P[\"Your cart is empty.\"]\none: H[\"One item\"]L[I[P[\"Check out\"]]]\n*: P[\"You have \",B[⟨count⟩],\" items.\"]"
            ),
            (16, "請點{#strong}「{$x}」{/strong}吧", #"P["請點",B["「",⟨x⟩,"」"],"吧"]"#),
            (18, ".NET is here", #"P[".NET is here"]"#),
            (19, "![Photo of {$pet}](pet.png)", #"P[Img("pet.png","Photo of ",⟨pet⟩)]"#),
        ] as [(Int, String, String)])
    func examplesHaveTheirTrees(_ number: Int, _ source: String, _ wanted: String) throws {
        let result = try check(source)
        #expect(result.shorthand == wanted, "\(number): \(result.diagnostics.map(\.message))")
        if number != 14 { #expect(result.diagnostics.isEmpty, "\(number): \(result.diagnostics.map(\.message))") }
    }

    @Test(
        arguments: [
            (6, #"Send `{ "a": 1 }` "#, ["mf2/invalid-placeholder"], #"{"#),
            (8, "[Open](https://x.example/?n={$n :number})", ["link/formatted-placeholder"], "{$n :number}"),
            (9, "[Open]({$host}/a)", ["link/placeholder-before-path"], "{$host}/a"),
            (12, "{#cta}Buy **now{/cta}** ok", ["text/markup-crosses", "text/markup-crosses"], "{#cta}"),
            (13, "Press {|<Enter>|} to <b>go</b>", ["markdown/raw-html"], "<b>"),
            (16, "請點**「{$x}」**吧", ["text/stray-asterisks"], "**"),
            (17, "[{$a}]: https://x.example/\n\n[{$a}]", ["text/swallowed-placeholder"], "{$a}"),
            (19, "![x]({$img})", ["link/placeholder-not-allowed"], "{$img}"),
        ] as [(Int, String, [String], String)])
    func examplesHaveTheirDiagnostics(_ number: Int, _ source: String, _ wanted: [String], _ place: String) throws {
        let result = try check(source)
        let got = result.diagnostics
        // 17: the label is swallowed at both ends.
        #expect(Set(got.map(\.id)) == Set(wanted), "\(number)")
        if let first = got.first {
            let bytes = Array(source.utf8)[first.primary.span.start..<first.primary.span.end]
            #expect(String(decoding: bytes, as: UTF8.self) == place || place == "{", "\(number)")
        } else {
            Issue.record("\(number): nothing was found")
        }
    }

    @Test func characterReferenceWarns() throws {
        #expect(try check("&#123;$name&#125;").diagnostics.map(\.severity) == [.warning, .warning])
    }

    @Test func asterisksThatMarkNothingStay() throws {
        #expect(try check("請點**「{$x}」**吧").shorthand == #"P["請點**「",⟨x⟩,"」**吧"]"#)
    }

    @Test func textsHaveTheFormsOfTheBundle() throws {
        let plain = try #require(try check("A *b* & c").text)
        #expect(String(decoding: plain.html, as: UTF8.self) == #""<p>A <em>b</em> &amp; c</p>""#)
        #expect(String(decoding: plain.text, as: UTF8.self) == #""A b & c""#)
        #expect(!plain.hasPlaceholders)
        let link = try #require(try check("[Go {$name}](https://x.example/{$id} \"For {$name}\")").text)
        let html = try #require(try JSONValue(parsing: link.html)["pattern"]?.array)
        #expect(html[0].string == "<p><a href=\"https://x.example/")
        #expect(html[1]["attributes"]?["placard:escape"] == ["type": "literal", "value": "url"])
        #expect(html[2].string == "\" title=\"For ")
        #expect(html[3]["attributes"]?["placard:escape"] == ["type": "literal", "value": "attribute"])
        #expect(html[4].string == "\">Go ")
        #expect(html[5]["attributes"] == nil)
        let whole = try #require(try check("[ok]({$url})").text)
        let first = try #require(try JSONValue(parsing: whole.html)["pattern"]?.array)
        #expect(first[1]["attributes"]?["placard:escape"] == ["type": "literal", "value": "link"])
    }
}
