import Foundation

/// An update on its way, for which any number of callers wait: each until it is done, until its own task is cancelled, or
/// until the update's time is over. Whatever the source does, nobody waits longer.
///
/// It belongs to a client, whose turn it must be: `on client` says so to the compiler.
final class Flight {
    typealias Outcome = Result<PlacardClient.UpdateOutcome, ClientError>

    let number: Int
    private var waiting: [Int: CheckedContinuation<Outcome, Never>] = [:]
    private var nextTicket = 0
    /// Callers that were cancelled before they began to wait.
    private var cancelled: Set<Int> = []
    private var outcome: Outcome?
    /// What does the work, and what ends it in time.
    var tasks: [Task<Void, Never>] = []
    /// What it has got so far. A source that is stuck may hold it for ever; on the disk it is gone when the update ends.
    var files: [OpenFile] = []

    init(number: Int) {
        self.number = number
    }

    func makeTicket(on client: isolated PlacardClient) -> Int {
        nextTicket += 1
        return nextTicket
    }

    func wait(_ ticket: Int, _ continuation: CheckedContinuation<Outcome, Never>, on client: isolated PlacardClient) {
        if let outcome {
            continuation.resume(returning: outcome)
        } else if cancelled.remove(ticket) != nil {
            continuation.resume(returning: .failure(.cancelled))
        } else {
            waiting[ticket] = continuation
        }
    }

    /// One caller waits no more. Returns whether nobody does.
    func leave(_ ticket: Int, on client: isolated PlacardClient) -> Bool {
        guard outcome == nil else { return false }
        if let continuation = waiting.removeValue(forKey: ticket) {
            continuation.resume(returning: .failure(.cancelled))
        } else {
            cancelled.insert(ticket)
        }
        return waiting.isEmpty
    }

    /// Ends it for all, once.
    func land(_ outcome: Outcome, on client: isolated PlacardClient) {
        guard self.outcome == nil else { return }
        self.outcome = outcome
        for task in tasks { task.cancel() }
        for file in files { file.discard() }
        files = []
        for continuation in waiting.values { continuation.resume(returning: outcome) }
        waiting = [:]
    }
}
