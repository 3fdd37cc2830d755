import ByteText
import CCMarkGFM
import SourceDiagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// cmark-gfm keeps two things in global variables: the registry of its extensions, and a table of the characters that
// are special inside a line. The table is the trap: each parser adds its extensions' characters before it reads lines
// and takes them out afterwards, so that two parsers at work take them from each other. Hence:
//
// - The registry is filled once, behind a `static let`.
// - The characters of `autolink` (`:` and `w`) are put into the table for good, and its own list of them is emptied,
//   so that no parser takes them out. They mean nothing to a parser without the extension.
// - `strikethrough` needs its list (`~`) to find the ends of a struck text. It is attached only where the text holds a
//   tilde, and such texts are parsed one at a time. Any other text does not ask the table about a tilde.

/// The library once it is set up.
struct CMark: @unchecked Sendable {
    let table: OpaquePointer?
    let strikethrough: OpaquePointer?
    let autolink: OpaquePointer?
    let tasklist: OpaquePointer?
    /// Node types that the extensions got when they were registered.
    var tableType: UInt32 = 0
    var tableRowType: UInt32 = 0
    var tableCellType: UInt32 = 0
    var strikethroughType: UInt32 = 0

    static let library = CMark()

    private init() {
        cmark_gfm_core_extensions_ensure_registered()
        table = cmark_find_syntax_extension("table")
        strikethrough = cmark_find_syntax_extension("strikethrough")
        autolink = cmark_find_syntax_extension("autolink")
        tasklist = cmark_find_syntax_extension("tasklist")
        if let autolink {
            let parser = cmark_parser_new(CMARK_OPT_DEFAULT)
            cmark_parser_attach_syntax_extension(parser, autolink)
            cmark_manage_extensions_special_characters(parser, 1)
            cmark_parser_free(parser)
            cmark_syntax_extension_set_special_inline_chars(autolink, nil)
        }
        learnTypes()
    }

    /// Asks a small document for the types, as the library's variables are not part of its interface.
    private mutating func learnTypes() {
        guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return }
        defer { cmark_parser_free(parser) }
        cmark_parser_attach_syntax_extension(parser, table)
        cmark_parser_attach_syntax_extension(parser, strikethrough)
        let sample = "|a|\n|-|\n|~~b~~|\n"
        cmark_parser_feed(parser, sample, sample.utf8.count)
        guard let document = cmark_parser_finish(parser) else { return }
        defer { cmark_node_free(document) }
        let table = cmark_node_first_child(document)
        let row = cmark_node_last_child(table)
        let cell = cmark_node_first_child(row)
        tableType = cmark_node_get_type(table).rawValue
        tableRowType = cmark_node_get_type(row).rawValue
        tableCellType = cmark_node_get_type(cell).rawValue
        strikethroughType = cmark_node_get_type(cmark_node_first_child(cell)).rawValue
    }

    /// Parses `source` and hands the document, which lives as long as the call, to `body`.
    static func withDocument<Result>(
        of source: UnsafeBufferPointer<UInt8>, extensions: MarkdownExtensions, profile: SourceProfile,
        _ body: (OpaquePointer) -> Result
    ) -> Result? {
        let library = CMark.library
        let options = extensions.contains(.footnotes) ? CMARK_OPT_FOOTNOTES : CMARK_OPT_DEFAULT
        guard let parser = cmark_parser_new(options | CMARK_OPT_SOURCEPOS) else { return nil }
        defer { cmark_parser_free(parser) }
        if extensions.contains(.table), profile.mayHoldTable {
            cmark_parser_attach_syntax_extension(parser, library.table)
        }
        let strikes = extensions.contains(.strikethrough) && profile.holdsTilde
        if strikes { cmark_parser_attach_syntax_extension(parser, library.strikethrough) }
        if extensions.contains(.autolink), profile.mayHoldAutolink {
            cmark_parser_attach_syntax_extension(parser, library.autolink)
        }
        if extensions.contains(.tasklist), profile.holdsBracket {
            cmark_parser_attach_syntax_extension(parser, library.tasklist)
        }
        source.withMemoryRebound(to: CChar.self) { characters in
            if let base = characters.baseAddress { cmark_parser_feed(parser, base, characters.count) }
        }
        if strikes { StrikethroughLock.shared.lock() }
        let document = cmark_parser_finish(parser)
        if strikes { StrikethroughLock.shared.unlock() }
        guard let document else { return nil }
        defer { cmark_node_free(document) }
        return body(document)
    }
}

extension CMark {
    /// Calls `body` with a text that cmark made, as well-formed UTF-8: what is not becomes U+FFFD. The one way by which texts
    /// of cmark come in.
    ///
    /// For references to U+FFFE and U+FFFF cmark writes the bytes FE and FF, which are no part of UTF-8 (its
    /// `cmark_utf8proc_encode_char`).
    ///
    /// - Returns: what `body` does; nil when there is no text.
    static func withText<Result>(
        _ text: UnsafePointer<CChar>?, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result? {
        guard let text else { return nil }
        let count = length(of: text)
        return text.withMemoryRebound(to: UInt8.self, capacity: count) { bytes in
            let buffer = UnsafeBufferPointer(start: bytes, count: count)
            guard firstInvalidUTF8(in: buffer) != nil else { return body(buffer) }
            return Array(String(decoding: buffer, as: UTF8.self).utf8).withUnsafeBufferPointer(body)
        }
    }
}

/// How many bytes stand before the zero that ends a C string.
func length(of text: UnsafePointer<CChar>) -> Int {
    strlen(text)
}

/// Whether two stretches of memory hold the same bytes.
func isSame(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    memcmp(a, b, count) == 0
}

/// Lets one text with a tilde be parsed at a time.
private final class StrikethroughLock: @unchecked Sendable {
    static let shared = StrikethroughLock()

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    private init() {
        pthread_mutex_init(mutex, nil)
    }

    func lock() {
        pthread_mutex_lock(mutex)
    }

    func unlock() {
        pthread_mutex_unlock(mutex)
    }
}
