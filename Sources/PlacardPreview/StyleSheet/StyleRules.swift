import ByteText
import SourceDiagnostics

/// One declaration of a style sheet: a property with its value.
struct StyleDeclaration: Sendable {
    /// In small letters.
    var property: String
    /// Without white space and comments.
    var value: [CSSToken]
    /// The value.
    var span: Span
}

/// One rule of a style sheet that holds on every screen: what it selects, and what it declares.
struct StyleRule: Sendable {
    /// What stands before `{`, without comments.
    var selector: [CSSToken]
    var span: Span
    var declarations: [StyleDeclaration] = []

    /// The last declaration of one of these properties, which is the one that counts.
    func last(_ properties: String...) -> StyleDeclaration? {
        declarations.last { properties.contains($0.property) }
    }

    /// The selectors of the list, each cut at its spaces and combinators.
    var compounds: [[[CSSToken]]] {
        var result: [[[CSSToken]]] = [[[]]]
        var depth = 0
        for token in selector {
            switch token.kind {
            case .opening, .function: depth += 1
            case .closing: depth -= 1
            default: break
            }
            switch token.kind {
            case .delimiter(0x2C) where depth == 0: result.append([[]])
            case .whitespace where depth == 0, .delimiter(0x3E) where depth == 0, .delimiter(0x2B) where depth == 0,
                .delimiter(0x7E) where depth == 0:
                if result[result.count - 1].last?.isEmpty == false { result[result.count - 1].append([]) }
            default: result[result.count - 1][result[result.count - 1].count - 1].append(token)
            }
        }
        return result.map { $0.filter { !$0.isEmpty } }.filter { !$0.isEmpty }
    }
}

extension [CSSToken] {
    /// The classes that a compound selector names.
    var classes: Set<String> {
        var result: Set<String> = []
        for (mark, name) in zip(self, dropFirst()) where mark.kind == .delimiter(0x2E) && name.kind == .identifier {
            result.insert(String(decoding: name.name, as: UTF8.self))
        }
        return result
    }

    /// The type of element that a compound selector names.
    var element: String? {
        guard let first, first.kind == .identifier else { return nil }
        return String(decoding: first.name, as: UTF8.self)
    }
}

/// Reads the rules of a sheet in which nothing is wrong. What holds on some screens alone, as in `@media`, is left out, and so are
/// the steps of animations.
struct StyleRuleReader {
    private let tokens: [CSSToken]
    private var at = 0
    private var rules: [StyleRule] = []

    /// The rules of a sheet, in its order.
    static func rules(of source: [UInt8]) -> [StyleRule] {
        var reader = StyleRuleReader(source)
        reader.block(of: nil, isShown: true)
        return reader.rules
    }

    private init(_ source: [UInt8]) {
        var tokenizer = CSSTokenizer(source, from: StyleSheet.textStart(source))
        var tokens: [CSSToken] = []
        while let token = tokenizer.next() {
            if token.kind != .comment { tokens.append(token) }
        }
        self.tokens = tokens
    }

    /// Reads up to the `}` of a block: declarations of the rule at `rule`, and rules.
    ///
    /// The sheet's brackets are in pairs, and no deeper than its limit.
    private mutating func block(of rule: Int?, isShown: Bool) {
        while at < tokens.count {
            switch tokens[at].kind {
            case .closing(0x7D):
                at += 1
                return
            case .whitespace, .delimiter(0x3B): at += 1
            default: statement(of: rule, isShown: isShown)
            }
        }
    }

    /// A declaration up to its `;`, or a rule with its block.
    private mutating func statement(of rule: Int?, isShown: Bool) {
        let start = at
        var depth = 0
        while at < tokens.count {
            switch tokens[at].kind {
            case .delimiter(0x3B) where depth == 0, .closing(0x7D) where depth == 0:
                declare(start..<at, of: rule, isShown: isShown)
                return
            case .opening(0x7B) where depth == 0:
                let prelude = start..<at
                at += 1
                open(prelude, isShown: isShown)
                return
            case .opening, .function: depth += 1
            case .closing: depth -= 1
            default: break
            }
            at += 1
        }
        declare(start..<at, of: rule, isShown: isShown)
    }

    // Both take places, not tokens: Swift 6.3 releases the names of a slice's first and last token twice when it optimizes.

    private mutating func open(_ prelude: Range<Int>, isShown: Bool) {
        guard !prelude.isEmpty else { return block(of: nil, isShown: false) }
        if tokens[prelude.lowerBound].kind == .atKeyword {
            let name = String(decoding: tokens[prelude.lowerBound].name, as: UTF8.self)
            return block(of: nil, isShown: isShown && ["layer", "supports"].contains(name))
        }
        guard isShown else { return block(of: nil, isShown: false) }
        let span = Span(tokens[prelude.lowerBound].span.start, tokens[prelude.upperBound - 1].span.end)
        rules.append(StyleRule(selector: Array(tokens[prelude]), span: span))
        block(of: rules.count - 1, isShown: true)
    }

    private mutating func declare(_ places: Range<Int>, of rule: Int?, isShown: Bool) {
        guard isShown, let rule, !places.isEmpty, tokens[places.lowerBound].kind == .identifier,
            let colon = places.first(where: { tokens[$0].kind == .delimiter(0x3A) })
        else { return }
        let value = (colon + 1..<places.upperBound).filter { tokens[$0].kind != .whitespace }
        guard let first = value.first, let last = value.last else { return }
        rules[rule].declarations.append(
            StyleDeclaration(
                property: String(decoding: tokens[places.lowerBound].name, as: UTF8.self),
                value: value.map { tokens[$0] }, span: Span(tokens[first].span.start, tokens[last].span.end)))
    }
}
