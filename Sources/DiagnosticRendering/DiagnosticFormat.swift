import SourceDiagnostics

/// The forms in which diagnostics are written.
package enum DiagnosticFormat: String, CaseIterable, Sendable {
    /// For a person at a terminal: excerpts with carets, notes and proposed changes.
    case human
    /// One JSON document for programs, described in `Documentation/Diagnostics.md`.
    case json
    /// SARIF 2.1.0, for code scanning services.
    case sarif
    /// Workflow commands, which GitHub shows beside the changed lines.
    case github
}

/// What the renderers need to know beside the diagnostics; nothing is read from the environment.
package struct RenderingOptions: Sendable {
    /// Whether to colour the human form with ANSI escape sequences.
    package var color: Bool
    /// Columns of the terminal; longer source lines are cut around the place that matters.
    package var width: Int
    /// Columns between tab stops.
    package var tabWidth: Int
    /// Put before every path: the project's folder relative to the repository's root (or, for a
    /// person, to the working directory), ending in `/`, or empty.
    package var pathPrefix: String
    /// The switch with which all diagnostics are listed, for the line that counts those that are not drawn.
    package var completeForm: String
    /// The tool's version, by Semantic Versioning 2.0, for SARIF.
    package var toolVersion: String
    /// Where the tool is described, for SARIF; an absolute URI.
    package var informationURI: String?
    /// A diagnostic's page on the web is this, its id and `.md`; an absolute URI that ends in `/`.
    package var documentationURI: String?
    /// The page of each diagnostic id, as Markdown, for SARIF's rules.
    package var pages: [String: String]

    package init(
        color: Bool = false, width: Int = 120, tabWidth: Int = 4, pathPrefix: String = "",
        completeForm: String = "--format json", toolVersion: String = "0.0.0",
        informationURI: String? = nil, documentationURI: String? = nil, pages: [String: String] = [:]
    ) {
        self.color = color
        self.width = width
        self.tabWidth = max(1, tabWidth)
        self.pathPrefix = pathPrefix
        self.completeForm = completeForm
        self.toolVersion = toolVersion
        self.informationURI = informationURI
        self.documentationURI = documentationURI
        self.pages = pages
    }
}

/// Writes diagnostics in one of the forms, in the order given.
///
/// - Parameters:
///   - diagnostics: diagnostics whose labels and edits name their files.
///   - files: the bytes of each file by the path that labels use. A file that is missing here
///     costs the excerpt and the line number, nothing else.
/// - Returns: text that ends with a line feed; empty in the forms `human` and `github` when there is no diagnostic. Those two
///   draw ``drawnDiagnosticLimit`` diagnostics of one id in one file and count the rest; the others hold all.
package func render(
    _ diagnostics: [Diagnostic], files: [String: [UInt8]], as format: DiagnosticFormat,
    options: RenderingOptions = RenderingOptions()
) -> OutputText {
    var sources = SourceTexts(files)
    switch format {
    case .human:
        var renderer = HumanRenderer(sources: sources, options: options)
        return renderer.render(diagnostics)
    case .json: return renderJSON(diagnostics, sources: &sources, options: options)
    case .sarif: return renderSARIF(diagnostics, sources: &sources, options: options)
    case .github: return renderGitHub(diagnostics, sources: &sources, options: options)
    }
}
