import CEL
import CanonicalJSON
import ConformanceSupport
import Foundation
import SourceDiagnostics
import Testing

/// cel-spec's own tests (`cel/*.json`): parse, check and evaluation.
@Suite struct CELConformance {
    @Test(.enabled(if: ConformanceData.isPresent)) func theTestsOfTheSpecificationPass() throws {
        let run = ConformanceRun("CEL")
        var promised = 0
        for file in ConformanceData.files(in: "cel") {
            promised += try ConformanceData.count(file) ?? 0
            for section in try ConformanceData.load(file)?["sections"]?.array ?? [] {
                for test in section["tests"]?.array ?? [] {
                    let key =
                        "\(file) \(section["name"]?.string ?? "") \(test["name"]?.string ?? "") \(test["expr"]?.string ?? "")"
                    judge(ConformanceCase(test), key, run)
                }
            }
        }
        #expect(run.finish(), "\(run.failures.prefix(60))")
        #expect(run.count == promised)
    }

    /// Runs a case. One that needs protocol buffers, which are not part of this library, is to fail; where it wants an error,
    /// which any name that is not known gives, it shows something only when it gives a value. Where a message is the type of
    /// a variable and nothing else, its fields are declared, and the case is one like any other.
    private func judge(_ test: ConformanceCase, _ key: String, _ run: ConformanceRun) {
        guard test.needsProto, !test.onlyDeclaresMessages else { return run.record(key, failure: test.failure) }
        guard test.canBeBound else {
            return run.skip(key, because: "a binding is a protocol buffer, of which there is no value here")
        }
        let failure = test.failure
        if test.wantsError, failure == nil {
            return run.skip(key, because: "an error is wanted, and names of protocol buffers give one")
        }
        run.record(
            key, failure: failure,
            expected: test.wantsError ? nil : "protocol buffer messages and enums are not part of this library")
    }
}

/// One test of the suite.
struct ConformanceCase {
    let test: JSONValue

    init(_ test: JSONValue) {
        self.test = test
    }

    var needsProto: Bool { test["needsProto"]?.bool == true }

    var wantsError: Bool { test["expect"]?["error"]?.bool == true }

    /// Whether protocol buffers are the types of variables, and nothing that is built, bound or expected.
    var onlyDeclaresMessages: Bool {
        let reasons = test["protoReason"]?.array?.compactMap(\.string) ?? []
        return !reasons.isEmpty && reasons.allSatisfy { $0 == "typeEnv:message" || $0 == "expect:wrapper-type" }
    }

    /// Whether every binding is a value of this library.
    var canBeBound: Bool {
        func isValue(_ json: JSONValue) -> Bool {
            if json["object"] != nil || json["enum"] != nil { return false }
            let parts = (json["list"]?.array ?? []) + (json["map"]?.array ?? []).flatMap { $0.array ?? [] }
            return parts.allSatisfy(isValue)
        }
        return test["bindings"]?.object?.members.allSatisfy { isValue($0.value) } ?? true
    }

    /// What differs; nil when the test passes.
    var failure: String? {
        let (declarations, bindings) = declarations()
        var environment = Environment(
            declarations, container: test["container"]?.string ?? "", host: Host(timeZoneOffset: foundationOffset))
        environment.testMacros = true
        environment.macros = test["disableMacros"]?.bool != true
        let (expression, syntax) = environment.parse(test["expr"]?.string ?? "")
        let expected = test["expect"]
        if let first = syntax.first { return wantsError ? nil : "\(first.id): \(first.message)" }
        var checked = environment.resolve(expression)
        if test["disableCheck"]?.bool != true {
            let (typed, diagnostics) = environment.check(expression)
            if let first = diagnostics.first { return wantsError ? nil : "\(first.id): \(first.message)" }
            if let wanted = expected?["typedResult"]?["type"]?.string {
                guard typed.resultType == CELType(notation: wanted) else {
                    return "type \(typed.resultType), wanted \(wanted)"
                }
            }
            checked = typed
        }
        if test["checkOnly"]?.bool == true { return nil }
        var activation = Activation(environment)
        for (name, value) in bindings { activation[name] = value }
        let wanted = expected?["value"] ?? expected?["typedResult"]?["value"]
        switch Program(checked).evaluate(activation) {
        case .failure(let error): return wantsError ? nil : "error: \(error.message)"
        case .success(let value):
            if wantsError { return "\(value), wanted an error" }
            guard let wanted else { return nil }
            return matches(value, wanted) ? nil : "\(value), wanted \(wanted.canonicalString)"
        }
    }

