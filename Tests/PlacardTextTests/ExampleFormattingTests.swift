import MessageFormat
import PlacardText
import SourceDiagnostics
import Synchronization
import Testing
import UnicodeLocale

/// Which values are asked of a host, and when.
@Suite struct ExampleFormattingTests {
    /// A host that counts what it is asked, and a memory of everything.
    private final class Recorder: Sendable {
        let requests = Mutex<[String]>([])
        let known = Mutex<[ExampleFormatting.Placeholder: [ShownValue]]>([:])

        var formatting: ExampleFormatting {
            ExampleFormatting(
                host: FormattingHost(
                    formatNumber: { request in
                        self.requests.withLock { $0.append("\(request.locale) \(request.neutralText)") }
                        return nil
                    }, formatDateTime: { _ in nil })
            ) { placeholder, make in
                if let values = self.known.withLock({ $0[placeholder] }) { return values }
                let values = make()
                self.known.withLock { $0[placeholder] = values }
                return values
            }
        }
    }

    private func environment(_ recorder: Recorder) throws -> TextEnvironment {
        try exampleEnvironment {
            $0.variables["n"] = TextVariable(type: .int, isGuaranteed: true, examples: ["7", "12"])
            $0.examples = recorder.formatting
        }
    }

    @Test func aTextWithoutALimitAsksForNothing() throws {
        let recorder = Recorder()
        var environment = try environment(recorder)
        #expect(try check("{$n :integer} {$n}", kind: .plain, environment).text != nil)
        environment.maximumLength = 3
        #expect(
            try check("{$name :string}{$name}", kind: .plain, environment).diagnostics.map(\.id) == ["text/too-long"])
        #expect(recorder.requests.withLock { $0 } == [])
        #expect(recorder.known.withLock { $0.count } == 0)
    }

    @Test func aPlaceholderIsWrittenOnceForALanguage() throws {
        let recorder = Recorder()
        var environment = try environment(recorder)
        environment.maximumLength = 50
        for text in ["{$n :integer}", "a {$n :integer} b {$n :integer}", ".local $x = {$n}\n{{{$n :integer}}}"] {
            #expect(try check(text, kind: .plain, environment).text != nil)
        }
        #expect(recorder.requests.withLock { $0 } == ["en 7", "en 12"])
        environment.variables["n"]?.fallback = "none"
        #expect(try check("{$n :integer}", kind: .plain, environment).text?.length?.longest == 4)
        #expect(recorder.requests.withLock { $0 }.count == 2)
        environment.locale = try LanguageTag("de")
        _ = try check("{$n :integer}", kind: .plain, environment)
        #expect(recorder.requests.withLock { $0 }.count == 4)
        environment.variables["n"]?.examples = ["345"]
        #expect(try check("{$n :integer}", kind: .plain, environment).text?.length?.longest == 4)
        #expect(recorder.requests.withLock { $0 }.last == "de 345")
    }

    @Test func aTargetShowsNoValue() throws {
        let recorder = Recorder()
        var environment = try environment(recorder)
        environment.maximumLength = 4
        #expect(try check("[here](https://a.example/{$n})", environment).diagnostics.isEmpty)
        #expect(recorder.requests.withLock { $0 } == [])
    }

    @Test func theShortestTheLongestAndTheLargestAreGiven() throws {
        let host = FormattingHost(
            formatNumber: { ["1": "a", "2": "aaa", "3": "ééé", "4": "aa"][$0.neutralText] },
            formatDateTime: { _ in nil })
        let variable = TextVariable(type: .int, isGuaranteed: true, examples: ["4", "2", "1", "3"])
        let values = ExampleFormatting(host: host).values(
            of: MessageFormat.Expression(.variable("n")), in: Message(body: .pattern(Pattern())),
            variables: ["n": variable], locale: try LanguageTag("en"))
        #expect(values.map(\.text) == ["a", "aaa", "ééé"])
        #expect(values.map(\.origin) == [.example("1"), .example("2"), .example("3")])
    }

    @Test func manyCombinationsAreBounded() throws {
        let recorder = Recorder()
        var environment = try environment(recorder)
        environment.maximumLength = 50
        environment.variables["n"]?.examples = (0..<100).map { String($0) }
        environment.variables["count"]?.examples = (0..<100).map { String($0) }
        _ = try check("{$n :number minimumIntegerDigits=$count}", kind: .plain, environment)
        #expect(recorder.requests.withLock { $0.count } == 1024)
    }
}
