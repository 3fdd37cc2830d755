import ByteText

/// Links between the pages about all messages.
struct SiteNavigation {
    enum Page: CaseIterable {
        case changes, messages, audiences, languages, checks
    }

    /// `""` for pages at the top, `"../"` for those in a folder.
    let root: StaticString
    let current: Page
    /// Whether there is a page about changes.
    let hasChanges: Bool

    func write(into page: inout ByteBuffer) {
        page.append(html: "<nav class=\"turn\" aria-label=\"Pages\">")
        for other in Page.allCases where other != .changes || hasChanges {
            page.append(html: other == current ? "<a aria-current=\"page\" href=\"" : "<a href=\"")
            page.append(html: root)
            switch other {
            case .changes: page.append(html: "changes.html\">Changes</a>")
            case .messages: page.append(html: "index.html\">Messages</a>")
            case .audiences: page.append(html: "audience.html\">Audiences</a>")
            case .languages: page.append(html: "coverage.html\">Languages</a>")
            case .checks: page.append(html: "checks.html\">Diagnostics</a>")
            }
        }
        page.append(html: "</nav>")
    }
}
