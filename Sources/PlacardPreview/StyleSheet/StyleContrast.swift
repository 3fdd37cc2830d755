import ByteText
import SourceDiagnostics

/// Letters that can hardly be read on their ground.
package struct ContrastProblem: Sendable {
    /// Whose colour it is.
    package enum Subject: Hashable, Sendable {
        /// The sheet's own.
        case sheet
        /// A message's, in this field of its template.
        case field(String)
        /// The app's: a key of `preview.theme`.
        case theme(String)
    }

    package var subject: Subject
    package var isDark: Bool
    package var letters: PlainColor
    package var ground: PlainColor
    /// From 1 to 21.
    package var ratio: Double
    /// What WCAG 2.2 asks for: 4.5, or 3 of large letters.
    package var needed: Double
    /// Where the sheet gives the letters their colour.
    package var span: Span
    /// What is nearest to the subject's colour and can be read, in each theme that it is used in.
    package var nearest: PlainColor?
}

/// The letters of a template, with what they stand on: colours of the sheet, of messages and of the app (WCAG 2.2, success
/// criterion 1.4.3).
///
/// What can be told from the rules alone is told. A rule with letters and ground is judged by itself; letters alone are judged on
/// every ground of the sheet, and only what can be read on none of them is a problem.
package struct StyleContrast: Sendable {
    private let pairs: [Pair]
    /// The fields whose colours letters have or stand on.
    package let fields: Set<String>

    private struct Pair: Sendable {
        var letters: StyleColor
        var grounds: [StyleColor]
        var needed: Double
        var span: Span
    }

    /// Most grounds that letters alone are held against; in a sheet of more nothing can be told.
    static let maximumGrounds = 48

    /// - Parameters:
    ///   - sheet: a `style.css`; of one with an error nothing is judged.
    ///   - mustache: the `preview.mustache` beside it, which says what attributes hold.
    package init(_ sheet: StyleSheet, mustache: [UInt8]) {
        let reader = StyleColorReader(
            properties: StyleContrast.customProperties(sheet.rules), source: sheet.source,
            field: { fieldName(of: $0, in: mustache) })
        pairs = StyleContrast.pairs(sheet.rules, reader, sheet.source)
        fields = Set(pairs.flatMap { [$0.letters] + $0.grounds }.flatMap(\.fields))
    }

    private static func customProperties(_ rules: [StyleRule]) -> [String: [CSSToken]] {
        var values: [String: [CSSToken]] = [:]
        var repeated: Set<String> = []
        for declaration in rules.flatMap(\.declarations) where declaration.property.hasPrefix("--") {
            if values.updateValue(declaration.value, forKey: declaration.property) != nil {
                repeated.insert(declaration.property)
            }
        }
        return values.filter { !repeated.contains($0.key) }
    }

    private static func pairs(_ rules: [StyleRule], _ reader: StyleColorReader, _ source: [UInt8]) -> [Pair] {
        struct Ground {
            var color: StyleColor
            var subjects: Set<String>
            /// Whether the rule says what letters on it look like.
            var hasLetters: Bool
        }
        var pairs: [Pair] = []
        var grounds: [Ground] = []
        for rule in rules {
            guard let ground = rule.last("background", "background-color") else { continue }
            let letters = rule.last("color")
            let color = reader.color(ground.value)
            grounds.append(Ground(color: color, subjects: rule.subjects, hasLetters: letters != nil))
            if let letters {
                pairs.append(
                    Pair(
                        letters: reader.color(letters.value), grounds: [color], needed: needed(rule, source),
                        span: letters.span))
            }
        }
        guard !grounds.isEmpty, grounds.count <= maximumGrounds else { return pairs }
        for rule in rules where rule.last("background", "background-color") == nil {
            guard let letters = rule.last("color") else { continue }
            // Where the same thing has letters and ground of its own, this rule's letters are not on that ground.
            let own = rule.subjects
            let around = grounds.filter { !$0.hasLetters || $0.subjects.isDisjoint(with: own) }.map(\.color)
            pairs.append(
                Pair(
                    letters: reader.color(letters.value), grounds: around, needed: needed(rule, source),
                    span: letters.span))
        }
        return pairs
    }

    /// Large letters are those of 24 pixels, and bold ones of 18.66 (WCAG 2.2, "large scale").
    private static func needed(_ rule: StyleRule, _ source: [UInt8]) -> Double {
        let tokens = (rule.last("font")?.value ?? []) + (rule.last("font-size")?.value ?? [])
        guard let size = tokens.compactMap({ $0.pixels(source) }).last else { return 4.5 }
        let weights = (rule.last("font-weight")?.value ?? []) + (rule.last("font")?.value ?? [])
        let isBold = weights.contains { token in
            token.name == Array("bold".utf8)
                || (token.kind == .number && (Int(token.text(source)) ?? 0) >= 700)
        }
        return size >= 24 || isBold && size >= 18.66 ? 3 : 4.5
    }

    // MARK: Judging

    /// Letters that can hardly be read, one for each subject and theme: the worst.
    ///
    /// - Parameters:
    ///   - look: the app's colours.
    ///   - values: colours of a message by their fields, as `#rrggbb`.
    package func problems(look: PreviewLook, values: [String: String]) -> [ContrastProblem] {
        guard !pairs.isEmpty else { return [] }
        let colors = values.compactMapValues { PlainColor(hexadecimal: Array($0.utf8)) }
        let scene = Scene(look: look, fields: colors, hidden: Set(values.keys).subtracting(colors.keys))
        return problems(scene).map { problem in
            var problem = problem
            problem.nearest = nearest(problem, scene)
            return problem
        }
    }

    private func problems(_ scene: Scene) -> [ContrastProblem] {
        var worst: [ContrastProblem] = []
        for isDark in [false, true] {
            for pair in pairs {
                guard let problem = problem(pair, scene, isDark) else { continue }
                let place = worst.firstIndex { $0.subject == problem.subject && $0.isDark == isDark }
                // Each rule of a sheet is corrected by itself.
                guard let place, problem.subject != .sheet else {
                    worst.append(problem)
                    continue
                }
                if problem.ratio < worst[place].ratio { worst[place] = problem }
            }
        }
        return worst
    }

    private func problem(_ pair: Pair, _ scene: Scene, _ isDark: Bool) -> ContrastProblem? {
        guard let letters = scene.resolve(pair.letters, isDark) else { return nil }
        var best: (ground: Scene.Resolved, ratio: Double)?
        for ground in pair.grounds {
            guard let ground = scene.resolve(ground, isDark) else { return nil }
            let ratio = letters.color.contrast(with: ground.color)
            if ratio >= pair.needed { return nil }
            if ratio > best?.ratio ?? 0 { best = (ground, ratio) }
        }
        guard let best else { return nil }
        let subject = [letters.subject, best.ground.subject].compactMap { $0 }.max { a, _ in
            if case .theme = a { true } else { false }
        }
        return ContrastProblem(
            subject: subject ?? .sheet, isDark: isDark, letters: letters.color, ground: best.ground.color,
            ratio: best.ratio, needed: pair.needed, span: pair.span)
    }

    /// The subject's colour, a little lighter or darker, with which nothing of it is a problem.
    private func nearest(_ problem: ContrastProblem, _ scene: Scene) -> PlainColor? {
        guard problem.subject != .sheet else {
            return steps(from: problem.letters).first { $0.contrast(with: problem.ground) >= problem.needed }
        }
        guard let start = scene.color(problem.subject) else { return nil }
        return steps(from: start).first { color in
            !problems(scene.with(color, for: problem.subject)).contains { $0.subject == problem.subject }
        }
    }

    private func steps(from color: PlainColor) -> some Sequence<PlainColor> {
        (1...100).lazy.flatMap { [color.mixed(with: .black, $0), color.mixed(with: .white, $0)] }
    }
}

