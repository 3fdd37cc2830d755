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
