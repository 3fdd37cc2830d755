#if CommandLine
    import ArgumentParser
    import PlacardCompiler

    // What shells offer for names of a project. A shell asks the tool at each TAB: files are listed and placard.yaml is read,
    // and no message is compiled. Whatever is wrong, nothing is offered, and nothing is said in the middle of somebody's line.

    extension CompletionKind {
        /// Ids of diagnostics, and their areas.
        static let diagnosticIDs = offering { _ in embeddedDiagnosticPages.keys.sorted() }

        /// Files that authors write.
        static let sourceFiles = file(extensions: ["md", "yaml", "mustache", "css"])

        /// Ids of the project's messages.
        static let messages = offering { words in projectFiles(words).map(messageIDs) ?? [] }

        /// Names of the project's scenarios.
        static let scenarios = offering { words in
            projectFiles(words).map { names($0, in: "scenarios/", endingIn: ".yaml") } ?? []
        }

        /// Names of the project's templates.
        static let templates = offering { words in projectFiles(words).map(templateNames) ?? [] }

        /// Names of the project's templates, and of those that the tool brings.
        static let modelTemplates = offering { words in
            let brought = embeddedTemplates.compactMap { $0.path.split(separator: "/").first.map(String.init) }
            return Set(brought + (projectFiles(words).map(templateNames) ?? [])).sorted()
        }

        /// Folders below `content/`.
        static let contentFolders = offering { words in
            let paths = projectFiles(words)?.files.map(\.path) ?? []
            return Set(
                paths.compactMap { path in
                    guard path.hasPrefix("content/"), let slash = path.lastIndex(of: "/") else { return nil }
                    let folder = path[..<slash].dropFirst("content/".count)
                    return folder.isEmpty ? nil : String(folder)
                }
            ).sorted()
        }

        /// Locales that the project translates to.
        static let locales = offering { words in projectDefinition(words)?.locales.map(\.tag) ?? [] }

        /// Events that the project declares.
        static let events = offering { words in projectDefinition(words)?.events.map(\.name).sorted() ?? [] }

        /// Names of schemas.
        static let schemas = offering { words in
            guard let options = try? ProjectOptions.parse(projectArguments(words)) else { return [] }
            return (try? availableSchemas(options))?.map(\.name) ?? []
        }

        /// - Parameter candidates: takes the words of the command line.
        private static func offering(_ candidates: @escaping @Sendable ([String]) -> [String]) -> CompletionKind {
            custom { words, index, _ in
                let found = candidates(words)
                // bash takes a colon for the end of a word, and completes what stands behind it.
                if CompletionShell.requesting == .bash { return behindColon(found, words, index) }
                // zsh takes what follows a colon for a description.
                guard CompletionShell.requesting == .zsh else { return found }
                return found.map { $0.replacing(":", with: "\\:") }
            }
        }
    }

    /// The parts of candidates behind the colon that the word which is completed stands behind: of `message:banner` where
    /// `message:` is written, `banner`.
    func behindColon(_ candidates: [String], _ words: [String], _ index: Int) -> [String] {
        let colon = words.indices.contains(index) && words[index] == ":" ? index : index - 1
        guard colon > 0, words.indices.contains(colon), words[colon] == ":" else { return candidates }
        let stem = words[colon - 1] + ":"
        return candidates.filter { $0.hasPrefix(stem) }.map { String($0.dropFirst(stem.count)) }
    }

    /// The project that a command line is about; nil where there is none.
    private func projectFiles(_ words: [String]) -> ProjectFiles? {
        guard let options = try? ProjectOptions.parse(projectArguments(words)), let location = try? options.locate()
        else { return nil }
        return try? load(location)
    }

    /// The options of a command line that say where the project is.
    private func projectArguments(_ words: [String]) -> [String] {
        for (place, word) in words.enumerated() {
            if word == "--project", place + 1 < words.count { return [word, words[place + 1]] }
            if word.hasPrefix("--project=") { return [word] }
        }
        return []
    }

    private func projectDefinition(_ words: [String]) -> ProjectDefinition? {
        guard let files = projectFiles(words), let bytes = files["placard.yaml"] else { return nil }
        return compile(ProjectFiles([ProjectFiles.File(path: "placard.yaml", bytes: bytes)])).project
    }

    private func templateNames(_ files: ProjectFiles) -> [String] {
        names(files, in: "templates/", endingIn: "/template.yaml")
    }

    /// The sources of messages have neither a locale nor a variant in their names.
    private func messageIDs(_ files: ProjectFiles) -> [String] {
        let names = files.files.map(\.path).filter { $0.hasPrefix("content/") && $0.hasSuffix(".md") }
            .compactMap { $0.split(separator: "/").last?.dropLast(".md".count) }
        return names.filter { !$0.contains(".") && !$0.contains("+") && !$0.hasPrefix("_") }.map(String.init).sorted()
    }

    private func names(_ files: ProjectFiles, in folder: String, endingIn ending: String) -> [String] {
        files.files.map(\.path).filter { $0.hasPrefix(folder) && $0.hasSuffix(ending) }
            .map { String($0.dropFirst(folder.count).dropLast(ending.count)) }.sorted()
    }
#endif
