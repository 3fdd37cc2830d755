#if CommandLine
    import CanonicalJSON
    import DiagnosticRendering
    import DocumentSchema
    import PlacardCompiler
    import PlacardGenerate

    // The one place where the project's definitions become the generators' input.

    /// What a project declares, for the code of an app. Translations may be missing; whatever else is wrong might take a name
    /// away, and is a failure.
    func appDeclarations(of location: ProjectLocation) throws(CommandFailure) -> AppDeclarations {
        let progress = Progress()
        let result = try compileProject(at: location, for: .translations, progress, allowsIncomplete: true)
        progress.finish()
        guard !result.compilation.hasErrors else {
            throw CommandFailure(
                "the project does not compile", help: ["placard check says what is wrong with it"],
                exitCode: CommandFailure.diagnostics)
        }
        return AppDeclarations(result.compilation)
    }

    extension AppDeclarations {
        init(_ compilation: Compilation) {
            self.init(
                context: compilation.project.context.map { group in
                    Group(name: group.name, attributes: group.attributes.map { Attribute($0) })
                },
                events: compilation.project.events.map { event in
                    Event(name: event.name, properties: event.properties.map { Attribute($0) })
                },
                messages: compilation.messages.map { message in
                    Message(
                        id: message.definition.id, template: message.template,
                        event: message.definition.trigger?.event.value,
                        actions: message.definition.content.actions.map(\.id.value))
                },
                requests: PlacardSchemas.requests.map { Request(name: $0.name, summary: $0.summary) })
        }
    }

    extension AppDeclarations.Attribute {
        fileprivate init(_ attribute: AttributeDefinition) {
            self.init(
                name: attribute.name, type: attribute.type, summary: attribute.summary, values: attribute.values,
                defaultValue: attribute.defaultValue?.canonicalString, isOptional: attribute.isOptional)
        }
    }
#endif
