import ByteText
import SourceDiagnostics

/// A colour without transparency, of sRGB.
package struct PlainColor: Hashable, Sendable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8

    static let white = PlainColor(red: 255, green: 255, blue: 255)
    static let black = PlainColor(red: 0, green: 0, blue: 0)

    init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// - Parameter hexadecimal: `#rgb` or `#rrggbb`, the `#` left out or not; nil of anything else, and of what lets others through.
    package init?(hexadecimal: some Collection<UInt8>) {
        var digits = hexadecimal.drop { $0 == 0x23 }.compactMap(\.hexadecimalValue)
        guard digits.count == hexadecimal.count(where: { $0 != 0x23 }) else { return nil }
        if digits.count == 4 || digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
        if digits.count == 8, digits[6] == 15, digits[7] == 15 { digits.removeLast(2) }
        guard digits.count == 6 else { return nil }
        self.init(
            red: digits[0] << 4 | digits[1], green: digits[2] << 4 | digits[3], blue: digits[4] << 4 | digits[5])
    }

    /// `#rrggbb`.
    package var text: String {
        "#" + hexadecimal([red, green, blue])
    }

    /// How light it is, from 0 to 1 (WCAG 2.2, "relative luminance").
    var luminance: Double {
        0.2126 * PlainColor.linear[Int(red)] + 0.7152 * PlainColor.linear[Int(green)]
            + 0.0722 * PlainColor.linear[Int(blue)]
    }

    /// From 1 to 21 (WCAG 2.2, "contrast ratio").
    func contrast(with other: PlainColor) -> Double {
        let (a, b) = (luminance, other.luminance)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// On the way to another colour, from 0 to 100.
    func mixed(with other: PlainColor, _ percent: Int) -> PlainColor {
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
            UInt8(clamping: (Int(a) * (100 - percent) + Int(b) * percent + 50) / 100)
        }
        return PlainColor(
            red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    /// A channel of sRGB as an amount of light.
    private static let linear: [Double] = (0...255).map { value in
        let channel = Double(value) / 255
        guard channel > 0.04045 else { return channel / 12.92 }
        let base = (channel + 0.055) / 1.055
        // base ^ 2.4, as base ^ 2 times the square of its fifth root, which Newton's method finds.
        var root = 1.0
        for _ in 0..<24 { root -= (root * root * root * root * root - base) / (5 * root * root * root * root) }
        return base * base * root * root
    }
}

/// A colour as a style sheet writes it.
indirect enum StyleColor: Sendable {
    case plain(PlainColor)
    /// `light-dark(a, b)`.
    case themed(light: StyleColor, dark: StyleColor)
    /// What an attribute holds that the message's field fills in; the fallback where it has none.
    case field(String, StyleColor)
    /// The app's accent, or its link.
    case app(AppColor, StyleColor)
    /// White or black, whichever is readable on the app's accent; the fallback without an accent.
    case readable(StyleColor)
    /// Anything else: gradients, mixtures, what lets others through.
    case unknown

    enum AppColor: String, Sendable {
        case accent, link
    }
}

/// Reads colours of one sheet.
struct StyleColorReader {
    /// The custom properties that the sheet gives one value each.
    let properties: [String: [CSSToken]]
    let source: [UInt8]
    /// The field that fills in an attribute.
    let field: (_ attribute: String) -> String?

    private static let names: [String: PlainColor] = [
        "black": .black, "white": .white, "gray": PlainColor(red: 128, green: 128, blue: 128),
        "grey": PlainColor(red: 128, green: 128, blue: 128), "silver": PlainColor(red: 192, green: 192, blue: 192),
        "red": PlainColor(red: 255, green: 0, blue: 0), "yellow": PlainColor(red: 255, green: 255, blue: 0),
        "lime": PlainColor(red: 0, green: 255, blue: 0), "green": PlainColor(red: 0, green: 128, blue: 0),
        "blue": PlainColor(red: 0, green: 0, blue: 255), "navy": PlainColor(red: 0, green: 0, blue: 128),
        "orange": PlainColor(red: 255, green: 165, blue: 0), "purple": PlainColor(red: 128, green: 0, blue: 128),
        "maroon": PlainColor(red: 128, green: 0, blue: 0), "teal": PlainColor(red: 0, green: 128, blue: 128),
        "aqua": PlainColor(red: 0, green: 255, blue: 255), "cyan": PlainColor(red: 0, green: 255, blue: 255),
        "fuchsia": PlainColor(red: 255, green: 0, blue: 255), "magenta": PlainColor(red: 255, green: 0, blue: 255),
        "olive": PlainColor(red: 128, green: 128, blue: 0),
    ]

    /// - Parameter depth: custom properties that are being read, which may name each other.
    func color(_ tokens: some Collection<CSSToken>, depth: Int = 0) -> StyleColor {
        guard let first = tokens.first, depth < 16 else { return .unknown }
        let name = String(decoding: first.name, as: UTF8.self)
        if tokens.count == 1 {
            switch first.kind {
            case .hash: return PlainColor(hexadecimal: first.name).map { .plain($0) } ?? .unknown
            case .identifier: return StyleColorReader.names[name].map { .plain($0) } ?? .unknown
            default: return .unknown
            }
        }
        let rest = Array(tokens.dropFirst())
        guard first.kind == .function, rest.last?.kind == .closing(0x29) else { return .unknown }
        let arguments = self.arguments(rest.dropLast())
        // A second function behind the first one would end it early.
        guard arguments.allSatisfy({ isBalanced($0) }) else { return .unknown }
        switch (name, arguments.count) {
        case ("light-dark", 2):
            return .themed(light: color(arguments[0], depth: depth + 1), dark: color(arguments[1], depth: depth + 1))
        case ("rgb", _), ("rgba", _): return rgb(arguments.flatMap { $0 })
        case ("var", 1...): return custom(arguments, depth)
        case ("attr", 2):
            guard let attribute = arguments[0].first, attribute.kind == .identifier,
                let field = field(String(decoding: attribute.name, as: UTF8.self))
            else { return .unknown }
            return .field(field, color(arguments[1], depth: depth + 1))
        default: return .unknown
        }
    }

    private func custom(_ arguments: [[CSSToken]], _ depth: Int) -> StyleColor {
        guard arguments[0].count == 1, arguments.count <= 2 else { return .unknown }
        let name = String(decoding: arguments[0][0].name, as: UTF8.self)
        let fallback = arguments.count > 1 ? color(arguments[1], depth: depth + 1) : .unknown
        switch name {
        case "--app-accent": return .app(.accent, fallback)
        case "--app-link": return .app(.link, fallback)
        case "--app-on-accent": return .readable(fallback)
        default: return properties[name].map { color($0, depth: depth + 1) } ?? .unknown
        }
    }

    /// Three whole numbers; nothing else, nor what lets others through.
    private func rgb(_ tokens: [CSSToken]) -> StyleColor {
        let channels = tokens.compactMap { token in
            token.kind == .number ? UInt8(token.text(source)) : nil
        }
        guard channels.count == 3, tokens.count == 3 else { return .unknown }
        return .plain(PlainColor(red: channels[0], green: channels[1], blue: channels[2]))
    }

    private func arguments(_ tokens: ArraySlice<CSSToken>) -> [[CSSToken]] {
        var result: [[CSSToken]] = [[]]
        var depth = 0
        for token in tokens {
            switch token.kind {
            case .function, .opening: depth += 1
            case .closing: depth -= 1
            case .delimiter(0x2C) where depth == 0:
                result.append([])
                continue
            default: break
            }
            result[result.count - 1].append(token)
        }
        return result
    }

    private func isBalanced(_ tokens: [CSSToken]) -> Bool {
        var depth = 0
        for token in tokens {
            switch token.kind {
            case .function, .opening: depth += 1
            case .closing: depth -= 1
            default: break
            }
            if depth < 0 { return false }
        }
        return depth == 0
    }
}
