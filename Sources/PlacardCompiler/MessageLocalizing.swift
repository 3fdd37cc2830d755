import LocatedYAML
import PlacardText
import SourceDiagnostics
import UnicodeLocale

// A message's texts in its source locale, in the locales that it is translated to, and in pseudo-locales.

extension MessageCompiler {
    func variables(of definition: MessageDefinition) -> [String: TextVariable] {
        var variables = context.texts.variables(event: definition.trigger?.event.value)
        for variable in definition.variables {
            let name = variable.name.value
            if variables[name] != nil {
                variables[name]?.fallback = variable.fallback?.value
            }
        }
        return variables
    }

    mutating func localize(
        _ definition: MessageDefinition, _ template: TemplateDefinition, _ variants: [VariantDefinition],
        _ variables: [String: TextVariable]
    ) -> [Localization] {
        let found = localization(
            definition, template, variants, variables, locale: project.source,
            texts: SourceTexts(definition: definition, variants: variants.map { ($0.id, $0.changes) }))
        diagnostics += checkVariables(definition, variables, pushed: Set(found?.pushVariables ?? []))
        guard let source = found else { return [] }
        let addresses = addressVariables(
            [definition] + variants.map(\.changes), [source.texts] + source.variants.map(\.texts))
        var result = [source]
        result.reserveCapacity(1 + message.translations.count)
        let units = trackedSource(definition, variants, source)
        if context.keepsUnits { sourceUnits = units }
        for (locale, file) in message.translations {
            guard knows(locale, file) else { continue }
            guard
                let translated = translation(
                    locale, file, definition, template, variants, variables, source: source, addresses: addresses,
                    units: units)
            else { continue }
            result.append(translated)
        }
        return result
    }

    /// Whether a file's locale is one that the project translates to.
    private mutating func knows(_ locale: String, _ file: Int) -> Bool {
        let path = context.files.files[file].path
        if locale == project.source {
            diagnostics.append(
                Diagnostic(
                    "translation/source-locale", "\(path) is in the source locale, \(locale)",
                    at: Label(file: path, Span(at: 0)),
                    notes: [
                        "the source text is the file without a locale in its name, \(message.id).md; remove this one"
                    ]))
            return false
        }
        guard context.texts.isTranslated(to: locale) else {
            let locales = project.locales.map(\.tag)
            diagnostics.append(
                Diagnostic(
                    "translation/unknown-locale", "the project has no locale \"\(locale)\"",
                    at: Label(file: path, Span(at: 0)),
                    notes: (sameLanguage(locale, locales) ?? nearMiss(locale, among: locales)).map {
                        ["did you mean \($0)?"]
                    } ?? [
                        "list it under locales: in placard.yaml, or rename the file; the project has "
                            + (locales.isEmpty ? "none besides its source, \(project.source)" : listed(locales))
                    ]))
            return false
        }
        return true
    }

    /// The project's locale that is the language of `fr_FR` or `fr-CA` alone, or its tag in another spelling.
    private func sameLanguage(_ locale: String, _ locales: [String]) -> String? {
        let tag = locale.replacing("_", with: "-").lowercased()
        if let same = locales.first(where: { $0.lowercased() == tag }) { return same }
        let language = tag.prefix { $0 != "-" }
        return language.count < tag.count ? locales.first { $0 == language } : nil
    }

    /// The texts of the source locale.
    private struct SourceTexts {
        var definition: MessageDefinition
        var variants: [(id: String, changes: MessageDefinition)]
    }

    private mutating func localization(
        _ definition: MessageDefinition, _ template: TemplateDefinition, _ variants: [VariantDefinition],
        _ variables: [String: TextVariable], locale: String, texts: SourceTexts
    ) -> Localization? {
        guard let tag = context.texts.tag(locale) else { return nil }
        var compiler = TextCompiler(
            template: template, context: context.texts, event: definition.trigger?.event.value, variables: variables,
            locale: tag,
            pseudo: PseudoLocale.allCases)
        compiler.environment.fallbackPlace = fallbackPlace
        var main = compiler.source(texts.definition)
        main.fallbacks = texts.definition.variables.compactMap { variable in
            variable.fallback.map { (variable.name.value, $0.value) }
        }
        let changes = texts.variants.map { ($0.id, compiler.source($0.changes)) }
        diagnostics += compiler.diagnostics
        see(imagesOf: compiler)
        return finish(locale, main, changes)
    }

    private func finish(
        _ locale: String, _ texts: MessageTexts, _ variants: [(id: String, texts: MessageTexts)]
    ) -> Localization {
        Localization(
            locale: locale, isRightToLeft: context.texts.isRightToLeft(locale), texts: texts, variants: variants)
    }

