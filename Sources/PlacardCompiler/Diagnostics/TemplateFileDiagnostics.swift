import SourceDiagnostics

// The diagnostics of `template/`, and of other areas about template.yaml.

extension Diagnostic {
    static func emptyRange(at label: Label) -> Diagnostic {
        Diagnostic("template/empty-range", "`min` is more than `max`", at: label)
    }

    static func missingFields(at label: Label) -> Diagnostic {
        Diagnostic(
            "schema/missing-key", "the file has no `fields`", at: label,
            notes: ["they are what an author fills in; only a template of surface `push` can do without"])
    }

    static func timeoutWithoutDismiss(at label: Label) -> Diagnostic {
        Diagnostic(
            "template/timeout-without-dismiss", "a timeout needs `timeout` in `dismiss`", at: label,
            notes: ["add `timeout` to `dismiss`, or remove the timeout"])
    }

    static func dismissWithoutTimeout(at label: Label) -> Diagnostic {
        Diagnostic(
            "template/dismiss-without-timeout", "`dismiss` names `timeout`, but the template has none", at: label,
            notes: ["add a line such as `timeout: 6s`"])
    }

    static func reservedField(_ name: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "template/reserved-field", "a field cannot be called `\(name)`", at: label,
            notes: ["every message has a key of that name; choose another"])
    }

    static func bodyNotMarkdown(at label: Label) -> Diagnostic {
        Diagnostic(
            "template/body-not-markdown", "the field `body` must be of type `markdown`", at: label,
            notes: ["the body is the Markdown below the front matter"])
    }

    static func defaultMismatch(_ field: String, _ problem: AttributeValueProblem, in file: String) -> Diagnostic {
        Diagnostic(
            "template/default-mismatch", "the default of `\(field)` \(problem.message)",
            at: Label(file: file, problem.span), notes: problem.notes)
    }
}
