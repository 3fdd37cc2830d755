/// What a template's names stand for.
///
/// A value knows whether it is text or HTML of our own renderer, so that `{{{name}}}` can never let text through
/// as markup by accident.
enum MustacheValue: Sendable {
    case text(String)
    /// Safe HTML of a message; `{{{name}}}` copies it, without what could be followed or loaded.
    case html([UInt8])
    /// The path of the message's own image, which is all that a `src` shows.
    case imagePath(String)
    case flag(Bool)
    case list([MustacheValue])
    /// Few names each, so a linear search beats a hash table.
    case object([Member])

    struct Member: Sendable {
        var name: String
        var value: MustacheValue

        init(_ name: String, _ value: MustacheValue) {
            self.name = name
            self.value = value
        }
    }

    /// The member `name` of an object; `nil` of anything else.
    func member(_ name: String) -> MustacheValue? {
        guard case .object(let members) = self else { return nil }
        for index in members.indices where members[index].name == name { return members[index].value }
        return nil
    }

    /// Whether a section is drawn for it: not for `false`, an empty list, or empty text.
    var isTruthy: Bool {
        switch self {
        case .text(let text), .imagePath(let text): !text.isEmpty
        case .html(let bytes): !bytes.isEmpty
        case .flag(let flag): flag
        case .list(let items): !items.isEmpty
        case .object: true
        }
    }
}