    private mutating func translation(
        _ locale: String, _ file: Int, _ definition: MessageDefinition, _ template: TemplateDefinition,
        _ variants: [VariantDefinition], _ variables: [String: TextVariable], source: Localization,
        addresses: Set<String>, units: TrackedSource?
    ) -> Localization? {
        let firstFinding = diagnostics.count
        guard let tag = context.texts.tag(locale), let overlay = readTranslation(locale, file, template) else {
            return nil
        }
        var variables = variables
        for variable in overlay.fallbacks where !addresses.contains(variable.name.value) {
            if variables[variable.name.value] != nil {
                variables[variable.name.value]?.fallback = variable.fallback?.value
            }
        }
        var compiler = TextCompiler(
            template: template, context: context.texts, event: definition.trigger?.event.value, variables: variables,
            locale: tag)
        // What a file allows is looked for even so: an allowance that nothing needs is reported.
        let allowsAny = !definition.allowances.isEmpty || !allowances.isEmpty
        compiler.paritySubjects = allowsAny ? .all : context.paritySubjects
        compiler.unread = unread
        var texts = compiler.translation(overlay, of: definition, source: source.texts, isVariant: false)
        texts.fallbacks = mergedFallbacks(
            source.texts.fallbacks, overlay.fallbacks.filter { !addresses.contains($0.name.value) })
        diagnostics += checkTranslatedFallbacks(overlay, definition, addresses, unread)
        var changes: [(id: String, texts: MessageTexts)] = []
        var tracked = [CompiledTranslation(message.id, overlay, texts)]
        for variant in variants {
            guard let sourceTexts = source.variants.first(where: { $0.id == variant.id })?.texts else { continue }
            let file = message.variantTranslations.first { $0.variant == variant.id && $0.locale == locale }?.file
            guard let file else {
                diagnostics += missingVariantTranslation(variant, locale, sourceTexts)
                continue
            }
            guard let overlay = readTranslation(locale, file, template) else { continue }
            if !allowances.isEmpty { compiler.paritySubjects = .all }
            compiler.unread = variant.unread
            let variantTexts = compiler.translation(overlay, of: variant.changes, source: sourceTexts, isVariant: true)
            changes.append((variant.id, variantTexts))
            if units != nil {
                tracked.append(CompiledTranslation("\(message.id)+\(variant.id)", overlay, variantTexts))
            }
        }
        diagnostics += compiler.diagnostics
        see(imagesOf: compiler)
        let isComplete = settleGaps(locale, definition, from: firstFinding)
        let isShown = units.map { track(locale, tracked, $0) } ?? true
        return isComplete && isShown ? finish(locale, texts, changes) : nil
    }

    /// A variant without a translation would show the source's words to readers of another language.
    private func missingVariantTranslation(
        _ variant: VariantDefinition, _ locale: String, _ texts: MessageTexts
    ) -> [Diagnostic] {
        guard !texts.all.isEmpty else { return [] }
        let path = context.files.files[variant.file].path
        return [
            Diagnostic(
                "translation/missing-variant", "the variant \(variant.id) has no translation to \(locale)",
                at: Label(file: path, Span(at: 0)),
                notes: [
                    "readers of \(locale) would see half of it in another language; write \(path.dropLast(3)).\(locale).md"
                ])
        ]
    }

    private mutating func readTranslation(
        _ locale: String, _ file: Int, _ template: TemplateDefinition
    ) -> Translation? {
        let source = read(file)
        guard !source.isBroken else { return nil }
        if let node = source.frontMatter {
            diagnostics += context.schemas.validateTranslation(node, file: source.path, template: template.name)
            allowances += Allowance.all(in: node, file: source.path)
        }
        var decoder = TranslationDecoder(file: source.path, template: template)
        var translation = decoder.decode(source.frontMatter, locale: locale)
        diagnostics += decoder.diagnostics
        translation.bodySpan = source.body.span
        if source.body.hasText { translation.body = source.body }
        return translation
    }

    private func mergedFallbacks(
        _ source: [(name: String, text: String)], _ overlay: [VariableDefinition]
    ) -> [(name: String, text: String)] {
        let translated = Dictionary(overlay.map { ($0.name.value, $0.fallback?.value) }) { first, _ in first }
        return source.map { ($0.name, (translated[$0.name] ?? nil) ?? $0.text) }
    }

    /// What a preview draws of the source's texts in the pseudo-locales, and nothing ships.
    func pseudoLocalizations(_ localizations: [Localization]) -> [Localization] {
        guard let source = localizations.first else { return [] }
        return PseudoLocale.allCases.enumerated().map { index, pseudo in
            Localization(
                locale: pseudo.tag, isRightToLeft: context.texts.isRightToLeft(pseudo.tag),
                texts: source.texts.pseudo(index),
                variants: source.variants.map { ($0.id, $0.texts.pseudo(index)) })
        }
    }
}
