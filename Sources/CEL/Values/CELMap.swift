import ByteText

/// A map in the order in which its entries were written, found by hashing.
///
/// Keys are bool, int, uint or string. Numbers that are equal are the same key, whatever their
/// type (langdef.md, "Equality"): `{1: "a"}[1u]` and `{1: "a"}[1.0]` are `"a"`. Strings are told apart by
/// their bytes; Swift's `Dictionary` would merge what normalization makes equal.
public struct CELMap: Sendable {
    private final class Storage: Sendable {
        let keys: [CELValue]
        let values: [CELValue]
        /// Open addressing, linear probing: an entry's index + 1, or 0. Empty for small maps, which are scanned.
        let table: [Int32]
        /// What the hashes of this map begin with.
        let seed: UInt64

        init(keys: [CELValue], values: [CELValue], table: [Int32], seed: UInt64) {
            self.keys = keys
            self.values = values
            self.table = table
            self.seed = seed
        }
    }

    private let storage: Storage

    /// Maps of up to this many entries are scanned instead of hashed.
    private static let scanned = 8

    /// The empty map.
    public init() {
        storage = Storage(keys: [], values: [], table: [], seed: 0)
    }

    /// A map of the given entries; nil when a key is repeated or of a type that is not allowed.
    public init?(_ entries: [(key: CELValue, value: CELValue)]) {
        var builder = Builder(capacity: entries.count)
        for entry in entries {
            guard builder.insert(entry.key, entry.value) == .inserted else { return nil }
        }
        self = builder.map
    }

    /// A map with string keys; of equal keys the first counts.
    public init(strings entries: [(key: String, value: CELValue)]) {
        var builder = Builder(capacity: entries.count)
        for entry in entries { _ = builder.insert(.string(entry.key), entry.value) }
        self = builder.map
    }

    private init(storage: Storage) {
        self.storage = storage
    }

    /// Number of entries.
    public var count: Int { storage.keys.count }
    /// Whether there is no entry.
    public var isEmpty: Bool { storage.keys.isEmpty }
    /// The keys, in order.
    public var keys: [CELValue] { storage.keys }
    /// The values, in the order of the keys.
    public var values: [CELValue] { storage.values }

    /// The value of `key`; a double finds an integer key that it equals.
    public subscript(_ key: CELValue) -> CELValue? {
        guard let key = MapKey(key), let index = CELMap.find(key, storage.keys, storage.table, storage.seed) else {
            return nil
        }
        return storage.values[index]
    }

    /// The value of a string key.
    public subscript(_ key: String) -> CELValue? {
        guard let index = CELMap.find(.string(key), storage.keys, storage.table, storage.seed) else {
            return nil
        }
        return storage.values[index]
    }

    private static func find(_ key: MapKey, _ keys: [CELValue], _ table: [Int32], _ seed: UInt64) -> Int? {
        if table.isEmpty {
            for index in keys.indices where key.matches(keys[index]) { return index }
            return nil
        }
        let mask = table.count - 1
        var slot = key.hash(seed) & mask
        while table[slot] != 0 {
            let index = Int(table[slot]) - 1
            if key.matches(keys[index]) { return index }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Collects the entries of a map.
    struct Builder {
        enum Outcome {
            case inserted
            case repeatedKey
            case badKey
        }

        private var keys: [CELValue] = []
        private var values: [CELValue] = []
        private var table: [Int32] = []
        private let seed = hashSeed

        init(capacity: Int = 0) {
            keys.reserveCapacity(capacity)
            values.reserveCapacity(capacity)
        }

        var count: Int { keys.count }

        mutating func insert(_ key: CELValue, _ value: CELValue) -> Outcome {
            if case .double = key { return .badKey }
            guard let mapKey = MapKey(key) else { return .badKey }
            guard CELMap.find(mapKey, keys, table, seed) == nil else { return .repeatedKey }
            keys.append(key)
            values.append(value)
            if keys.count > CELMap.scanned { index(mapKey) }
            return .inserted
        }

        private mutating func index(_ newest: MapKey) {
            if table.isEmpty || keys.count * 2 > table.count {
                var size = 32
                while size < keys.count * 4 { size *= 2 }
                table = [Int32](repeating: 0, count: size)
                for position in keys.indices {
                    guard let key = MapKey(keys[position]) else { continue }
                    place(key, position)
                }
            } else {
                place(newest, keys.count - 1)
            }
        }

        private mutating func place(_ key: MapKey, _ position: Int) {
            let mask = table.count - 1
            var slot = key.hash(seed) & mask
            while table[slot] != 0 { slot = (slot + 1) & mask }
            table[slot] = Int32(truncatingIfNeeded: position + 1)
        }

        var map: CELMap { CELMap(storage: Storage(keys: keys, values: values, table: table, seed: seed)) }
    }
}

/// A key reduced to what equality looks at.
enum MapKey {
    case bool(Bool)
    /// An integer that fits Int64.
    case signed(Int64)
    /// An integer above Int64.max.
    case large(UInt64)
    case string(String)

    /// Nil for a value that no key can equal.
    init?(_ value: CELValue) {
        switch value {
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .signed(number)
        case .uint(let number): self = number <= UInt64(Int64.max) ? .signed(Int64(number)) : .large(number)
        case .double(let number):
            guard number == number.integerPart else { return nil }
            if number >= -0x1p63, number < 0x1p63 {
                self = .signed(Int64(number))
            } else if number >= 0, number < 0x1p64 {
                self = .large(UInt64(number))
            } else {
                return nil
            }
        case .string(let text): self = .string(text)
        default: return nil
        }
    }

    @inline(__always)
    func matches(_ key: CELValue) -> Bool {
        switch (self, key) {
        case (.string(let a), .string(let b)): sameBytes(a, b)
        case (.signed(let a), .int(let b)): a == b
        case (.signed(let a), .uint(let b)): a >= 0 && UInt64(a) == b
        case (.large(let a), .uint(let b)): a == b
        case (.bool(let a), .bool(let b)): a == b
        default: false
        }
    }

    func hash(_ seed: UInt64) -> Int {
        switch self {
        case .bool(let flag): flag ? 1 : 2
        case .signed(let number): mix(UInt64(bitPattern: number) ^ seed)
        case .large(let number): mix(number ^ seed)
        case .string(let text): stringHash(text, seed)
        }
    }
}

/// What hashes begin with: another number in each process, so that nobody can choose keys that collide. Nothing depends
/// on it but where in a table a key stands: entries keep the order in which they were written.
let hashSeed: UInt64 = {
    var hasher = Hasher()
    hasher.combine(0xCBF2_9CE4 as UInt32)
    return UInt64(truncatingIfNeeded: hasher.finalize()) &* 0x9E37_79B9_7F4A_7C15
}()

/// A hash of a string's bytes.
func stringHash(_ text: String, _ seed: UInt64) -> Int {
    var state = seed
    for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return mix(state)
}

private func mix(_ value: UInt64) -> Int {
    var state = value
    state = (state ^ (state >> 32)) &* 0xD6E8_FEB8_6659_FD93
    state = (state ^ (state >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: (state ^ (state >> 32)) >> 1)
}
