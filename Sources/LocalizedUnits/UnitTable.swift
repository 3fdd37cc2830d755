import UnicodeLocale

/// Reads ``UnitData``, where it lies.
enum UnitTable {
    /// What stands in a pattern for the number.
    static let number = UInt8(ascii: "~")
    /// What stands in the pattern of a compound for the denominator.
    static let denominator = UInt8(ascii: "^")
    /// The name under which the patterns of compounds are kept.
    static let compound = "per"

    private static let recordMark = UInt8(ascii: "|")
    private static let formMark = UInt8(ascii: ";")

    /// The forms of a unit in one width.
    struct Forms {
        /// By the number of the category; nil for one that is as `other`.
        fileprivate(set) var categories: [[UInt8]?] = Array(repeating: nil, count: PluralCategory.allCases.count)
        /// The pattern of something per this unit.
        fileprivate(set) var per: [UInt8]?

        /// The pattern of a category.
        func pattern(_ category: PluralCategory) -> [UInt8] {
            categories[Int(category.rawValue)] ?? categories[Int(PluralCategory.other.rawValue)] ?? [UnitTable.number]
        }

        fileprivate var isEmpty: Bool { per == nil && categories.allSatisfy { $0 == nil } }
    }

    /// The letter of a unit; nil for one that the table does not have.
    static func letter(_ unit: some StringProtocol) -> UInt8? {
        UnitData.units.withUTF8Buffer { bytes in
            guard let line = line(Array(unit.utf8), bytes), line.count == 2 else { return nil }
            return bytes[line.lowerBound + 1]
        }
    }

    /// The forms of the unit with this letter: those of the first locale of the chain that has any, else root's.
    static func forms(_ letter: UInt8, _ width: UnitPatterns.Width, _ chain: [LanguageTag]) -> Forms {
        UnitData.patterns.withUTF8Buffer { bytes in
            for tag in chain.map({ $0.text }) + ["und"] {
                guard let line = line(Array(tag.utf8), bytes), let record = record(letter, bytes, line) else {
                    continue
                }
                let forms = forms(width, bytes, record)
                // A narrow form that is missing is as the short one.
                return forms.isEmpty && width == .narrow ? self.forms(.short, bytes, record) : forms
            }
            return Forms()
        }
    }

    /// What stands behind the letter of a unit in a line.
    private static func record(_ letter: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Range<Int>?
    {
        var at = line.lowerBound
        while at + 1 < line.upperBound {
            let start = at + 2
            let isFound = bytes[at + 1] == letter
            at += 1
            while at < line.upperBound, bytes[at] != recordMark { at += 1 }
            if isFound { return start..<at }
        }
        return nil
    }

    /// Reads the forms of one width. Their letters go from `a` for the first category of the first width; a capital one
    /// says that the number and a space stand in front of the text.
    private static func forms(
        _ width: UnitPatterns.Width, _ bytes: UnsafeBufferPointer<UInt8>, _ record: Range<Int>
    ) -> Forms {
        let count = PluralCategory.allCases.count
        let first = Int(UInt8(ascii: "a")) + Int(width.rawValue) * (count + 1)
        var result = Forms()
        var at = record.lowerBound
        while at + 1 < record.upperBound {
            let letter = Int(bytes[at + 1])
            let start = at + 2
            at += 1
            while at < record.upperBound, bytes[at] != formMark { at += 1 }
            let isCapital = letter < UInt8(ascii: "a")
            let index = letter + (isCapital ? 0x20 : 0) - first
            guard (0...count).contains(index) else { continue }
            let pattern = (isCapital ? [number, 0x20] : []) + bytes[start..<at]
            if index == count { result.per = pattern } else { result.categories[index] = pattern }
        }
        return result
    }

    /// What stands behind a key in its line, found by binary search.
    private static func line(_ key: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        var low = 0
        var high = bytes.count
        while low < high {
            var start = (low + high) / 2
            while start > low, bytes[start - 1] != 0x0A { start -= 1 }
            // A key ends in front of what cannot stand in one.
            var keyEnd = start
            while keyEnd < high, bytes[keyEnd] != 0x20, bytes[keyEnd] != recordMark, bytes[keyEnd] != 0x0A {
                keyEnd += 1
            }
            let found = bytes[start..<keyEnd]
            if key.lexicographicallyPrecedes(found) {
                high = start
                continue
            }
            var end = keyEnd
            while end < high, bytes[end] != 0x0A { end += 1 }
            if found.elementsEqual(key) { return keyEnd..<end }
            low = end + 1
        }
        return nil
    }
}
