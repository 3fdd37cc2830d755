import PlacardBundle

/// Code for apps in TypeScript, of version 4.5 or later.
///
/// JSON is JavaScript's own, so that contexts and events have the names that authors gave, and nothing is named anew.
struct TypeScriptGenerator {
    private let declarations: AppDeclarations

    init(_ declarations: AppDeclarations) {
        self.declarations = declarations
    }

    func text() -> String {
        var source = CodeText(step: "  ")
        source.line("// \(generatedMark)typescript from placard.yaml and content/; do not edit.")
        source.line("/* eslint-disable */")
        source.line()
        writeComment("What the app knows when it asks for a message.", &source)
        source.block("export interface AppContext {") { source in
            for group in declarations.context {
                let mark = group.isOmittable ? "?" : ""
                source.block("\(memberName(group.name))\(mark): {", end: "};") { source in
                    for attribute in group.attributes { writeAttribute(attribute, &source) }
                }
            }
        }
        source.line()
        writeComment("What happens in the app: the properties of each event.", &source)
        source.block("export interface AppEvents {") { source in
            for event in declarations.events {
                guard !event.properties.isEmpty else {
                    source.line("\(memberName(event.name)): Record<string, never>;")
                    continue
                }
                source.block("\(memberName(event.name)): {", end: "};") { source in
                    for property in event.properties { writeAttribute(property, &source) }
                }
            }
        }
        source.line()
        source.line("export type AppEventName = keyof AppEvents;")
        source.line()
        writeMessages(&source)
        writeComment("What a button asks of the system.", &source)
        source.line("export type MessageRequest = \(union(declarations.requests.map(\.name)));")
        source.line()
        source.lines(TypeScriptRuntime.values)
        return source.text
    }

    private func writeMessages(_ source: inout CodeText) {
        let messages = declarations.messages
        writeComment("Ids of messages.", &source)
        source.block("export const messageIDs = [", end: "] as const;") { source in
            for message in messages {
                writeComment(message.comment, &source)
                source.line("\(typeScriptLiteral(message.id)),")
            }
        }
        source.line()
        source.line("export type MessageID = (typeof messageIDs)[number];")
        source.line()
        writeComment("Ids of the buttons of each message.", &source)
        source.block("export interface MessageActions {") { source in
            for message in messages {
                source.line("\(memberName(message.id)): \(union(message.actions));")
            }
        }
        source.line()
        writeComment("The id of a button, of one message or of any.", &source)
        source.line("export type MessageAction<ID extends MessageID = MessageID> = MessageActions[ID];")
        source.line()
    }

    private func writeAttribute(_ attribute: AppDeclarations.Attribute, _ source: inout CodeText) {
        writeComment(attribute.comment, &source)
        let string = attribute.values.isEmpty ? "string" : union(attribute.values)
        let type = typeScriptType(attribute.type, string: string)
        let (mark, null) = attribute.isOmittable ? ("?", " | null") : ("", "")
        source.line("\(memberName(attribute.name))\(mark): \(type)\(null);")
    }

    private func typeScriptType(_ type: AttributeType, string: String) -> String {
        switch type {
        case .string: string
        case .version, .url: "string"
        case .bool: "boolean"
        case .int, .uint, .double: "number"
        case .timestamp: "Timestamp"
        case .duration: "DurationText"
        case .list(let element): "ReadonlyArray<\(typeScriptType(element, string: string))>"
        case .map(let key, let element):
            "{ readonly [key in \(keyType(key))]?: \(typeScriptType(element, string: string)) }"
        }
    }

    private func keyType(_ type: AttributeType) -> String {
        switch type {
        case .bool: "\"false\" | \"true\""
        case .int, .uint: "number"
        default: "string"
        }
    }

    private func union(_ values: [String]) -> String {
        values.isEmpty ? "never" : values.map(typeScriptLiteral).joined(separator: " | ")
    }

    /// The name of a member; between quotation marks where it is no plain name.
    private func memberName(_ name: String) -> String {
        let isPlain = name.utf8.enumerated().allSatisfy { index, byte in
            switch byte {
            case 0x41...0x5A, 0x61...0x7A, 0x5F: true
            case 0x30...0x39: index > 0
            default: false
            }
        }
        return isPlain && !name.isEmpty ? name : typeScriptLiteral(name)
    }

    private func writeComment(_ comment: String?, _ source: inout CodeText) {
        guard let comment else { return }
        let text = commentText(comment)
        if !text.isEmpty { source.line("/** \(text) */") }
    }
}

/// A string literal of TypeScript.
func typeScriptLiteral(_ text: String) -> String { quoted(text, escape: utf16Escape) }
