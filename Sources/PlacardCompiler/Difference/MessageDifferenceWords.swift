// What comments, terminals and pages say in the same words.

extension MessageDifference {
    /// What the change is about: `only audience`, `schedule, text`.
    package var subjects: String {
        let names = aspects.map(\.rawValue)
        return names.count == 1 ? "only \(names[0])" : names.joined(separator: ", ")
    }

    /// What a reviewer must know besides, a sentence each.
    package var warnings: [String] {
        var result: [String] = []
        if change == .removed {
            result.append("The id is gone, and with it what counts for its caps.")
        }
        if let formerID {
            result.append(
                "It has the texts of \(formerID), which is gone: what users saw of that does not count for it.")
        }
        if isReused {
            result.append("It says something else under the same id: what users saw of the former counts for it.")
        }
        return result
    }
}

extension AudienceDifference {
    /// `wider`, `narrower`, `other users`; in words that claim no more than is known.
    package var direction: String {
        switch (gained, lost) {
        case (.nobody, .nobody): "the same users"
        case (_, .nobody): isKnown(gained) ? "wider" : "the same or wider"
        case (.nobody, _): isKnown(lost) ? "narrower" : "the same or narrower"
        case (.user, .user): "other users: some gained, some lost"
        default: "other users, perhaps: not decided"
        }
    }

    /// The users, with what becomes of them.
    package var witnesses: [(words: String, user: String)] {
        var result: [(words: String, user: String)] = []
        if case .user(let user) = gained { result.append(("may see it now", user)) }
        if case .user(let user) = lost { result.append(("does not see it any more", user)) }
        return result
    }

    private func isKnown(_ movement: AudienceMovement) -> Bool {
        if case .user = movement { true } else { false }
    }
}
