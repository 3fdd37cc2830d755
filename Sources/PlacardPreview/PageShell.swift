import ByteText
import CanonicalJSON

/// What every page starts and ends with.
///
/// The policy comes first in the head, before anything that it could forbid. Scripts and styles are files of ours
/// beside the page; nothing is inline, so not even a hole in the escaping could run.
struct PageShell {
    /// Browsers enforce it on `file:` URLs too.
    private static let policy: StaticString =
        "script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"

    /// `""` for pages at the top, `"../"` for those in a folder.
    let root: StaticString
    private let project: String
    private let generator: String
    private let liveScript: String?
    private let hasChanges: Bool

    init(root: StaticString, input: PreviewInput) {
        self.root = root
        project = input.title
        generator = input.generator
        liveScript = input.liveScript
        hasChanges = input.changes != nil
    }

    /// Opens a page about all messages, which has links to the others of its kind.
    func open(title: String, styles: [String], current: SiteNavigation.Page, into page: inout ByteBuffer) {
        let navigation = SiteNavigation(root: root, current: current, hasChanges: hasChanges)
        open(title: title, styles: styles, navigation: navigation.write, into: &page)
    }

    /// Opens the document up to `<main>`. `styles` are further style sheets, relative to the root.
    func open(title: String, styles: [String], navigation: (inout ByteBuffer) -> Void, into page: inout ByteBuffer) {
        page.append(
            html:
                "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        )
        if liveScript != nil { page.append(html: "connect-src 'self'; ") }
        page.append(html: PageShell.policy)
        page.append(html: "\">\n<meta charset=\"utf-8\">\n")
        if let liveScript {
            // No browser asks the server for an icon that it does not have.
            page.append(html: "<link rel=\"icon\" href=\"data:,\"><script src=\"")
            page.appendEscaped(liveScript)
            page.append(html: "\"></script>\n")
        }
        page.append(
            html:
                "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        )
        page.append(
            html:
                "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>"
        )
        page.appendEscaped(title)
        page.append(html: "</title>\n<link rel=\"stylesheet\" href=\"")
        page.append(html: root)
        page.append(html: "assets/preview.css\">\n<link rel=\"stylesheet\" href=\"")
        page.append(html: root)
        page.append(html: "assets/theme.css\">\n")
        for style in styles {
            page.append(html: "<link rel=\"stylesheet\" href=\"")
            page.append(html: root)
            page.append(path: style)
            page.append(html: "\">\n")
        }
        page.append(html: "<script src=\"")
        page.append(html: root)
        page.append(
            html:
                "assets/preview.js\"></script>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to content</a>\n"
        )
        page.append(html: "<header class=\"bar\"><a class=\"home\" href=\"")
        page.append(html: root)
        page.append(html: "index.html\">")
        page.appendEscaped(project)
        page.append(html: "</a>")
        navigation(&page)
        page.append(html: "</header>\n<main id=\"main\" tabindex=\"-1\">\n")
    }

    /// The switch of themes, of plain HTML, for readers without the script.
    static func themes(into page: inout ByteBuffer) {
        page.append(
            html:
                "<fieldset class=\"themes\"><legend>Theme</legend><label><input type=\"radio\" name=\"theme\" value=\"light\" checked> Light</label> <label><input type=\"radio\" name=\"theme\" value=\"dark\"> Dark</label></fieldset>\n"
        )
    }

    func close(into page: inout ByteBuffer) {
        page.append(html: "</main>\n<footer class=\"foot\">")
        page.appendEscaped(generator)
        page.append(html: " · Links show where they lead and go nowhere.</footer>\n</body>\n</html>\n")
    }
}
