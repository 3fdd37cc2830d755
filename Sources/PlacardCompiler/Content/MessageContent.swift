import PlacardText
import SourceDiagnostics

/// What a message, a variant of it, or a translation of either says and shows: the one shape that content has from its
/// declaration to the wire.
///
/// `Text` is what stands for each text: ``EmbeddedText`` as it is declared, ``MessageText`` once it is compiled, and
/// ``CompiledText`` alone when nothing more is to be said of it. A translation has texts alone, and a variant only what it
/// changes.
package struct MessageContent<Text: Sendable>: Sendable {
    /// Declared in the order of the template, with the body last; compiled in the order of their names' bytes.
    package var fields: [MessageField<Text>] = []
    /// In the order of the buttons.
    package var actions: [MessageAction<Text>] = []
    /// The notification.
    package var push: PushContent<Text>?
}

/// One field of the template.
package struct MessageField<Text: Sendable>: Sendable {
    package var name: String
    package var content: FieldContent<Text>
}

/// What a field holds.
///
/// Every step of a message's way switches over the cases without a `default`, so that the compiler points at what a new one
/// needs.
package enum FieldContent<Text: Sendable>: Sendable {
    /// One string.
    case text(Text)
    /// Markdown, in each of the project's formats.
    case markdown(Text)
    /// Markdown whose headings are steps and whose links are choices.
    case conversation(Text)
    case image(ImageContent<Text>)
    case list(ListContent<Text>)
    /// An address, the same in every language.
    case url(Text)
    /// What is no text, the same in every language.
    case value(FixedValue)
}

/// What a field holds that is no text: each step but those that write it down passes it on as it is.
package enum FixedValue: Sendable {
    case bool(Bool)
    case int(Int)
    /// A word of an enumeration, or a colour.
    case string(String)

    /// As authors read it.
    var text: String {
        switch self {
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .string(let text): text
        }
    }
}

package struct ImageContent<Text: Sendable>: Sendable {
    /// Which image it is; nil in a translation, which has words for it alone.
    package var source: ImageSource?
    /// What it shows, in words.
    package var alt: Text?
}

/// Which image a message shows.
package struct ImageSource: Sendable {
    /// Path below `content/`.
    package var asset: String
    /// The path as it is written.
    package var written: Located<String>
    /// Whether the author says that there is nothing to tell of it: `alt: ""`.
    package var isDecoration: Bool

    /// The folder below `content/` that its path begins at: that of the file which names it, be it the message, a
    /// variant, or the defaults of a folder.
    var folder: String { contentFolder(of: written.file) }
}

package struct ListContent<Text: Sendable>: Sendable {
    package struct Item: Sendable {
        package var id: Located<String>
        package var text: Text
    }

    package var items: [Item]
    /// Where the list stands.
    var label: Label
    /// How many entries are written, those that cannot be read included.
    var written = 0
}

/// A button, or another thing to do.
package struct MessageAction<Text: Sendable>: Sendable {
    package enum Effect: Sendable {
        case url(Text)
        case dismiss
        /// Seconds until it may come again.
        case remind(Int64)
        case event(Located<String>)
        /// Asks the system for a permission, or for a rating.
        case request(String)
    }

    package var id: Located<String>
    /// Nil when it did not compile.
    package var label: Text?
    /// Nil in a translation, and when its address did not compile.
    package var effect: Effect?
}

/// A notification of the system with the message's news.
package struct PushContent<Text: Sendable>: Sendable {
    package var title: Text?
    /// Nil in a translation that lacks it.
    package var body: Text?
    /// What stands for the title and the body where their values are not known; compiled, without placeholders.
    package var titleFallback: Text?
    package var bodyFallback: Text?
    /// What a tap opens; nil for what the first action opens.
    package var link: Text?

    /// A text with its name and what stands for it.
    struct Part {
        var name: String
        var text: Text
        var fallback: Text?
    }

    /// Title and body.
    var parts: [Part] {
        [("title", title, titleFallback), ("body", body, bodyFallback)].compactMap { name, text, fallback in
            text.map { Part(name: name, text: $0, fallback: fallback) }
        }
    }
}

/// A text that was compiled, with where it stands; an object, as it is handed around a lot and never changes.
package final class MessageText: Sendable {
    let written: EmbeddedText
    let compiled: CompiledText

    init(_ written: EmbeddedText, _ compiled: CompiledText) {
        self.written = written
        self.compiled = compiled
    }
}

extension MessageContent {
    /// What a field holds.
    package func field(_ name: String) -> FieldContent<Text>? {
        fields.first { $0.name == name }?.content
    }

    /// What a tap on the notification opens: its own link, or what the first action that opens something does.
    var pushLink: Text? {
        guard let push else { return nil }
        if let link = push.link { return link }
        for action in actions {
            if case .url(let url)? = action.effect { return url }
        }
        return nil
    }

    /// The image fields with the images that they show.
    var images: [(name: String, source: ImageSource, alt: Text?)] {
        fields.compactMap { field in
            guard case .image(let image) = field.content, let source = image.source else { return nil }
            return (field.name, source, image.alt)
        }
    }

    /// The list fields.
    var lists: [(name: String, list: ListContent<Text>)] {
        fields.compactMap { field in
            if case .list(let list) = field.content { (field.name, list) } else { nil }
        }
    }

    /// The list of that name.
    func list(_ name: String) -> ListContent<Text>? {
        if case .list(let list)? = field(name) { list } else { nil }
    }
}
