import ByteText

/// An IPv4 or IPv6 address without a zone.
///
/// An IPv4-mapped IPv6 address (`::ffff:c0a8:1`) is the IPv4 address that it stands for; written with dots
/// (`::ffff:192.168.0.1`) it is none (cel-spec, network_ext, `ipv4_equals_ipv6` and `parse_invalid_ipv4_in_ipv6`).
public struct IPAddress: Hashable, Sendable {
    private final class Storage: Sendable {
        let bytes: [UInt8]

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }
    }

    private let storage: Storage

    /// Four or sixteen octets in network order.
    public var octets: [UInt8] { storage.bytes }

    /// 4 or 6.
    public var family: Int { octets.count == 4 ? 4 : 6 }

    init(octets: [UInt8]) {
        storage = Storage(octets)
    }

    public static func == (a: IPAddress, b: IPAddress) -> Bool { a.octets == b.octets }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(octets)
    }

    /// Reads `192.168.0.1`, `2001:db8::1` or `::ffff:c0a8:1`; nil for anything else, a zone or a mapped address with dots.
    public init?(parsing text: String) {
        self.init(utf8: Array(text.utf8)[...])
    }

    init?(utf8 bytes: ArraySlice<UInt8>) {
        guard bytes.count <= 45 else { return nil }
        if bytes.contains(0x3A) {
            guard let octets = IPAddress.version6(bytes) else { return nil }
            let mapped = octets[..<10].allSatisfy { $0 == 0 } && octets[10] == 0xFF && octets[11] == 0xFF
            guard !mapped || !bytes.contains(0x2E) else { return nil }
            self.init(octets: mapped ? Array(octets[12...]) : octets)
        } else {
            guard let octets = IPAddress.version4(bytes) else { return nil }
            self.init(octets: octets)
        }
    }

    private static func version4(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        let parts = bytes.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var octets: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != 0x30 else { return nil }
            var value = 0
            for byte in part {
                guard byte.isASCIIDigit else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            guard value <= 255 else { return nil }
            octets.append(UInt8(value))
        }
        return octets
    }

    private static func version6(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        var gap: Int?
        var rest = bytes
        if rest.starts(with: [0x3A, 0x3A]) {
            gap = 0
            rest = rest.dropFirst(2)
        }
        while !rest.isEmpty {
            guard octets.count < 16 else { return nil }
            let end = rest.firstIndex(of: 0x3A) ?? rest.endIndex
            let group = rest[..<end]
            if group.contains(0x2E) {
                guard end == rest.endIndex, octets.count <= 12, let tail = version4(group) else { return nil }
                octets += tail
                rest = rest[end...]
                break
            }
            guard let value = hexadecimal(group) else { return nil }
            octets.append(UInt8(value >> 8))
            octets.append(UInt8(value & 0xFF))
            rest = rest[end...]
            guard !rest.isEmpty else { break }
            rest = rest.dropFirst()
            if rest.first == 0x3A {
                guard gap == nil else { return nil }
                gap = octets.count
                rest = rest.dropFirst()
            } else if rest.isEmpty {
                return nil
            }
        }
        guard let gap else { return octets.count == 16 ? octets : nil }
        guard octets.count < 16 else { return nil }
        let zeros = [UInt8](repeating: 0, count: 16 - octets.count)
        return Array(octets[..<gap]) + zeros + Array(octets[gap...])
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...4).contains(digits.count) else { return nil }
        var value = 0
        for byte in digits {
            guard let digit = byte.hexadecimalValue else { return nil }
            value = value * 16 + Int(digit)
        }
        return value
    }

    /// The canonical text: dotted decimal, or RFC 5952.
    public var text: String {
        if octets.count == 4 { return "\(octets[0]).\(octets[1]).\(octets[2]).\(octets[3])" }
        let groups = (0..<8).map { Int(octets[2 * $0]) << 8 | Int(octets[2 * $0 + 1]) }
        let zeros = IPAddress.longestZeroRun(groups)
        var result = ""
        var index = 0
        while index < 8 {
            if let zeros, index == zeros.lowerBound {
                result += "::"
                index = zeros.upperBound
                continue
            }
            if index > 0, index != zeros?.upperBound { result += ":" }
            result += String(groups[index], radix: 16)
            index += 1
        }
        return result
    }

    /// The first of the longest runs of two or more zero groups (RFC 5952, section 4.2).
    private static func longestZeroRun(_ groups: [Int]) -> Range<Int>? {
        var best: Range<Int>?
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start >= 2, end - start > (best?.count ?? 0) { best = start..<end }
            start = max(end, start + 1)
        }
        return best
    }

    /// `0.0.0.0` or `::`.
    public var isUnspecified: Bool { octets.allSatisfy { $0 == 0 } }
    /// `127.0.0.0/8` or `::1`.
    public var isLoopback: Bool {
        octets.count == 4 ? octets[0] == 127 : octets[..<15].allSatisfy { $0 == 0 } && octets[15] == 1
    }
    /// `224.0.0.0/4` or `ff00::/8`.
    public var isMulticast: Bool { octets.count == 4 ? octets[0] & 0xF0 == 0xE0 : octets[0] == 0xFF }
    /// `169.254.0.0/16` or `fe80::/10`.
    public var isLinkLocalUnicast: Bool {
        octets.count == 4
            ? octets[0] == 169 && octets[1] == 254 : octets[0] == 0xFE && octets[1] & 0xC0 == 0x80
    }
    /// `224.0.0.0/24` or `ff02::/16`, the scope of multicast addresses that is link-local.
    public var isLinkLocalMulticast: Bool {
        octets.count == 4
            ? octets[0] == 224 && octets[1] == 0 && octets[2] == 0 : octets[0] == 0xFF && octets[1] & 0x0F == 2
    }
    /// Any unicast address but the unspecified, loopback and link-local ones and IPv4's broadcast; private ones count.
    public var isGlobalUnicast: Bool {
        !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast && octets != [255, 255, 255, 255]
    }
}

