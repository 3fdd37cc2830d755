import CanonicalJSON
import ConformanceSupport
import MessageFormat
import Testing

/// Agreement with moz.l10n on generated messages: what we print it parses to the same data model, and it reads and
/// prints our JSON to the same.
@Suite struct MozL10nTests {
    private static let python = PythonTool(module: "moz.l10n.formats.mf2", of: "moz.l10n")

    @Test(.enabled(if: python != nil)) func generatedMessagesAreReadAsMozL10nDoes() throws {
        let python = try #require(Self.python)
        var generator = MessageGenerator(random: Xorshift(state: 0x0123_4567_89AB_CDEF))
        var lines = ""
        let count = 2000
        for _ in 0..<count {
            let message = generator.message()
            #expect(message.dataModelErrors().isEmpty)
            #expect(parseMessage(message.source).message == message)
            let line: JSONValue = ["source": .string(message.source), "model": message.json]
            lines += line.canonicalString + "\n"
        }
        let result = python.run(script: "moz_l10n_agreement.py", input: lines)
        for line in result.lines.suffix(20) { print(line) }
        #expect(result.status == 0)
        #expect(result.lines.last == "moz.l10n: \(count) agreed, 0 failed")
    }
}

/// Makes valid messages of all shapes, the same in every run. Names and unquoted literals keep to what moz.l10n
/// 0.15 knows, which has the names of LDML 46; other literals are quoted in both.
struct MessageGenerator {
    var random: Xorshift

    private let texts = [
        "a", " ", "Hello", "\n", "{", "}", "\\", "|", ".", "**b**", "é", "😀", "a\u{2066}", "@", "#", "{{", "}}", "$x",
        "1",
    ]
    private let names = ["x", "user.name", "a-b", "_1", "é", "count"]
    private let literals = ["a", "1", "-1.5e3", "", " ", "a b", "|", "\\", "{}", "é", "01", "*", "😀", "\n"]

    mutating func message() -> Message {
        var declarations: [Declaration] = []
        for index in 0..<random.next(3) {
            let name = "v\(index)"
            if random.next(2) == 0 {
                var value = expression(operand: .variable(name))
                value.attributes = []
                declarations.append(Declaration(.input, name: name, value: value))
            } else {
                declarations.append(Declaration(.local, name: name, value: expression(operand: operand())))
            }
        }
        guard random.next(3) == 0 else { return Message(declarations: declarations, body: .pattern(pattern())) }
        let selectors = (0...random.next(2)).map { index -> VariableReference in
            let name = "s\(index)"
            declarations.append(
                Declaration(
                    .input, name: name,
                    value: MessageFormat.Expression(.variable(name), function: FunctionReference("string"))))
            return VariableReference(name)
        }
        var variants: [Variant] = []
        for _ in 0..<random.next(4) {
            let keys = selectors.map { _ -> VariantKey in
                let literal = literals[random.next(literals.count)]
                return random.next(3) == 0 ? .catchAll(.none) : .literal(Literal(literal))
            }
            let isNew = !variants.contains { $0.keys == keys } && keys.contains { $0.value != nil }
            if isNew { variants.append(Variant(keys: keys, value: pattern())) }
        }
        variants.append(Variant(keys: selectors.map { _ in .catchAll(.none) }, value: pattern()))
        return Message(declarations: declarations, body: .select(Matcher(selectors: selectors, variants: variants)))
    }

    private mutating func pattern() -> Pattern {
        var elements: [PatternElement] = []
        for _ in 0..<random.next(6) {
            switch random.next(4) {
            case 0: elements.append(.expression(expression(operand: operand())))
            case 1: elements.append(.markup(markup()))
            default:
                if case .text? = elements.last { continue }
                elements.append(.text((0...random.next(3)).map { _ in texts[random.next(texts.count)] }.joined()))
            }
        }
        return Pattern(elements)
    }

    private mutating func value() -> Operand {
        random.next(2) == 0
            ? .literal(literals[random.next(literals.count)]) : .variable(names[random.next(names.count)])
    }

    /// Any value but the empty literal, which moz.l10n 0.15 loses where it is an operand.
    private mutating func operand() -> Operand {
        let value = value()
        return value == .literal("") ? .variable("x") : value
    }

    private mutating func expression(operand: Operand) -> MessageFormat.Expression {
        var result = MessageFormat.Expression(operand)
        if random.next(2) == 0 {
            result.function = FunctionReference(random.next(4) == 0 ? "ns:func" : "number", options: options())
            if case .literal = operand, random.next(5) == 0 { result.operand = nil }
        }
        if random.next(4) == 0 {
            result.attributes = [Attribute("a", Literal(literals[random.next(literals.count)])), Attribute("b")]
        }
        return result
    }

    private mutating func options() -> [Option] {
        (0..<random.next(3)).map { Option($0 == 0 ? "o" : "ns:o", value()) }
    }

    private mutating func markup() -> Markup {
        let kinds: [Markup.Kind] = [.open, .standalone, .close]
        return Markup(kinds[random.next(3)], random.next(3) == 0 ? "ns:b" : "b", options: options())
    }
}
