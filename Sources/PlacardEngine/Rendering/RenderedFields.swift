import ByteText
import PlacardBundle

// What most screens ask of a message, by the names that templates give their fields.

extension RenderedMessage {
    /// The text of a field; nil where there is no such field, or it is no text. Of a body it is the plain text.
    public func text(_ field: String) -> String? {
        switch fields[field] {
        case .text(let text)?: text
        case .body(let body)?: body.text
        default: nil
        }
    }

    /// The text of the field `title`.
    public var title: String? { text("title") }

    /// The field `body`, in each of the project's formats.
    public var body: RenderedBody? {
        guard case .body(let body)? = fields["body"] else { return nil }
        return body
    }

    /// The asset key of the field `image`, which `PlacardClient.asset(_:)` takes, with its alternative text.
    public var image: (src: String, alt: String)? {
        guard case .image(let src, let alt)? = fields["image"], !src.isEmpty else { return nil }
        return (src, alt)
    }

    /// The action of that id.
    public func action(_ id: String) -> RenderedAction? {
        actions.first { sameBytes($0.id, id) }
    }
}

extension RenderedAction {
    /// What it opens; nil where it does something else, or where its values made it an address that may not be opened.
    public var url: String? {
        guard case .open(let url) = kind else { return nil }
        return url
    }
}
