import ByteText

// Equality and order (langdef.md, "Equality and Ordering").

/// How two values stand in order.
enum Ordering {
    case less
    case equal
    case greater
    /// One is not a number.
    case unordered
}

@inline(__always)
private func order<T: Comparable>(_ a: T, _ b: T) -> Ordering {
    a < b ? .less : a == b ? .equal : .greater
}

private func order(_ a: Double, _ b: Double) -> Ordering {
    a < b ? .less : a > b ? .greater : a == b ? .equal : .unordered
}

/// Numbers of two types are compared as doubles where the integer's range allows, as the conformance tests have it:
/// `9223372036854775807 >= 9223372036854775808.0`.
private func order(_ a: Int64, _ b: Double) -> Ordering {
    if b < -0x1p63 { return .greater }
    if b > 0x1p63 { return .less }
    return order(Double(a), b)
}

private func order(_ a: UInt64, _ b: Double) -> Ordering {
    if b < 0 { return .greater }
    if b > 0x1p64 { return .less }
    return order(Double(a), b)
}

private func order(_ a: Int64, _ b: UInt64) -> Ordering {
    a < 0 ? .less : order(UInt64(a), b)
}

extension Ordering {
    var reversed: Ordering {
        switch self {
        case .less: .greater
        case .greater: .less
        case .equal, .unordered: self
        }
    }
}

/// The order of two strings by code points, which is that of their UTF-8.
func order(_ a: String, _ b: String) -> Ordering {
    let result = a.utf8.withContiguousStorageIfAvailable { x in
        b.utf8.withContiguousStorageIfAvailable { y in orderBytes(x, y) }
    }
    if let result, let result { return result }
    if sameBytes(a, b) { return .equal }
    return a.utf8.lexicographicallyPrecedes(b.utf8) ? .less : .greater
}

private func orderBytes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Ordering {
    let count = min(a.count, b.count)
    for index in 0..<count where a[index] != b[index] { return a[index] < b[index] ? .less : .greater }
    return order(a.count, b.count)
}

/// The order of two values; nil when their types have none together.
func order(_ a: CELValue, _ b: CELValue) -> Ordering? {
    switch (a, b) {
    case (.int(let x), .int(let y)): order(x, y)
    case (.string(let x), .string(let y)): order(x, y)
    case (.double(let x), .double(let y)): order(x, y)
    case (.uint(let x), .uint(let y)): order(x, y)
    case (.version(let x), .version(let y)): order(x, y)
    case (.int(let x), .double(let y)): order(x, y)
    case (.double(let x), .int(let y)): order(y, x).reversed
    case (.int(let x), .uint(let y)): order(x, y)
    case (.uint(let x), .int(let y)): order(y, x).reversed
    case (.uint(let x), .double(let y)): order(x, y)
    case (.double(let x), .uint(let y)): order(y, x).reversed
    case (.timestamp(let x), .timestamp(let y)): order(x, y)
    case (.duration(let x), .duration(let y)): order(x, y)
    case (.bool(let x), .bool(let y)): x == y ? .equal : y ? .less : .greater
    case (.bytes(let x), .bytes(let y)):
        x.withUnsafeBufferPointer { x in y.withUnsafeBufferPointer { orderBytes(x, $0) } }
    default: nil
    }
}

extension CELValue {
    /// Equality as the language's `==` has it: numbers across their types, lists and maps by their content.
    ///
    /// Values of different types are unequal; NaN equals nothing. Takes at most `limit` units of work (``Limits/work``; a
    /// value that shares parts can be far larger than the memory it takes) and gives nil beyond.
    public func equals(_ other: CELValue, limit: Int = 1_000_000) -> Bool? {
        var work = limit
        do {
            return try CEL.equals(self, other, &work)
        } catch {
            return nil
        }
    }
}

/// Equality that pays for each element, and for the bytes that it compares, from `work`.
func equals(_ a: CELValue, _ b: CELValue, _ work: inout Int) throws(EvaluationError) -> Bool {
    switch (a, b) {
    case (.string(let x), .string(let y)):
        try pay(Work.copying(min(x.utf8.count, y.utf8.count)), &work)
        return sameBytes(x, y)
    case (.int(let x), .int(let y)): return x == y
    case (.bool(let x), .bool(let y)): return x == y
    case (.null, .null): return true
    case (.bytes(let x), .bytes(let y)):
        guard x.count == y.count else { return false }
        try pay(Work.copying(x.count), &work)
        return x == y
    case (.list(let x), .list(let y)): return try equals(x, y, &work)
    case (.map(let x), .map(let y)): return try equals(x, y, &work)
    case (.type(let x), .type(let y)): return x == y
    case (.optional(let x), .optional(let y)):
        guard let left = x.value, let right = y.value else { return x.value == nil && y.value == nil }
        return try equals(left, right, &work)
    case (.object(let x), .object(let y)): return try equals(x, y, &work)
    case (.version(let x), .version(let y)):
        try pay(Work.comparing(x, y), &work)
        return x == y
    case (.ip(let x), .ip(let y)): return x == y
    case (.cidr(let x), .cidr(let y)): return x == y
    default: return order(a, b) == .equal
    }
}

private func equals(_ a: [CELValue], _ b: [CELValue], _ work: inout Int) throws(EvaluationError) -> Bool {
    guard a.count == b.count else { return false }
    for index in a.indices {
        try pay(1, &work)
        guard try equals(a[index], b[index], &work) else { return false }
    }
    return true
}

private func equals(_ a: CELMap, _ b: CELMap, _ work: inout Int) throws(EvaluationError) -> Bool {
    guard a.count == b.count else { return false }
    let keys = a.keys
    let values = a.values
    for index in keys.indices {
        try pay(3 + Work.hashing(keys[index].byteCount), &work)
        guard let other = b[keys[index]], try equals(values[index], other, &work) else { return false }
    }
    return true
}

private func equals(_ a: CELObject, _ b: CELObject, _ work: inout Int) throws(EvaluationError) -> Bool {
    // Types that are declared twice are compared field by field.
    try pay(a.type.isIdentical(to: b.type) ? 0 : 4 * a.values.count, &work)
    guard a.type == b.type else { return false }
    let left = a.values
    let right = b.values
    for index in left.indices {
        try pay(1, &work)
        switch (left[index], right[index]) {
        case (nil, nil): continue
        case (let x?, let y?): guard try equals(x, y, &work) else { return false }
        default: return false
        }
    }
    return true
}
