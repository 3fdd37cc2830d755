#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler

    struct TranslationsAcceptCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "accept",
            abstract: "Say that translations still hold though their source has changed.",
            discussion: """
                Records in translations.lock that the translations were made from the source as it is now. Without ids it \
                accepts all that is outdated; an id is a message, or one text of it as placard check names it.

                Examples:
                  placard translations accept --locale fr
                  placard translations accept order-ready
                  placard translations accept --locale fr order-ready/body:1f0c9a
                """)

        @OptionGroup var project: ProjectOptions

        @Option(
            help: ArgumentHelp("Only this locale; may be given again.", valueName: "locale"), completion: .locales)
        var locale: [String] = []

        @Argument(help: ArgumentHelp("Only these messages or texts.", valueName: "id"), completion: .messages)
        var ids: [String] = []

        func run() throws {
            let location = try project.locate()
            let result = try compileTranslations(location)
            let locales = try chosenLocales(locale, result).map(Set.init)
            let known = result.compilation.messages.flatMap { $0.translatableIDs }
            let knownSet = Set(known)
            for id in ids where !knownSet.contains(id) {
                throw unknown(id.contains("/") ? "text" : "message", id, known: known)
            }
            let wanted = Set(ids)
            let update = result.compilation.updatedLock { locale, message, unit in
                guard locales?.contains(locale) ?? true else { return false }
                if wanted.isEmpty { return true }
                let owner = message.prefix { $0 != "+" }
                return wanted.contains(message) || wanted.contains(String(owner))
                    || wanted.contains("\(message)/\(unit)")
            }
            if let bytes = update.bytes { try writeLock(bytes, in: location) }
            let style = Console.current.outputStyle
            if update.isFirst, update.bytes != nil {
                writeOutput(recordedSentence(update) + "\n")
            } else if update.accepted > 0 {
                writeOutput(
                    style.green("Accepted \(counted(update.accepted, "text"))")
                        + " as translated from the source as it is.\n")
            } else {
                let isAll = ids.isEmpty && locale.isEmpty
                writeOutput(isAll ? "Nothing that was outdated.\n" : "Nothing that was outdated there.\n")
            }
        }
    }
#endif
