/// The names of Swift's code, by where they stand.
enum SwiftNames {
    /// The variable in the function of an event.
    static let local = "placardObject"

    /// Properties of structures.
    static let properties = NameScope(style: .lowerCamel, rules: rules, taken: never.union(["json"]))
    /// Parameters of functions.
    static let parameters = NameScope(style: .lowerCamel, rules: rules, taken: never.union([local]))
    /// Static members.
    static let constants = NameScope(style: .lowerCamel, rules: rules, taken: never)
    /// Types in types: none hides one that the code itself uses.
    static let types = NameScope(
        style: .upperCamel, rules: rules,
        taken: [
            "Any", "AppContext", "AppEvent", "AppEventName", "Bool", "Date", "Double", "Duration", "Equatable",
            "Hashable",
            "Int", "JSONValue", "MessageAction", "MessageID", "PlacardObject", "PlacardValue", "Protocol",
            "RawRepresentable",
            "RawValue", "Self", "Sendable", "String", "Type", "UInt", "URL",
        ])

    /// What no back quotes make a name of a member.
    private static let never: Set<String> = ["init", "self", "rawValue"]

    private static let rules = NameRules(
        keywords: [
            "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default", "defer",
            "deinit", "do",
            "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import",
            "in",
            "inout", "internal", "is", "let", "nil", "open", "operator", "precedencegroup", "private", "protocol",
            "public",
            "repeat", "rethrows", "return", "static", "struct", "subscript", "super", "switch", "throw", "throws",
            "true", "try",
            "typealias", "var", "where", "while",
        ],
        initialisms: ["id", "url"])
}