/// The colours of an app and of one message.
private struct Scene {
    var look: PreviewLook
    var fields: [String: PlainColor]
    /// Fields whose colours are not known, as they let others through.
    var hidden: Set<String>

    struct Resolved {
        var color: PlainColor
        /// Nil of the sheet's own.
        var subject: ContrastProblem.Subject?
    }

    /// The colour in one theme; nil where it cannot be told.
    func resolve(_ color: StyleColor, _ isDark: Bool) -> Resolved? {
        switch color {
        case .plain(let color): return Resolved(color: color)
        case .themed(let light, let dark): return resolve(isDark ? dark : light, isDark)
        case .field(let name, let fallback):
            if hidden.contains(name) { return nil }
            guard let value = fields[name] else { return resolve(fallback, isDark) }
            return Resolved(color: value, subject: .field(name))
        case .app(let color, let fallback):
            guard let pair = color == .accent ? look.accent : look.link else { return resolve(fallback, isDark) }
            let key = isDark && pair.dark != pair.light ? color.rawValue + "Dark" : color.rawValue
            return PlainColor(hexadecimal: Array((isDark ? pair.dark : pair.light).utf8)).map {
                Resolved(color: $0, subject: .theme(key))
            }
        case .readable(let fallback): return look.accent == nil ? resolve(fallback, isDark) : nil
        case .unknown: return nil
        }
    }

