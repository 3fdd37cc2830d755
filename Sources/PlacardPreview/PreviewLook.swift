import ByteText

/// How the app looks around messages: what `preview` of `placard.yaml` says.
package struct PreviewLook: Sendable {
    /// The icon's path in ``PreviewInput/assets``.
    package var icon: String?
    /// Colors as CSS writes them, `#rrggbb`, in light and in dark.
    package var accent: (light: String, dark: String)?
    package var link: (light: String, dark: String)?
    /// Of corners, in points.
    package var radius: Int?
    package var font: Font?

    package enum Font: Sendable {
        case system, rounded, serif, mono
    }

    package init() {}

    /// The style sheet that says so to templates: custom properties on every screen, and the icon on notifications.
    var style: [UInt8] {
        var css = ByteBuffer(capacity: 256)
        css.append(html: ".screen {\n")
        properties(into: &css)
        css.append(html: "}\n")
        if let icon {
            css.append(html: ".note .icon { background-image: url(\"images/")
            css.append(path: icon)
            css.append(html: "\"); }\n")
        }
        return css.bytes
    }

    /// The same for screens of an earlier version, which stand beside those of the later one: what is not set is as if
    /// the later version did not set it either.
    var formerStyle: [UInt8] {
        var css = ByteBuffer(capacity: 512)
        css.append(
            html:
                ".screen.former {\n--app-accent: initial;\n--app-on-accent: initial;\n--app-link: initial;\n--app-radius: initial;\n--app-control-radius: initial;\n--app-font: initial;\n"
        )
        properties(into: &css)
        css.append(html: "}\n")
        return css.bytes
    }

    private func properties(into css: inout ByteBuffer) {
        if let accent {
            color(accent, "--app-accent", into: &css)
            // White where the accent is dark, else black, so that letters on it reach 4.5:1 (CIE lightness 49.4 has the
            // same contrast with both).
            css.append(html: "--app-on-accent: lch(from var(--app-accent) calc((49.4 - l) * 100) 0 0);\n")
        }
        if let link { color(link, "--app-link", into: &css) }
        if let radius {
            css.append(html: "--app-radius: ")
            css.append(number: radius)
            css.append(html: "px;\n--app-control-radius: ")
            css.append(number: radius * 2 / 3)
            css.append(html: "px;\n")
        }
        switch font {
        case .rounded: css.append(html: "--app-font: ui-rounded, \"SF Pro Rounded\", Nunito, system-ui, sans-serif;\n")
        case .serif: css.append(html: "--app-font: ui-serif, Georgia, \"Noto Serif\", serif;\n")
        case .mono: css.append(html: "--app-font: ui-monospace, Menlo, \"DejaVu Sans Mono\", monospace;\n")
        case .system, nil: break
        }
    }

    private func color(_ color: (light: String, dark: String), _ name: StaticString, into css: inout ByteBuffer) {
        css.append(html: name)
        css.append(html: ": light-dark(")
        append(color.light, into: &css)
        css.append(html: ", ")
        append(color.dark, into: &css)
        css.append(html: ");\n")
    }

    /// A color in hexadecimal, and nothing else of what a caller might bring.
    private func append(_ color: String, into css: inout ByteBuffer) {
        css.append(html: "#")
        for byte in color.utf8 where (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xDF) {
            css.append(byte)
        }
    }
}
