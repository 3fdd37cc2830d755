import PlacardBundle

/// Code for apps in Kotlin, of version 1.3 or later, on a JVM or on Android.
struct KotlinGenerator {
    private let declarations: AppDeclarations
    private let package: String?

    init(_ declarations: AppDeclarations, package: String?) {
        self.declarations = declarations
        self.package = package
    }

    func text() -> String {
        var source = CodeText()
        source.line("// \(generatedMark)kotlin from placard.yaml and content/; do not edit.")
        source.line("@file:Suppress(\"unused\")")
        source.line()
        if let package {
            let parts = package.split(separator: ".").map { part in
                KotlinNames.rules.keywords.contains(String(part)) ? "`\(part)`" : String(part)
            }
            source.line("package \(parts.joined(separator: "."))")
            source.line()
        }
        source.line("import java.time.Duration")
        source.line("import java.time.Instant")
        source.line()
        writeContext(&source)
        writeEvents(&source)
        writeMessages(&source)
        writeConstants(
            "MessageRequest", "What a button asks of the system.", declarations.requests.map(\.name),
            comments: declarations.requests.map { "Asks the system \($0.summary)." }, &source)
        source.line()
        source.lines(KotlinRuntime.values)
        return source.text
    }

    // MARK: Context

    private func writeContext(_ source: inout CodeText) {
        let groups = declarations.context
        let names = KotlinNames.properties.names(for: groups.map(\.name))
        let types = KotlinNames.types.names(for: groups.map(\.name))
        writeComment("What the app knows when it asks for a message.", &source)
        let parameters = zip(zip(names, types), groups).map { name, group in
            "val \(name.0): \(name.1)" + (group.isOmittable ? " = \(name.1)()" : "")
        }
        source.block(dataClass("AppContext", parameters, source)) { source in
            writeComment("As clients take it, by group.", &source)
            let members = zip(groups, names).map { "\(kotlinLiteral($0.name)) to this.\($1).toJson()" }
            source.line(source.list("fun toJson(): Map<String, Any> = placardObject(", members, ")"))
            for (group, type) in zip(groups, types) {
                source.line()
                writeGroup(group, type, &source)
            }
        }
        source.line()
    }

    private func writeGroup(_ group: AppDeclarations.Group, _ type: String, _ source: inout CodeText) {
        let names = KotlinNames.properties.names(for: group.attributes.map(\.name))
        let valueTypes = KotlinNames.types.names(for: group.attributes.map(\.name))
        let attributes = Array(zip(group.attributes, zip(names, valueTypes)))
        writeParameterComments(attributes.map { ($0, $1.0) }, &source)
        let parameters = attributes.map { "val " + parameter($0, $1.0, valueType: $1.1) }
        source.block(dataClass(type, parameters, source)) { source in
            writeComment("As clients take it, by attribute.", &source)
            let members = attributes.map { "\(kotlinLiteral($0.name)) to this.\($1.0)" }
            source.line(source.list("fun toJson(): Map<String, Any> = placardObject(", members, ")"))
            for (attribute, (_, valueType)) in attributes where !attribute.values.isEmpty {
                source.line()
                writeValues(of: attribute, valueType, &source)
            }
        }
    }

    /// A class by its values; Kotlin has no data class without any.
    private func dataClass(_ type: String, _ parameters: [String], _ source: CodeText) -> String {
        parameters.isEmpty ? "class \(type) {" : source.list("data class \(type)(", parameters, ") {")
    }

    // MARK: Events

    private func writeEvents(_ source: inout CodeText) {
        let events = declarations.events
        let names = KotlinNames.functions.names(for: events.map(\.name))
        let types = KotlinNames.types.names(for: events.map(\.name))
        let constants = KotlinNames.constants.names(for: events.map(\.name))
        writeComment("Something that happens in the app, with its properties as clients take them.", &source)
        source.block("class AppEvent private constructor(val name: String, val properties: Map<String, Any>) {") {
            source in
            writeComment("As a request has it: `event` and `properties`.", &source)
            source.line("fun toJson(): Map<String, Any> = mapOf(\"event\" to name, \"properties\" to properties)")
            source.line()
            source.line("override fun equals(other: Any?): Boolean =")
            source.line("    other is AppEvent && other.name == name && other.properties == properties")
            source.line("override fun hashCode(): Int = 31 * name.hashCode() + properties.hashCode()")
            source.line(
                "override fun toString(): String = \"AppEvent(name=\" + name + \", properties=\" + properties + \")\"")
            source.line()
            source.block("companion object {") { source in
                for (event, (name, (type, constant))) in zip(events, zip(names, zip(types, constants))) {
                    writeEvent(event, name, type, constant, &source)
                }
            }
            for (event, type) in zip(events, types) where event.properties.contains(where: { !$0.values.isEmpty }) {
                source.line()
                source.block("object \(type) {") { source in
                    let valueTypes = KotlinNames.types.names(for: event.properties.map(\.name))
                    for (property, valueType) in zip(event.properties, valueTypes) where !property.values.isEmpty {
                        writeValues(of: property, valueType, &source)
                    }
                }
            }
        }
        source.line()
        writeComment("Names of what happens in the app.", &source)
        source.block("object AppEventName {") { source in
            for (event, constant) in zip(events, constants) {
                source.line("const val \(constant) = \(kotlinLiteral(event.name))")
            }
        }
        source.line()
    }

