/// The sizes that a message may have; beyond them parsing stops with a diagnostic.
///
/// They bound time and memory on hostile input, far above anything a person writes.
public struct SyntaxLimits: Hashable, Sendable {
    /// Bytes of the source of one message.
    public var bytes: Int
    /// Declarations of one message.
    public var declarations: Int
    /// Selectors of one message, and keys of one variant.
    public var selectors: Int
    /// Variants of one message.
    public var variants: Int
    /// Placeholders of one pattern.
    public var placeholders: Int
    /// Elements of one pattern of the data model. Markdown may put a placeholder in several places (a reference that many
    /// links use), so that a pattern that is compiled has more of them than one that is written.
    public var elements: Int
    /// Options, and also attributes, of one placeholder.
    public var options: Int
    /// Diagnostics of one message; the rest is left unsaid.
    public var diagnostics: Int

    /// Creates limits; each has a default.
    public init(
        bytes: Int = 1 << 18, declarations: Int = 100, selectors: Int = 8, variants: Int = 1000,
        placeholders: Int = 2000, elements: Int = 1 << 18, options: Int = 50, diagnostics: Int = 100
    ) {
        self.bytes = bytes
        self.declarations = declarations
        self.selectors = selectors
        self.variants = variants
        self.placeholders = placeholders
        self.elements = elements
        self.options = options
        self.diagnostics = diagnostics
    }

    /// The default limits.
    public static let standard = SyntaxLimits()

    /// How far behind a defective placeholder its end is looked for.
    static let recoveryBytes = 1024
    /// How many braces deep its end is looked for.
    static let recoveryDepth = 16
}
