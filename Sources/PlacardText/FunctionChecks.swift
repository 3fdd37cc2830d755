import MessageFormat
import PlacardMarkdown
import SourceDiagnostics
import UnicodeLocale

extension Message {
    /// The message with the placeholders of its patterns in place, and no words: what checks of MessageFormat need.
    func filled(with patterns: [PatternText]) -> Message {
        func pattern(_ index: Int, _ place: Place) -> Pattern {
            guard index < patterns.count else { return Pattern([], place: place) }
            let elements: [PatternElement] = patterns[index].scanned.contents.compactMap { entry in
                switch entry.content {
                case .expression(let expression): .expression(expression)
                case .markup(let markup): .markup(markup)
                case .brace: nil
                }
            }
            return Pattern(elements, place: place)
        }
        var result = self
        switch body {
        case .pattern(let own): result.body = .pattern(pattern(0, own.place))
        case .select(var matcher):
            // A pattern that could not be read is missing; nothing is checked then.
            guard patterns.count == matcher.variants.count else { return self }
            for index in matcher.variants.indices {
                matcher.variants[index].value = pattern(index, matcher.variants[index].value.place)
            }
            result.body = .select(matcher)
        }
        return result
    }

    /// What MessageFormat knows about functions, their operands and the keys of variants in the text's language.
    func functionDiagnostics(_ environment: TextEnvironment) -> [Diagnostic] {
        var diagnostics = functionDiagnostics(types: { environment.variables[$0]?.type.valueType }).map {
            namingVariable($0, environment)
        }
        diagnostics += selectorDiagnostics(locale: environment.locale)
        diagnostics += valueDiagnostics(environment)
        return diagnostics
    }

    /// The diagnostic of `{:name}`, where that is a variable's: with the fix-it that shows it.
    private func namingVariable(_ diagnostic: Diagnostic, _ environment: TextEnvironment) -> Diagnostic {
        guard diagnostic.id == "mf2/unknown-function", diagnostic.fixIts.isEmpty else { return diagnostic }
        let span = diagnostic.primary.span
        let expression = expressions.first { $0.operand == nil && $0.function?.namePlace.span == span }
        guard let name = expression?.function?.name,
            let meant = environment.variable(meantBy: name, allowsSlips: false), environment.isShowable(meant)
        else { return diagnostic }
        return diagnostic.with(environment.fix("write `$\(meant)`", [Edit(span, "$\(meant)")], showing: meant))
    }

    /// Keys that a variable with declared values never has.
    private func valueDiagnostics(_ environment: TextEnvironment) -> [Diagnostic] {
        guard case .select(let matcher) = body else { return [] }
        var diagnostics: [Diagnostic] = []
        for (index, selector) in matcher.selectors.enumerated() where selectorKind(of: selector) == .string {
            if let type = environment.variables[root(of: selector.name)]?.type, [.int, .uint, .double].contains(type),
                let function = annotation(of: selector.name),
                let key = matcher.variants.lazy.filter({ index < $0.keys.count }).map({ $0.keys[index] }).first(
                    where: { $0.value.map { PluralCategory(name: $0) != nil } ?? false })
            {
                diagnostics.append(
                    .numberAsText(
                        selector.name, key.value ?? "", at: function.namePlace.span, key: key.place.span,
                        type == .double ? "number" : "integer"))
                continue
            }
            guard let values = environment.variables[root(of: selector.name)]?.values, !values.isEmpty else {
                continue
            }
            for variant in matcher.variants where index < variant.keys.count {
                guard let key = variant.keys[index].value, !values.contains(key) else { continue }
                diagnostics.append(
                    Diagnostic.unknownValue(key, of: selector.name, values: values, at: variant.keys[index].place.span))
            }
        }
        return diagnostics
    }
}

extension TextValueType {
    /// The type as MessageFormat's signatures of functions name it.
    var valueType: ValueType {
        switch self {
        case .string: .string
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .bool: .bool
        case .timestamp: .timestamp
        case .duration: .duration
        case .url: .url
        case .version, .list, .map: .other
        }
    }
}
