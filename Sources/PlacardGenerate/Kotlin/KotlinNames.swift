/// The names of Kotlin's code, by where they stand.
enum KotlinNames {
    /// Properties of classes, and parameters. The getter of `class` would be that of every object.
    static let properties = NameScope(style: .lowerCamel, rules: rules, taken: ["class", "placardObject"])
    /// Functions: what every object has already, and what the code itself calls.
    static let functions = NameScope(
        style: .lowerCamel, rules: rules,
        taken: [
            "clone", "equals", "finalize", "getClass", "hashCode", "mapOf", "notify", "notifyAll", "placardObject",
            "toString",
            "wait",
        ])
    static let constants = NameScope(style: .upperSnake, rules: NameRules())
    /// Types in types: none hides one that the code itself uses.
    static let types = NameScope(
        style: .upperCamel, rules: rules,
        taken: [
            "Any", "AppContext", "AppEvent", "AppEventName", "Boolean", "Companion", "Double", "Duration", "Instant",
            "Int",
            "List", "Long", "Map", "MessageAction", "MessageId", "PlacardValue", "String",
        ])

    static let rules = NameRules(
        keywords: [
            "as", "break", "class", "continue", "do", "else", "false", "for", "fun", "if", "in", "interface", "is",
            "null",
            "object", "package", "return", "super", "this", "throw", "true", "try", "typealias", "typeof", "val", "var",
            "when",
            "while",
        ])
}
