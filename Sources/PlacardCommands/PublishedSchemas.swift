#if CommandLine
    import DocumentSchema
    import PlacardBundle
    import PlacardCompiler

    /// Every schema that the tool knows; those of front matter depend on the project's templates.
    func availableSchemas(_ project: ProjectOptions) throws(CommandFailure) -> [NamedSchema] {
        var schemas = [
            NamedSchema(name: "manifest", summary: "build/bundle/manifest.json", document: BundleSchemas.manifest),
            NamedSchema(
                name: "catalog", summary: "build/bundle/targets/*.catalog.json", document: BundleSchemas.catalog),
            NamedSchema(
                name: "locale", summary: "build/bundle/targets/*.<locale>.json", document: BundleSchemas.localeFile),
            NamedSchema(name: "apns", summary: "build/push/*/<locale>.apns.json", document: BundleSchemas.apnsPayload),
            NamedSchema(name: "fcm", summary: "build/push/*/<locale>.fcm.json", document: BundleSchemas.fcmMessage),
            NamedSchema(
                name: "push-data", summary: "what apps read of both, the member placard",
                document: BundleSchemas.pushData),
            NamedSchema(
                name: "translations-status", summary: "placard translations status --json",
                document: translationsStatusSchema()),
            NamedSchema(
                name: "exchange", summary: "placard translations export --format json", document: exchangeSchema()),
            NamedSchema(name: "diagnostics", summary: "placard check --format json", document: diagnosticsSchema()),
            NamedSchema(name: "test-results", summary: "placard test --format json", document: testResultsSchema()),
            NamedSchema(name: "difference", summary: "placard diff --format json", document: differenceSchema()),
            NamedSchema(name: "vectors", summary: "vectors.json of placard vectors", document: vectorsSchema()),
            NamedSchema(
                name: "events", summary: "each line of events that PlacardClient gives an app", document: eventsSchema()
            ),
            named("project", "placard.yaml", PlacardSchemas.project),
            named("template", "templates/*/template.yaml", PlacardSchemas.template),
            named("scenario", "scenarios/*.yaml", PlacardSchemas.scenario),
        ]
        let shapes = try templateShapes(project)
        schemas.append(named("defaults", "content/**/_defaults.yaml", PlacardSchemas.defaults(shapes)))
        schemas.append(named("message", "front matter of a message of any template", PlacardSchemas.anyMessage(shapes)))
        for shape in shapes {
            let name = shape.name
            schemas.append(
                named("message:\(name)", "front matter of a message of template \(name)", PlacardSchemas.message(shape))
            )
            schemas.append(
                named("translation:\(name)", "front matter of its translations", PlacardSchemas.translation(shape)))
            schemas.append(named("variant:\(name)", "front matter of its variants", PlacardSchemas.variant(shape)))
        }
        return schemas
    }

    private func named(_ name: String, _ summary: String, _ schema: DocumentSchema) -> NamedSchema {
        NamedSchema(name: name, summary: summary, document: jsonSchema(schema))
    }

    /// The templates of the project; outside of one, and if none was asked for, there are none.
    func templateShapes(_ project: ProjectOptions) throws(CommandFailure) -> [TemplateShape] {
        let location: ProjectLocation
        do throws(CommandFailure) {
            location = try project.locate()
        } catch {
            guard project.project == nil else { throw error }
            return []
        }
        return try readDefinitions(at: location).templates.map { $0.shape }
    }
#endif
