import CEL

/// Values that stand for all others: each constant, and one value of every gap between, before and behind them.
///
/// A comparison with one of the constants has the same result for every value of a gap, so that what holds for the
/// representatives holds for all.
func representatives(_ constants: Set<Scalar>, declared: [String], like kind: ScalarKind) -> [Scalar] {
    switch kind {
    case .string: return strings(constants, declared)
    case .bool: return [.bool(false), .bool(true)]
    default: break
    }
    var sorted: [Scalar] = []
    for constant in constants.sorted(by: { $0.order($1) == -1 }) where sorted.last?.order(constant) != 0 {
        sorted.append(constant)
    }
    guard let first = sorted.first else { return [kind.anything] }
    var result: [Scalar] = []
    if let below = first.below { result.append(below) }
    for (index, constant) in sorted.enumerated() {
        result.append(constant)
        let next = index + 1 < sorted.count ? sorted[index + 1] : nil
        // The plainest value of the gap, so that a witness reads well.
        if let inside = constant.above.first(where: { value in next.map { value.order($0) == -1 } ?? true }) {
            result.append(inside)
        }
    }
    return result
}

/// The kinds of ``Scalar``.
enum ScalarKind: Sendable {
    case string, bool, int, uint, double, timestamp, duration, version

    /// A value for a field that nothing is asked of.
    var anything: Scalar {
        switch self {
        case .string: .string(Array("other".utf8))
        case .bool: .bool(false)
        case .int: .int(0)
        case .uint: .uint(0)
        case .double: .double(0)
        case .timestamp: CELTimestamp(seconds: 1_767_225_600).map { .timestamp($0) } ?? .int(0)
        case .duration: .duration(CELDuration(nanoseconds: 0))
        case .version: .version(SemanticVersion(1, 0, 0))
        }
    }
}

private func strings(_ constants: Set<Scalar>, _ declared: [String]) -> [Scalar] {
    if !declared.isEmpty { return declared.map { .string(Array($0.utf8)) } }
    var other = Array("other".utf8)
    while constants.contains(.string(other)) { other.append(0x5F) }
    return constants.sorted { $0.order($1) == -1 } + [.string(other)]
}

extension Scalar {
    /// A value below; nil when there is none.
    fileprivate var below: Scalar? {
        switch self {
        case .int(let number): return .int(number - 1)
        case .uint(let number): return number == 0 ? nil : .uint(number - 1)
        case .double(let number):
            let value = number - 1 < number ? number - 1 : number.nextDown
            return value.isFinite ? .double(value) : nil
        case .timestamp(let moment):
            if let before = CELTimestamp(seconds: moment.seconds - 1, nanoseconds: moment.nanoseconds) {
                return .timestamp(before)
            }
            guard let first = CELTimestamp(seconds: CELTimestamp.minimumSeconds), first < moment else { return nil }
            return .timestamp(first)
        case .duration(let length):
            let (value, overflow) = length.nanoseconds.subtractingReportingOverflow(1_000_000_000)
            if !overflow { return .duration(CELDuration(nanoseconds: value)) }
            return length.nanoseconds == .min ? nil : .duration(CELDuration(nanoseconds: .min))
        case .version(let version):
            let candidates = [SemanticVersion(0, 0, 0), SemanticVersion(parsing: "0.0.0-0")].compactMap { $0 }
            return candidates.first { $0 < version }.map { .version($0) }
        case .string, .bool: return nil
        }
    }

    /// Values above, the plainest first and the nearest last: where the nearest does not fit, there is no gap.
    fileprivate var above: [Scalar] {
        switch self {
        case .int(let number): return [.int(number + 1)]
        case .uint(let number): return [.uint(number + 1)]
        case .double(let number):
            return [number + 1, number + 0.5, number.nextUp].filter { $0.isFinite && $0 > number }.map { .double($0) }
        case .timestamp(let moment):
            let nearest =
                moment.nanoseconds < 999_999_999
                ? CELTimestamp(seconds: moment.seconds, nanoseconds: moment.nanoseconds + 1)
                : CELTimestamp(seconds: moment.seconds + 1)
            return [CELTimestamp(seconds: moment.seconds + 1, nanoseconds: moment.nanoseconds), nearest]
                .compactMap { $0.map { .timestamp($0) } }
        case .duration(let length):
            return [1_000_000_000, 1].compactMap { (step: Int64) -> Scalar? in
                let (value, overflow) = length.nanoseconds.addingReportingOverflow(step)
                return overflow ? nil : .duration(CELDuration(nanoseconds: value))
            }
        case .version(let version): return Scalar.above(version).map { .version($0) }
        case .string, .bool: return []
        }
    }

    /// By Semantic Versioning 2.0, section 11: the next version behind a pre-release has one more part, `0`; the next
    /// behind a release is the lowest pre-release of the next patch.
    private static func above(_ version: SemanticVersion) -> [SemanticVersion] {
        let (patch, overflow) = version.patch.addingReportingOverflow(1)
        if version.isPrerelease {
            let bare = version.text.prefix { $0 != "+" }
            return [
                SemanticVersion(version.major, version.minor, version.patch), SemanticVersion(parsing: bare + ".0"),
            ].compactMap { $0 }
        }
        guard !overflow else { return [] }
        return [
            SemanticVersion(version.major, version.minor, patch),
            SemanticVersion(parsing: "\(version.major).\(version.minor).\(patch)-0"),
        ].compactMap { $0 }
    }
}
