#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler
    import PlacardExchange

    extension ExchangeFormat: ExpressibleByArgument {}

    /// Which units an export has.
    enum ExportedState: String, ExpressibleByArgument, CaseIterable {
        case missing, outdated, current
    }

    struct TranslationsExportCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write files for translators' tools.",
            discussion: """
                One file a locale, with one unit for each text: a text of the front matter or a block of the body, each \
                plural category by itself. Units say where they are shown, how long they may be and what values look \
                like; outdated ones also what the source said before.

                Examples:
                  placard translations export --format po --locale pl
                  placard translations export --format xliff2 --only missing --out handoff
                  placard translations export --format xliff22 --locale ar
                """)

        @OptionGroup var project: ProjectOptions

        @Option(
            help:
                """
                po (gettext), xliff1 (XLIFF 1.2), xliff2 (XLIFF 2.1), xliff22 (XLIFF 2.2, whose module for plural, gender \
                and select keeps variants together), csv (a spreadsheet) or json.
                """)
        var format: ExchangeFormat

        @Option(
            help: ArgumentHelp("This locale; may be given again. All of them unless given.", valueName: "locale"),
            completion: .locales)
        var locale: [String] = []

        @Option(
            help: ArgumentHelp(
                "Only units that are missing, outdated or current, with commas between.", valueName: "states"),
            completion: .list(ExportedState.allCases.map(\.rawValue)))
        var only: String?

        @Option(
            help: ArgumentHelp("Where to write; translations/ here unless given.", valueName: "dir"),
            completion: .directory)
        var out = "translations"

        func run() throws {
            var states: Set<ExchangeUnit.State>?
            for word in only?.split(separator: ",").map(String.init) ?? [] {
                guard let state = ExchangeUnit.State(rawValue: word) else {
                    throw unknown("state", word, known: ExportedState.allCases.map(\.rawValue))
                }
                states = (states ?? []).union([state])
            }
            let location = try project.locate()
            let result = try compileTranslations(location)
            guard !result.compilation.hasBrokenSources else {
                throw CommandFailure(
                    "some messages do not compile", help: ["placard check says what is wrong with them"],
                    exitCode: CommandFailure.diagnostics)
            }
            let locales = try chosenLocales(locale, result) ?? result.compilation.project.locales.map { $0.tag }
            let folder = fullPath(out, from: absolutePath(Console.current.workingDirectory, from: "/"))
            let style = Console.current.outputStyle
            for file in result.compilation.exchangeFiles(locales: locales, only: states, as: format) {
                let name = "\(file.locale).\(format.suffix)"
                // XLIFF 2 has no file without a unit.
                if file.units == 0, format.needsUnits {
                    writeOutput("Nothing for \(out)/\(name): no unit of \(file.locale) stands so\n")
                    continue
                }
                try writeHandoff(name, file.bytes, in: folder, location)
                writeOutput(style.green("Wrote") + " \(out)/\(name), \(counted(file.units, "unit"))\n")
            }
        }
    }
#endif
