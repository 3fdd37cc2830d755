import CanonicalJSON
import ConformanceSupport
import Foundation
import PlacardMarkdown
import SourceDiagnostics
import Testing

/// What a message's links may be, as in the demo.
private let messageLinks = LinkPolicy(schemes: ["https", "http", "mailto", "tel", "starling"])

@Suite struct XSSTests {
    @Test(.enabled(if: ConformanceData.isPresent)) func attacksInMarkdownAreHarmless() throws {
        try run("XSS markdown", "xss/markdown.json")
    }

    @Test(.enabled(if: ConformanceData.isPresent)) func attacksOnDOMPurifyAreHarmless() throws {
        try run("XSS dompurify", "xss/dompurify.json")
    }

    /// Each payload's HTML, written even where errors keep it from any reader, must hold nothing active.
    private func run(_ name: String, _ file: String) throws {
        guard let cases = try ConformanceData.load(file)?.array else { return }
        let run = ConformanceRun(name)
        var pages: [(key: String, html: String)] = []
        for (index, testCase) in cases.enumerated() {
            let payload = testCase["payload"]?.string ?? ""
            let key = testCase["id"]?.string ?? "\(testCase["index"]?.integer ?? index)"
            let (document, html) = parsed(payload, links: messageLinks)
            var failure = activeContent(html)
            if document.tree == nil, document.diagnostics.isEmpty { failure = "nothing came out, and nothing was said" }
            if testCase["benign"]?.bool == true {
                failure = failure ?? benignDefect(payload)
            }
            if document.misaligned > 0 { failure = "spans lost" }
            if let defect = spanDefect(document.tree, payload) { failure = defect }
            if let tree = document.tree {
                let json = MdastRenderer.render(tree)
                if let defect = mdastDefect(json) { failure = failure ?? defect }
            }
            run.record(
                key,
                failure: failure.map {
                    "\($0) from \(payload.debugDescription.prefix(200)) as \(html.debugDescription.prefix(300))"
                })
            pages.append((key, html))
        }
        #expect(run.finish())
        #expect(run.count == cases.count)
        if let promised = try ConformanceData.count(file) { #expect(run.count == promised) }
        for diagnostic in try independentDiagnostics(pages) { Issue.record("\(name): \(diagnostic)") }
    }

    /// A harmless text is one that a page of the web shows whole: nothing may be lost from it but relative links,
    /// for which a message has no use.
    private func benignDefect(_ payload: String) -> String? {
        let (document, html) = parsed(payload)
        if let first = document.diagnostics.first { return "refused: \(first.id) \(first.message)" }
        return html.isEmpty ? "nothing is left" : nil
    }

    /// What is active in HTML, as a tokenizer of our own sees it: an element or an attribute that we never write, or
    /// an address with a scheme that is not on the list.
    private func activeContent(_ html: String) -> String? {
        let elements: Set<String> = [
            "p", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "del", "code", "pre", "a", "img", "ul", "ol", "li",
            "blockquote", "hr", "br", "table", "thead", "tbody", "tr", "th", "td", "input",
        ]
        let attributes: Set<String> = [
            "href", "src", "alt", "title", "class", "start", "align", "type", "checked", "disabled",
        ]
        for tag in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            guard let end = tag.firstIndex(of: ">") else { return "an open `<`" }
            var rest = tag[..<end]
            if rest.hasPrefix("/") { rest = rest.dropFirst() }
            let name = rest.prefix { $0.isLetter || $0.isNumber }
            guard elements.contains(String(name)) else { return "the element \(name)" }
            rest = rest.dropFirst(name.count)
            while let equals = rest.firstIndex(of: "=") {
                let attribute = rest[..<equals].trimmingCharacters(in: .whitespaces)
                guard attributes.contains(attribute) else { return "the attribute \(attribute)" }
                let value = rest[rest.index(after: equals)...]
                guard value.first == "\"", let close = value.dropFirst().firstIndex(of: "\"") else {
                    return "a bare value"
                }
                let text = String(value[value.index(after: value.startIndex)..<close])
                if attribute == "href" || attribute == "src" {
                    let isLocal = attribute == "src" && !text.contains(":") && !text.hasPrefix("/")
                    let isAllowed = messageLinks.schemes.contains { text.lowercased().hasPrefix($0 + ":") }
                    guard isLocal || isAllowed else { return "the address \(text)" }
                }
                rest = value[value.index(after: close)...]
            }
        }
        return nil
    }

    private func mdastDefect(_ json: [UInt8]) -> String? {
        guard let value = try? JSONValue(parsing: json) else {
            return "mdast is no JSON: \(String(decoding: json, as: UTF8.self).prefix(300))"
        }
        guard value.canonicalBytes == json else { return "mdast is not canonical" }
        func urlDefect(_ node: JSONValue) -> String? {
            if let url = node["url"]?.string, node["type"]?.string == "link",
                !messageLinks.schemes.contains(where: { url.lowercased().hasPrefix($0 + ":") })
            {
                return "mdast leads to \(url)"
            }
            if node["type"]?.string == "html" { return "mdast holds HTML" }
            for child in node["children"]?.array ?? [] {
                if let defect = urlDefect(child) { return defect }
            }
            return nil
        }
        return urlDefect(value)
    }

    /// What html5lib's parser, which is a browser's, finds in the pages; empty where it is not installed.
    private func independentDiagnostics(_ pages: [(key: String, html: String)]) throws -> [String] {
        // The path must stay as it is: led through its links, it would be the Python outside of the environment.
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
        let python = folder + "/../../.venv/bin/python3"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            print("XSS: html5lib not asked, no .venv beside Package.swift")
            return []
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [folder + "/../Scripts/active_content.py"]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let lines = pages.map { JSONValue.array([.string($0.key), .string($0.html)]).canonicalString }
        try input.fileHandleForWriting.write(contentsOf: Data(lines.joined(separator: "\n").utf8))
        try input.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus == 3 {
            print("XSS: html5lib not asked, it is not in .venv")
            return []
        }
        #expect(process.terminationStatus == 0)
        #expect(text.contains("checked \(pages.count) pages"))
        return text.split(separator: "\n").filter { $0.hasPrefix("active: ") }.map(String.init)
    }
}
