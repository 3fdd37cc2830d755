#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import CanonicalJSON
    import SourceDiagnostics

    struct SchemaCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "schema",
            abstract: "Print the JSON Schema of a file that Placard reads or writes.",
            discussion: """
                JSON Schema 2020-12, for editors that complete and validate, and for programs that read bundles. \
                Without a name it lists what there is.

                Examples:
                  placard schema
                  placard schema manifest
                  placard schema message:banner       front matter, by the template banner
                """)

        @OptionGroup var project: ProjectOptions

        @Argument(help: "Which schema; without it, the list.", completion: .schemas)
        var name: String?

        @Flag(help: "Print the reference of all formats, as Markdown.")
        var reference = false

        func run() throws {
            if reference {
                writeOutput(OutputText(lines: formatsReference(try templateShapes(project))))
                return
            }
            let schemas = try availableSchemas(project)
            guard let name else {
                let width = schemas.map { $0.name.utf8.count }.max() ?? 0
                for schema in schemas {
                    let space = String(repeating: " ", count: width - schema.name.utf8.count + 2)
                    writeOutput("\(schema.name)\(space)\(schema.summary)\n")
                }
                return
            }
            guard let schema = schemas.first(where: { $0.name == name }) else {
                throw unknown("schema", name, known: schemas.map { $0.name })
            }
            writeOutput(OutputText(json: indented(schema.document) + "\n"))
        }
    }

    /// A schema with its name on the command line.
    struct NamedSchema {
        var name: String
        /// What it describes, on one line.
        var summary: String
        var document: JSONValue
    }

    /// JSON for people: two spaces a level, members in the order that they were made in.
    func indented(_ value: JSONValue, _ depth: Int = 0) -> String {
        let inner = String(repeating: "  ", count: depth + 1)
        let outer = String(repeating: "  ", count: depth)
        switch value {
        case .object(let object) where !object.isEmpty:
            let members = object.members.map {
                inner + JSONValue.string($0.key).canonicalString + ": " + indented($0.value, depth + 1)
            }
            return "{\n" + members.joined(separator: ",\n") + "\n" + outer + "}"
        case .array(let elements) where elements.contains(where: { $0.object != nil || $0.array != nil }):
            return "[\n" + elements.map { inner + indented($0, depth + 1) }.joined(separator: ",\n") + "\n" + outer
                + "]"
        case .array(let elements):
            return "[" + elements.map { $0.canonicalString }.joined(separator: ", ") + "]"
        default: return value.canonicalString
        }
    }
#endif
