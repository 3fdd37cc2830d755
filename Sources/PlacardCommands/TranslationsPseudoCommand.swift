#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler
    import SourceDiagnostics

    struct TranslationsPseudoCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pseudo",
            abstract: "Build with pseudo-translations, to try layouts in the app.",
            discussion: """
                Makes translations to en-XA (accents, a third longer where a text has room) and ar-XB (right to left) of \
                every message, and builds the project with them into a folder of its own. They are written nowhere else, \
                and placard build never has them.

                Example:
                  placard translations pseudo --output pseudo
                """)

        @OptionGroup var project: ProjectOptions

        @Option(
            help: ArgumentHelp("Where to write; pseudo/ in the project unless given.", valueName: "dir"),
            completion: .directory)
        var output: String?

        func run() throws {
            let location = try project.locate()
            let result = try compileTranslations(location)
            guard !result.compilation.hasErrors else {
                throw CommandFailure(
                    "the project has errors", help: ["placard check says which"], exitCode: CommandFailure.diagnostics)
            }
            let compilation = compile(result.compilation.withPseudoTranslations(), isPseudo: true)
            for error in compilation.diagnostics where error.severity == .error {
                throw CommandFailure(
                    "\(error.primary.file): \(error.message)",
                    help: ["a text of this message cannot be made longer"], exitCode: CommandFailure.failure)
            }
            let built = BuildOutput(
                compilation, title: "Placard, pseudo-translated", generator: "Placard \(placardVersion)")
            let here = absolutePath(Console.current.workingDirectory, from: "/")
            let folder = output.map { fullPath($0, from: here) } ?? location.folder + "/pseudo"
            let count = try writeOutputFolder(
                built, to: folder, options: OutputOptions(untrusted: location.repository))
            writeOutput(
                Console.current.outputStyle.green("Built")
                    + " \(counted(count, "file")) with en-XA and ar-XB. Not for a release.\n")
        }
    }
#endif
