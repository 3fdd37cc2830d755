#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler

    struct TranslationsCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "translations",
            abstract: "How translations stand, and what they were made from.",
            discussion: """
                translations.lock remembers what each translation was made from, so that a source text that changes \
                makes exactly its translations outdated. placard check reports them, with the words that changed.

                Examples:
                  placard translations status
                  placard translations accept --locale fr order-ready
                  placard translations export --format po --locale pl
                  placard translations import translations/pl.po
                """,
            subcommands: [
                TranslationsStatusCommand.self, TranslationsAcceptCommand.self, TranslationsExportCommand.self,
                TranslationsImportCommand.self, TranslationsPseudoCommand.self,
            ])
    }

    /// The project, compiled with its translations beside their sources.
    func compileTranslations(_ location: ProjectLocation) throws(CommandFailure) -> CompiledProject {
        let progress = Progress()
        let result = try compileProject(at: location, for: .translations, progress, keepsUnits: true)
        progress.finish()
        return result
    }

    /// The locales that were asked for, all of them locales of the project; nil when none was.
    func chosenLocales(_ wanted: [String], _ result: CompiledProject) throws(CommandFailure) -> [String]? {
        guard !wanted.isEmpty else { return nil }
        let known = result.compilation.project.locales.map { $0.tag }
        for locale in wanted where !known.contains(locale) {
            throw unknown("locale", locale, known: known, help: ["placard.yaml lists the locales of the project"])
        }
        return wanted
    }
#endif
