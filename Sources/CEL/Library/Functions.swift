/// The functions of the standard library and the extensions.
///
/// Each group takes the values and gives nil where no overload fits their types.
enum Functions {
    static func call(
        _ builtin: Builtin, _ name: String, _ values: [CELValue], _ run: inout Run
    ) throws(EvaluationError) -> CELValue {
        for value in values {
            let bytes = value.byteCount
            if bytes > 0 { try pay(builtin.work(bytes: bytes), &run.work) }
        }
        if let result = try evaluate(builtin, values, &run) { return result }
        throw EvaluationError(.noMatchingOverload(function: name, types: values.map { $0.type }))
    }

    private static func evaluate(
        _ builtin: Builtin, _ values: [CELValue], _ run: inout Run
    ) throws(EvaluationError) -> CELValue? {
        switch builtin {
        case .negate: return values.count == 1 ? try negate(values[0]) : nil
        case .size: return values.count == 1 ? size(values[0]) : nil
        case .toBool, .toBytes, .toDouble, .toDuration, .toDyn, .toInt, .toString, .toTimestamp, .toType, .toUint:
            return values.count == 1 ? try convert(builtin, values[0]) : nil
        case .getDate, .getDayOfMonth, .getDayOfWeek, .getDayOfYear, .getFullYear, .getMonth, .getHours, .getMinutes,
            .getSeconds, .getMilliseconds:
            return try timeField(builtin, values, &run)
        case .matches: return try matches(values, &run)
        case .charAt, .indexOf, .lastIndexOf, .lowerAscii, .upperAscii, .replace, .split, .substring, .trim, .join,
            .quote:
            return try string(builtin, values, &run)
        case .format: return try format(values, &run)
        case .greatest, .least: return try extreme(values, greatest: builtin == .greatest, &run.work)
        case .ceil, .floor, .round, .trunc, .abs, .sign, .isNaN, .isInf, .isFinite, .squareRoot, .bitAnd, .bitOr,
            .bitXor, .bitNot, .bitShiftLeft, .bitShiftRight:
            return try math(builtin, values)
        case .slice, .flatten, .sort, .distinct, .range, .first, .last, .reverse, .setContains, .setEquivalent,
            .setIntersects:
            return try list(builtin, values, &run)
        case .base64Encode, .base64Decode: return try base64(builtin, values)
        case .optionalOf, .optionalOfNonZero, .optionalNone, .hasValue, .optionalValue, .optionalOr, .optionalOrValue,
            .unwrapOptionals:
            return try optional(builtin, values, &run.work)
        case .ip, .cidr, .isIP, .isCIDR, .isCanonical, .family, .isLoopback, .isGlobalUnicast, .isLinkLocalMulticast,
            .isLinkLocalUnicast, .isUnspecified, .containsIP, .containsCIDR, .masked, .prefixLength, .cidrIP:
            return try network(builtin, values)
        case .semver, .isSemver, .isGreaterThan, .isLessThan, .compareTo, .major, .minor, .patch:
            return try version(builtin, values)
        default: return nil
        }
    }

    private static func size(_ value: CELValue) -> CELValue? {
        switch value {
        case .string(let text): .int(Int64(codePointCount(text)))
        case .bytes(let bytes): .int(Int64(bytes.count))
        case .list(let list): .int(Int64(list.count))
        case .map(let map): .int(Int64(map.count))
        default: nil
        }
    }
}
