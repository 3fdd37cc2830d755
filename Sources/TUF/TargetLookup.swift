import ByteText

// Looking a target up among the metadata of targets and what it delegates to (TUF specification, section 5.6.7).

extension MetadataUpdate {
    /// What came of looking a target up.
    public enum Lookup: Sendable, Equatable {
        /// The target, as a role says that is trusted with it.
        case found(TargetFile)
        /// No role that is trusted with it lists it.
        case absent
        /// A file must come first; fetch it, give it to ``receive(_:)``, and look up again.
        case needs(Request)
    }

    /// A target of the top-level role alone; nil when it lists none of that path, or is not trusted yet.
    ///
    /// - Parameter path: its exact name among the targets, with `/`.
    public func target(_ path: String) -> TargetFile? {
        targets?[path]
    }

    /// Where a target is served, relative to the folder of targets.
    public func servedPath(of target: TargetFile) -> String {
        target.servedPath(isConsistentSnapshot: root.isConsistentSnapshot)
    }

    /// Looks a target up among all roles, depth first and in the order of the delegations. Each role is asked once.
    ///
    /// - Throws: ``UntrustedFile`` when a role on the way is not to be trusted.
    public mutating func lookup(_ path: String) throws(UntrustedFile) -> Lookup {
        if case .delegated = stage { stage = .done }
        guard let targets else { return request.map { .needs($0) } ?? .absent }
        var waiting: [(name: String, delegator: String)] = []
        var visited: Set<String> = []
        var (name, metadata) = (TopLevelRole.targets.rawValue, targets)
        while true {
            visited.insert(name)
            if let target = metadata[path] { return .found(target) }
            let trusted = metadata.delegations.filter { $0.isTrusted(with: path, cryptography) }
            if let terminating = trusted.firstIndex(where: \.isTerminating) {
                waiting = trusted[...terminating].reversed().map { ($0.name, name) }
            } else {
                waiting += trusted.reversed().map { ($0.name, name) }
            }
            waiting.removeAll { visited.contains($0.name) }
            guard let next = waiting.popLast(), visited.count <= limits.delegations else { return .absent }
            do throws(TUFError) {
                guard let found = try role(next.name, from: next.delegator) else {
                    stage = .delegated(name: next.name, delegator: next.delegator)
                    return request.map { .needs($0) } ?? .absent
                }
                (name, metadata) = (next.name, found)
            } catch {
                throw UntrustedFile(file: percentEncoded(next.name) + ".json", reason: error)
            }
        }
    }

    /// The metadata of a delegated role, when it is here or was kept, verified against this delegator; nil when it must be
    /// fetched.
    private mutating func role(_ name: String, from delegator: String) throws(TUFError) -> TargetsMetadata? {
        guard snapshot?.files[name + ".json"] != nil else { throw .notListed }
        if let here = delegated[name] {
            if !here.verifiedFor.contains(delegator) {
                // What one delegator trusts need not be what another does.
                try verify(here.envelope, name, from: delegator)
                delegated[name]?.verifiedFor.insert(delegator)
            }
            return here.metadata
        }
        guard let bytes = kept[percentEncoded(name) + ".json"] else { return nil }
        _ = try? take(delegated: bytes, name, from: delegator)
        return delegated[name]?.metadata
    }

    mutating func take(
        delegated bytes: [UInt8], _ name: String, from delegator: String
    ) throws(TUFError) -> [Change] {
        let envelope = try listedEnvelope(bytes, name + ".json")
        try verify(envelope, name, from: delegator)
        let metadata = try readTargets(envelope, name + ".json")
        delegated[name] = Delegated(envelope: envelope, metadata: metadata, verifiedFor: [delegator])
        stage = .done
        return [.store(name: percentEncoded(name) + ".json", bytes: bytes)]
    }

    private func verify(_ envelope: SignedEnvelope, _ name: String, from delegator: String) throws(TUFError) {
        let metadata = delegator == TopLevelRole.targets.rawValue ? targets : delegated[delegator]?.metadata
        guard let metadata, let role = metadata.delegations.first(where: { $0.name == name }) else {
            throw .notListed
        }
        try envelope.verify(keys: metadata.delegatedKeys, authorized: role.keys.keyIDs, threshold: role.keys.threshold)
    }
}
