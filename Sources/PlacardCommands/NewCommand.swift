#if CommandLine
    import ArgumentParser
    import DiagnosticRendering

    struct NewCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Start a message, a translation, a template or a scenario.",
            discussion: """
                Writes a file that compiles as it is, with comments on what else it may hold. Nothing is ever \
                overwritten.
                """,
            subcommands: [
                NewMessageCommand.self, NewTranslationCommand.self, NewTemplateCommand.self, NewScenarioCommand.self,
            ])
    }

    /// Writes the files and says which.
    func announce(_ files: [NewFile], in location: ProjectLocation, next: [OutputText]) throws(CommandFailure) {
        try write(files, below: location.folder)
        let style = Console.current.outputStyle
        for file in files { writeOutput("\(style.green("Made")) \(location.display(file.path))\n") }
        for line in next { writeOutput("\(line)\n") }
    }
#endif
