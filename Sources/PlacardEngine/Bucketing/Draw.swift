import PlacardBundle

/// What a draw decides. Each purpose has hashes of its own, so that one draw says nothing about another.
public enum DrawPurpose: String, Sendable, Equatable, CaseIterable {
    /// Whether a message has reached a user yet.
    case rollout
    /// Whether a user is kept from seeing a message.
    case holdout
    /// Which variant a user sees.
    case variant
}

/// Draws for one user and one message: always the same for the same user, message and purpose.
public struct Draw: Sendable {
    /// The whole of a share: hundredths of a percent.
    public static let shareScale: Int64 = 10_000

    /// MurmurHash3 of `<purpose>U+001F<message>U+001F<unit>`.
    public let hash: UInt32

    /// The draw for a purpose.
    ///
    /// - Parameters:
    ///   - purpose: what is drawn; the draws of one message say nothing about each other.
    ///   - message: the message's id.
    ///   - unit: what users are told apart by; the same wherever a user shall see the same.
    public init(_ purpose: DrawPurpose, message: String, unit: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(purpose.rawValue.utf8.count + message.utf8.count + unit.utf8.count + 2)
        bytes.append(contentsOf: purpose.rawValue.utf8)
        bytes.append(0x1F)
        bytes.append(contentsOf: message.utf8)
        bytes.append(0x1F)
        bytes.append(contentsOf: unit.utf8)
        hash = murmurHash3(bytes)
    }

    /// One of `count` buckets, each as likely: the hash scaled down in 64 bits, without the bias of a remainder.
    public func bucket(of count: Int64) -> Int64 {
        Int64((UInt64(hash) * UInt64(max(0, min(count, Int64(UInt32.max))))) >> 32)
    }

    /// Whether the draw falls in the first `share` hundredths of a percent; to raise the share loses nobody.
    public func isWithin(_ share: Int64) -> Bool { bucket(of: Draw.shareScale) < share }

    /// The variant that the draw falls on: the first whose running weight exceeds the bucket.
    public func variant(of variants: [ExperimentVariant]) -> ExperimentVariant? {
        var total: Int64 = 0
        for variant in variants { total += variant.weight }
        guard total > 0 else { return nil }
        let bucket = bucket(of: total)
        var running: Int64 = 0
        for variant in variants {
            running += variant.weight
            if running > bucket { return variant }
        }
        return nil
    }
}
