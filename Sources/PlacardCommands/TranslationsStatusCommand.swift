#if CommandLine
    import ArgumentParser
    import CanonicalJSON
    import DiagnosticRendering
    import PlacardCompiler
    import SourceDiagnostics

    /// How the state of translations is written.
    enum StatusFormat: String, ExpressibleByArgument, CaseIterable {
        case human, json, github
    }

    struct TranslationsStatusCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "Show how every message stands in every locale.",
            discussion: """
                A translation is missing, incomplete (it lacks texts), outdated (its source has changed since), identical \
                (its source, word for word) or current. Percents count words of the source whose translation is current.

                The exit code is 1 when a locale's policy is broken: a required one with something missing, or one with \
                something outdated whose policy for that is error (a required one unless placard.yaml says otherwise).

                Examples:
                  placard translations status
                  placard translations status --locale fr --all
                  placard translations status --json
                  placard translations status --format github
                """)

        @OptionGroup var project: ProjectOptions

        @Option(
            help: ArgumentHelp("Only this locale; may be given again.", valueName: "locale"), completion: .locales)
        var locale: [String] = []

        @Option(help: "human (a table), json (one document) or github (workflow commands).")
        var format = StatusFormat.human

        @Flag(help: "The same as --format json.")
        var json = false

        @Flag(help: "Name the messages that are current, too.")
        var all = false

        func run() throws {
            let location = try project.locate()
            let result = try compileTranslations(location)
            let locales = try chosenLocales(locale, result)
            let status = result.compilation.translationStatus(locales: locales)
            switch json ? .json : format {
            case .human: writeOutput(StatusTable(status: status, showsAll: all).text())
            case .json: writeOutput(StatusDocument(status: status).text())
            case .github: writeOutput(github(result, location, locales))
            }
            if status.locales.contains(where: \.fails) { throw ExitCode(CommandFailure.diagnostics) }
        }

        /// The diagnostics about translations, as workflow commands.
        private func github(
            _ result: CompiledProject, _ location: ProjectLocation, _ locales: [String]?
        ) -> OutputText {
            let about = result.diagnostics.filter { diagnostic in
                guard diagnostic.id.hasPrefix("translation/") else { return false }
                guard let locales else { return true }
                return diagnostic.id == "translation/missing"
                    || locales.contains { diagnostic.primary.file.hasSuffix(".\($0).md") }
            }
            return render(
                about, files: result.files, as: .github,
                options: RenderingOptions(pathPrefix: location.repositoryPrefix, toolVersion: placardVersion))
        }
    }

    /// The state of translations for people.
    private struct StatusTable {
        let status: TranslationStatus
        let showsAll: Bool
        let style = Console.current.outputStyle

        func text() -> OutputText {
            guard !status.locales.isEmpty else {
                return "The project is written in one language; placard.yaml lists no other.\n"
            }
            var text = overview()
            let listed = messages()
            if !listed.isEmpty { text += "\n" + listed }
            if !status.hasLock {
                text +=
                    "\nThere is no translations.lock: every translation counts as current. placard check --fix begins one.\n"
            }
            return text
        }

        private func overview() -> OutputText {
            var rows = [
                ["locale", "policy", "words", "current"] + TranslationStatus.State.allCases.dropLast().map(\.rawValue)
            ]
            for locale in status.locales {
                rows.append(
                    [
                        locale.tag, locale.isRequired ? "required" : "optional", "\(locale.percent) %",
                        "\(locale.counts[.current, default: 0])",
                    ]
                        + TranslationStatus.State.allCases.dropLast().map { state in
                            locale.counts[state].map(String.init) ?? "–"
                        })
            }
            let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
            return rows.enumerated().map { index, row -> OutputText in
                let cells = row.enumerated().map { column, cell -> OutputText in
                    let space = String(repeating: " ", count: widths[column] - cell.count)
                    return column < 2 ? "\(cell)\(space)" : "\(space)\(cell)"
                }
                let line = cells.joined(separator: "  ")
                if index == 0 { return "  \(style.dim(line))\n" }
                return "\(status.locales[index - 1].fails ? style.red("✕") : style.green("✓")) \(line)\n"
            }.joined()
        }

        /// A line for each message and state, with the locales that it is in.
        private func messages() -> OutputText {
            var text: OutputText = ""
            for message in status.messages {
                var parts: [OutputText] = []
                for state in TranslationStatus.State.allCases where state != .current || showsAll {
                    let locales = zip(status.locales, message.cells).filter { $1.state == state }
                    guard !locales.isEmpty else { continue }
                    let places = locales.map { locale, cell -> OutputText in
                        let units = state == .outdated ? cell.outdated : state == .incomplete ? cell.missing : []
                        return units.isEmpty ? "\(locale.tag)" : "\(locale.tag) (\(someOf(units)))"
                    }
                    parts.append("\(state.rawValue) \(places.joined(separator: ", "))")
                }
                guard !parts.isEmpty else { continue }
                text += "\(style.bold("\(message.id)"))  \(parts.joined(separator: "; "))\n"
            }
            return text
        }
    }

    /// The state of translations for programs, as canonical JSON.
    private struct StatusDocument {
        let status: TranslationStatus

        func text() -> OutputText {
            let locales = status.locales.map { locale -> JSONValue in
                [
                    "counts": .object(
                        JSONObject(
                            TranslationStatus.State.allCases.map {
                                JSONObject.Member(key: $0.rawValue, value: .integer(locale.counts[$0, default: 0]))
                            })),
                    "currentWords": .integer(locale.currentWords), "fails": .bool(locale.fails),
                    "outdated": .string(locale.outdatedPolicy.rawValue), "percent": .integer(locale.percent),
                    "policy": .string(locale.isRequired ? "required" : "optional"), "tag": .string(locale.tag),
                    "words": .integer(locale.words),
                ]
            }
            let messages = status.messages.map { message -> JSONValue in
                let cells = zip(status.locales, message.cells).map { locale, cell in
                    JSONObject.Member(
                        key: locale.tag,
                        value: [
                            "currentWords": .integer(cell.words), "file": .string(cell.file),
                            "missing": .array(cell.missing.map { .string($0) }),
                            "outdated": .array(cell.outdated.map { .string($0) }),
                            "state": .string(cell.state.rawValue),
                        ])
                }
                return [
                    "id": .string(message.id), "translations": .object(JSONObject(cells)),
                    "words": .integer(message.words),
                ]
            }
            let document: JSONValue = [
                "hasLock": .bool(status.hasLock), "locales": .array(locales), "messages": .array(messages),
                "schema": "placard/translations-status/1",
            ]
            return OutputText(json: document.canonicalString + "\n")
        }
    }
#endif
