import SourceDiagnostics

/// Finds the ids that come twice.
struct FirstPlaces {
    private var places: [String: Span] = [:]

    /// Notes an id; the place of the same id before it, when there is one.
    mutating func note(_ id: String, at span: Span) -> Span? {
        if let first = places[id] { return first }
        places[id] = span
        return nil
    }
}
