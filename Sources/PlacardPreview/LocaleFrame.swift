import ByteText
import CanonicalJSON

/// What a language's part looks like on the page of every message with one template: made once, written on each.
///
/// An object, as all pages share it.
final class LocaleFrame: Sendable {
    let locale: PreviewLocale
    /// The locale in English.
    let displayName: String
    /// The part's start, up to where its tag may have further attributes.
    let start: [UInt8]
    /// What follows, up to the status.
    let heading: [UInt8]
    /// The start of a screen, in the theme of the page.
    let screen: [UInt8]

    init(_ locale: PreviewLocale, _ template: PreviewTemplate) {
        let name = locale.displayName
        self.locale = locale
        displayName = name
        start = LocaleFrame.start(locale)
        heading = LocaleFrame.heading(locale, name)
        screen = LocaleFrame.screen(template, locale, name)
    }

    private static func start(_ locale: PreviewLocale) -> [UInt8] {
        var page = ByteBuffer(capacity: 64)
        page.append(html: "<section class=\"loc\" id=\"l-")
        page.appendEscaped(locale.tag)
        page.append(html: "\" data-l=\"")
        page.appendEscaped(locale.tag)
        page.append(html: "\"")
        return page.bytes
    }

    private static func heading(_ locale: PreviewLocale, _ name: String) -> [UInt8] {
        var page = ByteBuffer(capacity: 128)
        page.append(html: "><h3>")
        page.appendEscaped(name)
        page.append(html: " <code>")
        page.appendEscaped(locale.tag)
        page.append(html: "</code> ")
        return page.bytes
    }

    private static func screen(_ template: PreviewTemplate, _ locale: PreviewLocale, _ name: String) -> [UInt8] {
        var page = ByteBuffer(capacity: 128)
        page.append(html: "<figure class=\"screen s-")
        page.appendEscaped(template.surface)
        if template.isBlocking { page.append(html: " veil") }
        // The app around the message runs in the user's language, even where the message falls back.
        if locale.isRightToLeft { page.append(html: " rtl") }
        page.append(html: " auto\" aria-label=\"")
        page.appendEscaped(name)
        page.append(html: "\">")
        return page.bytes
    }
}
