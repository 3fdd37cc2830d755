import ByteText
import CanonicalJSON

/// What may stand in a preview: a static picture of a message has no use for links, forms, frames or ids.
enum TemplateRules {
    static let elements: Set<String> = [
        "article", "aside", "b", "bdi", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "figcaption",
        "figure",
        "footer", "h2", "h3", "h4", "header", "hr", "i", "img", "li", "ol", "p", "pre", "section", "small", "span",
        "strong", "sub", "sup", "time", "ul",
    ]
    static let attributes: Set<String> = [
        "alt", "class", "dir", "height", "hidden", "lang", "role", "src", "title", "width",
    ]
    /// Elements without content (HTML, section 13.1.2), those that are refused among them.
    static let voidElements: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ]
    /// Elements whose content is no markup (HTML, section 13.2.5), all of them refused: nothing behind them is read.
    static let rawElements: Set<String> = [
        "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp",
    ]
    /// Elements that hold the inside of a line alone: the start tag of any other ends a paragraph (HTML, section 13.2.6.4.7).
    static let phrasingParents: Set<String> = ["h2", "h3", "h4", "p", "pre"]
    static let phrasingElements: Set<String> = [
        "b", "bdi", "br", "code", "em", "i", "img", "small", "span", "strong", "sub", "sup", "time",
    ]
    /// Roles of parts of a picture. Landmarks, live regions and dialogs would speak for the page.
    static let roles: Set<String> = [
        "article", "button", "code", "emphasis", "figure", "group", "heading", "img", "link", "list", "listitem",
        "meter", "none", "note", "paragraph", "presentation", "progressbar", "separator", "strong", "term", "text",
        "time",
    ]
    /// Attributes of ARIA that name other elements by id, or that take the page around away: a template has no ids, and
    /// the page's are not its own.
    static let pagesARIA: Set<String> = [
        "aria-activedescendant", "aria-controls", "aria-describedby", "aria-details", "aria-errormessage",
        "aria-flowto", "aria-labelledby", "aria-live", "aria-modal", "aria-owns",
    ]
    /// Attributes that the page and its script use.
    static let pagesData: Set<String> = ["data-footnotes", "data-l", "data-theme", "data-to", "data-v"]

    /// Whether `name`, in small letters, is that of an attribute which may stand in a preview.
    static func allowsAttribute(_ name: String) -> Bool {
        if attributes.contains(name) { return true }
        guard !isPages(name) else { return false }
        for prefix in ["data-", "aria-"] where name.hasPrefix(prefix) {
            let rest = name.utf8.dropFirst(prefix.utf8.count)
            return !rest.isEmpty
                && rest.allSatisfy {
                    (0x61...0x7A).contains($0) || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
                }
        }
        return false
    }

    /// Whether an attribute is kept for the page.
    static func isPages(_ name: String) -> Bool {
        pagesARIA.contains(name) || pagesData.contains(name) || name.hasPrefix("data-placard")
    }

    /// Why `element` may not stand inside `ancestors`, the innermost last; nil when it may. A parser of HTML would end
    /// the one or the other before its end tag, and what follows would stand elsewhere than it seems.
    static func nestingProblem(_ element: String, in ancestors: [String]) -> String? {
        if !phrasingElements.contains(element), let line = ancestors.last(where: phrasingParents.contains) {
            return "`\(element)` cannot stand inside `\(line)`, which takes only the inside of a line"
        }
        let parent = ancestors.last ?? ""
        switch element {
        case "li": return parent == "ul" || parent == "ol" ? nil : "`li` stands only in `ul` or `ol`"
        case "dt", "dd":
            let group = parent == "div" ? ancestors.dropLast().last : parent
            return group == "dl" ? nil : "`\(element)` stands only in `dl`, or in a `div` of one"
        default: return nil
        }
    }
}

/// What values of some attributes look like.
enum AttributeForm: Sendable {
    /// `ltr`, `rtl` or `auto`.
    case direction
    /// A tag of BCP 47, as far as its characters go.
    case language
    /// One to four digits: pixels.
    case size
    /// One of ``TemplateRules/roles``.
    case role

    /// The form of the values of the attribute called `name`; nil where any text may stand.
    init?(of name: String) {
        switch name {
        case "dir": self = .direction
        case "lang": self = .language
        case "width", "height": self = .size
        case "role": self = .role
        default: return nil
        }
    }

    /// The form in words.
    var words: String {
        switch self {
        case .direction: "`ltr`, `rtl` or `auto`"
        case .language: "a language's tag such as `pt-BR`"
        case .size: "a number of pixels, of one to four digits"
        case .role: "one of " + TemplateRules.roles.sorted().joined(separator: ", ")
        }
    }

    /// Whether what an output holds from `start` up to `end` is of the form.
    func allows(_ output: borrowing ByteBuffer, from start: Int, to end: Int) -> Bool {
        guard end - start <= 64 else { return false }
        var value: [UInt8] = []
        for index in start..<max(start, end) { value.append(output[index]) }
        return allows(value)
    }

    /// Whether `value` is of the form.
    func allows(_ value: [UInt8]) -> Bool {
        switch self {
        case .direction: return ["ltr", "rtl", "auto"].contains { value.elementsEqual($0.utf8) }
        case .language:
            let parts = value.split(separator: 0x2D, omittingEmptySubsequences: false)
            let isAlphanumeric = { (byte: UInt8) in
                byte.isASCIIDigit || byte.isASCIILetter
            }
            return parts.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy(isAlphanumeric) }
                && (parts.first?.allSatisfy { $0.isASCIILetter } ?? false)
        case .size: return (1...4).contains(value.count) && value.allSatisfy { $0.isASCIIDigit }
        case .role: return TemplateRules.roles.contains(String(decoding: value, as: UTF8.self))
        }
    }
}
