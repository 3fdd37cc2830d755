public import SourceDiagnostics

extension Message {
    /// The data model errors of the message, but for duplicate options, which only the parser can see.
    ///
    /// ``parseMessage(_:limits:)-([UInt8],_)`` reports them already; this is for a message that comes from JSON or
    /// was built or changed by hand.
    ///
    /// Source: LDML 48, part 9, "Data Model Errors".
    public func dataModelErrors() -> [Diagnostic] {
        var errors = duplicateDeclarations()
        if case .select(let matcher) = body {
            errors += missingAnnotations(of: matcher)
            errors += matcher.variantErrors()
        }
        return errors
    }

    /// A variable may be declared once, before it is used: a use declares a variable that comes from outside.
    private func duplicateDeclarations() -> [Diagnostic] {
        var errors: [Diagnostic] = []
        var seen: [(name: String, place: Place)] = []
        func use(_ operand: Operand?) {
            guard case .variable(let variable)? = operand, !seen.contains(where: { sameName($0.name, variable.name) })
            else { return }
            seen.append((variable.name, variable.place))
        }
        for declaration in declarations {
            if declaration.kind == .local { use(declaration.value.operand) }
            for option in declaration.value.function?.options ?? [] { use(option.value) }
            if let first = seen.first(where: { sameName($0.name, declaration.name) }) {
                errors.append(.duplicateDeclaration(declaration, first: first.place))
            } else {
                seen.append((declaration.name, declaration.namePlace))
            }
        }
        return errors
    }

    /// The declaration of `name`; nil for a variable that is not declared.
    public func declaration(of name: String) -> Declaration? {
        declarations.first { sameName($0.name, name) }
    }

    /// The function that stands behind a variable: its declaration's, or that of the variable it was made from.
    ///
    /// - Returns: nil for a variable without one.
    public func annotation(of name: String) -> FunctionReference? {
        var name = name
        // Each step goes to an earlier declaration, so there are no more steps than declarations.
        for _ in declarations.indices {
            guard let declaration = declaration(of: name) else { return nil }
            if let function = declaration.value.function { return function }
            guard declaration.kind == .local, case .variable(let variable)? = declaration.value.operand else {
                return nil
            }
            name = variable.name
        }
        return nil
    }

    private func missingAnnotations(of matcher: Matcher) -> [Diagnostic] {
        matcher.selectors.filter { annotation(of: $0.name) == nil }.map { selector in
            .missingSelectorAnnotation(selector, declaration: declaration(of: selector.name), matcher)
        }
    }
}

extension Matcher {
    /// Where the last variant ends, or without one the last selector, before any white space.
    var contentEnd: Int {
        variants.last?.place.span.end ?? selectors.last?.place.span.end ?? place.span.end
    }

    fileprivate func variantErrors() -> [Diagnostic] {
        var errors: [Diagnostic] = []
        for (index, variant) in variants.enumerated() {
            if variant.keys.count != selectors.count {
                errors.append(.variantKeyMismatch(variant, selectors: selectors.count))
            } else if let first = variants[..<index].first(where: { sameKeys($0.keys, variant.keys) }) {
                errors.append(.duplicateVariant(variant, first: first))
            }
        }
        if !variants.contains(where: { $0.isFallback }) { errors.append(.missingFallbackVariant(self)) }
        return errors
    }
}

/// Whether two lists of keys match the same values; `*` and the literal `|*|` are not the same.
func sameKeys(_ a: [VariantKey], _ b: [VariantKey]) -> Bool {
    guard a.count == b.count else { return false }
    return zip(a, b).allSatisfy { first, second in
        switch (first, second) {
        case (.catchAll, .catchAll): true
        case (.literal(let first), .literal(let second)): sameName(first.value, second.value)
        default: false
        }
    }
}
