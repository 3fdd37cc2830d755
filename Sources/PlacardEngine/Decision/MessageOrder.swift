import PlacardBundle

/// What decides between two eligible messages of one trigger: the higher priority, then the earlier start, then the id.
///
/// The order is total and the same for every user: a civil start is compared as its clock reads, and a message without
/// a start has always been there.
public struct MessageOrder: Sendable, Equatable {
    /// 0 to 100.
    public let priority: Int64
    /// Seconds from 1970; nil for a message without a start.
    public let start: Int64?
    /// The message's id.
    public let id: String

    /// Which of the three decided.
    public enum Criterion: String, Sendable, Equatable {
        case priority, start, id
    }

    init(priority: Int64, start: Int64?, id: String) {
        (self.priority, self.start, self.id) = (priority, start, id)
    }

    /// The order of `message`.
    public init(_ message: CatalogMessage) {
        priority = message.priority
        id = message.id
        start =
            switch message.schedule?.start {
            case .civil(let civil)?: civil.secondsSinceEpoch
            case .instant(let seconds)?: seconds
            case nil: nil
            }
    }

    /// Whether `self` comes before `other`, and by what.
    public func precedes(_ other: MessageOrder) -> (Bool, by: Criterion) {
        if priority != other.priority { return (priority > other.priority, .priority) }
        let (mine, theirs) = (start ?? .min, other.start ?? .min)
        if mine != theirs { return (mine < theirs, .start) }
        return (id.utf8.lexicographicallyPrecedes(other.id.utf8), .id)
    }
}
