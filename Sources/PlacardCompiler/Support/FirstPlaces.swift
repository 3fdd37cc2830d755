import SourceDiagnostics

/// Where each id of a list stands first: looked for one by one among a few, in a table once they are many.
struct FirstPlaces {
    private var few: [(id: String, span: Span)] = []
    private var many: [String: Span] = [:]

    /// Notes an id; the place of the same id before it, when there is one.
    mutating func note(_ id: String, at span: Span) -> Span? {
        guard many.isEmpty else {
            if let first = many[id] { return first }
            many[id] = span
            return nil
        }
        if let first = few.first(where: { $0.id == id }) { return first.span }
        few.append((id, span))
        if few.count > 16 { many = Dictionary(few.map { ($0.id, $0.span) }) { first, _ in first } }
        return nil
    }
}
