/// Messages that share a cap.
package struct PreviewGroup: Sendable {
    package var name: String
    /// How often all of them together are shown, in words.
    package var cap: String
    /// Their ids, in order.
    package var messages: [String]

    package init(name: String, cap: String, messages: [String]) {
        self.name = name
        self.cap = cap
        self.messages = messages
    }
}