    private func declarations() -> (Declarations, [(String, CELValue)]) {
        var result = Declarations()
        if onlyDeclaresMessages {
            result.objectTypes = ["proto2", "proto3"].flatMap {
                conformanceMessages("cel.expr.conformance.\($0).TestAllTypes")
            }
        }
        for entry in test["typeEnv"]?.array ?? [] {
            let name = entry["name"]?.string ?? ""
            if let notation = entry["type"]?.string {
                result.variables.append(VariableDeclaration(name, CELType(notation: notation) ?? .dyn))
            }
            guard let overloads = entry["function"]?["overloads"]?.array else { continue }
            let parsed = overloads.map { overload in
                FunctionDeclaration.Overload(
                    id: overload["id"]?.string ?? "",
                    parameters: overload["params"]?.array?.map { CELType(notation: $0.string ?? "") ?? .dyn } ?? [],
                    result: CELType(notation: overload["result"]?.string ?? "") ?? .dyn,
                    isMember: overload["instance"]?.bool ?? false)
            }
            result.functions.append(FunctionDeclaration(name, overloads: parsed))
        }
        var bindings: [(String, CELValue)] = []
        for member in test["bindings"]?.object?.members ?? [] {
            bindings.append((member.key, value(member.value)))
            if !result.variables.contains(where: { $0.name == member.key }) {
                result.variables.append(VariableDeclaration(member.key, .dyn))
            }
        }
        return (result, bindings)
    }

    private func value(_ json: JSONValue) -> CELValue {
        guard let member = json.object?.members.first else { return .null }
        let content = member.value
        switch member.key {
        case "bool": return .bool(content.bool ?? false)
        case "int": return .int(Int64(content.string ?? "") ?? 0)
        case "uint": return .uint(UInt64(content.string ?? "") ?? 0)
        case "double": return .double(double(content))
        case "string": return .string(content.string ?? "")
        case "bytes": return .bytes([UInt8](Data(base64Encoded: content.string ?? "") ?? Data()))
        case "list": return .list((content.array ?? []).map { value($0) })
        case "map":
            let entries = (content.array ?? []).map {
                (key: value($0.array?[0] ?? .null), value: value($0.array?[1] ?? .null))
            }
            return .map(CELMap(entries) ?? CELMap())
        case "timestamp": return CELTimestamp(parsing: content.string ?? "").map { .timestamp($0) } ?? .null
        case "duration": return CELDuration(parsing: content.string ?? "").map { .duration($0) } ?? .null
        default: return .null
        }
    }

    private func double(_ json: JSONValue) -> Double {
        switch json {
        case .string("NaN"): .nan
        case .string("Infinity"): .infinity
        case .string("-Infinity"): -.infinity
        case .string("-0.0"): -0.0
        default: json.number ?? 0
        }
    }

    /// The suite's equality: types must agree, NaN equals NaN, -0.0 is not 0.0, maps have no order.
    private func matches(_ value: CELValue, _ json: JSONValue) -> Bool {
        if let name = json["type"]?.string {
            guard case .type(let type) = value else { return false }
            return type.name == name
        }
        return same(value, self.value(json))
    }

    private func same(_ a: CELValue, _ b: CELValue) -> Bool {
        switch (a, b) {
        case (.double(let x), .double(let y)): return x.bitPattern == y.bitPattern || (x.isNaN && y.isNaN)
        case (.list(let x), .list(let y)): return x.count == y.count && zip(x, y).allSatisfy { same($0, $1) }
        case (.map(let x), .map(let y)):
            return x.count == y.count
                && zip(x.keys, x.values).allSatisfy { key, value in
                    zip(y.keys, y.values).contains { same(key, $0) && same(value, $1) }
                }
        default: return a.type == b.type && a.equals(b) == true
        }
    }
}

/// The IANA zones of Foundation.
@Sendable func foundationOffset(_ zone: String, _ seconds: Int64) -> Int? {
    TimeZone(identifier: zone)?.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
}
