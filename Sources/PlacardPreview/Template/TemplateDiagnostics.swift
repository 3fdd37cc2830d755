import SourceDiagnostics

// The diagnostics of `mustache/`, about a template's `preview.mustache`.

extension Diagnostic {
    // MARK: Mustache

    static func templateTooLarge() -> Diagnostic {
        Diagnostic(
            "mustache/too-large", "the template has more than \(MustacheTemplate.maximumBytes) bytes",
            at: Label(Span(at: 0)))
    }

    static func badTemplateCharacter(_ message: String, at span: Span) -> Diagnostic {
        Diagnostic("mustache/bad-character", message, at: Label(span))
    }

    static func sectionsTooDeep(at span: Span) -> Diagnostic {
        Diagnostic(
            "mustache/nested-too-deep", "more than \(MustacheTemplate.maximumNesting) sections inside each other",
            at: Label(span))
    }

    static func unexpectedClose(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("mustache/unexpected-close", "`{{/\(name)}}` closes a section that is not open", at: Label(span))
    }

    static func mismatchedClose(_ name: String, expected: String, at span: Span, opened: Span) -> Diagnostic {
        Diagnostic(
            "mustache/mismatched-close", "found `{{/\(name)}}`, expected `{{/\(expected)}}`", at: Label(span),
            secondary: [Label(opened, "opened here")])
    }

    static func unclosedSection(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("mustache/unclosed-section", "the section `\(name)` is never closed", at: Label(span))
    }

    static func unclosedTag(at span: Span) -> Diagnostic {
        Diagnostic("mustache/unclosed-tag", "the tag is never closed", at: Label(span))
    }

    static func badDelimiters(at span: Span) -> Diagnostic {
        Diagnostic("mustache/bad-delimiters", "delimiters must be two words without `=`", at: Label(span))
    }

    static func changedDelimiters(at span: Span) -> Diagnostic {
        Diagnostic("mustache/changed-delimiters", "a preview keeps the delimiters `{{` and `}}`", at: Label(span))
    }

    static func badTagName(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "mustache/bad-name", name.isEmpty ? "the tag has no name" : "`\(name)` is not a name", at: Label(span))
    }

    static func tooManyPartials(at span: Span) -> Diagnostic {
        Diagnostic(
            "mustache/too-many-partials", "more than \(MustacheTemplate.maximumPartials) partials", at: Label(span))
    }

    // MARK: Elements

    static func forbiddenElement(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("mustache/forbidden-element", "the element `\(name)` does not belong in a preview", at: Label(span))
    }

    static func elementNameFromTag(at span: Span) -> Diagnostic {
        Diagnostic("mustache/forbidden-element", "an element's name must be literal", at: Label(span))
    }

    static func elementsTooDeep(at span: Span) -> Diagnostic {
        Diagnostic(
            "mustache/nested-too-deep", "more than \(TemplateParser.maximumDepth) elements inside each other",
            at: Label(span))
    }

    static func wrongNesting(_ problem: String, at span: Span) -> Diagnostic {
        Diagnostic("mustache/wrong-nesting", problem, at: Label(span))
    }

    static func bodyInLine(_ line: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "mustache/wrong-nesting",
            "the body's blocks cannot stand inside `\(line)`, which takes only the inside of a line", at: Label(span))
    }

    static func forbiddenDeclaration(at span: Span) -> Diagnostic {
        Diagnostic("mustache/forbidden-markup", "comments and declarations do not belong in a preview", at: Label(span))
    }

    static func endTagWithMore(at span: Span) -> Diagnostic {
        Diagnostic("mustache/forbidden-markup", "an end tag holds nothing but its name", at: Label(span))
    }

    static func unclosedElement(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("mustache/unclosed-element", "`\(name)` is never closed", at: Label(span))
    }

    static func unclosedStartTag(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("mustache/unclosed-element", "the tag `\(name)` is never closed", at: Label(span))
    }

    static func unclosedValue(of attribute: String, at span: Span) -> Diagnostic {
        Diagnostic("mustache/unclosed-element", "the value of `\(attribute)` is never closed", at: Label(span))
    }

    static func strayEndTag(at span: Span) -> Diagnostic {
        Diagnostic("mustache/mismatched-end-tag", "an end tag without the element that it would close", at: Label(span))
    }

    static func mismatchedEndTag(_ name: String, expected: String, at span: Span, opened: Span) -> Diagnostic {
        Diagnostic(
            "mustache/mismatched-end-tag", "found `</\(name)>`, expected `</\(expected)>`", at: Label(span),
            secondary: [Label(opened, "opened here")])
    }

    // MARK: Sections that split markup

    static func closedInSection(at span: Span) -> Diagnostic {
        Diagnostic(
            "mustache/split-markup", "an element is closed in a section and opened outside of it", at: Label(span))
    }

    static func openedInSection(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("mustache/split-markup", "`\(name)` is opened in a section and not closed there", at: Label(span))
    }

    static func tagEndsOutsideSection(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "mustache/split-markup", "the tag `\(name)` begins in a section and does not end there", at: Label(span))
    }

    static func sectionEndsOutsideTag(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "mustache/split-markup", "the section begins in the tag `\(name)` and does not end there", at: Label(span))
    }

    static func valueEndsOutsideSection(of attribute: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "mustache/split-markup", "the value of `\(attribute)` begins in a section and does not end there",
            at: Label(span))
    }

    static func sectionEndsOutsideValue(at span: Span) -> Diagnostic {
        Diagnostic("mustache/split-markup", "the section begins in a value and does not end there", at: Label(span))
    }

    // MARK: Attributes

    static func attributeNameFromTag(at span: Span) -> Diagnostic {
        Diagnostic("mustache/forbidden-attribute", "an attribute's name must be literal", at: Label(span))
    }

    static func forbiddenAttribute(_ name: String, isPages: Bool, at span: Span) -> Diagnostic {
        Diagnostic(
            "mustache/forbidden-attribute",
            isPages
                ? "only the page sets the attribute `\(name)`" : "the attribute `\(name)` does not belong in a preview",
            at: Label(span))
    }

    static func repeatedAttribute(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("mustache/forbidden-attribute", "the attribute `\(name)` stands twice in a tag", at: Label(span))
    }

    static func unquotedAttribute(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("mustache/unquoted-attribute", "the value of `\(name)` is not quoted", at: Label(span))
    }

    static func unescapedInAttribute(at span: Span) -> Diagnostic {
        Diagnostic("mustache/unescaped-in-attribute", "a value in an attribute must be escaped", at: Label(span))
    }

    static func missingValue(of attribute: String, at span: Span) -> Diagnostic {
        Diagnostic("mustache/bad-value", "the attribute `\(attribute)` has no value", at: Label(span))
    }

    static func valueOfHidden(at span: Span) -> Diagnostic {
        Diagnostic("mustache/bad-value", "`hidden` takes no value", at: Label(span))
    }

    static func badValue(of attribute: String, _ form: AttributeForm, at span: Span) -> Diagnostic {
        Diagnostic(
            "mustache/bad-value", "the value of `\(attribute)` is not what `\(attribute)` takes", at: Label(span),
            notes: ["it takes \(form.words)"])
    }

    static func forbiddenSource(at span: Span) -> Diagnostic {
        Diagnostic(
            "mustache/forbidden-source", "`src` must be the image's own `{{src}}` or `{{image.src}}`", at: Label(span))
    }
}
