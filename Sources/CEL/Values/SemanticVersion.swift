import ByteText

/// A version by Semantic Versioning 2.0.0 (semver.org).
///
/// Ordered by precedence (section 11): build metadata does not count, so `1.0.0+a` equals `1.0.0+b`.
public struct SemanticVersion: Hashable, Comparable, Sendable {
    /// One dot-separated part of a pre-release.
    enum Identifier: Hashable, Sendable {
        case number(UInt64)
        case text([UInt8])
    }

    private final class Storage: Sendable {
        let major: UInt64
        let minor: UInt64
        let patch: UInt64
        let prerelease: [Identifier]
        let build: [UInt8]
        /// The bytes of both, with what separates them.
        let byteCount: Int

        init(_ core: [UInt64], _ prerelease: [Identifier], _ build: [UInt8]) {
            major = core[0]
            minor = core[1]
            patch = core[2]
            self.prerelease = prerelease
            self.build = build
            byteCount = prerelease.reduce(build.count) { count, identifier in
                if case .text(let text) = identifier { count + 1 + text.count } else { count + 2 }
            }
        }
    }

    private let storage: Storage

    /// The first number.
    public var major: UInt64 { storage.major }
    /// The second number.
    public var minor: UInt64 { storage.minor }
    /// The third number.
    public var patch: UInt64 { storage.patch }
    /// Whether it has a pre-release part, such as `-beta.1`.
    public var isPrerelease: Bool { !storage.prerelease.isEmpty }

    /// How long its pre-release part and build metadata are, by which comparing and writing it is paid for; 0 of most.
    var byteCount: Int { storage.byteCount }

    /// A release without a pre-release part.
    public init(_ major: UInt64, _ minor: UInt64, _ patch: UInt64) {
        storage = Storage([major, minor, patch], [], [])
    }

    /// Reads `3.2.0`, `1.0.0-beta.2+build.7`; nil for what Semantic Versioning does not allow.
    public init?(parsing text: String) {
        self.init(utf8: Array(text.utf8))
    }

    /// Reads a version as apps and systems report it: the one rule for what comes from outside an expression, and that of
    /// `semver(text, true)`, which takes all that Kubernetes' does.
    ///
    /// Besides Semantic Versioning: a leading `v`; leading zeros; missing numbers, which are 0 (`3.4` is 3.4.0); numbers
    /// behind the third and a build in parentheses, which are build metadata and do not count when versions are compared
    /// (`3.4.0.1`, `3.4.0 (981)`); white space around it.
    public init?(reported text: String) {
        var bytes = ArraySlice(Array(text.utf8)).drop { $0 <= 0x20 }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        guard bytes.count <= SemanticVersion.byteLimit else { return nil }
        if let first = bytes.first, first | 0x20 == 0x76 { bytes.removeFirst() }
        let end = bytes.firstIndex { $0 == 0x2D || $0 == 0x2B || $0 == 0x20 } ?? bytes.endIndex
        var numbers: [ArraySlice<UInt8>] = []
        for part in bytes[..<end].split(separator: 0x2E, omittingEmptySubsequences: false) {
            guard !part.isEmpty, part.allSatisfy({ $0.isASCIIDigit }) else { return nil }
            let digits = part.drop { $0 == 0x30 }
            numbers.append(digits.isEmpty ? part.suffix(1) : digits)
        }
        while numbers.count < 3 { numbers.append([0x30]) }
        var rest = Array(bytes[end...])
        var build = Array(numbers.dropFirst(3).joined(separator: [0x2E]))
        if rest.starts(with: [0x20, 0x28]), rest.last == 0x29, rest.count > 3 {
            build += (build.isEmpty ? [] : [0x2E]) + rest.dropFirst(2).dropLast()
            rest = []
        }
        if !build.isEmpty { rest += (rest.contains(0x2B) ? [0x2E] : [0x2B]) + build }
        self.init(utf8: Array(numbers.prefix(3).joined(separator: [0x2E])) + rest)
    }

