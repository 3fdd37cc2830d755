import CanonicalJSON
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

private let failing = """
    description: A user on iOS
    now: 2026-12-02T10:15:00Z
    context: {app: {version: 3.4.0, platform: ios}}
    event: {name: session_start}
    expect: {}

    """

/// Runs `body` in the starter project, whose scenarios are one that fails, one without `expect` and the starter's own.
private func withScenarios(_ body: (Tool) throws -> Void) throws {
    try withStarter { tool in
        try tool.write("app/scenarios/failing.yaml", failing)
        try tool.write("app/scenarios/open.yaml", failing.replacing("expect: {}\n", with: ""))
        try body(tool)
    }
}

/// The attributes of the elements of a document that are called `name`.
private func elements(_ name: String, of document: String) throws -> [[String: String]] {
    final class Reader: NSObject, XMLParserDelegate {
        let name: String
        var found: [[String: String]] = []
        init(_ name: String) { self.name = name }
        func parser(
            _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            if element == name { found.append(attributes) }
        }
    }
    let reader = Reader(name)
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(document)")
    return reader.found
}

@Suite struct `Results of scenarios for programs` {
    @Test func `JSON tells of every scenario, and of the messages that none shows`() throws {
        try withScenarios { tool in
            let result = try tool.run("test", "--format", "json", in: "app")
            #expect(result.status == 1)
            let document = try JSONValue(parsing: Array(result.output.utf8.dropLast()))
            #expect(document["schema"] == "placard/test-results/1")
            #expect(document["summary"] == ["passed": 1, "failed": 1, "open": 1])
            #expect(document["error"] == .null)
            #expect(document["diagnostics"] == [])
            let scenarios = try #require(document["scenarios"]?.array)
            #expect(scenarios.map { $0["name"]?.string } == ["failing", "first-visit", "open"])
            #expect(scenarios[0]["shows"] == "welcome")
            let failure = try #require(scenarios[0]["failures"]?.array?.first)
            #expect(failure["expected"] == "shows nothing")
            #expect(failure["location"]?["file"] == "scenarios/failing.yaml")
            #expect(failure["location"]?["span"]?["start"]?["line"] == 5)
            #expect(document["unshown"]?.array?.contains("trial-ending") == true)
        }
    }

    @Test func `GitHub's form annotates the expectation that does not hold`() throws {
        try withScenarios { tool in
            let result = try tool.run("test", "--format", "github", in: "app")
            #expect(result.status == 1)
            #expect(
                result.output.hasPrefix(
                    "::error file=scenarios/failing.yaml,line=5,endLine=5,col=9,endColumn=11,"
                        + "title=scenario/unmet-expectation::expected shows nothing, found: shows welcome"))
            #expect(uncleanness(of: Array(result.output.utf8), .commands) == nil)
        }
    }

    @Test(arguments: [
        // An error in the project, a scenario that is not there, no project.
        ("app", "", "the project has errors, so that there is nothing to run", Int32(1)),
        ("app", "nobody", "no scenario is called `nobody`", 2),
        (".", "", "no placard.yaml here or in any folder above", 2),
    ])
    func `what keeps scenarios from running is a whole document`(
        _ folder: String, _ name: String, _ message: String, _ status: Int32
    ) throws {
        try withScenarios { tool in
            let breaks = folder == "app" && name.isEmpty
            if breaks {
                try tool.write("app/content/hello/welcome.md", "---\ntemplate: banner\ntitel: A & B\n---\nx\n")
            }
            let names = name.isEmpty ? [] : [name]
            for format in ["junit", "json", "github", "human"] {
                let result = try tool.run("test", "--format", format, in: folder, more: names)
                #expect(result.status == status)
                #expect(result.error.hasPrefix("error: \(message)\n"))
                switch format {
                case "junit":
                    #expect(try elements("testsuites", of: result.output).first?["errors"] == "1")
                    #expect(try elements("testsuite", of: result.output).first?["tests"] == "1")
                    #expect(try elements("error", of: result.output).first?["message"] == message)
                    #expect(result.output.contains("content/hello/welcome.md:3: ") == breaks)
                case "json":
                    let document = try JSONValue(parsing: Array(result.output.utf8.dropLast()))
                    #expect(document["error"]?["message"]?.string == message)
                    #expect(document["scenarios"] == [])
                    #expect(document["diagnostics"]?.array?.isEmpty == !breaks)
                case "github":
                    #expect(
                        result.output.hasPrefix(breaks ? "::error file=content/hello/" : "::error title=placard::no "))
                    #expect(uncleanness(of: Array(result.output.utf8), .commands) == nil)
                default: #expect(result.output == "")
                }
            }
        }
    }
}
