/// Bounds on what a project may hold, each with a diagnostic of its own.
package enum ProjectLimits {
    /// Bytes of one source file (Markdown, YAML, Mustache, CSS).
    package static let sourceBytes = 1 << 20
    /// Bytes of `translations.lock`, which has a line for each translation.
    package static let lockBytes = 256 << 20
    /// Bytes of one image.
    package static let assetBytes = 8 << 20
    /// How deep folders may nest.
    package static let folderDepth = 32
    /// How many files a project may have.
    package static let files = 2_000_000
    /// How many folders they may lie in.
    package static let folders = 200_000
    /// Bytes of all files together.
    package static let bytes = 4 << 30
    /// Variants of one message.
    package static let variants = 32
}
