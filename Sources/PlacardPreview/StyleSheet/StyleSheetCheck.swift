import ByteText
import SourceDiagnostics

/// A template's `style.css`, read once.
///
/// The sheet is copied between `@scope (.t-<name>) {` and `}`. Where every block, string and comment of it ends within it,
/// the scope is left at our own brace alone, whichever way a browser recovers from what it does not know.
package struct StyleSheet: Sendable, Equatable {
    let source: [UInt8]
    /// What is wrong, without a file, in the order of the text.
    let problems: [Diagnostic]
    /// What it says; nothing where something is wrong.
    let rules: [StyleRule]

    /// Whether both have the same bytes.
    package static func == (a: StyleSheet, b: StyleSheet) -> Bool { a.source == b.source }

    /// - Parameter source: the bytes of the file.
    package init(_ source: [UInt8]) {
        self.source = source
        problems = StyleSheet.check(source)
        rules = problems.isEmpty ? StyleRuleReader.rules(of: source) : []
    }

    /// What is wrong: what would leave its scope, and what would load.
    ///
    /// - Parameter file: its path in the project, for the diagnostics' labels.
    /// - Returns: diagnostics in the order of the text.
    package func diagnostics(file: String) -> [Diagnostic] { problems.map { $0.placed(in: file) } }

    /// The text that goes into a page; nothing where something is wrong.
    var text: ArraySlice<UInt8> { problems.isEmpty ? source[StyleSheet.textStart(source)...] : [] }

    /// Bytes of one sheet.
    static let maximumBytes = 256 * 1024
    /// Blocks inside blocks, of any brackets.
    static let maximumDepth = 32

    /// Rules that hold for the place they are written in, or, as the names of `@keyframes` and `@layer`, that nothing but the
    /// template's own sheet can meet: a page has one.
    static let atRules: Set<String> = [
        "-webkit-keyframes", "container", "keyframes", "layer", "media", "starting-style", "supports",
    ]
    /// Functions that load, or that take a picture of the page, without the prefixes of browsers.
    static let refusedFunctions: Set<String> = [
        "canvas", "cross-fade", "domain", "element", "expression", "image", "image-rect", "image-set", "paint",
        "src", "url", "url-prefix",
    ]
    /// Properties that bind code, in browsers that had them.
    static let refusedProperties: Set<String> = ["-moz-binding", "-ms-behavior", "behavior"]

    /// Where the sheet begins behind a mark of its encoding, which is no mark anywhere but at the start of a file.
    static func textStart(_ source: [UInt8]) -> Int { source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

    /// What is wrong, without a file.
    static func check(_ source: [UInt8]) -> [Diagnostic] {
        func place(_ start: Int) -> Span { Span(start, min(start + 1, source.count)) }
        guard source.count <= maximumBytes else {
            return [.styleSheetTooLarge(at: place(0))]
        }
        if let start = firstInvalidUTF8(in: source) {
            return [.badStyleCharacter("the style sheet is not valid UTF-8", at: place(start))]
        }
        if let start = source.firstIndex(of: 0) {
            return [.badStyleCharacter("the style sheet holds the character U+0000", at: place(start))]
        }
        var checker = StyleSheetChecker()
        var tokenizer = CSSTokenizer(source, from: textStart(source))
        while let token = tokenizer.next(), checker.see(token) {}
        return checker.finish()
    }
}

/// Follows the tokens of a sheet.
private struct StyleSheetChecker {
    private var diagnostics: [Diagnostic] = []
    /// What is open: the bracket, what stands before it, and its place.
    private var open: [(bracket: UInt8, function: String, span: Span)] = []
    /// An identifier with nothing behind it yet.
    private var identifier: (name: String, span: Span)?
    /// Whether the end of a block, a string or a comment is not known.
    private var isLost = false

    /// - Returns: whether to go on.
    mutating func see(_ token: CSSToken) -> Bool {
        let before = identifier
        if token.kind != .whitespace, token.kind != .comment { identifier = nil }
        let name = String(decoding: token.name, as: UTF8.self)
        // Where a name ends at it, `url(` may begin, and what is a bracket to others is none. A function that loads is told of
        // as such.
        if token.isAmbiguous, token.kind != .function || !isRefused(name) {
            lose(.ambiguousName(at: token.span))
            return false
        }
        switch token.kind {
        case .identifier:
            identifier = (name, token.span)
            if ["attr", "type"].contains(open.last?.function), isRefused(name) { refuse(function: name, token.span) }
        case .function:
            if isRefused(name) { refuse(function: name, token.span) }
            push(0x28, name, token.span)
        case .url: refuse(function: name, token.span)
        case .atKeyword:
            if !StyleSheet.atRules.contains(name) {
                diagnostics.append(.forbiddenAtRule(name, at: token.span))
            }
        case .opening(let bracket): push(bracket, "", token.span)
        case .closing(let bracket): close(bracket, token.span)
        case .badString:
            lose(.unclosedStyleString(at: token.span))
        case .unclosedComment:
            lose(.unclosedStyleComment(at: Span(token.span.start, token.span.start + 2)))
        case .delimiter(0x3A):
            if let before, StyleSheet.refusedProperties.contains(before.name) {
                diagnostics.append(.forbiddenProperty(before.name, at: before.span))
            }
        default: break
        }
        return !isLost
    }

    consuming func finish() -> [Diagnostic] {
        if !isLost, let last = open.last {
            diagnostics.append(.unclosedBracket(text(last.bracket), at: last.span))
        }
        return diagnostics
    }

    /// Whether a function's name, or its end behind a character beyond ASCII, which not all browsers take for a part of
    /// names, is one that loads.
    private func isRefused(_ name: String) -> Bool {
        var name =
            name.unicodeScalars.split(omittingEmptySubsequences: false) { !$0.isASCII }.last.map { String($0) } ?? name
        for prefix in ["-webkit-", "-moz-", "-ms-", "-o-"] where name.hasPrefix(prefix) {
            name.removeFirst(prefix.count)
            return StyleSheet.refusedFunctions.contains(name)
        }
        return StyleSheet.refusedFunctions.contains(name)
    }

    private mutating func refuse(function name: String, _ span: Span) {
        diagnostics.append(.forbiddenFunction(name, at: span))
    }

    private mutating func push(_ bracket: UInt8, _ function: String, _ span: Span) {
        guard open.count < StyleSheet.maximumDepth else {
            lose(.blocksTooDeep(at: span))
            return
        }
        open.append((bracket, function, span))
    }

    private mutating func close(_ bracket: UInt8, _ span: Span) {
        guard let last = open.popLast() else {
            lose(.strayBracket(text(bracket), at: span))
            return
        }
        let expected: UInt8 = last.bracket == 0x28 ? 0x29 : last.bracket + 2
        if bracket != expected {
            diagnostics.append(
                .mismatchedBracket(text(bracket), expected: text(expected), at: span, opened: last.span))
            isLost = true
        }
    }

    private mutating func lose(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
        isLost = true
    }

    private func text(_ bracket: UInt8) -> String { String(decoding: [bracket], as: UTF8.self) }
}
