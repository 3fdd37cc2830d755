import ByteText

/// Values by name, in the order of the names' UTF-8.
///
/// What is written from a bundle must never depend on a hash table's order, so every map of the wire
/// format is a sorted array; a look-up is a binary search.
public struct SortedMap<Value: Sendable & Equatable>: Sendable, Equatable {
    /// One name and its value.
    public struct Entry: Sendable, Equatable {
        /// The name; unique in its map.
        public var name: String
        /// What the name stands for.
        public var value: Value

        /// Pairs `name` with `value`.
        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// The entries, sorted by the UTF-8 of their names.
    public private(set) var entries: [Entry]

    /// A map of nothing.
    public init() { entries = [] }

    /// A map of `entries` in any order; the last of several with one name stays.
    public init(_ entries: [Entry]) {
        var sorted = entries
        if !SortedMap.isSorted(entries) {
            // `sort` is stable, so that the last of equals is the last written.
            sorted.sort { utf8Less($0.name, $1.name) }
            var unique: [Entry] = []
            unique.reserveCapacity(sorted.count)
            for entry in sorted {
                if let last = unique.last, sameBytes(last.name, entry.name) { unique.removeLast() }
                unique.append(entry)
            }
            sorted = unique
        }
        self.entries = sorted
    }

    private static func isSorted(_ entries: [Entry]) -> Bool {
        var place = 1
        while place < entries.count {
            guard utf8Less(entries[place - 1].name, entries[place].name) else { return false }
            place += 1
        }
        return true
    }

    /// The value of `name`; setting nil removes it.
    public subscript(_ name: String) -> Value? {
        get {
            let place = index(of: name)
            guard place < entries.count, sameBytes(entries[place].name, name) else { return nil }
            return entries[place].value
        }
        set {
            let place = index(of: name)
            let found = place < entries.count && sameBytes(entries[place].name, name)
            switch (found, newValue) {
            case (true, let value?): entries[place].value = value
            case (true, nil): entries.remove(at: place)
            case (false, let value?): entries.insert(Entry(name, value), at: place)
            case (false, nil): break
            }
        }
    }

    /// Where `name` is, or would be inserted.
    private func index(of name: String) -> Int {
        entries.indices.placeInOrder { !utf8Less(entries[$0].name, name) }
    }

    /// The names, sorted.
    public var names: [String] { entries.map { $0.name } }
    /// Whether there is no entry.
    public var isEmpty: Bool { entries.isEmpty }
    /// The number of entries.
    public var count: Int { entries.count }
}

extension SortedMap: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, Value)...) {
        // `[:]` is what most maps begin with.
        if elements.isEmpty { self.init() } else { self.init(elements.map { Entry($0.0, $0.1) }) }
    }
}

extension SortedMap: Sequence {
    public func makeIterator() -> IndexingIterator<[Entry]> { entries.makeIterator() }
}
