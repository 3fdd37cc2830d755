import CivilTime

/// A span of time to the nanosecond, of up to about 292 years either way (`google.protobuf.Duration`).
///
/// The range is that of 64-bit nanoseconds: cel-spec's conformance tests ask for an error from
/// `timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z')`.
public struct CELDuration: Hashable, Comparable, Sendable {
    /// The length; negative for a span back in time.
    public let nanoseconds: Int64

    /// A duration of that many nanoseconds.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// A duration of whole seconds; nil when out of range.
    public init?(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return nil }
        nanoseconds = product
    }

    public static func < (a: CELDuration, b: CELDuration) -> Bool { a.nanoseconds < b.nanoseconds }

    /// Whole seconds (rounded down) and the nanoseconds to add, never negative.
    var split: (seconds: Int64, nanoseconds: Int64) {
        var seconds = nanoseconds / 1_000_000_000
        var rest = nanoseconds % 1_000_000_000
        if rest < 0 {
            rest += 1_000_000_000
            seconds -= 1
        }
        return (seconds, rest)
    }

    /// Decimal seconds: `5400s`, `-0.5s`.
    public var decimalSeconds: String {
        var bytes: [UInt8] = []
        if nanoseconds < 0 { bytes.append(0x2D) }
        let magnitude = nanoseconds.magnitude
        bytes.append(contentsOf: String(magnitude / 1_000_000_000).utf8)
        appendFraction(nanoseconds: Int64(magnitude % 1_000_000_000), to: &bytes)
        bytes.append(0x73)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads signed decimal numbers with units, such as `1h30m`, `-1.5h`, `100ms` or `0`; units h, m, s, ms, us (µs), ns.
    ///
    /// Gives nil for anything else, or out of range. A fraction of a nanosecond is dropped.
    public init?(parsing text: String) {
        var reader = DateTimeReader(text.utf8)
        let negative = reader.take(0x2D)
        if !negative { _ = reader.take(0x2B) }
        if reader.take(0x30), reader.isAtEnd {
            self.init(nanoseconds: 0)
            return
        }
        reader.offset = text.utf8.first == 0x2D || text.utf8.first == 0x2B ? 1 : 0
        var total: UInt64 = 0
        repeat {
            guard let part = CELDuration.part(&reader) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow else { return nil }
            total = sum
        } while !reader.isAtEnd
        if negative {
            guard total <= UInt64(Int64.max) + 1 else { return nil }
            self.init(nanoseconds: Int64(truncatingIfNeeded: 0 &- total))
        } else {
            guard total <= UInt64(Int64.max) else { return nil }
            self.init(nanoseconds: Int64(total))
        }
    }

    private static func part(_ reader: inout DateTimeReader) -> UInt64? {
        var whole: UInt64 = 0
        var digits = 0
        while let digit = reader.digit() {
            let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
            let (sum, overflowed) = product.addingReportingOverflow(UInt64(digit))
            guard !overflow, !overflowed else { return nil }
            whole = sum
            digits += 1
        }
        var fraction: Int64 = 0
        if reader.take(0x2E), let nanoseconds = reader.nanoseconds() {
            fraction = nanoseconds
            digits += 1
        }
        guard digits > 0, let unit = unit(&reader) else { return nil }
        let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
        // The fraction has nine digits at most, a unit 3.6e12: their product fits.
        let rest = UInt64(fraction) * (unit >= 1_000_000_000 ? unit / 1_000_000_000 : 1)
        let part = unit >= 1_000_000_000 ? rest : UInt64(fraction) * unit / 1_000_000_000
        let (sum, overflowed) = product.addingReportingOverflow(part)
        return overflow || overflowed ? nil : sum
    }

    private static func unit(_ reader: inout DateTimeReader) -> UInt64? {
        if reader.take(0x68) { return 3_600_000_000_000 }
        if reader.take(0x6D) { return reader.take(0x73) ? 1_000_000 : 60_000_000_000 }
        if reader.take(0x73) { return 1_000_000_000 }
        if reader.take(0x6E) { return reader.take(0x73) ? 1 : nil }
        if reader.take(0x75) { return reader.take(0x73) ? 1000 : nil }
        // µ as U+00B5 or U+03BC.
        if reader.take(0xC2) { return reader.take(0xB5) && reader.take(0x73) ? 1000 : nil }
        if reader.take(0xCE) { return reader.take(0xBC) && reader.take(0x73) ? 1000 : nil }
        return nil
    }
}
