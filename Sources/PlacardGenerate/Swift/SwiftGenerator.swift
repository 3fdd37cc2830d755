import PlacardBundle

/// Code for apps that use PlacardClient.
struct SwiftGenerator {
    private let declarations: AppDeclarations
    /// `public ` or nothing.
    private let access: String

    init(_ declarations: AppDeclarations, access: AccessLevel) {
        self.declarations = declarations
        self.access = access == .public ? "public " : ""
    }

    func text() -> String {
        var source = CodeText()
        source.line("// \(generatedMark)swift from placard.yaml and content/; do not edit.")
        source.line("// swift-format-ignore-file")
        source.line("// swiftlint:disable all")
        source.line()
        source.line("\(access)import CanonicalJSON")
        source.line("\(namesFoundation ? access : "")import Foundation")
        source.line("import PlacardBundle")
        source.line("\(access)import PlacardClient")
        source.line("\(access)import PlacardEngine")
        source.line()
        writeContext(&source)
        writeEvents(&source)
        writeMessages(&source)
        writeConstants(
            "MessageRequest", "What a button asks of the system.", declarations.requests.map(\.name),
            comments: declarations.requests.map { "Asks the system \($0.summary)." }, &source)
        source.line()
        source.lines(SwiftRuntime.client(access: access))
        source.lines(SwiftRuntime.values)
        return source.text
    }

    /// Whether a type of Foundation's is in what the app sees.
    private var namesFoundation: Bool {
        let attributes = declarations.context.flatMap(\.attributes) + declarations.events.flatMap(\.properties)
        return attributes.contains { $0.type.scalar == .timestamp || $0.type.scalar == .url }
    }

    // MARK: Context

    private func writeContext(_ source: inout CodeText) {
        let groups = declarations.context
        let names = SwiftNames.properties.names(for: groups.map(\.name))
        let types = SwiftNames.types.names(for: groups.map(\.name))
        source.line("/// What the app knows when it asks for a message.")
        source.block("\(access)struct AppContext: Sendable, Equatable {") { source in
            for (name, type) in zip(names, types) { source.line("\(access)var \(name): \(type)") }
            source.line()
            let parameters = zip(zip(names, types), groups).map { name, group in
                "\(name.0): \(name.1)" + (group.isOmittable ? " = \(name.1)()" : "")
            }
            writeInitializer(parameters, names, &source)
            source.line()
            source.line("/// As clients take it, by group.")
            source.block("\(access)var json: JSONValue {") { source in
                source.line("\(groups.isEmpty ? "let" : "var") object = PlacardObject()")
                for (group, name) in zip(groups, names) {
                    source.line("object.add(\(swiftLiteral(group.name)), self.\(name).json)")
                }
                source.line("return object.json")
            }
            for (group, type) in zip(groups, types) {
                source.line()
                writeGroup(group, type, &source)
            }
        }
        source.line()
        for (group, type) in zip(groups, types) {
            writeConformances(of: group.attributes, in: "AppContext.\(type)", &source)
        }
    }

    private func writeGroup(_ group: AppDeclarations.Group, _ type: String, _ source: inout CodeText) {
        let names = SwiftNames.properties.names(for: group.attributes.map(\.name))
        let valueTypes = SwiftNames.types.names(for: group.attributes.map(\.name))
        let attributes = Array(zip(group.attributes, zip(names, valueTypes)))
        source.block("\(access)struct \(type): Sendable, Equatable {") { source in
            for (attribute, (name, valueType)) in attributes {
                writeComment(attribute.comment, &source)
                source.line("\(access)var \(name): \(typeName(attribute, valueType))")
            }
            source.line()
            let parameters = attributes.map { attribute, name in
                "\(name.0): \(typeName(attribute, name.1))" + (attribute.isOmittable ? " = nil" : "")
            }
            writeInitializer(parameters, names, &source)
            source.line()
            source.line("/// As clients take it, by attribute.")
            source.block("\(access)var json: JSONValue {") { source in
                source.line("\(attributes.isEmpty ? "let" : "var") object = PlacardObject()")
                for (attribute, (name, _)) in attributes {
                    source.line("object.add(\(swiftLiteral(attribute.name)), self.\(name))")
                }
                source.line("return object.json")
            }
            for (attribute, (_, valueType)) in attributes where !attribute.values.isEmpty {
                source.line()
                writeValues(of: attribute, valueType, &source)
            }
        }
    }

    private func writeInitializer(_ parameters: [String], _ names: [String], _ source: inout CodeText) {
        source.block(source.list("\(access)init(", parameters, ") {")) { source in
            for name in names { source.line("self.\(name) = \(name)") }
        }
    }

    // MARK: Events

    private func writeEvents(_ source: inout CodeText) {
        let events = declarations.events
        let names = SwiftNames.constants.names(for: events.map(\.name))
        let types = SwiftNames.types.names(for: events.map(\.name))
        source.line("/// Something that happens in the app, with its properties.")
        source.block("\(access)struct AppEvent: Sendable, Equatable {") { source in
            source.line("\(access)let name: AppEventName")
            source.line("/// As clients take them, by name.")
            source.line("\(access)let properties: JSONValue")
            source.line()
            source.block("private init(name: AppEventName, properties: JSONValue) {") { source in
                source.line("self.name = name")
                source.line("self.properties = properties")
            }
            for (event, (name, type)) in zip(events, zip(names, types)) {
                source.line()
                writeEvent(event, name, type, &source)
            }
            for (event, type) in zip(events, types) where hasValues(event.properties) {
                source.line()
                source.block("\(access)enum \(type) {") { source in
                    let valueTypes = SwiftNames.types.names(for: event.properties.map(\.name))
                    for (property, valueType) in zip(event.properties, valueTypes) where !property.values.isEmpty {
                        writeValues(of: property, valueType, &source)
                    }
                }
            }
        }
        source.line()
        for (event, type) in zip(events, types) {
            writeConformances(of: event.properties, in: "AppEvent.\(type)", &source)
        }
        writeConstants(
            "AppEventName", "The name of something that happens in the app.", events.map(\.name), comments: [], &source)
        source.line()
    }

