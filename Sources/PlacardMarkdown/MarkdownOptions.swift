import ByteText
import CanonicalJSON

/// Extensions of GFM to CommonMark.
package struct MarkdownExtensions: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let table = MarkdownExtensions(rawValue: 1)
    package static let strikethrough = MarkdownExtensions(rawValue: 2)
    package static let autolink = MarkdownExtensions(rawValue: 4)
    package static let tasklist = MarkdownExtensions(rawValue: 8)
    /// Not part of GFM's specification, and of no use in a message.
    package static let footnotes = MarkdownExtensions(rawValue: 16)

    /// What messages are written in.
    package static let message: MarkdownExtensions = [.table, .strikethrough, .autolink, .tasklist]
}

/// How a Markdown text is read.
package struct MarkdownOptions: Sendable {
    package var extensions: MarkdownExtensions
    /// Where links may lead; nil leaves them unchecked, which is for tests of the parser alone.
    package var links: LinkPolicy?
    package var limits: MarkdownLimits

    package init(
        extensions: MarkdownExtensions = .message, links: LinkPolicy?, limits: MarkdownLimits = MarkdownLimits()
    ) {
        self.extensions = extensions
        self.links = links
        self.limits = limits
    }
}

/// What a text must stay within, so that reading it takes a bounded time.
///
/// cmark-gfm 0.29.0.gfm.6 takes quadratic time on some inputs; the limits are checked before it sees the text.
package struct MarkdownLimits: Sendable, Equatable {
    /// Bytes of one text.
    package var bytes = 65_536
    /// Block quotes and lists in one another.
    package var blockNesting = 32
    /// Nodes of any kind in one another.
    package var depth = 64
    /// Characters that may open or close emphasis, links and images: `*`, `_`, `~`, `[`, `]`.
    package var delimiters = 8_192
    /// Square brackets that open in one block.
    package var brackets = 1_024

    package init() {}
}

/// What a sentinel, the scalar U+100000 + i, stands for.
package enum PlaceholderRole: Sendable, Hashable {
    /// One ASCII character that Markdown is not to see.
    case literal(UInt8)
    /// A value; `isURL` when it is a whole address, and may be the whole target of a link.
    case value(isURL: Bool)
    /// Something without width, such as the start of markup.
    case markup
}

/// The scalars that stand for placeholders while Markdown is parsed.
package enum Sentinel {
    /// The first of them.
    package static let base: UInt32 = 0x10_0000
    /// As many as private use has in plane 16, less what renderers need for the contexts of a value.
    package static let count = 0x3FFE

    /// Appends the UTF-8 of sentinel `index`.
    package static func append<Sink: ByteSink & ~Copyable>(_ index: Int, to bytes: inout Sink) {
        bytes.append(0xF4)
        bytes.append(0x80 | UInt8(truncatingIfNeeded: index >> 12 & 0x0F))
        bytes.append(0x80 | UInt8(truncatingIfNeeded: index >> 6 & 0x3F))
        bytes.append(0x80 | UInt8(truncatingIfNeeded: index & 0x3F))
    }

    /// The index of the sentinel whose lead byte 0xF4 is at `offset`; nil when the text ends before it.
    @inline(__always)
    package static func index(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int? {
        guard offset + 3 < bytes.count else { return nil }
        return Int(bytes[offset + 1] & 0x0F) << 12 | Int(bytes[offset + 2] & 0x3F) << 6 | Int(bytes[offset + 3] & 0x3F)
    }
}
