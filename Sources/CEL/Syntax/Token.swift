import SourceDiagnostics

/// What the lexer finds.
struct Token {
    enum Kind: Equatable {
        case end
        case identifier
        /// `` `content-type` ``, a field name that is no identifier.
        case quotedIdentifier
        /// The value is in ``Token/value``.
        case literal
        /// A word that the grammar uses or reserves; its text is in ``Token/text``.
        case reserved
        case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
        case comma, colon, dot, question
        case plus, minus, star, slash, percent, not
        case equals, notEquals, less, lessOrEqual, greater, greaterOrEqual
        case and, or
        /// Something that is no token, reported already.
        case invalid
    }

    var kind: Kind
    var span: Span
    /// The name of an identifier or reserved word.
    var text = ""
    /// The value of a literal.
    var value = CELValue.null
}
