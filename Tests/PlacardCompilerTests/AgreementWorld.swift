import CEL
import CanonicalJSON
import ConformanceSupport
import Foundation
import PlacardCompiler
import PlacardEngine
import SourceDiagnostics
import Testing

/// The context that a `placard.yaml` declares, users in it, and outcomes of expressions about them in a form that
/// another implementation's can be compared with.
struct AgreementWorld {
    typealias Values = [(group: String, fields: [(name: String, value: CELValue)])]

    let environment: CEL.Environment
    /// What expressions may read.
    let fields: [(path: String, kind: ExpressionGenerator.Kind, isOptional: Bool, values: [String])]
    private let groups: DeclaredList<ContextGroup>
    private let types: [ObjectType]

    init(placard: URL) throws {
        let file = ProjectFiles.File(path: "placard.yaml", bytes: Array(try Data(contentsOf: placard)))
        groups = compile(ProjectFiles([file])).project.context
        try #require(!groups.isEmpty)
        types = groups.map { group in
            ObjectType(
                group.name,
                fields: group.attributes.map { ObjectField($0.name, $0.type.celType, isOptional: !$0.isGuaranteed) })
        }
        // The language as it is for everyone; that `first_name` is to be tested is a rule of ours.
        environment = CEL.Environment(
            Declarations(variables: types.map { VariableDeclaration($0.name, .object($0.name)) }, objectTypes: types))
        fields = groups.flatMap { group in
            group.attributes.compactMap { attribute in
                // A version is a type of ours, which nobody else can have.
                guard let kind = ExpressionGenerator.Kind(attribute.type.celType) else { return nil }
                return ("\(group.name).\(attribute.name)", kind, !attribute.isGuaranteed, attribute.values)
            }
        }
    }

    /// A user: mostly what is declared, sometimes what is not, and the optional attributes half of the time.
    func values(_ random: inout SplitMix) -> Values {
        groups.map { group in
            (
                group.name,
                group.attributes.compactMap { attribute -> (name: String, value: CELValue)? in
                    if !attribute.isGuaranteed, random.below(2) == 0 { return nil }
                    return value(attribute.type.celType, attribute.values, &random).map { (attribute.name, $0) }
                }
            )
        }
    }

    private func value(_ type: CELType, _ declared: [String], _ random: inout SplitMix) -> CELValue? {
        switch type {
        case .bool: return .bool(random.below(2) == 0)
        case .int: return .int(random.pick([0, 1, 2, 5, 42, -3, 1_000_000, .max, .min]))
        case .string:
            let any = ["", "a", "Zoë", "日本", "😀", "Maximiliana-Alexandra", "x y", "e\u{301}", "line\nbreak"]
            return .string(random.pick(declared.isEmpty || random.below(5) == 0 ? any : declared))
        case .list(let element):
            return .list((0..<random.below(5)).compactMap { _ in value(element, ["gold", "lapsed", "a"], &random) })
        default: return nil
        }
    }

    func activation(_ values: Values) -> Activation {
        var activation = Activation(environment)
        for (type, group) in zip(types, values) {
            activation[group.group] = .object(CELObject(type: type, fields: group.fields))
        }
        return activation
    }

    /// The values as the other implementation takes them. A whole number is text, for JSON's numbers are doubles.
    func json(_ values: Values) -> JSONValue {
        .object(
            JSONObject(
                values.map { group in
                    JSONObject.Member(
                        key: group.group,
                        value: .object(
                            JSONObject(group.fields.map { .init(key: $0.name, value: describe($0.value)) })))
                }))
    }

    /// What an expression comes to; an expression that does not check is a defect of the generator.
    func outcome(_ source: String, _ activation: Activation) throws -> JSONValue {
        let (program, diagnostics) = environment.compile(source)
        guard let program else {
            Issue.record("\(source): \(diagnostics.map(\.message).joined(separator: "; "))")
            return ["error", "it does not check"]
        }
        return switch program.evaluate(activation) {
        case .success(let value): describe(value)
        case .failure(let error): ["error", .string(error.message)]
        }
    }
}

/// A value as `[type, content]`. Whole numbers are one type, since Python has one. Moments and spans are in microseconds,
/// which is what Python has.
private func describe(_ value: CELValue) -> JSONValue {
    switch value {
    case .null: ["null", .null]
    case .bool(let flag): ["bool", .bool(flag)]
    case .int(let number): ["int", .string(String(number))]
    case .uint(let number): ["int", .string(String(number))]
    case .double(let number): ["double", .string(number.isNaN ? "nan" : String(number.bitPattern, radix: 16))]
    case .string(let text): ["string", .string(text)]
    case .bytes(let bytes): ["bytes", .array(bytes.map { .integer(Int($0)) })]
    case .list(let list): ["list", .array(list.map(describe))]
    case .map(let map): ["map", .array(zip(map.keys, map.values).map { [describe($0), describe($1)] })]
    case .timestamp(let moment):
        ["timestamp", .string(String(moment.seconds * 1_000_000 + Int64(moment.nanoseconds / 1_000)))]
    case .duration(let span): ["duration", .string(String(span.nanoseconds / 1_000))]
    default: ["other", .string(value.type.description)]
    }
}

extension ExpressionGenerator.Kind {
    init?(_ type: CELType) {
        switch type {
        case .bool: self = .bool
        case .int: self = .int
        case .string: self = .string
        case .list(.string): self = .list(.string)
        default: return nil
        }
    }
}
