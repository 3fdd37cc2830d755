/// How much ``compile(_:knownDiagnostics:analysis:now:)`` analyses what its messages do together.
package enum AnalysisLevel: UInt8, Sendable {
    /// Nothing.
    case none
    /// Each message by itself: whether it can be shown at all.
    case cheap
    /// Also the messages of each event against one another.
    case full
}

/// Bounds on the work of the analysis; beyond them nothing is claimed.
enum AnalysisLimits {
    /// Steps of one search through representative values.
    static let searchSteps = 4_000
    /// Conditions joined by `&&` among which the contradicting ones are looked for.
    static let conjuncts = 32
    /// Pairs of messages that are compared for shadowing, in the whole project.
    static let shadowPairs = 100_000
    /// Pairs of messages of one event and priority that are tried for a common user.
    static let competingPairs = 200
    /// Pairs of one event and priority that the engine is asked about, until one competes.
    static let confirmedCompetitors = 8
    /// Shadowed messages of one event that the engine is asked about.
    static let confirmedShadows = 200
    /// Moments and users that are tried to confirm a witness.
    static let confirmations = 200
    /// Messages of one event that previews compare with each other; where more share it, `placard check` does.
    static let previewedMessages = 100
    /// Pairs of messages of one event that previews compare.
    static let previewedPairs = 4_000
    /// Pairs of one event that the engine is asked about for previews.
    static let previewedConflicts = 60
    /// Messages right before another one that previews compare it with, and how many of them they name.
    static let previewedNeighbours = 12
    static let previewedWinners = 3
    /// A window of so many seconds meets every hour of every weekday.
    static let scheduleSpan: Int64 = 9 * 86_400
}
