import ByteText
import SourceDiagnostics

/// What of a template can be tapped: the classes and elements of what stands in its sections of actions, choices, replies and the
/// close button.
struct TapTargets {
    private(set) var classes: Set<String> = []
    /// Elements without a class, with the classes around them: `li` in `chips`.
    private(set) var elements: [(element: String, parents: Set<String>)] = []

    private static let sections: Set<String> = ["actions", "choices", "close", "replies"]

    /// - Parameter mustache: a `preview.mustache`; one with an error has no targets.
    init(_ mustache: [UInt8]) {
        guard TemplateMarkup.check(mustache).isEmpty else { return }
        let (template, _) = MustacheTemplate.compile(mustache)
        var parser = TemplateParser(template)
        guard let nodes = parser.parse() else { return }
        collect(nodes, template.names, isTarget: false, parents: [])
    }

    private mutating func collect(
        _ nodes: [TemplateNode], _ names: [MustacheTemplate.Name], isTarget: Bool, parents: Set<String>
    ) {
        for node in nodes {
            switch node {
            case .text, .variable, .html: break
            case .section(let name, let isInverted, let nodes):
                let isOfTargets = !isInverted && TapTargets.sections.contains(names[name].first)
                collect(nodes, names, isTarget: isTarget || isOfTargets, parents: parents)
            case .element(let element):
                let own = element.classes
                if isTarget || element.isPressed {
                    if own.isEmpty {
                        elements.append((element.name, parents))
                    } else {
                        classes.formUnion(own)
                    }
                } else {
                    collect(element.children, names, isTarget: false, parents: own)
                }
            }
        }
    }

    /// Whether a rule is about one of them, and not about a picture drawn before or behind it.
    func hold(_ rule: StyleRule) -> Bool {
        rule.compounds.contains { selector in
            guard let last = selector.last, !isPseudoElement(last) else { return false }
            if !last.classes.isDisjoint(with: classes) { return true }
            guard last.classes.isEmpty, let element = last.element else { return false }
            let around = selector.dropLast().reduce(into: Set<String>()) { $0.formUnion($1.classes) }
            return elements.contains { $0.element == element && !$0.parents.isDisjoint(with: around) }
        }
    }

    /// `::before` and the like.
    private func isPseudoElement(_ compound: [CSSToken]) -> Bool {
        zip(compound, compound.dropFirst()).contains {
            $0.kind == .delimiter(0x3A)
                && ($1.kind == .delimiter(0x3A) || $1.name == Array("before".utf8) || $1.name == Array("after".utf8))
        }
    }
}

extension TemplateElement {
    /// The classes that are written out.
    fileprivate var classes: Set<String> {
        for case .attribute("class", let value?) in attributes {
            let text = value.reduce(into: [UInt8]()) { bytes, piece in
                if case .literal(let literal) = piece { bytes += literal } else { bytes += [0x3F] }
            }
            let words = String(decoding: text, as: UTF8.self).split { $0.isWhitespace }
            return Set(words.filter { !$0.contains("?") }.map { $0.lowercased() })
        }
        return []
    }

    /// Whether it says of itself that it can be pressed.
    fileprivate var isPressed: Bool {
        attributes.contains { attribute in
            guard case .attribute("role", let value?) = attribute, case .literal(let role)? = value.first else {
                return false
            }
            return role.elementsEqual("button".utf8) || role.elementsEqual("link".utf8)
        }
    }
}

/// What a template gives to be tapped, and makes too small (WCAG 2.2, success criteria 2.5.8 and 2.5.5).
///
/// Only what the sheet says is judged, in pixels: a fixed or greatest size; a least size, where nothing else makes it larger.
///
/// - Parameters:
///   - sheet: a `style.css`; of one with an error nothing is judged.
///   - mustache: the `preview.mustache` beside it.
///   - file: the sheet's path in the project, for the diagnostics' labels.
package func checkTargetSizes(_ sheet: StyleSheet, mustache: [UInt8], file: String) -> [Diagnostic] {
    guard !sheet.rules.isEmpty else { return [] }
    let targets = TapTargets(mustache)
    guard !targets.classes.isEmpty || !targets.elements.isEmpty else { return [] }
    var diagnostics: [Diagnostic] = []
    for rule in sheet.rules where targets.hold(rule) {
        let found = ["height", "width"].compactMap { side in smallest(rule, side, sheet.source) }
        guard let small = found.min(by: { $0.size < $1.size }) else { continue }
        diagnostics.append(.smallTarget(small.size, isLeast: small.isLeast, at: small.span).placed(in: file))
    }
    return diagnostics
}

/// The size that a rule gives one side, where it is less than 44 pixels.
private func smallest(_ rule: StyleRule, _ side: String, _ source: [UInt8]) -> (
    size: Double, isLeast: Bool, span: Span
)? {
    let logical = side == "height" ? "block-size" : "inline-size"
    func size(_ declaration: StyleDeclaration?) -> (Double, Span)? {
        guard let declaration, declaration.value.count == 1, let size = declaration.value[0].pixels(source) else {
            return nil
        }
        return size > 0 && size < 44 ? (size, declaration.span) : nil
    }
    let least = rule.last("min-\(side)", "min-\(logical)").flatMap { $0.value.first?.pixels(source) } ?? 0
    for declaration in [rule.last("max-\(side)", "max-\(logical)"), rule.last(side, logical)] {
        if let (size, span) = size(declaration), least < 44 { return (max(size, least), false, span) }
    }
    // Letters alone are hardly as high as that; what is around them may be.
    let hasRoom = rule.declarations.contains { $0.property.hasPrefix("padding") || $0.property == "font" }
    guard side == "height", !hasRoom, rule.last(side, logical) == nil else { return nil }
    return size(rule.last("min-\(side)", "min-\(logical)")).map { ($0.0, true, $0.1) }
}
