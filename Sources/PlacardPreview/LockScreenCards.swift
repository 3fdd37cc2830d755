/// A notification as lock screens show it: an iPhone's card with four lines of text, and Android's, which is closed and
/// has one. What does not fit is cut where the device cuts it, at the width of the screen.
struct LockScreenCards {
    let language: String
    let isRightToLeft: Bool

    func write(_ push: PreviewPush, into page: inout [UInt8]) {
        page.append(html: isRightToLeft ? "<div class=\"lock\" dir=\"rtl\">" : "<div class=\"lock\" dir=\"ltr\">")
        for device in Device.allCases {
            page.append(html: "<p class=\"os\" lang=\"en\">")
            page.append(html: device.name)
            page.append(html: "</p><div class=\"note ")
            page.append(html: device.className)
            page.append(html: "\" lang=\"")
            page.appendEscaped(language)
            page.append(html: "\"><span class=\"icon\"></span>")
            if !push.title.isEmpty {
                page.append(html: "<p class=\"title\">")
                page.appendEscaped(push.title)
                page.append(html: "</p>")
            }
            page.append(html: "<span class=\"when\" lang=\"en\">now</span><p class=\"text\">")
            page.appendEscaped(push.body)
            page.append(html: "</p></div>")
        }
        page.append(html: "</div>")
    }

    private enum Device: CaseIterable {
        case iOS, android

        var name: StaticString { self == .iOS ? "iOS" : "Android" }
        var className: StaticString { self == .iOS ? "ios" : "android" }
    }
}