    private init?(utf8 bytes: [UInt8]) {
        guard bytes.count <= SemanticVersion.byteLimit else { return nil }
        var offset = 0
        var core: [UInt64] = []
        for index in 0..<3 {
            if index > 0 {
                guard offset < bytes.count, bytes[offset] == 0x2E else { return nil }
                offset += 1
            }
            let start = offset
            while offset < bytes.count, bytes[offset].isASCIIDigit { offset += 1 }
            guard let number = decimal(bytes[start..<offset]) else { return nil }
            core.append(number)
        }
        var prerelease: [Identifier] = []
        if offset < bytes.count, bytes[offset] == 0x2D {
            let end = bytes[offset...].firstIndex(of: 0x2B) ?? bytes.count
            guard let identifiers = SemanticVersion.identifiers(bytes[(offset + 1)..<end]) else { return nil }
            prerelease = identifiers
            offset = end
        }
        var build: [UInt8] = []
        if offset < bytes.count {
            guard bytes[offset] == 0x2B, offset + 1 < bytes.count else { return nil }
            build = Array(bytes[(offset + 1)...])
            let parts = build.split(separator: 0x2E, omittingEmptySubsequences: false)
            guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isVersionByte) }) else { return nil }
        }
        storage = Storage(core, prerelease, build)
    }

    /// Longer texts are no versions.
    public static let byteLimit = 256

    private static func identifiers(_ bytes: ArraySlice<UInt8>) -> [Identifier]? {
        var result: [Identifier] = []
        for part in bytes.split(separator: 0x2E, omittingEmptySubsequences: false) {
            guard !part.isEmpty, part.allSatisfy(isVersionByte) else { return nil }
            if part.allSatisfy({ $0.isASCIIDigit }) {
                guard let number = decimal(part) else { return nil }
                result.append(.number(number))
            } else {
                result.append(.text(Array(part)))
            }
        }
        return result
    }

    public static func == (a: SemanticVersion, b: SemanticVersion) -> Bool {
        a.major == b.major && a.minor == b.minor && a.patch == b.patch && a.storage.prerelease == b.storage.prerelease
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(major)
        hasher.combine(minor)
        hasher.combine(patch)
    }

    public static func < (a: SemanticVersion, b: SemanticVersion) -> Bool {
        if a.major != b.major { return a.major < b.major }
        if a.minor != b.minor { return a.minor < b.minor }
        if a.patch != b.patch { return a.patch < b.patch }
        let left = a.storage.prerelease
        let right = b.storage.prerelease
        if left.isEmpty || right.isEmpty { return !left.isEmpty && right.isEmpty }
        for (x, y) in zip(left, right) where x != y {
            switch (x, y) {
            case (.number(let i), .number(let j)): return i < j
            case (.number, .text): return true
            case (.text, .number): return false
            case (.text(let s), .text(let t)): return s.lexicographicallyPrecedes(t)
            }
        }
        return left.count < right.count
    }

    /// Without build metadata, which does not count when versions are compared.
    var release: SemanticVersion { SemanticVersion([major, minor, patch], storage.prerelease) }

    private init(_ core: [UInt64], _ prerelease: [Identifier]) {
        storage = Storage(core, prerelease, [])
    }

    /// The version as it is written.
    public var text: String {
        var bytes = Array("\(major).\(minor).\(patch)".utf8)
        for (index, identifier) in storage.prerelease.enumerated() {
            bytes.append(index == 0 ? 0x2D : 0x2E)
            switch identifier {
            case .number(let number): bytes.append(contentsOf: String(number).utf8)
            case .text(let text): bytes.append(contentsOf: text)
            }
        }
        if !storage.build.isEmpty {
            bytes.append(0x2B)
            bytes.append(contentsOf: storage.build)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

private func isVersionByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
    default: false
    }
}

/// A number without leading zeros that fits 64 bits.
private func decimal(_ digits: ArraySlice<UInt8>) -> UInt64? {
    guard let first = digits.first, first != 0x30 || digits.count == 1 else { return nil }
    var value: UInt64 = 0
    for byte in digits {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflowed) = product.addingReportingOverflow(UInt64(byte - 0x30))
        guard !overflow, !overflowed else { return nil }
        value = sum
    }
    return value
}
