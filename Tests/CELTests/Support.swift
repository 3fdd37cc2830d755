import CEL
import SourceDiagnostics
import Testing

/// The project that the checker's tests are written against.
let userType = ObjectType(
    "user",
    fields: [
        ObjectField("country", .string, values: ["US", "CA", "FR", "GB"]),
        ObjectField("segments", .list(.string), values: ["gold", "silver"]),
        ObjectField("orders_count", .int),
        ObjectField("first_name", .string, isOptional: true),
        ObjectField("birthday", .timestamp, isOptional: true),
        ObjectField("is_member", .bool),
        ObjectField("address", .object("address"), isOptional: true),
    ])
let addressType = ObjectType("address", fields: [ObjectField("city", .string, isOptional: true)])
let appType = ObjectType(
    "app",
    fields: [
        ObjectField("version", .version), ObjectField("platform", .string, values: ["ios", "android", "web"]),
        ObjectField("os_version", .string),
    ])
let project = Environment(
    Declarations(
        variables: [VariableDeclaration("user", .object("user")), VariableDeclaration("app", .object("app"))],
        objectTypes: [userType, addressType, appType]),
    mode: .authoring)

/// A value as a short text: `[1, "a", 2u]`.
func show(_ value: CELValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): "\(flag)"
    case .int(let number): "\(number)"
    case .uint(let number): "\(number)u"
    case .double(let number): "\(number)"
    case .string(let text): "\"\(text)\""
    case .bytes(let bytes): "b\(bytes)"
    case .list(let list): "[" + list.map(show).joined(separator: ", ") + "]"
    case .map(let map): "{" + zip(map.keys, map.values).map { show($0) + ": " + show($1) }.joined(separator: ", ") + "}"
    case .type(let type): type.name
    case .timestamp(let timestamp): timestamp.rfc3339
    case .duration(let duration): duration.decimalSeconds
    case .optional(let optional): optional.value.map { "optional(\(show($0)))" } ?? "none"
    case .object(let object): object.type.name
    case .version(let version): version.text
    case .ip(let address): address.text
    case .cidr(let range): range.text
    }
}

/// What an expression comes to: a value as ``show(_:)`` has it, or `error: …`.
func result(
    _ source: String, _ environment: Environment = Environment(), _ values: [(String, CELValue)] = []
) -> String {
    let (program, diagnostics) = environment.compile(source)
    guard let program else { return "error: " + diagnostics.map { $0.id }.joined(separator: ", ") }
    var activation = Activation(environment)
    for (name, value) in values { activation[name] = value }
    switch program.evaluate(activation) {
    case .success(let value): return show(value)
    case .failure(let error): return "error: " + error.message
    }
}

/// The diagnostics of an expression in the project, as `id@start..<end`.
func diagnostics(_ source: String, _ environment: Environment = project, expecting: CELType? = .bool) -> [Diagnostic] {
    let (expression, syntax) = environment.parse(source)
    guard syntax.isEmpty else { return syntax }
    return environment.check(expression, expecting: expecting).1
}

/// Checks that `source` gives exactly `id`, at the text `at`; applies each fix and checks that the diagnostic is gone.
func check(
    _ source: String, gives id: String, at text: String, expecting: CELType? = .bool,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let found = diagnostics(source, expecting: expecting)
    #expect(found.map { $0.id } == [id], sourceLocation: sourceLocation)
    guard let diagnostic = found.first else { return }
    let bytes = Array(source.utf8)
    let span = diagnostic.primary.span
    let pointed = String(decoding: bytes[span.start..<span.end], as: UTF8.self)
    #expect(pointed == text, sourceLocation: sourceLocation)
    #expect(!diagnostic.message.hasSuffix("."), sourceLocation: sourceLocation)
    for fix in diagnostic.fixIts where fix.applicability != .displayOnly {
        let fixed = apply(fix, to: source)
        let left = diagnostics(fixed, expecting: expecting).map { $0.id }
        #expect(!left.contains(id), "\(fix.title): \(fixed)", sourceLocation: sourceLocation)
    }
}

func apply(_ fix: FixIt, to source: String) -> String {
    var bytes = Array(source.utf8)
    for edit in fix.edits.sorted(by: { $0.span.start > $1.span.start }) {
        bytes.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
}
