import CanonicalJSON
import PlacardBundle
import PlacardEngine

/// A user, an event and a moment of a message.
package struct SampleUser: Sendable {
    /// Values by group.
    package var context: JSONValue
    /// The event's properties.
    package var event: JSONValue
    /// The moment, in RFC 3339.
    package var now: String
}

/// A user whom a message is for, at a moment of its schedule, as far as such a one is found.
///
/// - Parameter message: compiled without errors; nil comes of any other.
package func sample(for message: CompiledMessage, _ project: ProjectDefinition) -> SampleUser? {
    guard let user = user(of: message, project) else { return nil }
    let now = LocalDateTime(secondsSinceEpoch: user.now.milliseconds / 1000)
    let text = "\(now.description.prefix(10))T\(now.description.dropFirst(11))Z"
    return SampleUser(context: user.context, event: user.event, now: text)
}
