/// Why metadata of The Update Framework is not trusted.
public enum TUFError: Error, Equatable, Sendable {
    /// The bytes are not JSON that metadata may hold; `offset` is in UTF-8 bytes.
    case malformedJSON(offset: Int, reason: String)
    /// The JSON is not an envelope of signatures around a `signed` object.
    case malformedEnvelope(reason: String)
    /// A key object lacks a part, or holds one that cannot be read.
    case malformedKey(reason: String)
    /// Fewer of the role's keys signed than it asks for.
    case thresholdNotMet(required: Int, valid: Int)
    /// A role asks for no signature at all, which would trust anyone.
    case invalidThreshold(Int)
}

extension TUFError: CustomStringConvertible {
    /// What is wrong, on one line.
    public var description: String {
        switch self {
        case .malformedJSON(let offset, let reason): "the metadata is not JSON: \(reason) (byte \(offset))"
        case .malformedEnvelope(let reason): "the metadata is not a signed envelope: \(reason)"
        case .malformedKey(let reason): "a key cannot be read: \(reason)"
        case .thresholdNotMet(let required, let valid):
            "the metadata has \(valid) valid signatures of the \(required) that its role requires"
        case .invalidThreshold(let threshold): "a role's threshold is \(threshold), but must be at least 1"
        }
    }
}
