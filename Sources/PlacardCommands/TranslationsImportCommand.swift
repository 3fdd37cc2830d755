#if CommandLine
    import ArgumentParser
    import CanonicalJSON
    import DiagnosticRendering
    import PlacardCompiler
    import PlacardExchange

    struct TranslationsImportCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Take in what translators gave back.",
            discussion: """
                Reads files in any of the formats that export writes, and changes the translations where they stand: \
                everything around the translated texts stays byte for byte. Each unit is checked as placard check \
                checks it; what is wrong goes into FILE.rejects.json with the reason, and the rest is taken. Units that \
                are empty or marked fuzzy wait. What was taken is recorded in translations.lock.

                The exit code is 1 when something was rejected.

                Examples:
                  placard translations import translations/pl.po
                  placard translations import --dry-run handoff/*.xliff
                """)

        @OptionGroup var project: ProjectOptions

        @Flag(help: "Say what would be done, and change nothing.")
        var dryRun = false

        @Option(
            help: ArgumentHelp("The locale, where the file does not say it.", valueName: "locale"),
            completion: .locales)
        var locale: String?

        @Argument(help: ArgumentHelp("Files to read.", valueName: "file"), completion: .file())
        var files: [String]

        func run() throws {
            let location = try project.locate()
            var isWhole = true
            for file in files {
                let path = fullPath(file, from: absolutePath(Console.current.workingDirectory, from: "/"))
                let bytes = try readHandoff(path, named: file, location)
                let document: ReturnedDocument
                do {
                    document = try readExchangeFile(bytes)
                } catch {
                    throw CommandFailure("\(file): \(error.message)", exitCode: CommandFailure.diagnostics)
                }
                let result = try compileTranslations(location)
                let locale = try locale(of: document, file, result)
                let plan = result.compilation.planImport(document, locale: locale)
                if !dryRun { try carryOut(plan, result, location) }
                try report(plan, file, path, location)
                isWhole = isWhole && plan.rejected.isEmpty
            }
            if !isWhole { throw ExitCode(CommandFailure.diagnostics) }
        }

        /// The locale of a file: what it says, what the command says, or what its name begins with.
        private func locale(
            of document: ReturnedDocument, _ file: String, _ result: CompiledProject
        ) throws(CommandFailure) -> String {
            let known = result.compilation.project.locales.map { $0.tag }
            let name = String(file.split(separator: "/").last?.split(separator: ".").first ?? "")
            if let locale, let own = document.targetLocale, own != locale {
                throw CommandFailure("\(file) is a translation to \(own), not to \(locale)")
            }
            let wanted = locale ?? document.targetLocale ?? name
            guard known.contains(wanted) else {
                throw unknown(
                    "locale", wanted, known: known,
                    help: document.targetLocale == nil ? ["\(file) does not say its locale: --locale TAG"] : [])
            }
            return wanted
        }

        /// Writes what changes, and records it.
        private func carryOut(
            _ plan: TranslationImport, _ result: CompiledProject, _ location: ProjectLocation
        ) throws(CommandFailure) {
            for (path, bytes) in plan.files { try replaceOrCreate(path, with: bytes, in: location) }
            guard !plan.files.isEmpty || !plan.confirmed.isEmpty else { return }
            let written = try compileTranslations(location)
            let confirmed = plan.confirmed
            let update = written.compilation.updatedLock { locale, message, unit in
                confirmed.contains(.init(locale: locale, message: message, unit: unit))
            }
            if let bytes = update.bytes { try writeLock(bytes, in: location) }
        }

        private func report(
            _ plan: TranslationImport, _ file: String, _ path: String, _ location: ProjectLocation
        ) throws(CommandFailure) {
            let style = Console.current.outputStyle
            var parts: [OutputText] = ["\(counted(plan.taken, "unit")) taken"]
            if !plan.confirmed.isEmpty { parts.append("\(plan.confirmed.count) confirmed") }
            parts.append("\(plan.unchanged) unchanged")
            if plan.untranslated > 0 { parts.append("\(plan.untranslated) not translated yet") }
            if !plan.rejected.isEmpty { parts.append(style.red("\(plan.rejected.count) rejected")) }
            writeOutput(
                "\(dryRun ? "Would import" : style.green("Imported")) \(file): \(parts.joined(separator: ", "))\n")
            for (path, _) in plan.files where dryRun { writeOutput("  would change \(path)\n") }
            for rejection in plan.rejected.prefix(20) {
                writeError("\(rejection.id): \(rejection.reason)\n")
            }
            if plan.rejected.count > 20 { writeError("and \(plan.rejected.count - 20) more\n") }
            guard !plan.rejected.isEmpty, !dryRun, let slash = path.lastIndex(of: "/") else { return }
            let name = path[path.index(after: slash)...] + ".rejects.json"
            try writeHandoff(String(name), rejects(plan), in: String(path[..<slash]), location)
            writeError("The rejected units are in \(file).rejects.json.\n")
        }

        private func rejects(_ plan: TranslationImport) -> [UInt8] {
            let units = plan.rejected.map { rejection -> JSONValue in
                ["id": .string(rejection.id), "reason": .string(rejection.reason), "target": .string(rejection.target)]
            }
            let document: JSONValue = ["rejected": .array(units), "schema": "placard/rejects/1"]
            return document.canonicalBytes + [0x0A]
        }
    }
#endif