    func color(_ subject: ContrastProblem.Subject) -> PlainColor? {
        switch subject {
        case .sheet: return nil
        case .field(let name): return fields[name]
        case .theme(let key):
            let pair = key.hasPrefix("accent") ? look.accent : look.link
            let text = key.hasSuffix("Dark") ? pair?.dark : pair?.light
            return text.flatMap { PlainColor(hexadecimal: Array($0.utf8)) }
        }
    }

    func with(_ color: PlainColor, for subject: ContrastProblem.Subject) -> Scene {
        var scene = self
        switch subject {
        case .sheet: break
        case .field(let name): scene.fields[name] = color
        case .theme(let key):
            var pair = (key.hasPrefix("accent") ? look.accent : look.link) ?? (color.text, color.text)
            // Without a colour of its own the dark theme has the light one's.
            if key.hasSuffix("Dark") {
                pair.dark = color.text
            } else if pair.dark == pair.light {
                pair = (color.text, color.text)
            } else {
                pair.light = color.text
            }
            if key.hasPrefix("accent") { scene.look.accent = pair } else { scene.look.link = pair }
        }
        return scene
    }
}

extension StyleColor {
    /// The fields that it may come from.
    fileprivate var fields: [String] {
        switch self {
        case .plain, .unknown: []
        case .themed(let a, let b): a.fields + b.fields
        case .field(let name, let fallback): [name] + fallback.fields
        case .app(_, let fallback), .readable(let fallback): fallback.fields
        }
    }
}

extension StyleRule {
    /// What it selects: the classes of what comes last in each of its selectors, or its element.
    var subjects: Set<String> {
        Set(
            compounds.flatMap { selector -> [String] in
                guard let last = selector.last else { return [] }
                return last.classes.isEmpty ? [last.element ?? "*"] : Array(last.classes)
            })
    }
}

extension CSSToken {
    func text(_ source: [UInt8]) -> String { String(decoding: source[span.start..<span.end], as: UTF8.self) }

    /// A length in pixels; nil of anything else.
    func pixels(_ source: [UInt8]) -> Double? {
        guard kind == .number else { return nil }
        let text = text(source).lowercased()
        return text.hasSuffix("px") ? Double(text.dropLast(2)) : nil
    }
}

/// The field whose value an attribute is, as in `data-accent="{{accent}}"`.
private func fieldName(of attribute: String, in mustache: [UInt8]) -> String? {
    guard let start = mustache.firstRange(of: Array("\(attribute)=\"{{".utf8))?.upperBound else { return nil }
    let name = mustache[start...].prefix { $0 != 0x7D }
    return String(decoding: name.filter { $0 != 0x20 }, as: UTF8.self)
}