    private func writeEvent(
        _ event: AppDeclarations.Event, _ name: String, _ type: String, _ constant: String, _ source: inout CodeText
    ) {
        let names = KotlinNames.properties.names(for: event.properties.map(\.name))
        let valueTypes = KotlinNames.types.names(for: event.properties.map(\.name))
        let properties = Array(zip(event.properties, zip(names, valueTypes)))
        writeParameterComments(properties.map { ($0, $1.0) }, &source)
        let parameters = properties.map { parameter($0, $1.0, valueType: "\(type).\($1.1)") }
        let members = properties.map { "\(kotlinLiteral($0.name)) to \($1.0)" }
        source.line(source.list("fun \(name)(", parameters, "): AppEvent ="))
        source.line(source.list("    AppEvent(AppEventName.\(constant), placardObject(", members, "))"))
    }

    // MARK: Messages

    private func writeMessages(_ source: inout CodeText) {
        let messages = declarations.messages
        writeComment("Ids of messages.", &source)
        source.block("object MessageId {") { source in
            for (message, name) in zip(messages, KotlinNames.constants.names(for: messages.map(\.id))) {
                writeComment(message.comment, &source)
                source.line("const val \(name) = \(kotlinLiteral(message.id))")
            }
        }
        source.line()
        writeComment("Ids of the buttons of each message.", &source)
        source.block("object MessageAction {") { source in
            let types = KotlinNames.types.names(for: messages.map(\.id))
            for (message, type) in zip(messages, types) where !message.actions.isEmpty {
                source.block("object \(type) {") { source in
                    for (id, name) in zip(message.actions, KotlinNames.constants.names(for: message.actions)) {
                        source.line("const val \(name) = \(kotlinLiteral(id))")
                    }
                }
            }
        }
        source.line()
    }

    // MARK: Values

    private func writeValues(of attribute: AppDeclarations.Attribute, _ type: String, _ source: inout CodeText) {
        writeConstants(type, "A declared value of \(attribute.name).", attribute.values, comments: [], &source)
    }

    /// A type of strings with a constant for each that is declared. Others can be made, as what comes from a server may be
    /// newer than the app. The constants are made when they are asked for: a class may begin with no more than 64 kB of code.
    private func writeConstants(
        _ type: String, _ summary: String, _ values: [String], comments: [String], _ source: inout CodeText
    ) {
        writeComment(summary, &source)
        source.block("data class \(type)(override val value: String) : PlacardValue {") { source in
            source.line("override fun toString(): String = value")
            source.line()
            source.block("companion object {") { source in
                for (index, name) in KotlinNames.constants.names(for: values).enumerated() {
                    if index < comments.count { writeComment(comments[index], &source) }
                    source.line("val \(name): \(type) get() = \(type)(\(kotlinLiteral(values[index])))")
                }
            }
        }
    }

    /// - Parameter valueType: the name of the type of its declared values.
    private func parameter(_ attribute: AppDeclarations.Attribute, _ name: String, valueType: String) -> String {
        let type = kotlinType(attribute.type, string: attribute.values.isEmpty ? "String" : valueType)
        return "\(name): \(type)" + (attribute.isOmittable ? "? = null" : "")
    }

    private func kotlinType(_ type: AttributeType, string: String) -> String {
        switch type {
        case .string: string
        case .version, .url: "String"
        case .bool: "Boolean"
        case .int, .uint: "Long"
        case .double: "Double"
        case .timestamp: "Instant"
        case .duration: "Duration"
        case .list(let element): "List<\(kotlinType(element, string: string))>"
        case .map(let key, let element):
            "Map<\(kotlinType(key, string: "String")), \(kotlinType(element, string: string))>"
        }
    }

    private func writeComment(_ comment: String?, _ source: inout CodeText) {
        guard let comment else { return }
        let text = commentText(comment)
        if !text.isEmpty { source.line("/** \(text) */") }
    }

    private func writeParameterComments(
        _ attributes: [(AppDeclarations.Attribute, String)], _ source: inout CodeText
    ) {
        let lines = attributes.compactMap { attribute, name in
            attribute.comment.map { " * @param \(name) \(commentText($0))" }
        }
        guard !lines.isEmpty else { return }
        source.line("/**")
        for line in lines { source.line(line) }
        source.line(" */")
    }
}

/// A string literal of Kotlin.
func kotlinLiteral(_ text: String) -> String { quoted(text, escape: utf16Escape) }
