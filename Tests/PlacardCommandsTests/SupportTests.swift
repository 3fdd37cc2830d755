import PlacardCompiler
import Testing

@testable import PlacardCommands

@Suite struct `Terminals and colours` {
    private func console(_ variables: [String: String], terminal: Bool = true) -> Console {
        Console(
            variables: variables, workingDirectory: "/", outputIsTerminal: terminal, errorIsTerminal: terminal,
            width: 80)
    }

    @Test func `colour is for terminals unless the environment says otherwise`() {
        #expect(console([:]).wantsColor(onTerminal: true))
        #expect(!console([:]).wantsColor(onTerminal: false))
        #expect(!console(["NO_COLOR": "1"]).wantsColor(onTerminal: true))
        #expect(console(["NO_COLOR": ""]).wantsColor(onTerminal: true))
        #expect(!console(["TERM": "dumb"]).wantsColor(onTerminal: true))
        #expect(!console(["CLICOLOR": "0"]).wantsColor(onTerminal: true))
        #expect(console(["CLICOLOR_FORCE": "1"]).wantsColor(onTerminal: false))
        #expect(!console(["CLICOLOR_FORCE": "0"]).wantsColor(onTerminal: false))
        #expect(!console(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]).wantsColor(onTerminal: true))
        #expect(console(["FORCE_COLOR": "3"]).wantsColor(onTerminal: false))
        #expect(console(["FORCE_COLOR": "1", "TERM": "dumb"]).wantsColor(onTerminal: false))
        #expect(!console(["FORCE_COLOR": ""]).wantsColor(onTerminal: false))
        #expect(!console(["FORCE_COLOR": "0", "CLICOLOR_FORCE": "1"]).wantsColor(onTerminal: true))
        #expect(!console(["FORCE_COLOR": "1", "NO_COLOR": "1"]).wantsColor(onTerminal: true))
    }

    @Test func `progress is for people who watch`() {
        #expect(console([:]).wantsProgress)
        #expect(!console([:], terminal: false).wantsProgress)
        #expect(!console(["CI": "true"]).wantsProgress)
        #expect(!console(["TERM": "dumb"]).wantsProgress)
    }

    @Test func `the binary obeys`() throws {
        try withStarter { tool in
            let plain = try tool.run("check", in: "app")
            #expect(!plain.output.contains("\u{1B}"))
            let forced = try tool.run("check", in: "app", environment: ["CLICOLOR_FORCE": "1"])
            #expect(forced.output.contains("\u{1B}[32m"))
            let forbidden = try tool.run("check", in: "app", environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"])
            #expect(forbidden.output == plain.output)
        }
    }
}

@Suite struct `Small helpers` {
    @Test func `a relative prefix leads from one folder to another`() {
        #expect(relativePrefix(of: "/a/b", from: "/a/b") == "")
        #expect(relativePrefix(of: "/a/b/c", from: "/a") == "b/c/")
        #expect(relativePrefix(of: "/a", from: "/a/b/c") == "../../")
        #expect(relativePrefix(of: "/x/y", from: "/a/b") == "../../x/y/")
        #expect(relativePrefix(of: "/ab", from: "/a") == "../ab/")
    }

    @Test func `absolute paths of what is not there yet`() {
        #expect(absolutePath("x/../y/./z", from: "/nowhere") == "/nowhere/y/z")
        #expect(absolutePath("/nowhere//x", from: "/a") == "/nowhere/x")
    }

    @Test func `words of a shell`() {
        #expect(shellQuoted("my-app/x.y") == "my-app/x.y")
        #expect(shellQuoted("été") == "été")
        #expect(shellQuoted("a b") == "'a b'")
        #expect(shellQuoted("it's $x") == "'it'\\''s $x'")
        #expect(shellQuoted("") == "''")
    }

    @Test(arguments: [
        ("plain words", "plain words"), ("été, 完了", "été, 完了"), ("null", "\"null\""), ("True", "\"True\""),
        ("no", "\"no\""),
        ("12", "\"12\""), ("- a", "\"- a\""), ("a: b", "\"a: b\""), ("a #b", "\"a #b\""), ("a#b", "a#b"),
        ("a:", "\"a:\""),
        ("", "\"\""), (" a", "\" a\""), ("a ", "\"a \""), ("a\nb", "\"a\\nb\""), ("{x}", "\"{x}\""),
        ("say \"hi\" \\", "say \"hi\" \\"),
        ("\"hi\" \\", "\"\\\"hi\\\" \\\\\""), ("a\u{200B}b", "\"a\\U0000200bb\""), ("a\u{7}", "\"a\\U00000007\""),
    ])
    func `YAML scalars`(_ text: String, _ expected: String) {
        #expect(yamlScalar(text) == expected)
    }

    @Test(arguments: [("a, b", "\"a, b\""), ("a [b]", "\"a [b]\""), ("it's", "\"it's\""), ("plain", "plain")])
    func `YAML scalars in flow collections`(_ text: String, _ expected: String) {
        #expect(yamlScalar(text, inFlow: true) == expected)
    }
}
