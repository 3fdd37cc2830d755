#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler

    struct NewTemplateCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "template",
            abstract: "Start a kind of message of your own.",
            discussion: """
                Writes templates/NAME/ as a copy of another template: template.yaml (fields, limits, behaviour), \
                preview.mustache and style.css (how reviewers see it).

                Example:
                  placard new template ribbon --like banner
                """)

        @OptionGroup var project: ProjectOptions

        @Argument(help: "The template's name: lower-case letters, digits and hyphens.")
        var name: String

        @Option(
            help: "The template to begin with: one of the project's, or one that Placard brings.",
            completion: .modelTemplates)
        var like: String = "banner"

        func run() throws {
            let location = try project.locate()
            try checkIdentifier(name, of: "template")
            let definitions = try readDefinitions(at: location)
            guard !definitions.templates.contains(where: { $0.name == name }) else {
                throw CommandFailure(
                    "there is a template \(name) already", help: ["it is in \(location.display("templates/\(name)"))"])
            }
            let files = try model(definitions).map { NewFile(path: "templates/\(name)/" + $0.path, bytes: $0.bytes) }
            try announce(
                files, in: location,
                next: [
                    "Change its fields and looks, then: placard new message some-id --template \(name)"
                ])
        }

        /// The files of the template to copy, relative to its folder.
        private func model(_ definitions: Definitions) throws(CommandFailure) -> [NewFile] {
            var files: [NewFile] = []
            for part in ["template.yaml", "preview.mustache", "style.css"] {
                let path = like + "/" + part
                if let bytes = definitions.files["templates/" + path] {
                    files.append(NewFile(path: part, bytes: bytes))
                } else if let file = embeddedTemplates.first(where: { $0.path == path }) {
                    files.append(NewFile(path: part, bytes: file.bytes))
                }
            }
            guard files.contains(where: { $0.path == "template.yaml" }) else {
                let brought = embeddedTemplates.compactMap { $0.path.split(separator: "/").first.map { String($0) } }
                throw unknown(
                    "template", like, known: Set(brought + definitions.templates.map { $0.name }).sorted())
            }
            return files
        }
    }
#endif
