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

                Example:
                  placard new translation order-ready fr
                """)

        @OptionGroup var project: ProjectOptions

        @Argument(help: "The message's id.")
        var id: String

        @Argument(help: "One of the locales in placard.yaml, such as fr or pt-BR.")
        var locale: String

        func run() throws {
            let location = try project.locate()
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
    }
#endif
