// Semantic Versioning 2.0 (k8s.io/apiserver, pkg/cel/library/semverlib.go).

extension Functions {
    static func version(_ builtin: Builtin, _ values: [CELValue]) throws(EvaluationError) -> CELValue? {
        switch (builtin, values.first) {
        case (.semver, .string(let text)?):
            guard let normalize = normalize(values) else { return nil }
            guard let version = parse(text, normalize) else { throw invalid("version", text) }
            return .version(version)
        case (.isSemver, .string(let text)?):
            guard let normalize = normalize(values) else { return nil }
            return .bool(parse(text, normalize) != nil)
        case (_, .version(let version)?):
            if values.count == 1 { return try number(builtin, version) }
            guard values.count == 2, case .version(let other) = values[1] else { return nil }
            return compare(builtin, version, other)
        default: return nil
        }
    }

    private static func normalize(_ values: [CELValue]) -> Bool? {
        if values.count == 1 { return false }
        guard values.count == 2, case .bool(let flag) = values[1] else { return nil }
        return flag
    }

    private static func parse(_ text: String, _ normalize: Bool) -> SemanticVersion? {
        normalize ? SemanticVersion(normalizing: text) : SemanticVersion(parsing: text)
    }

    private static func number(_ builtin: Builtin, _ version: SemanticVersion) throws(EvaluationError) -> CELValue? {
        let number: UInt64
        switch builtin {
        case .major: number = version.major
        case .minor: number = version.minor
        case .patch: number = version.patch
        default: return nil
        }
        guard let exact = Int64(exactly: number) else { throw EvaluationError(.overflow) }
        return .int(exact)
    }

    private static func compare(_ builtin: Builtin, _ a: SemanticVersion, _ b: SemanticVersion) -> CELValue? {
        switch builtin {
        case .isGreaterThan: .bool(a > b)
        case .isLessThan: .bool(a < b)
        case .compareTo: .int(a < b ? -1 : a == b ? 0 : 1)
        default: nil
        }
    }
}
