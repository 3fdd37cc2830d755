import CEL
import CanonicalJSON
import LinearRegex
import LocatedYAML
import MessageFormat
import PlacardBundle
import PlacardMarkdown
import PlacardPreview
import PlacardText
import SourceDiagnostics
import UnicodeLocale

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// parser-fuzz PARSER [FILE…]: reads each file with one parser, and traps where something does not hold that holds of any
// bytes. Built with libFuzzer (Tests/Scripts/fuzz-parsers.sh) the bytes come from it, and FILE… are its own arguments.

/// Writes a line to standard error.
func tell(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(2, bytes, bytes.count)
}

/// Stops the process, so that the input is kept.
func require(_ holds: Bool, _ what: String) {
    guard !holds else { return }
    tell("parser-fuzz: \(what)")
    abort()
}

func require(_ diagnostics: [Diagnostic], fit count: Int) {
    for diagnostic in diagnostics {
        let span = diagnostic.primary.span
        require(
            span.start >= 0 && span.start <= span.end && span.end <= count, "\(diagnostic.id) is at \(span) of \(count)"
        )
        require(!diagnostic.message.contains("\n"), "\(diagnostic.id) has a message of two lines")
    }
}

func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

let expressions = Environment(
    Declarations(
        variables: [VariableDeclaration("user", .object("user"))],
        objectTypes: [
            ObjectType(
                "user",
                fields: [
                    ObjectField("country", .string, values: ["FR", "DE"]), ObjectField("count", .int),
                    ObjectField("tags", .list(.string)), ObjectField("first_name", .string, isOptional: true),
                ])
        ]),
    mode: .authoring)

func markdown(_ bytes: [UInt8]) {
    guard isUTF8(bytes) else { return }
    let document = parseMarkdown(bytes, options: MarkdownOptions(links: LinkPolicy(schemes: ["https"])))
    require(document.diagnostics, fit: bytes.count)
    guard let tree = document.tree else { return }
    require(isUTF8(HTMLRenderer.render(tree)), "HTML is not UTF-8")
    require(isUTF8(PlainTextRenderer.render(tree)), "text is not UTF-8")
    require((try? JSONValue(parsing: MdastRenderer.render(tree))) != nil, "mdast is not JSON")
}

func text(_ bytes: [UInt8]) {
    let environment = TextEnvironment(
        variables: ["user.count": TextVariable(type: .int, isGuaranteed: true)], locale: LanguageTag(language: "en"))
    let (text, diagnostics) = compileText(bytes, kind: .document(conversation: false), environment: environment)
    require(diagnostics, fit: bytes.count)
    guard let text else { return }
    for form in [text.html, text.text, text.mdast] {
        require((try? JSONValue(parsing: form)) != nil, "a compiled text is not JSON")
    }
}

func messageFormat(_ bytes: [UInt8]) {
    let (message, diagnostics) = parseMessage(bytes)
    require(diagnostics, fit: bytes.count)
    guard diagnostics.isEmpty else { return }
    require(parseMessage(message.source).diagnostics.isEmpty, "what was written of a message cannot be read")
}

func expression(_ bytes: [UInt8]) {
    guard let source = String(validating: bytes, as: UTF8.self) else { return }
    let (parsed, syntax) = expressions.parse(source)
    require(syntax, fit: bytes.count)
    require(expressions.check(parsed, expecting: .bool).1, fit: bytes.count)
}

func json(_ bytes: [UInt8]) {
    guard let value = try? JSONValue(parsing: bytes) else { return }
    let written = value.canonicalBytes
    require((try? JSONValue(parsing: written))?.canonicalBytes == written, "canonical JSON reads as something else")
    _ = try? Catalog(json: value)
    _ = try? LocaleFile(json: value)
    _ = try? Manifest(json: value)
}

let parsers: [String: ([UInt8]) -> Void] = [
    "yaml": { require(parseYAML($0).diagnostics, fit: $0.count) },
    "front-matter": { require(splitFrontMatter($0).diagnostics, fit: $0.count) },
    "markdown": markdown, "text": text, "message-format": messageFormat, "expression": expression, "json": json,
    "merge-patch": mergePatch,
    "mustache": { require(checkPreviewTemplate($0, file: "preview.mustache"), fit: $0.count) },
    "regex": { bytes in
        let halves = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let pattern = String(validating: halves[0], as: UTF8.self),
            let regex = try? Regex(pattern)
        else { return }
        Array(halves[1]).withUnsafeBufferPointer { _ = regex.matches($0) }
    },
]

/// The parser that the process was started for; nil for none of that name.
enum Task {
    nonisolated(unsafe) static var parser: (([UInt8]) -> Void)?
}

/// Reads a file; empty when it cannot be read.
func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes[..<count])
}

Task.parser = CommandLine.arguments.dropFirst().first.flatMap { parsers[$0] }
guard let parser = Task.parser else {
    tell("usage: parser-fuzz PARSER [FILE…]\nparsers: \(parsers.keys.sorted().joined(separator: " "))")
    exit(2)
}

#if LIBFUZZER
    @_silgen_name("LLVMFuzzerRunDriver")
    func runDriver(
        _ count: UnsafeMutablePointer<Int32>,
        _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
        _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
    ) -> Int32

    var arguments = CommandLine.unsafeArgv
    // libFuzzer's own arguments begin behind the parser's name.
    arguments[1] = arguments[0]
    arguments += 1
    var count = CommandLine.argc - 1
    exit(
        runDriver(&count, &arguments) { start, count in
            Task.parser?(Array(UnsafeBufferPointer(start: start, count: count)))
            return 0
        })
#else
    for path in CommandLine.arguments.dropFirst(2) { parser(contents(of: path)) }
#endif
