/// Bounds on what a project may hold, each with a diagnostic of its own.
public enum ProjectLimits {
    /// Bytes of one source file (Markdown, YAML, Mustache, CSS).
    public static let sourceBytes = 1 << 20
    /// Bytes of `translations.lock`, which has a line for each translation.
    public static let lockBytes = 256 << 20
    /// Bytes of one image.
    public static let assetBytes = 8 << 20
    /// How deep folders may nest.
    public static let folderDepth = 32
    /// How many files a project may have.
    public static let files = 2_000_000
    /// How many folders they may lie in.
    public static let folders = 200_000
    /// Bytes of all files together.
    public static let bytes = 4 << 30
    /// Variants of one message.
    public static let variants = 32
}
