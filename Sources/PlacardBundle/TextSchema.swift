import CanonicalJSON

/// The definitions that a schema with texts needs: `text` and MessageFormat 2's data model.
///
/// After `spec/data-model/message.json` of LDML 48, with descriptions.
func textDefinitions() -> [(String, JSONValue)] {
    [
        (
            "text",
            oneOf(
                "Text", "A string without placeholders, or a MessageFormat 2 message in its JSON data model.",
                [
                    ["type": "string", "title": "Plain text", "description": "The text as it is."],
                    reference("message", "Message", "One pattern with places for values."),
                    reference("select", "Select", "Several patterns, one of which a value chooses."),
                ])
        ),
        ("message", messageDefinition()), ("select", selectDefinition()), ("declaration", declarationDefinition()),
        ("pattern", patternDefinition()), ("expression", expressionDefinition()), ("markup", markupDefinition()),
        ("literal", literalDefinition()), ("variable", variableDefinition()), ("options", optionsDefinition()),
        ("attributes", attributesDefinition()),
    ]
}

/// A text in the place of a field or label.
func text(_ title: String, _ description: String) -> JSONValue { reference("text", title, description) }

private func type(_ name: String) -> Property {
    .required("type", constant("Type", "The kind of this object.", .string(name)))
}

private let name = string("Name", "The name of the variable, function or markup.", examples: ["user.first_name"])

private func messageDefinition() -> JSONValue {
    object(
        "Message", "One pattern with places for values.",
        [
            type("message"), .required("declarations", declarations),
            .required("pattern", reference("pattern", "Pattern", "What is formatted.")),
        ])
}

private let declarations = array(
    "Declarations", "What .input and .local declare.", of: reference("declaration", "Declaration", "One declaration."))

private func selectDefinition() -> JSONValue {
    object(
        "Select", "Several patterns, one of which a value chooses.",
        [
            type("select"), .required("declarations", declarations),
            .required(
                "selectors",
                array("Selectors", "The variables that choose.", of: reference("variable", "Selector", "A variable."))),
            .required(
                "variants",
                array(
                    "Variants", "The patterns with their keys.",
                    of: object(
                        "Variant", "One pattern with its keys.",
                        [
                            .required("keys", array("Keys", "One key for each selector.", of: key)),
                            .required("value", reference("pattern", "Pattern", "What is formatted.")),
                        ]))),
        ])
}

private let key = oneOf(
    "Key", "A value, or the catch-all.",
    [
        reference("literal", "Literal key", "A value or plural category."),
        object(
            "Catch-all", "Matches anything.",
            [type("*"), .optional("value", string("Name", "What to call the catch-all."))]),
    ])

private func declarationDefinition() -> JSONValue {
    func kind(_ kind: String, _ description: String) -> JSONValue {
        object(
            kind, description,
            [
                type(kind), .required("name", name),
                .required("value", reference("expression", "Value", "What the name stands for.")),
            ])
    }
    return oneOf(
        "Declaration", "A name that the message declares.",
        [kind("input", "A value that comes in, with its function."), kind("local", "A value made from others.")])
}

private func patternDefinition() -> JSONValue {
    array(
        "Pattern", "Literal text, expressions and markup in the order in which they are written.",
        of: oneOf(
            "Part", "One part of a pattern.",
            [
                [
                    "type": "string", "title": "Literal text",
                    "description": "Text in the format of the message's place.",
                ],
                reference("expression", "Expression", "A place for a value."),
                reference("markup", "Markup", "A named span or object."),
            ]))
}

private func expressionDefinition() -> JSONValue {
    object(
        "Expression", "A place for a value.",
        [
            type("expression"),
            .optional(
                "arg",
                oneOf(
                    "Argument", "The value that is formatted.",
                    [
                        reference("literal", "Literal", "A value in the text."),
                        reference("variable", "Variable", "A value that comes in."),
                    ])),
            .optional(
                "function",
                object(
                    "Function", "How the value is formatted.",
                    [
                        type("function"), .required("name", name),
                        .optional("options", reference("options", "Options", "The function's options.")),
                    ])),
            .optional(
                "attributes",
                reference("attributes", "Attributes", "Notes on the place, such as that a value is percent-encoded.")),
        ])
}

private func markupDefinition() -> JSONValue {
    object(
        "Markup", "A named span or object.",
        [
            type("markup"),
            .required("kind", choice("Kind", "Which end of the span, or an object.", ["open", "standalone", "close"])),
            .required("name", name), .optional("options", reference("options", "Options", "The markup's options.")),
            .optional("attributes", reference("attributes", "Attributes", "Notes on the markup.")),
        ])
}

private func literalDefinition() -> JSONValue {
    object(
        "Literal", "A value in the text.",
        [
            type("literal"),
            .required("value", ["type": "string", "title": "Value", "description": "The literal's value."]),
        ])
}

private func variableDefinition() -> JSONValue {
    object("Variable", "A value that comes in or is declared.", [type("variable"), .required("name", name)])
}

private func optionsDefinition() -> JSONValue {
    map(
        "Options", "Options by name.",
        of: oneOf(
            "Option", "An option's value.",
            [
                reference("literal", "Literal", "A value in the text."),
                reference("variable", "Variable", "A value that comes in."),
            ]))
}

private func attributesDefinition() -> JSONValue {
    map(
        "Attributes", "Attributes by name.",
        of: oneOf(
            "Attribute", "An attribute's value.",
            [
                reference("literal", "Literal", "A value."),
                constant("Flag", "The attribute has no value.", true),
            ]))
}
