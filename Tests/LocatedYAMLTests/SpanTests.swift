import LocatedYAML
import SourceDiagnostics
import Testing

/// The nodes of `yaml` in order, as `path “bytes under the span”`.
private func spans(_ yaml: String, options: YAMLOptions = .general) -> [String] {
    let bytes = Array(yaml.utf8)
    guard let root = parseYAML(bytes, options: options).node else { return [] }
    var result: [String] = []
    func visit(_ node: YAMLNode, _ path: String) {
        let text = String(decoding: bytes[node.span.start..<node.span.end], as: UTF8.self)
        result.append("\(path) “\(text)”")
        switch node.content {
        case .scalar: break
        case .sequence(let items): for (index, item) in items.enumerated() { visit(item, "\(path)[\(index)]") }
        case .mapping(let entries):
            for entry in entries {
                visit(entry.key, "\(path).key")
                visit(entry.value, "\(path).\(entry.key.text ?? "?")")
            }
        }
    }
    visit(root, "")
    return result
}

@Suite struct SpanTests {
    @Test func anAliasLeadsToTheTextOfItsAnchor() throws {
        let yaml = "a: &x \"q\\tz\"\nb: *x\nc: &y [1, {d: e}]\nf: *y\n"
        let root = try #require(parseYAML(Array(yaml.utf8)).node)
        let scalar = try #require(root["b"]?.scalar)
        #expect(scalar.text == "q\tz")
        #expect(scalar.rawText == "\"q\\tz\"")
        #expect(scalar.table.outer(Span(1, 2)) == Span(8, 10))
        #expect(root["b"]?.span == Span(16, 18))
        #expect(root["f"]?.sequence?.last?["d"]?.text == "e")
        #expect(root["f"]?.isFlow == true)
    }

    @Test func aTextIsThatOfTheFileOrTheDecodedOne() {
        func texts(_ yaml: String) -> [String] {
            parseYAML(Array(yaml.utf8), options: .general).node?.sequence?.compactMap(\.text) ?? []
        }
        // Of the same length as what is written, and not the same.
        #expect(texts("- 'a\nb'\n- \"a\nb\"\n- a b\n".replacing("\nb", with: "\n b")) == ["a b", "a b", "a b"])
        #expect(texts("['a\nb', \"c\nd\", e\nf, '']") == ["a b", "c d", "e f", ""])
        #expect(texts("- |\n  a\n- >-\n  b\n- !!str 'c'\n- &x \"d\"\n- \n") == ["a\n", "b", "c", "d", ""])
        #expect(texts("- a\u{2028}b\n- 'c\u{85}d'\n") == ["a\u{2028}b", "c\u{85}d"])
    }

    @Test func entriesAreFoundAndKept() throws {
        let root = try #require(parseYAML(Array("a: 1\nbb: {c: 2}\n12345678: x\n".utf8), options: .general).node)
        #expect(root["bb"]?["c"]?.text == "2")
        #expect(root["12345678"]?.text == "x")
        #expect(root["b"] == nil && root["12345679"] == nil && root["a"]?["c"] == nil)
        #expect(root.has("a") && !root.has("") && root["a"]?.has("a") == false)
        let kept = root.keeping { $0.key.text != "a" }
        #expect(kept.mapping?.map { $0.key.text } == ["bb", "12345678"])
        #expect(kept["bb"]?["c"]?.text == "2")
        #expect(kept.span == root.span)
        #expect(root["a"]?.keeping { _ in true }.mapping?.isEmpty == true)
    }

    @Test func everyKeyAndValueHasItsBytes() {
        #expect(
            spans("title: Grüße 🎉\nlist: [a, 'b c']\n")
                == [
                    " “title: Grüße 🎉\nlist: [a, 'b c']”", ".key “title”", ".title “Grüße 🎉”", ".key “list”",
                    ".list “[a, 'b c']”", ".list[0] “a”", ".list[1] “'b c'”",
                ])
    }

    @Test func aBlockCollectionEndsWithItsLastValue() {
        #expect(
            spans("a:\n  b: 1\n  c: |\n    x\n    y\n\n\nd: 2\n")
                == [
                    " “a:\n  b: 1\n  c: |\n    x\n    y\n\n\nd: 2”", ".key “a”", ".a “b: 1\n  c: |\n    x\n    y”",
                    ".a.key “b”",
                    ".a.b “1”", ".a.key “c”", ".a.c “|\n    x\n    y”", ".key “d”", ".d “2”",
                ])
    }

    @Test func anEmptyValueIsBehindItsColon() throws {
        let node = try #require(parseYAML(Array("a:\nb: 1\n".utf8)).node)
        #expect(node["a"]?.span == Span(at: 2))
        #expect(node["a"]?.isNull == true)
    }

    @Test func tagsAndAnchorsAreNotPartOfTheValue() {
        #expect(
            spans("a: !!str &x 12\nb: &y [1]\nc: &z\n  d: 1\ne: *x\n")
                == [
                    " “a: !!str &x 12\nb: &y [1]\nc: &z\n  d: 1\ne: *x”", ".key “a”", ".a “12”", ".key “b”", ".b “[1]”",
                    ".b[0] “1”", ".key “c”", ".c “d: 1”", ".c.key “d”", ".c.d “1”", ".key “e”", ".e “*x”",
                ])
    }

    @Test func aVerbatimTagIsNotPartOfTheValue() {
        #expect(
            spans(
                "a: !<tag:example.com,2000:b[1]> 12\nb: !<x,y> &z [!<!d> 1, !<!c> {d: !<],> 'e'}]\nf: !<g,h>\n  i: 1\n")
                == [
                    " “a: !<tag:example.com,2000:b[1]> 12\nb: !<x,y> &z [!<!d> 1, !<!c> {d: !<],> 'e'}]\nf: !<g,h>\n  i: 1”",
                    ".key “a”", ".a “12”", ".key “b”", ".b “[!<!d> 1, !<!c> {d: !<],> 'e'}]”", ".b[0] “1”",
                    ".b[1] “{d: !<],> 'e'}”", ".b[1].key “d”", ".b[1].d “'e'”", ".key “f”", ".f “i: 1”", ".f.key “i”",
                    ".f.i “1”",
                ])
        // A value that is not written stands behind its tag.
        #expect(spans("[!<a,b> , c]") == [" “[!<a,b> , c]”", "[0] “”", "[1] “c”"])
        // libyaml ends an anchor where YAML 1.2 does not; what it reads has its bytes.
        #expect(spans("a: &b:c d\n") == [" “a: &b:c d”", ".key “a”", ".a “:c d”"])
    }

    @Test func offsetsAreThoseOfTheFile() throws {
        let file = "\u{FEFF}---\r\ntitle: é x\r\n---\r\nBody"
        let bytes = Array(file.utf8)
        let split = splitFrontMatter(bytes)
        let node = try #require(parseYAML(bytes, range: split.frontMatter).node)
        #expect(node["title"]?.span == Span(15, 19))
        #expect(String(decoding: bytes[split.body.start...], as: UTF8.self) == "Body")
    }

    @Test func aByteOrderMarkIsSkipped() throws {
        let node = try #require(parseYAML(Array("\u{FEFF}a: 1\n".utf8)).node)
        #expect(node["a"]?.span == Span(6, 7))
    }
}
