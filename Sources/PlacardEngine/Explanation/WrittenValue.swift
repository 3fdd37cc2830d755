import CEL

/// A value as a person reads it, however large it is on one line: strings in quotation marks, the rest as an expression would write it.
func writtenValue(_ value: CELValue, depth: Int = 0) -> String {
    switch value {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return String(number)
    case .uint(let number): return String(number)
    case .double(let number): return writtenDouble(number)
    case .string(let text): return shortened(text, quoted)
    case .bytes(let bytes): return String(bytes.count) + " bytes"
    case .list(let elements):
        return "[" + shortened(elements.map { $0 }, depth: depth) { writtenValue($0, depth: depth + 1) } + "]"
    case .map(let map):
        let pairs = Array(zip(map.keys, map.values))
        return "{"
            + shortened(pairs, depth: depth) {
                writtenValue($0.0, depth: depth + 1) + ": " + writtenValue($0.1, depth: depth + 1)
            } + "}"
    case .type(let type): return type.description
    case .timestamp(let timestamp): return timestamp.rfc3339
    case .duration(let duration): return duration.decimalSeconds
    case .optional(let optional): return optional.value.map { writtenValue($0, depth: depth + 1) } ?? "nothing"
    case .object(let object): return object.type.name
    case .version(let version): return version.text
    case .ip, .cidr: return "an address"
    }
}

/// A double without a needless `.0`, which a reader of `9.0 minutes` would wonder about.
private func writtenDouble(_ number: Double) -> String {
    if let integer = Int64(exactly: number) { return String(integer) }
    return number.description
}

/// The first few of `items`; nested deeply, nothing but a sign that there is something.
private func shortened<Item>(_ items: [Item], depth: Int, _ write: (Item) -> String) -> String {
    guard depth < 3 else { return items.isEmpty ? "" : "…" }
    let shown = items.prefix(8).map { write($0) }.joined(separator: ", ")
    return items.count > 8 ? shown + ", … (" + String(items.count) + " in all)" : shown
}
