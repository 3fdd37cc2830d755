import SourceDiagnostics

/// The pages of one project, ready to be written one by one.
///
/// Everything that pages share is prepared once, so ``messagePage(_:)`` only reads and may be called from many
/// threads at once. The same input gives the same bytes, in whatever order the pages are asked for.
public struct PreviewSite: Sendable {
    let input: PreviewInput

    /// Findings in the templates' `preview.mustache`, in the order of ``PreviewInput/templates``.
    public let diagnostics: [Diagnostic]

    /// Prepares the pages.
    public init(_ input: PreviewInput) {
        self.input = input
        diagnostics = []
    }

    /// How many pages ``messagePage(_:)`` gives.
    public var messageCount: Int { input.messages.count }

    /// The page of the message at a position in ``PreviewInput/messages``, as `m/<id>.html`.
    public func messagePage(_ index: Int) -> PreviewFile {
        PreviewFile(path: "m/\(input.messages[index].id).html", bytes: [])
    }

    /// Everything but the message pages: index, styles, scripts and images.
    public func sharedFiles() -> [PreviewFile] {
        []
    }
}

/// All files of a project's preview, in a fixed order.
///
/// One thread; a caller with more makes a ``PreviewSite`` and spreads ``PreviewSite/messagePage(_:)`` over them.
public func renderPreview(_ input: PreviewInput) -> [PreviewFile] {
    let site = PreviewSite(input)
    var files = site.sharedFiles()
    for index in 0..<site.messageCount {
        files.append(site.messagePage(index))
    }
    return files
}