/// A range of addresses in the notation `address/prefix length`; the address keeps its host bits.
public struct CIDR: Hashable, Sendable {
    private final class Storage: Sendable {
        let address: IPAddress
        let prefixLength: Int

        init(_ address: IPAddress, _ prefixLength: Int) {
            self.address = address
            self.prefixLength = prefixLength
        }
    }

    private let storage: Storage

    /// The address before the slash.
    public var address: IPAddress { storage.address }
    /// The number of leading bits that count.
    public var prefixLength: Int { storage.prefixLength }

    private init(_ address: IPAddress, _ prefixLength: Int) {
        storage = Storage(address, prefixLength)
    }

    public static func == (a: CIDR, b: CIDR) -> Bool {
        a.address == b.address && a.prefixLength == b.prefixLength
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(address)
        hasher.combine(prefixLength)
    }

    /// Reads `10.0.0.0/8` or `2001:db8::/32`; nil for anything else.
    public init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard let slash = bytes.lastIndex(of: 0x2F), let address = IPAddress(utf8: bytes[..<slash]) else { return nil }
        let digits = bytes[(slash + 1)...]
        guard (1...3).contains(digits.count), digits.count == 1 || digits.first != 0x30 else { return nil }
        var length = 0
        for byte in digits {
            guard byte.isASCIIDigit else { return nil }
            length = length * 10 + Int(byte - 0x30)
        }
        guard length <= address.octets.count * 8 else { return nil }
        self.init(address, length)
    }

    /// The canonical text.
    public var text: String { address.text + "/" + String(prefixLength) }

    /// The same range with the host bits cleared.
    public var masked: CIDR {
        var octets = address.octets
        for index in octets.indices {
            let kept = min(8, max(0, prefixLength - index * 8))
            octets[index] &= UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
        return CIDR(IPAddress(octets: octets), prefixLength)
    }

    /// Whether `other` is in the range; never across families.
    public func contains(_ other: IPAddress) -> Bool {
        other.family == address.family && CIDR(other, prefixLength).masked.address == masked.address
    }

    /// Whether every address of `other` is in this range.
    public func contains(_ other: CIDR) -> Bool {
        prefixLength <= other.prefixLength && contains(other.address)
    }
}
