import Foundation
import PlacardBundle
public import PlacardEngine

/// Who takes what happened with messages: an app's analysis.
///
/// ```swift
/// struct Analysis: EventReceiver {
///     func receive(_ events: [MessageEvent]) async throws {
///         try await upload(MessageEvent.jsonLines(events))
///     }
/// }
/// ```
public protocol EventReceiver: Sendable {
    /// Takes events, the oldest first, at most ``PlacardClient/eventBatch`` at once.
    ///
    /// - Throws: when they are not received; the same come again, later. They may come again after a kill, too, and from two
    ///   processes: count each ``PlacardEngine/MessageEvent/id`` once.
    func receive(_ events: [MessageEvent]) async throws
}

/// Where events wait until they are received. The client has a file for it; an app that has a database may use that.
///
/// The client calls it from its own actor, one call after the other.
public protocol EventStore: Sendable {
    /// Keeps events behind those that it has, so that a kill does not lose them.
    func append(_ events: [MessageEvent]) throws
    /// The oldest events that have not been removed, the oldest first.
    ///
    /// - Parameter limit: the most that are wanted.
    func pending(limit: Int) throws -> [MessageEvent]
    /// Forgets events that were received.
    func remove(_ events: [MessageEvent]) throws
}

extension PlacardClient {
    /// The most events that a receiver is given at once.
    public static let eventBatch = 100
    /// The most events that are remembered while the store cannot keep them.
    static let unkeptLimit = 1000

    /// Gives the receiver at once what it has not received; otherwise that happens by itself, after each event, and after
    /// failures with a pause that grows. Call it when the app goes to the background.
    ///
    /// - Returns: whether all has been received; true without a receiver.
    @discardableResult
    public func deliverEvents() async -> Bool {
        opened()
        guard events != nil else { return true }
        return await (delivery ?? beginDelivery()).value
    }

    /// Records what happened with a message that was decided.
    func tell(_ kind: MessageEvent.Kind, of shown: ShownMessage) {
        tell([
            event(
                kind, shown.message.id, variant: shown.variant, release: shown.release, locale: shown.content.locale,
                at: environment.now())
        ])
    }

    /// Records the exposures of a decision.
    func tell(_ exposures: [Exposure], _ bundle: LoadedBundle) {
        tell(
            exposures.map { exposure in
                var variant: String?
                if case .variant(let id) = exposure.arm { variant = id }
                return event(
                    .exposure(withheld: exposure.withheld), exposure.message, variant: variant,
                    release: bundle.manifest.release,
                    locale: bundle.texts[exposure.message]?.locale ?? bundle.locale, at: exposure.at)
            })
    }

    private func event(
        _ kind: MessageEvent.Kind, _ message: String, variant: String?, release: Int64, locale: String, at: Instant
    ) -> MessageEvent {
        MessageEvent(
            id: UUID().uuidString.lowercased(), kind: kind, message: message, variant: variant, release: release,
            locale: locale, at: at)
    }

    private func tell(_ new: [MessageEvent]) {
        guard keepsEvents, !new.isEmpty else { return }
        unkeptEvents += new
        unkeptEvents.removeFirst(max(0, unkeptEvents.count - PlacardClient.unkeptLimit))
        do {
            try eventStore.append(unkeptEvents)
            unkeptEvents = []
        } catch {
            report(storageError(error, eventLogPath))
        }
        if delivery == nil, redelivery == nil { _ = beginDelivery() }
    }

    // MARK: Delivery

    /// Begins to deliver what an earlier run of the app has left.
    func deliverWhatIsLeft() {
        if events != nil, delivery == nil { _ = beginDelivery() }
    }

    private func beginDelivery() -> Task<Bool, Never> {
        redelivery?.cancel()
        redelivery = nil
        let task = Task { await deliver() }
        delivery = task
        return task
    }

    private func deliver() async -> Bool {
        defer { delivery = nil }
        guard let events else { return true }
        do {
            while true {
                let kept = try eventStore.pending(limit: PlacardClient.eventBatch)
                let batch = kept.isEmpty ? Array(unkeptEvents.prefix(PlacardClient.eventBatch)) : kept
                guard !batch.isEmpty else { break }
                try await events.receive(batch)
                if kept.isEmpty {
                    let received = Set(batch.map(\.id))
                    unkeptEvents.removeAll { received.contains($0.id) }
                } else {
                    try eventStore.remove(kept)
                }
            }
            _ = deliveryPace.pause(hasFailed: false)
            return true
        } catch {
            report(error as? ClientError ?? .undelivered(reason: words(error)))
            deliverLater()
            return false
        }
    }

    private func deliverLater() {
        let pause = deliveryPace.pause(hasFailed: true)
        // A client that nobody has any more delivers no more; the next one goes on.
        redelivery = Task { [weak self] in
            try? await Task.sleep(for: pause * Double.random(in: 0.75...1.25))
            if !Task.isCancelled { await self?.deliverAgain() }
        }
    }

    /// Whether the last delivery failed, and the next waits for its time.
    package var isWaitingToDeliver: Bool { redelivery != nil && delivery == nil }

    private func deliverAgain() {
        redelivery = nil
        if delivery == nil { _ = beginDelivery() }
    }
}
