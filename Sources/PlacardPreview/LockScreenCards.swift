import ByteText
import CanonicalJSON

extension PreviewPush {
    /// The notification as it stands beside another, which already shows what there is without values.
    func beside(_ first: PreviewPush?) -> PreviewPush {
        guard unfilledTitle == first?.unfilledTitle, unfilledBody == first?.unfilledBody else { return self }
        return PreviewPush(title: title, body: body)
    }
}

/// A notification as lock screens show it: an iPhone's card with four lines of text, and Android's, which is closed and
/// has one. What does not fit is cut where the device cuts it, at the width of the screen. Below it stands what the phone
/// shows by itself where no value is known, if that is something else.
struct LockScreenCards {
    /// Whose notification it is.
    let appName: String
    let language: String
    let isRightToLeft: Bool

    func write(_ push: PreviewPush, into page: inout ByteBuffer) {
        page.append(html: isRightToLeft ? "<div class=\"lock\" dir=\"rtl\">" : "<div class=\"lock\" dir=\"ltr\">")
        for device in Device.allCases { note(push.title, push.body, on: device, "", into: &page) }
        if push.unfilledTitle != push.title || push.unfilledBody != push.body {
            for device in Device.allCases {
                note(push.unfilledTitle, push.unfilledBody, on: device, ", without values", into: &page)
            }
        }
        page.append(html: "</div>")
    }

    private func note(
        _ title: String, _ body: String, on device: Device, _ state: StaticString, into page: inout ByteBuffer
    ) {
        page.append(html: "<p class=\"os\" lang=\"en\">")
        page.append(html: device.name)
        page.append(html: state)
        page.append(html: "</p><div class=\"note ")
        page.append(html: device.className)
        page.append(html: "\" lang=\"")
        page.appendEscaped(language)
        page.append(html: "\"><span class=\"icon\"></span>")
        if device == .android {
            page.append(html: "<span class=\"app\" lang=\"en\">")
            page.appendEscaped(appName)
            page.append(html: "</span>")
        }
        if !title.isEmpty {
            page.append(html: "<p class=\"title\">")
            page.appendEscaped(title)
            page.append(html: "</p>")
        }
        page.append(html: "<span class=\"when\" lang=\"en\">now</span><p class=\"text\">")
        page.appendEscaped(body)
        page.append(html: "</p></div>")
    }

    private enum Device: CaseIterable {
        case iOS, android

        var name: StaticString { self == .iOS ? "iOS" : "Android" }
        var className: StaticString { self == .iOS ? "ios" : "android" }
    }
}
