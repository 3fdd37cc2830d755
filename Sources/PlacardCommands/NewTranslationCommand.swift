#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler

    struct NewTranslationCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "translation",
            abstract: "Start the translation of a message.",
            discussion: """
                Writes ID.LOCALE.md beside the message, with what is to be translated and nothing else: the texts \
                of the source, to write over. Placeholders such as {$user.first_name} stay as they are.

                Examples:
                  placard new translation order-ready fr
                  placard new translation order-ready fr --update
                                                     adds the texts that it lacks
                """)

        @OptionGroup var project: ProjectOptions

        @Argument(help: "The message's id.", completion: .messages)
        var id: String

        @Argument(help: "One of the locales in placard.yaml, such as fr or pt-BR.", completion: .locales)
        var locale: String

        @Flag(help: "Add to a translation that is there the texts that it lacks.")
        var update = false

        func run() throws {
            let location = try project.locate()
            if update { return try complete(location) }
            let definitions = try readDefinitions(at: location)
            guard let message = definitions.messages.first(where: { $0.id == id }) else {
                throw unknown("message", id, known: definitions.messages.map { $0.id })
            }
            let locales = definitions.project.locales.map { $0.tag }
            guard locales.contains(locale) else {
                if locale == definitions.project.source {
                    throw CommandFailure(
                        "\(locale) is the language that messages are written in",
                        help: ["edit \(location.display(message.file))"])
                }
                throw unknown("locale", locale, known: locales, help: ["placard.yaml lists the locales of the project"])
            }
            guard let source = definitions.files[message.file] else {
                throw CommandFailure("\(message.file) cannot be read", exitCode: CommandFailure.failure)
            }
            let path = String(message.file.dropLast(".md".utf8.count)) + "." + locale + ".md"
            let text = translationSkeleton(
                message, source: source,
                addressVariables: definitions.compiled.first { $0.definition.id == id }?.addressVariables ?? [])
            try announce(
                [NewFile(path: path, text: text)], in: location, next: ["Write over its texts, then: placard check"])
        }

        /// Adds the source's words for the texts that the translation lacks.
        private func complete(_ location: ProjectLocation) throws {
            let result = try compileTranslations(location)
            let known = result.compilation.messages.map { $0.definition.id }
            guard known.contains(id) else { throw unknown("message", id, known: known) }
            _ = try chosenLocales([locale], result)
            let (files, unplaced) = result.compilation.completedTranslation(of: id, to: locale)
            guard unplaced.isEmpty else {
                throw CommandFailure(
                    "there is no place for \(someOf(unplaced))",
                    help: ["the key above is there already; add the entry by hand"],
                    exitCode: CommandFailure.diagnostics)
            }
            guard !files.isEmpty else {
                writeOutput("It has every text.\n")
                return
            }
            for file in files {
                try replaceOrCreate(file.path, with: file.bytes, in: location)
                writeOutput(Console.current.outputStyle.green("Completed") + " \(location.display(file.path))\n")
            }
            writeOutput("Write over what is new, then: placard check\n")
        }
    }
#endif
