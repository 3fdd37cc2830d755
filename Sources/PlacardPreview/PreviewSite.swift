import SourceDiagnostics

/// The pages of one project, ready to be written one by one.
///
/// Everything that pages share is prepared once, so ``messagePage(_:)`` only reads and may be called from many
/// threads at once. The same input gives the same bytes, in whatever order the pages are asked for.
package final class PreviewSite: Sendable {
    /// Everything but the messages, which ``message`` gives.
    let input: PreviewInput
    private let entries: [PreviewEntry]
    private let allSummaries: @Sendable () -> [PreviewSummary]
    private let message: @Sendable (Int) -> PreviewMessage
    /// The texts of a message in plain words, for each of ``PreviewInput/locales``; none where it is not in that language.
    let texts: @Sendable (Int) -> [TextLines]
    private let templates: [PreparedTemplate]
    private let templatePlaces: [String: Int]
    /// Indices of the messages as the index lists them, by folder; previous and next go the same way.
    let order: [Int]
    private let places: [Int]
    /// Bytes of a page up to where cards are drawn.
    let pageBytes: Int
    private let fallback: PreparedTemplate
    /// What became of messages since the version that they are compared with, by id.
    let changes: [String: PreviewChange]

    /// Prepares the pages.
    package convenience init(_ input: PreviewInput) {
        let summaries = input.messages.map { PreviewSummary($0) }
        self.init(
            input, entries: summaries.map { PreviewEntry(id: $0.id, template: $0.template, folder: $0.folder) },
            summaries: { summaries },
            texts: { input.messages[$0].localizations.map { TextLines($0.cards.map(\.title)) } },
            message: { input.messages[$0] })
    }

    /// Prepares the pages of messages that are made one by one, each when its page is, in place of the input's own.
    ///
    /// - Parameters:
    ///   - entries: one for each message, sorted by id.
    ///   - summaries: gives one for each of `entries`, always the same; from any thread. Pages about all messages ask for
    ///     them, and often.
    ///   - texts: gives the texts of the message at an index in plain words, for each locale; from any thread. Several
    ///     pages ask for those of every message.
    ///   - message: gives the message at an index into `entries`, always the same; from any thread.
    package init(
        _ input: PreviewInput, entries: [PreviewEntry], summaries: @escaping @Sendable () -> [PreviewSummary],
        texts: @escaping @Sendable (Int) -> [TextLines],
        message: @escaping @Sendable (Int) -> PreviewMessage
    ) {
        self.input = input
        self.entries = entries
        allSummaries = summaries
        self.message = message
        self.texts = texts
        // Sorted by id, which stays the order within a folder.
        order = entries.indices.sorted { (entries[$0].folder, $0) < (entries[$1].folder, $1) }
        var places = Array(repeating: 0, count: entries.count)
        for (place, index) in order.enumerated() { places[index] = place }
        self.places = places
        changes = Dictionary((input.changes?.messages ?? []).map { ($0.id, $0) }) { first, _ in first }
        pageBytes = CardRenderer.pageBytes(pages: entries.count)
        let used = Set(entries.map(\.template))
        // A template that nothing is drawn with needs no frames, of which there may be some for each of many languages.
        templates = input.templates.map { template in
            PreparedTemplate(template, locales: used.contains(template.name) ? input.locales : [])
        }
        templatePlaces = Dictionary(input.templates.enumerated().map { ($1.name, $0) }) { first, _ in first }
        fallback = PreparedTemplate(
            PreviewTemplate(name: "plain", surface: "card", isBlocking: false, mustache: nil, style: nil, file: ""),
            locales: input.locales)
    }

    /// What the pages about all messages say of each, in the order of their ids.
    var summaries: [PreviewSummary] { allSummaries() }

    /// Diagnostics in the templates' `preview.mustache`, in the order of ``PreviewInput/templates``.
    package var diagnostics: [Diagnostic] { templates.flatMap(\.diagnostics) }

    /// The paths of the pages that ``messagePage(_:)`` gives.
    package var messagePaths: [String] { entries.map { "m/\($0.id).html" } }

    /// How many pages ``messagePage(_:)`` gives.
    package var messageCount: Int { entries.count }

    /// The page of the message at a position in ``PreviewInput/messages``, as `m/<id>.html`.
    package func messagePage(_ index: Int) -> PreviewFile {
        let message = message(index)
        let place = places[index]
        let page = MessagePage(
            site: self, message: message, previous: place > 0 ? entries[order[place - 1]].id : nil,
            next: place + 1 < order.count ? entries[order[place + 1]].id : nil, conflicts: input.conflicts(index))
        return PreviewFile(path: "m/\(message.id).html", bytes: page.bytes())
    }

    /// Positions of the locales that are languages, which have a page each.
    var languagePlaces: [Int] { input.locales.indices.filter { input.locales[$0].policy != .pseudo } }

    /// The paths of everything but the message pages: index, other pages, list of views, style, script, texts for search, templates' styles, images.
    package var sharedPaths: [String] {
        [
            "index.html", "preview.json", "assets/preview.css", "assets/preview.js", "assets/theme.css",
            "coverage.html",
            "checks.html", "audience.html",
        ]
            + SearchTexts.paths(messages: entries.count) + languagePlaces.map { "l/\(input.locales[$0].tag).html" }
            + styles.map(\.stylePath) + input.assets.map { "assets/images/\($0.path)" }
    }

    /// The bytes of the file at a position in ``sharedPaths``.
    package func sharedBytes(_ index: Int) -> [UInt8] {
        switch index {
        case 0: return IndexPage(site: self).bytes()
        case 1: return ViewList(site: self).bytes()
        case 2: return Array(previewStyle.utf8)
        case 3: return Array(previewScript.utf8)
        case 4: return input.look.style
        case 5: return CoveragePage(site: self).bytes()
        case 6: return ChecksPage(site: self).bytes()
        case 7: return AudiencePage(site: self).bytes()
        default:
            let languages = languagePlaces
            var index = index - 8
            let texts = SearchTexts.paths(messages: entries.count).count
            if index < texts { return SearchTexts(site: self, part: index).bytes() }
            index -= texts
            if index < languages.count { return LanguagePage(site: self, place: languages[index]).bytes() }
            index -= languages.count
            return index < styles.count ? styles[index].style : input.assets[index - styles.count].bytes
        }
    }

    /// Those whose style sheets are written; a project's own template may be called as the built-in one is.
    private var styles: [PreparedTemplate] {
        templatePlaces[fallback.input.name] != nil ? templates : templates + [fallback]
    }

    /// The files that ``sharedPaths`` names.
    package func sharedFiles() -> [PreviewFile] {
        sharedPaths.enumerated().map { PreviewFile(path: $1, bytes: sharedBytes($0)) }
    }

    /// The template of that name, or a plain one, so that a message is never without a picture.
    func template(named name: String) -> PreparedTemplate {
        templatePlaces[name].map { templates[$0] } ?? fallback
    }
}

/// All files of a project's preview, in a fixed order.
///
/// One thread; a caller with more makes a ``PreviewSite`` and spreads ``PreviewSite/messagePage(_:)`` over them.
package func renderPreview(_ input: PreviewInput) -> [PreviewFile] {
    let site = PreviewSite(input)
    var files = site.sharedFiles()
    for index in 0..<site.messageCount {
        files.append(site.messagePage(index))
    }
    return files
}
