#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler

    struct NewMessageCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "message",
            abstract: "Start a message.",
            discussion: """
                Writes content/FOLDER/ID.md with every field of the template. The id is a promise to apps: what \
                a user has seen depends on it, so it should name the message and never change.

                Examples:
                  placard new message summer-sale --template banner
                  placard new message rate-trip -t prompt -f rides --title "How was your trip?"
                """)

        @OptionGroup var project: ProjectOptions

        @Argument(help: "The message's id: lower-case letters, digits and hyphens.")
        var id: String

        @Option(
            name: .shortAndLong, help: "The template, one of the folders in templates/.", completion: .templates)
        var template: String?

        @Option(name: .shortAndLong, help: "The folder below content/.", completion: .contentFolders)
        var folder: String = ""

        @Option(help: "The title, if the template has one.")
        var title: String?

        func run() throws {
            let location = try project.locate()
            let definitions = try readDefinitions(at: location)
            try checkIdentifier(id, of: "message")
            if let file = definitions.messageFile(id) {
                throw CommandFailure(
                    "there is a message \(id) already",
                    help: ["it is \(location.display(file)); ids are unique in a project"])
            }
            let template = try chosenTemplate(definitions)
            if let title, let limit = template.field("title")?.maximum, title.count > limit {
                throw CommandFailure(
                    "the title has \(title.count) characters, and a \(template.name) has room for \(limit)",
                    help: ["make it shorter, or choose a template with more room"])
            }
            let folder = try contentFolder(folder)
            let picture = "\(id).png"
            let text = messageSkeleton(template, project: definitions.project, title: title, picture: picture)
            var files = [NewFile(path: folder + id + ".md", text: text)]
            if template.fields.contains(where: { $0.kind == .image && $0.isRequired }) {
                files.append(NewFile(path: folder + picture, bytes: placeholderPicture()))
            }
            try announce(
                files, in: location,
                next: [
                    "Write it, then look at it: placard build, and open build/preview/m/\(id).html",
                    "Translate it: placard new translation \(id) \(definitions.project.locales.first?.tag ?? "LOCALE")",
                ])
        }

        private func chosenTemplate(_ definitions: Definitions) throws(CommandFailure) -> TemplateDefinition {
            let names = definitions.templates.map { $0.name }
            guard let name = template else {
                let list = definitions.templates.prefix(100).map { template -> OutputText in
                    "\(template.name)\(template.summary.map { ": " + $0 } ?? "")"
                }
                throw CommandFailure("which template?", help: ["name it with --template"] + list)
            }
            guard let template = definitions.templates.first(where: { $0.name == name }) else {
                throw unknown("template", name, known: names, help: ["placard new template \(name) starts one"])
            }
            return template
        }
    }

    /// The path of a folder below `content/`, ending in `/`.
    private func contentFolder(_ folder: String) throws(CommandFailure) -> String {
        var parts = folder.split(separator: "/").map { String($0) }
        if parts.first == "content" { parts.removeFirst() }
        guard !parts.contains(where: { $0.hasPrefix(".") }), !folder.hasPrefix("/") else {
            throw CommandFailure(
                "`\(folder)` is not a folder below content/",
                help: ["give it as in --folder rides, or --folder rides/drivers"])
        }
        return (["content"] + parts).joined(separator: "/") + "/"
    }

    /// Ends the command unless `name` can be an id.
    func checkIdentifier(_ name: String, of kind: String) throws(CommandFailure) {
        guard identifier(from: name) != name else { return }
        throw CommandFailure(
            "`\(name)` cannot be the id of a \(kind)",
            help: ["an id has lower-case letters a–z, digits and single hyphens"]
                + (identifier(from: name).map { ["try \($0)" as OutputText] } ?? []))
    }
#endif
