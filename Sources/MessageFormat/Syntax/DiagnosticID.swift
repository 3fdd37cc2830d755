public import SourceDiagnostics

/// The ids of the diagnostics of this module.
enum DiagnosticID {
    static let unclosedPlaceholder = "mf2/unclosed-placeholder"
    static let emptyPlaceholder = "mf2/empty-placeholder"
    static let invalidPlaceholder = "mf2/invalid-placeholder"
    static let missingSpace = "mf2/missing-space"
    static let invalidName = "mf2/invalid-name"
    static let malformedOption = "mf2/malformed-option"
    static let malformedAttribute = "mf2/malformed-attribute"
    static let unclosedLiteral = "mf2/unclosed-literal"
    static let invalidEscape = "mf2/invalid-escape"
    static let nullCharacter = "mf2/null-character"
    static let invalidUTF8 = "mf2/invalid-utf8"
    static let unbalancedBrace = "mf2/unbalanced-brace"
    static let malformedDeclaration = "mf2/malformed-declaration"
    static let unknownKeyword = "mf2/unknown-keyword"
    static let malformedMatch = "mf2/malformed-match"
    static let malformedVariant = "mf2/malformed-variant"
    static let missingPattern = "mf2/missing-pattern"
    static let unclosedPattern = "mf2/unclosed-pattern"
    static let extraContent = "mf2/extra-content"
    static let limitExceeded = "mf2/limit-exceeded"

    static let variantKeyMismatch = "mf2/variant-key-mismatch"
    static let missingFallbackVariant = "mf2/missing-fallback-variant"
    static let missingSelectorAnnotation = "mf2/missing-selector-annotation"
    static let duplicateDeclaration = "mf2/duplicate-declaration"
    static let duplicateOptionName = "mf2/duplicate-option-name"
    static let duplicateVariant = "mf2/duplicate-variant"

    static let duplicateAttribute = "mf2/duplicate-attribute"
    static let unknownFunction = "mf2/unknown-function"
    static let draftFunction = "mf2/draft-function"
    static let badOperand = "mf2/bad-operand"
    static let badOption = "mf2/bad-option"
    static let unknownOption = "mf2/unknown-option"
    static let badSelector = "mf2/bad-selector"
    static let badVariantKey = "mf2/bad-variant-key"
    static let unreachableCategory = "mf2/unreachable-category"
    static let missingCategory = "mf2/missing-category"
}

/// The specification's names of errors, as its test suite spells them.
///
/// Source: LDML 48, part 9, "Errors"; the suite's `tests.schema.json`.
public enum MessageErrorType: Hashable, Sendable {
    /// The text is not well-formed.
    case syntaxError
    /// A variant has more or fewer keys than there are selectors.
    case variantKeyMismatch
    /// No variant has only `*` for keys.
    case missingFallbackVariant
    /// A selector has no function.
    case missingSelectorAnnotation
    /// A variable is declared twice, or after its first use.
    case duplicateDeclaration
    /// An option is set twice.
    case duplicateOptionName
    /// Two variants have the same keys.
    case duplicateVariant
    /// A variable has no value.
    case unresolvedVariable
    /// A function is not in the registry.
    case unknownFunction
    /// A function cannot work with its operand.
    case badOperand
    /// An option has a value that it cannot have.
    case badOption
    /// A selector cannot select.
    case badSelector
    /// A key is nothing that the selector's function knows.
    case badVariantKey
    /// A function cannot do what it was asked to.
    case unsupportedOperation
    /// A value cannot be formatted.
    case notFormattable

    /// The name, such as `unresolved-variable`.
    public var name: String {
        switch self {
        case .syntaxError: "syntax-error"
        case .variantKeyMismatch: "variant-key-mismatch"
        case .missingFallbackVariant: "missing-fallback-variant"
        case .missingSelectorAnnotation: "missing-selector-annotation"
        case .duplicateDeclaration: "duplicate-declaration"
        case .duplicateOptionName: "duplicate-option-name"
        case .duplicateVariant: "duplicate-variant"
        case .unresolvedVariable: "unresolved-variable"
        case .unknownFunction: "unknown-function"
        case .badOperand: "bad-operand"
        case .badOption: "bad-option"
        case .badSelector: "bad-selector"
        case .badVariantKey: "bad-variant-key"
        case .unsupportedOperation: "unsupported-operation"
        case .notFormattable: "not-formattable"
        }
    }

    /// The specification's errors behind the diagnostics of one message, in their order.
    ///
    /// That a message is not well-formed is one error, wherever and however often it shows: each diagnostic about the syntax has
    /// a place of its own, and together they are one ``syntaxError``.
    public static func all(in diagnostics: [Diagnostic]) -> [MessageErrorType] {
        var errors: [MessageErrorType] = []
        for error in diagnostics.compactMap({ MessageErrorType($0) })
        where error != .syntaxError || !errors.contains(.syntaxError) {
            errors.append(error)
        }
        return errors
    }

    /// The specification's error behind a diagnostic of the parser; nil for what the specification does not call one.
    public init?(_ diagnostic: Diagnostic) {
        switch diagnostic.id {
        case DiagnosticID.variantKeyMismatch: self = .variantKeyMismatch
        case DiagnosticID.missingFallbackVariant: self = .missingFallbackVariant
        case DiagnosticID.missingSelectorAnnotation: self = .missingSelectorAnnotation
        case DiagnosticID.duplicateDeclaration: self = .duplicateDeclaration
        case DiagnosticID.duplicateOptionName: self = .duplicateOptionName
        case DiagnosticID.duplicateVariant: self = .duplicateVariant
        case DiagnosticID.unknownFunction: self = .unknownFunction
        case DiagnosticID.badOperand: self = .badOperand
        case DiagnosticID.badOption: self = .badOption
        case DiagnosticID.badSelector: self = .badSelector
        case DiagnosticID.badVariantKey: self = .badVariantKey
        default:
            guard diagnostic.severity == .error, diagnostic.id.utf8.starts(with: "mf2/".utf8),
                diagnostic.id != DiagnosticID.unreachableCategory
            else { return nil }
            self = .syntaxError
        }
    }
}
