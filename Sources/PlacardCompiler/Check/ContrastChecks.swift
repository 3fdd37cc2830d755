import ByteText
import DocumentSchema
import PlacardPreview
import PlacardText
import SourceDiagnostics

/// What the style sheets of the templates make of colors: those of their own, of the app and of messages.
struct TemplateContrasts: Sendable {
    private struct Entry: Sendable {
        var contrast: StyleContrast
        /// The colors that the template itself gives its fields.
        var defaults: [String: String]
        var file: String
    }

    private let entries: [String: Entry]
    private let look: PreviewLook
    private let places: [String: Label]

    init(_ templates: [TemplateDefinition], look: AppLook) {
        var entries: [String: Entry] = [:]
        for template in templates {
            guard let sheet = template.stylesheet else { continue }
            var defaults: [String: String] = [:]
            for field in template.fields where field.kind == .string(.color) {
                if case .string(let color)? = field.defaultValue { defaults[field.name] = color }
            }
            entries[template.name] = Entry(
                contrast: StyleContrast(sheet, mustache: template.previewTemplate ?? []), defaults: defaults,
                file: "templates/\(template.name)/style.css")
        }
        self.entries = entries
        self.look = PreviewLook(look)
        places = look.colorPlaces
    }

    /// What is wrong whatever messages say: with colors of sheets, and with those of the app in any of them.
    func diagnostics() -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        var ofTheme: [String: (problems: [ContrastProblem], file: String)] = [:]
        for (_, entry) in entries.sorted(by: { utf8Less($0.key, $1.key) }) {
            let problems = entry.contrast.problems(look: look, values: entry.defaults)
            diagnostics += ofSheet(problems, entry.file)
            for problem in problems {
                guard case .theme(let key) = problem.subject else { continue }
                let known = ofTheme[key]
                if known?.file == entry.file {
                    ofTheme[key]?.problems.append(problem)
                } else if problem.ratio < known?.problems.map(\.ratio).min() ?? .infinity {
                    ofTheme[key] = ([problem], entry.file)
                }
            }
        }
        for (key, found) in ofTheme.sorted(by: { utf8Less($0.key, $1.key) }) {
            guard let place = places[key], let first = found.problems.first else { continue }
            diagnostics.append(
                .lowContrast(found.problems, at: place, drawn: Label(file: found.file, first.span), theme: key))
        }
        return diagnostics
    }

    /// What is wrong with the sheet's own colors, and with the defaults of its template: one diagnostic for each place.
    private func ofSheet(_ problems: [ContrastProblem], _ file: String) -> [Diagnostic] {
        var places: [Span: [ContrastProblem]] = [:]
        for problem in problems {
            if case .theme = problem.subject { continue }
            places[problem.span, default: []].append(problem)
        }
        return places.sorted { $0.key < $1.key }.map { span, problems in
            var field: String?
            for case .field(let name) in problems.map(\.subject) { field = name }
            return .lowContrast(problems, at: Label(file: file, span), drawn: nil, field: field)
        }
    }

    /// What is wrong with the colors that a message, or a variant of it, gives its fields.
    func check(_ message: MessageDefinition, _ template: TemplateDefinition) -> [Diagnostic] {
        guard !message.colorPlaces.isEmpty, let entry = entries[template.name], !entry.contrast.fields.isEmpty else {
            return []
        }
        var values = entry.defaults
        for name in message.colorPlaces.keys {
            if case .value(.string(let color))? = message.content.field(name) { values[name] = color }
        }
        let problems = entry.contrast.problems(look: look, values: values)
        return message.colorPlaces.keys.sorted(by: utf8Less).compactMap { name in
            let own = problems.filter { $0.subject == .field(name) }
            guard let first = own.first, let place = message.colorPlaces[name] else { return nil }
            return .lowContrast(own, at: place, drawn: Label(file: entry.file, first.span))
        }
    }
}