    private func writeEvent(
        _ event: AppDeclarations.Event, _ name: String, _ type: String, _ source: inout CodeText
    ) {
        let call = "AppEvent(name: .\(name), properties:"
        guard !event.properties.isEmpty else {
            source.line("\(access)static var \(name): AppEvent { \(call) [:]) }")
            return
        }
        let names = SwiftNames.parameters.names(for: event.properties.map(\.name))
        let valueTypes = SwiftNames.types.names(for: event.properties.map(\.name))
        let properties = Array(zip(event.properties, zip(names, valueTypes)))
        for (property, (name, _)) in properties where property.comment != nil {
            writeComment("- Parameter \(name): \(property.comment ?? "")", &source)
        }
        let parameters = properties.map { property, name in
            "\(name.0): \(typeName(property, "\(type).\(name.1)"))" + (property.isOmittable ? " = nil" : "")
        }
        source.block(source.list("\(access)static func \(name)(", parameters, ") -> AppEvent {")) { source in
            source.line("var \(SwiftNames.local) = PlacardObject()")
            for (property, (name, _)) in properties {
                source.line("\(SwiftNames.local).add(\(swiftLiteral(property.name)), \(name))")
            }
            source.line("return \(call) \(SwiftNames.local).json)")
        }
    }

    // MARK: Messages

    private func writeMessages(_ source: inout CodeText) {
        let messages = declarations.messages
        writeConstants(
            "MessageID", "The id of a message.", messages.map(\.id), comments: messages.map(\.comment), &source)
        source.line()
        let types = SwiftNames.types.names(for: messages.map(\.id))
        let constants = SwiftNames.constants.names(for: messages.map(\.id))
        source.line("/// A button of a message.")
        source.block("\(access)struct MessageAction: Hashable, Sendable {") { source in
            source.line("\(access)let message: MessageID")
            source.line("\(access)let id: String")
            source.line()
            source.line("/// One that came with a message, of this version of the app or a later one.")
            source.block("\(access)init(message: MessageID, id: String) {") { source in
                source.line("self.message = message")
                source.line("self.id = id")
            }
            for (message, (type, constant)) in zip(messages, zip(types, constants)) where !message.actions.isEmpty {
                source.line()
                source.block("\(access)enum \(type) {") { source in
                    for (id, name) in zip(message.actions, SwiftNames.constants.names(for: message.actions)) {
                        let action = "MessageAction(message: .\(constant), id: \(swiftLiteral(id)))"
                        source.line("\(access)static var \(name): MessageAction { \(action) }")
                    }
                }
            }
        }
        source.line()
    }

    // MARK: Values

    private func hasValues(_ attributes: [AppDeclarations.Attribute]) -> Bool {
        attributes.contains { !$0.values.isEmpty }
    }

    private func writeValues(of attribute: AppDeclarations.Attribute, _ type: String, _ source: inout CodeText) {
        writeConstants(type, "A declared value of \(attribute.name).", attribute.values, comments: [], &source)
    }

    /// A type of strings with a constant for each that is declared. Others can be made, by `rawValue:`, as what comes from a
    /// server may be newer than the app.
    private func writeConstants(
        _ type: String, _ summary: String, _ values: [String], comments: [String?], _ source: inout CodeText
    ) {
        writeComment(summary, &source)
        source.block("\(access)struct \(type): RawRepresentable, Hashable, Sendable {") { source in
            source.line("\(access)let rawValue: String")
            source.line("\(access)init(rawValue: String) { self.rawValue = rawValue }")
            for (index, name) in SwiftNames.constants.names(for: values).enumerated() {
                if index < comments.count { writeComment(comments[index], &source) }
                source.line("\(access)static var \(name): Self { Self(rawValue: \(swiftLiteral(values[index]))) }")
            }
        }
    }

    private func writeConformances(
        of attributes: [AppDeclarations.Attribute], in type: String, _ source: inout CodeText
    ) {
        let valueTypes = SwiftNames.types.names(for: attributes.map(\.name))
        for (attribute, valueType) in zip(attributes, valueTypes) where !attribute.values.isEmpty {
            source.line("extension \(type).\(valueType): PlacardValue {}")
        }
    }

    /// - Parameter valueType: the name of the type of its declared values.
    private func typeName(_ attribute: AppDeclarations.Attribute, _ valueType: String) -> String {
        let type = swiftType(attribute.type, string: attribute.values.isEmpty ? "String" : valueType)
        return attribute.isOmittable ? type + "?" : type
    }

    private func swiftType(_ type: AttributeType, string: String) -> String {
        switch type {
        case .string: string
        case .version: "String"
        case .bool: "Bool"
        case .int: "Int"
        case .uint: "UInt"
        case .double: "Double"
        case .timestamp: "Date"
        case .duration: "Duration"
        case .url: "URL"
        case .list(let element): "[\(swiftType(element, string: string))]"
        case .map(let key, let element): "[\(swiftType(key, string: "String")): \(swiftType(element, string: string))]"
        }
    }

    private func writeComment(_ comment: String?, _ source: inout CodeText) {
        guard let comment else { return }
        let text = commentText(comment)
        if !text.isEmpty { source.line("/// \(text)") }
    }
}

/// A string literal of Swift.
func swiftLiteral(_ text: String) -> String {
    quoted(text) { "\\u{\(String($0.value, radix: 16, uppercase: true))}" }
}
