#if CommandLine
    import CanonicalJSON
    import DocumentSchema
    import PlacardBundle

    /// `Documentation/Formats.md`: every key of every file, from the schemas that validate them.
    ///
    /// - Parameter templates: those whose fields are described too.
    func formatsReference(_ templates: [TemplateShape]) -> String {
        var text = """
            # Formats

            Generated from the schemas by `placard schema --reference`; do not edit. `placard schema NAME` prints each as JSON
            Schema 2020-12, with which editors complete and validate.

            # What authors write

            Front matter and YAML files are read by the YAML 1.2 core schema: `no`, `on` and `12:30` are strings. An unknown key, a key
            given twice, a wrong type or an unknown word is an error.


            """
        let authored = [
            PlacardSchemas.project, PlacardSchemas.template, PlacardSchemas.anyMessage(templates),
            PlacardSchemas.defaults(templates), PlacardSchemas.scenario,
        ]
        for schema in authored { text += markdownReference(schema) + "\n" }
        text += "# What clients read\n\n"
        let wire = [
            ("build/bundle/manifest.json", BundleSchemas.manifest),
            ("targets/<sha256>.catalog.json", BundleSchemas.catalog),
            ("targets/<sha256>.<locale>.json", BundleSchemas.localeFile),
        ]
        for (path, schema) in wire { text += wireReference(path, schema) + "\n" }
        text += "# What servers send\n\n"
        let payloads = [
            ("build/push/<message>/<locale>.apns.json", BundleSchemas.apnsPayload),
            ("build/push/<message>/<locale>.fcm.json", BundleSchemas.fcmMessage),
        ]
        // The texts in them are those of locale files.
        let known = Set((BundleSchemas.localeFile["$defs"]?.object?.members ?? []).map(\.key))
        for (path, schema) in payloads { text += wireReference(path, schema, besides: known) + "\n" }
        while text.hasSuffix("\n\n") { text.removeLast() }
        return text
    }

    /// Tables of a JSON Schema's objects: the document's own, those in it by where they stand, then those it defines.
    ///
    /// - Parameter known: definitions that another document's tables describe.
    private func wireReference(_ path: String, _ schema: JSONValue, besides known: Set<String> = []) -> String {
        var text = "## `\(path)`\n\n"
        if let summary = schema["description"]?.string { text += summary + "\n\n" }
        text += table(schema, required: schema) + inner(schema, "")
        for definition in schema["$defs"]?.object?.members ?? []
        where !known.contains(definition.key) { text += tables(definition.value, definition.key) }
        return text
    }

    /// Tables of the objects that stand in an object without a name of their own: `messages[].trigger` is the member `trigger` of an
    /// element of `messages`, and `locales.*` the value of any member of `locales`.
    ///
    /// - Parameter path: of the object, up to its members' names.
    private func inner(_ object: JSONValue, _ path: String) -> String {
        (object["properties"]?.object?.members ?? []).map { tables($0.value, path + $0.key) }.joined()
    }

    /// - Parameter kind: which of the alternatives at this place it is.
    private func tables(_ schema: JSONValue, _ path: String, kind: String? = nil) -> String {
        if schema["$ref"] != nil { return "" }
        var text = ""
        if schema["properties"] != nil {
            text = "### `\(path)`" + (kind.map { ": \($0)" } ?? "") + "\n\n"
            if let summary = schema["description"]?.string { text += summary + "\n\n" }
            text += table(schema, required: schema) + inner(schema, path + ".")
        }
        for key in ["oneOf", "anyOf"] {
            for alternative in schema[key]?.array ?? [] {
                text += tables(alternative, path, kind: alternative["title"]?.string)
            }
        }
        if let items = schema["items"] { text += tables(items, path + "[]") }
        if let values = schema["additionalProperties"], values.object != nil { text += tables(values, path + ".*") }
        return text
    }

    private func table(_ schema: JSONValue, required: JSONValue) -> String {
        let needed = Set((required["required"]?.array ?? []).compactMap(\.string))
        var text = "| member | type | meaning |\n|---|---|---|\n"
        for property in schema["properties"]?.object?.members ?? [] {
            let name = "`\(property.key)`" + (needed.contains(property.key) ? "" : " (optional)")
            text += "| \(name) | \(typeName(property.value)) | \(cell(property.value["description"]?.string ?? "")) |\n"
        }
        return text + "\n"
    }

    private func typeName(_ schema: JSONValue) -> String {
        if let reference = schema["$ref"]?.string {
            return reference.split(separator: "/").last.map(String.init) ?? reference
        }
        if let constant = schema["const"] { return "`\(cell(constant.canonicalString))`" }
        if let values = schema["enum"]?.array {
            return values.map { "`\(cell($0.canonicalString))`" }.joined(separator: ", ")
        }
        for key in ["oneOf", "anyOf"] {
            if let alternatives = schema[key]?.array { return alternatives.map(typeName).joined(separator: " or ") }
        }
        switch schema["type"]?.string {
        case "array": return "list of " + (schema["items"].map(typeName) ?? "anything")
        case "object":
            return schema["additionalProperties"].map { $0.object == nil ? "object" : "map to " + typeName($0) }
                ?? "object"
        case let type?: return type
        case nil: return "any"
        }
    }

    private func cell(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
#endif
