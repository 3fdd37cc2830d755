public import CanonicalJSON
import Foundation
import PlacardBundle
public import PlacardEngine

extension PlacardClient {
    /// The messages to show, as they become due: those that ``track(_:properties:context:)`` brings up from now on.
    ///
    /// ```swift
    /// .task {
    ///     for await message in await client.messages() {
    ///         present(message.content)
    ///         await client.shown(message)
    ///     }
    /// }
    /// ```
    public func messages() -> AsyncStream<ShownMessage> {
        listenerCount += 1
        let number = listenerCount
        let (stream, continuation) = AsyncStream.makeStream(of: ShownMessage.self)
        listeners[number] = continuation
        continuation.onTermination = { _ in Task { await self.stopListening(number) } }
        return stream
    }

    /// Whether anybody listens.
    package var isListenedTo: Bool { !listeners.isEmpty }

    private func stopListening(_ number: Int) { listeners[number] = nil }

    /// Says that something happened; what it brings up comes out of ``messages()``, after its delay.
    ///
    /// - Parameters: as of ``decide(event:properties:context:)``.
    public func track(_ event: String, properties: JSONValue = [:], context: JSONValue) {
        guard let message = decide(event: event, properties: properties, context: context) else { return }
        let delay = message.at.milliseconds - environment.now().milliseconds
        guard delay > 0 else { return deliver(message) }
        Task {
            try? await Task.sleep(for: .milliseconds(delay))
            self.deliver(message)
        }
    }

    /// Where nobody listens, nothing shows, and ``report`` is told.
    private func deliver(_ message: ShownMessage) {
        guard !listeners.isEmpty else {
            reportOnce(.unheard(message: message.message.id))
            return closed(message)
        }
        for listener in listeners.values { listener.yield(message) }
    }
}
