import ByteText

/// The files about what changed: `changes.html`, a page for each message that it has no room for, `summary.md`, and what
/// cards of the earlier version need.
package struct ChangePages: Sendable {
    /// In the order of ``bytes(_:)``.
    package let paths: [String]
    private let files: [PreviewFile]
    private let site: PreviewSite
    private let changes: PreviewChanges
    /// Positions of the messages that have a page of their own.
    private let alone: [Int]
    private let former: FormerParts

    /// Bytes of `changes.html` up to where messages are shown as a whole.
    static let maximumBytes = 1 << 20
    /// Bytes of one message up to where its cards are drawn.
    static let maximumArticleBytes = 768 * 1024

    /// Nil for a site that is compared with nothing.
    package init?(_ site: PreviewSite) {
        guard let changes = site.input.changes else { return nil }
        self.site = site
        self.changes = changes
        let former = FormerParts(site, changes)
        self.former = former
        let page = ChangesPage(site: site, changes: changes, former: former)
        let drawn = page.draw()
        alone = drawn.alone
        files =
            [
                PreviewFile(path: "changes.html", bytes: drawn.bytes),
                PreviewFile(path: "summary.md", bytes: changes.summary),
                PreviewFile(path: "assets/changes.css", bytes: Array(changesStyle.utf8)),
            ] + former.files
        paths = files.map(\.path) + alone.map { "c/\(changes.messages[$0].id).html" }
    }

    /// The bytes of the file at a position in ``paths``; from any thread.
    package func bytes(_ index: Int) -> [UInt8] {
        if index < files.count { return files[index].bytes }
        let place = alone[index - files.count]
        let change = changes.messages[place]
        var page = ByteBuffer(capacity: 64 * 1024)
        let shell = PageShell(root: "../", input: site.input)
        shell.open(
            title: "\(change.id) · Changes · \(site.input.title)", styles: former.styles([change], site),
            current: .changes, into: &page)
        page.append(html: "<div class=\"head\"><h1>Changes since ")
        page.appendEscaped(changes.base)
        page.append(html: "</h1><p class=\"sub\"><a href=\"../changes.html#c-")
        page.append(path: change.id)
        page.append(html: "\">All changes</a></p></div>\n<div id=\"tools\"></div>\n")
        PageShell.themes(into: &page)
        ChangeArticle(
            change: change, languages: changes.languages(place),
            cards: ChangeCards(site, root: "../", former: former.templates, assets: former.assets), root: "../",
            maximumBytes: ChangePages.maximumArticleBytes
        ).write(into: &page)
        shell.close(into: &page)
        return page.bytes
    }
}

/// What of the earlier version is other than in the later one, and is needed to draw its cards.
struct FormerParts: Sendable {
    /// By name; those that are the same are not among them.
    let templates: [String: PreparedTemplate]
    let assets: [PreviewAsset]
    let files: [PreviewFile]
    private let hasLook: Bool

    init(_ site: PreviewSite, _ changes: PreviewChanges) {
        let used = Set((changes.messages + changes.looks.map(\.change)).compactMap(\.formerTemplate))
        var templates: [String: PreparedTemplate] = [:]
        var files: [PreviewFile] = []
        for template in changes.templates where used.contains(template.name) {
            let now = site.input.templates.first { $0.name == template.name }
            if let now, now.isDrawnAlike(template) { continue }
            let prepared = PreparedTemplate(template, isFormer: true)
            templates[template.name] = prepared
            files.append(PreviewFile(path: prepared.stylePath, bytes: prepared.style))
        }
        let images = Dictionary(site.input.assets.map { ($0.path, $0.bytes) }) { first, _ in first }
        assets = changes.assets.filter { images[$0.path] != $0.bytes }
        files += assets.map { PreviewFile(path: "assets/former/images/\($0.path)", bytes: $0.bytes) }
        let look = changes.look.formerStyle
        hasLook = changes.look.style != site.input.look.style
        if hasLook { files.append(PreviewFile(path: "assets/former.css", bytes: look)) }
        self.templates = templates
        self.files = files
    }

    /// The style sheets of a page about these changes, relative to the root.
    func styles(_ shown: [PreviewChange], _ site: PreviewSite) -> [String] {
        var paths: [String] = []
        func add(_ path: String) {
            if !paths.contains(path) { paths.append(path) }
        }
        for change in shown {
            if let name = change.template { add(site.template(named: name).stylePath) }
            if let name = change.formerTemplate { add((templates[name] ?? site.template(named: name)).stylePath) }
        }
        return ["assets/changes.css"] + (hasLook ? ["assets/former.css"] : []) + paths.sorted()
    }
}

extension PreviewTemplate {
    /// Whether cards of both look the same.
    fileprivate func isDrawnAlike(_ other: PreviewTemplate) -> Bool {
        surface == other.surface && isBlocking == other.isBlocking && hasCloseButton == other.hasCloseButton
            && mustache == other.mustache && style == other.style
    }
}
