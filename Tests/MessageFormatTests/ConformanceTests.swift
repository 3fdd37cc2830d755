import CanonicalJSON
import ConformanceSupport
import FoundationFormatting
import MessageFormat
import SourceDiagnostics
import Testing

/// The test suite of the MessageFormat working group: text, parts and the exact list of errors.
@Suite struct MessageFormatConformance {
    @Test(.enabled(if: ConformanceData.isPresent)) func theSuiteOfTheWorkingGroupPasses() throws {
        let run = ConformanceRun("MF2")
        for path in ConformanceData.files(in: "mf2") {
            guard let file = try ConformanceData.load(path) else { continue }
            let defaults = file["defaultTestProperties"] ?? .null
            let tests = file["tests"]?.array ?? []
            for (index, test) in tests.enumerated() {
                let key = "\(path)#\(index) \(test["src"]?.string ?? "")"
                run.record(key, failure: check(test, defaults))
            }
            #expect(
                try ConformanceData.count(path) == tests.count, "\(path): COUNTS.json promises another number of cases")
        }
        #expect(run.finish())
    }

    /// What differs from the expectation; nil when nothing does.
    private func check(_ test: JSONValue, _ defaults: JSONValue) -> String? {
        func property(_ name: String) -> JSONValue? { test[name] ?? defaults[name] }
        guard let source = property("src")?.string else { return "the test has no source" }
        let parsed = parseMessage(source)
        let parseErrors = MessageErrorType.all(in: parsed.diagnostics).map(\.name)
        let expectedErrors = property("expErrors")?.array?.compactMap { $0["type"]?.string } ?? []
        if let place = placeBlamedTwice(parsed.diagnostics) { return "two diagnostics at \(place)" }
        if !parseErrors.isEmpty {
            return parseErrors == expectedErrors ? nil : "errors \(parseErrors), expected \(expectedErrors)"
        }
        let context = FormattingContext(
            locale: FormattingLocale(property("locale")?.string ?? "en-US"), host: .foundation, functions: .testing,
            isolation: property("bidiIsolation")?.string == "none" ? .none : .standard)
        let parameters = property("params")?.array ?? []
        func value(_ name: String) -> MessageValue? {
            guard let parameter = parameters.last(where: { $0["name"]?.string == name }) else { return nil }
            return messageValue(parameter)
        }
        let formatted = parsed.message.format(in: context, values: value)
        if let expected = property("exp")?.string, !formatted.text.utf8.elementsEqual(expected.utf8) {
            return "formatted ‘\(formatted.text)’, expected ‘\(expected)’"
        }
        let errors = formatted.errors.map { $0.type.name }
        guard errors == expectedErrors else { return "errors \(errors), expected \(expectedErrors)" }
        guard let expectedParts = property("expParts")?.array else { return roundTrip(parsed.message) }
        let parts = parsed.message.formatToParts(in: context, values: value)
        guard parts.errors == formatted.errors else { return "parts give other errors than the text" }
        let actual = parts.parts.map { json($0) }
        guard actual.count == expectedParts.count, zip(actual, expectedParts).allSatisfy({ matches($0, $1) }) else {
            return "parts \(JSONValue.array(actual).canonicalString)"
        }
        return roundTrip(parsed.message)
    }

    /// Where two diagnostics of one type stand, or of two types about the syntax: each defect is told once.
    private func placeBlamedTwice(_ diagnostics: [Diagnostic]) -> Int? {
        var seen: Set<[Int]> = []
        for diagnostic in diagnostics {
            guard let type = MessageErrorType(diagnostic) else { continue }
            let start = diagnostic.primary.span.start
            if !seen.insert([start, type.hashValue]).inserted { return start }
        }
        return nil
    }

    /// The message through its JSON form, and through its source form.
    private func roundTrip(_ message: Message) -> String? {
        do {
            let read = try Message(json: message.json)
            guard read == message else { return "differs after JSON" }
        } catch {
            return "its JSON is not read: \(error)"
        }
        let printed = message.source
        let again = parseMessage(printed)
        guard again.diagnostics.isEmpty else { return "printed as \(printed), which has errors" }
        return again.message == message ? nil : "printed as \(printed), which is another message"
    }

    private func messageValue(_ parameter: JSONValue) -> MessageValue? {
        switch parameter["value"] {
        case .string(let text)?:
            if parameter["type"]?.string == "datetime", case .instant(let moment, _)? = DateTimeOperand(literal: text) {
                return .instant(milliseconds: moment)
            }
            return .string(text)
        case .number(let number)?: return .double(number)
        case .bool(let flag)?: return .bool(flag)
        case .null?: return .other("null")
        case nil: return nil
        case .array?, .object?: return .other("[object Object]")
        }
    }

    /// Whether everything that is expected is there (as `toMatchObject` compares in the suite's own runner).
    private func matches(_ actual: JSONValue, _ expected: JSONValue) -> Bool {
        switch (actual, expected) {
        case (.object(let actual), .object(let expected)):
            return expected.members.allSatisfy { member in actual[member.key].map { matches($0, member.value) } ?? false
            }
        case (.array(let actual), .array(let expected)):
            return actual.count == expected.count && zip(actual, expected).allSatisfy { matches($0, $1) }
        default: return actual == expected
        }
    }

    private func json(_ part: MessagePart) -> JSONValue {
        switch part {
        case .text(let text): return ["type": "text", "value": .string(text)]
        case .bidiIsolation(let text): return ["type": "bidiIsolation", "value": .string(text)]
        case .fallback(let source): return ["type": "fallback", "source": .string(source)]
        case .markup(let markup):
            var object: JSONObject = [
                "type": "markup", "kind": .string(markup.kind.word), "name": .string(markup.name),
            ]
            object["id"] = markup.id.map { .string($0) }
            if !markup.options.isEmpty {
                object["options"] = .object(
                    JSONObject(markup.options.map { .init(key: $0.name, value: .string($0.value?.text ?? "")) }))
            }
            return .object(object)
        case .value(let value):
            var object: JSONObject = [
                "type": .string(value.type), "value": .string(value.value), "locale": .string(value.locale),
            ]
            object["dir"] = value.direction.map { .string($0.name) }
            object["id"] = value.id.map { .string($0) }
            if !value.parts.isEmpty {
                object["parts"] = .array(
                    value.parts.map { ["type": .string($0.type), "value": .string($0.value)] })
            }
            return .object(object)
        }
    }
}
