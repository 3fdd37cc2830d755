// Semantic Versioning 2.0 (k8s.io/apiserver, pkg/cel/library/semverlib.go); `string` is with the conversions.

extension Function {
    static let versions: [Function] = [
        Function(
            "semver", "(string) -> version; (string, bool) -> version", fixedWork: 48, isConversion: true,
            checkConstant: ConstantArguments.version
        ) { (values, _) throws(EvaluationError) in
            guard let text = values.text(0), let normalizes = normalizes(values) else { return nil }
            guard let version = parse(text, normalizes) else { throw .invalid("version", text) }
            return .version(version)
        },
        Function("isSemver", "(string) -> bool; (string, bool) -> bool", fixedWork: 48) {
            (values, _) throws(EvaluationError) in
            guard let text = values.text(0), let normalizes = normalizes(values) else { return nil }
            return .bool(parse(text, normalizes) != nil)
        },
        comparison("isGreaterThan", "bool") { .bool($0 > $1) },
        comparison("isLessThan", "bool") { .bool($0 < $1) },
        comparison("compareTo", "int") { .int($0 < $1 ? -1 : $0 == $1 ? 0 : 1) },
        number("major") { $0.major },
        number("minor") { $0.minor },
        number("patch") { $0.patch },
    ]

    private static func comparison(
        _ name: String, _ result: String, _ compare: @escaping @Sendable (SemanticVersion, SemanticVersion) -> CELValue
    ) -> Function {
        Function(name, "version.(version) -> " + result) { (values, _) throws(EvaluationError) in
            guard let a = values.version(0), let b = values.version(1) else { return nil }
            return compare(a, b)
        }
    }

    private static func number(_ name: String, _ part: @escaping @Sendable (SemanticVersion) -> UInt64) -> Function {
        Function(name, "version.() -> int") { (values, _) throws(EvaluationError) in
            guard let version = values.version(0) else { return nil }
            guard let exact = Int64(exactly: part(version)) else { throw EvaluationError(.overflow) }
            return .int(exact)
        }
    }

    private static func normalizes(_ values: [CELValue]) -> Bool? {
        guard values.count > 1 else { return false }
        guard case .bool(let flag) = values[1] else { return nil }
        return flag
    }

    private static func parse(_ text: String, _ normalizes: Bool) -> SemanticVersion? {
        normalizes ? SemanticVersion(reported: text) : SemanticVersion(parsing: text)
    }
}
