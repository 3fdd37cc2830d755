import PlacardCompiler

// What both forms for people say in the same words.

extension ProjectDifference {
    /// `1 added, 2 changed, 1 removed`.
    var counts: String {
        let parts = [MessageDifference.Change.added, .changed, .removed].compactMap { change in
            count(change) > 0 ? "\(count(change)) \(change.rawValue)" : nil
        }
        return parts.isEmpty
            ? "no message changed" : counted(messages.count, "message") + ": " + parts.joined(separator: ", ")
    }
}
