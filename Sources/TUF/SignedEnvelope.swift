/// Metadata as it is served: a `signed` object and signatures over its canonical form
/// (TUF specification, section 4.2.1, "Metadata format").
///
/// Reading one trusts nothing: only what ``verify(keys:authorized:threshold:)`` lets pass may be believed.
public struct SignedEnvelope: Sendable {
    /// One signature.
    public struct Signature: Sendable, Equatable {
        /// The key that it claims to be of.
        public var keyID: KeyID
        /// Hexadecimal digits; empty where a signer has not signed yet.
        public var text: String

        /// A signature of a key.
        public init(keyID: KeyID, text: String) {
            self.keyID = keyID
            self.text = text
        }
    }

    /// The most signatures that an envelope may hold.
    public static let signatureLimit = 1024

    /// What is signed.
    public let signed: MetadataValue
    /// The signatures, in the order they were written; no two of one key id.
    public private(set) var signatures: [Signature]
    /// The canonical form of ``signed``: what the signatures are over.
    public let payload: [UInt8]

    /// Reads `{"signed": {…}, "signatures": [{"keyid": …, "sig": …}]}`; unknown members are passed over.
    ///
    /// - Throws: ``TUFError/malformedJSON(offset:reason:)`` or ``TUFError/malformedEnvelope(reason:)``, also when two
    ///   signatures are of one key id (section 4.2.1: it "MUST be unique").
    public init(parsing bytes: [UInt8]) throws(TUFError) {
        let value = try MetadataValue(parsing: bytes)
        guard let signed = value["signed"], case .object = signed else {
            throw .malformedEnvelope(reason: "it has no object \"signed\"")
        }
        guard let list = value["signatures"]?.array else {
            throw .malformedEnvelope(reason: "it has no list \"signatures\"")
        }
        guard list.count <= SignedEnvelope.signatureLimit else {
            throw .malformedEnvelope(reason: "it has more than \(SignedEnvelope.signatureLimit) signatures")
        }
        var signatures: [Signature] = []
        var seen: Set<KeyID> = []
        for item in list {
            guard let keyID = item["keyid"]?.string, let text = item["sig"]?.string else {
                throw .malformedEnvelope(reason: "a signature needs keyid and sig")
            }
            guard seen.insert(KeyID(keyID)).inserted else {
                throw .malformedEnvelope(reason: "it has two signatures of the key id `\(keyID)`")
            }
            signatures.append(Signature(keyID: KeyID(keyID), text: text))
        }
        self.signed = signed
        self.signatures = signatures
        payload = signed.canonicalForm
    }

    /// An envelope without signatures, around what a role says.
    public init(_ signed: MetadataValue) {
        self.signed = signed
        signatures = []
        payload = signed.canonicalForm
    }

    /// Adds a signature, in the place of one with the same key id.
    public mutating func add(_ signature: Signature) {
        signatures.removeAll { $0.keyID == signature.keyID }
        signatures.append(signature)
    }

    /// The envelope as it is served: JSON on one line, members in the order of the canonical form.
    public var bytes: [UInt8] {
        let list = signatures.sorted { $0.keyID < $1.keyID }.map { signature in
            MetadataValue.object([
                .init("keyid", .string(signature.keyID.description)), .init("sig", .string(signature.text)),
            ])
        }
        return MetadataValue.object([.init("signatures", .array(list)), .init("signed", signed)]).json + [0x0A]
    }

    /// Checks that enough of a role's keys signed (TUF specification, section 5.3.4 and wherever a threshold is named).
    ///
    /// Each key counts once, under however many ids it is listed. Signatures of keys that the role does not have are passed over.
    ///
    /// - Parameters:
    ///   - keys: the keys by the ids that the delegating metadata gives them.
    ///   - authorized: the ids of the role's keys.
    ///   - threshold: how many of them must have signed; at least 1.
    /// - Returns: the ids whose signatures count, in the order of the signatures.
    /// - Throws: ``TUFError/thresholdNotMet(required:valid:)`` or ``TUFError/invalidThreshold(_:)``.
    @discardableResult
    public func verify(
        keys: [KeyID: PublicKey], authorized: [KeyID], threshold: Int
    ) throws(TUFError) -> [KeyID] {
        guard threshold >= 1 else { throw .invalidThreshold(threshold) }
        let authorized = Set(authorized)
        var signers: Set<[UInt8]> = []
        var valid: [KeyID] = []
        for signature in signatures where authorized.contains(signature.keyID) {
            guard let key = keys[signature.keyID], let identity = key.identity, !signers.contains(identity),
                key.isValid(signature: signature.text, over: payload)
            else { continue }
            signers.insert(identity)
            valid.append(signature.keyID)
        }
        guard valid.count >= threshold else { throw .thresholdNotMet(required: threshold, valid: valid.count) }
        return valid
    }
}
