#if CommandLine
    import PlacardBundle

    /// Every schema that the tool knows; those of front matter depend on the project's templates.
    func availableSchemas(_ project: ProjectOptions) throws(CommandFailure) -> [NamedSchema] {
        [
            NamedSchema(name: "manifest", summary: "bundle/manifest.json", document: BundleSchemas.manifest),
            NamedSchema(name: "catalog", summary: "bundle/targets/*.catalog.json", document: BundleSchemas.catalog),
            NamedSchema(name: "locale", summary: "bundle/targets/*.<locale>.json", document: BundleSchemas.localeFile),
        ]
    }
#endif
