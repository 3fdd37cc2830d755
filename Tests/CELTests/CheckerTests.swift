import CEL
import SourceDiagnostics
import Testing

/// What the checker says to an author, where, and that its fixes correct it.
@Suite struct CheckerTests {
    @Test func unknownNamesAreReportedWithTheOneThatWasMeant() {
        check("usr.country == 'US'", gives: "cel/undeclared-reference", at: "usr")
        check("country == 'US'", gives: "cel/undeclared-reference", at: "country")
        check("user.country == US", gives: "cel/undeclared-reference", at: "US")
        check("user.contry == 'US'", gives: "cel/unknown-field", at: "contry")
        check("has(user.frist_name)", gives: "cel/unknown-field", at: "frist_name")
        check("user.country.size > 1", gives: "cel/no-fields", at: "size")
        check("user.country.startswith('U')", gives: "cel/undeclared-function", at: "startswith")
        check("user.country.length() > 1", gives: "cel/undeclared-function", at: "length")
        check("math.absolute(1) > 0", gives: "cel/undeclared-function", at: "absolute")
    }

    @Test func comparisonsNeedValuesOfOneType() {
        check("user.country == 3", gives: "cel/no-matching-overload", at: "==")
        check("app.version >= \"3.2.0\"", gives: "cel/no-matching-overload", at: ">=")
        check("app.version >= \"3.2\"", gives: "cel/no-matching-overload", at: ">=")
        check("app.version >= 3.2", gives: "cel/no-matching-overload", at: ">=")
        check("user.orders_count > '5'", gives: "cel/no-matching-overload", at: ">")
        check("user.country in 'US'", gives: "cel/no-matching-overload", at: "in")
        check("user.segments == 'gold'", gives: "cel/no-matching-overload", at: "==")
        check("user.country == 'US' || 'CA'", gives: "cel/not-a-condition", at: "'CA'")
        check("!user.country", gives: "cel/no-matching-overload", at: "!")
        check("user.orders_count.exists(x, x > 1)", gives: "cel/not-iterable", at: "user.orders_count")
        check("user.country", gives: "cel/wrong-result-type", at: "user.country")
        let found = diagnostics("user.country == 3")
        #expect(found.first?.message == "`==` cannot compare a string with an int")
    }

    @Test func comparisonsWithUndeclaredValuesAreReported() {
        check("user.country == 'UK'", gives: "cel/not-a-declared-value", at: "'UK'")
        check("'fr' != user.country", gives: "cel/not-a-declared-value", at: "'fr'")
        check("user.country in ['US', 'DE']", gives: "cel/not-a-declared-value", at: "'DE'")
        check("'golden' in user.segments", gives: "cel/not-a-declared-value", at: "'golden'")
        check("user.segments.exists(s, s == 'bronze')", gives: "cel/not-a-declared-value", at: "'bronze'")
        #expect(diagnostics("(user.is_member ? user.country : 'US') == 'CA'").isEmpty)
        #expect(diagnostics("user.country == 'US' && 'gold' in user.segments && user.segments[0] == 'silver'").isEmpty)
    }

    @Test func optionalAttributesAreTestedBeforeTheyAreRead() {
        check("user.first_name == 'Zoë'", gives: "cel/optional-read-untested", at: "user.first_name")
        check("user.is_member || user.first_name == 'Zoë'", gives: "cel/optional-read-untested", at: "user.first_name")
        check("!(user.first_name == 'Zoë')", gives: "cel/optional-read-untested", at: "user.first_name")
        check(
            "has(user.birthday) && user.first_name == 'Zoë'", gives: "cel/optional-read-untested", at: "user.first_name"
        )
        check(
            "has(user.first_name) || user.first_name == 'Zoë'", gives: "cel/optional-read-untested",
            at: "user.first_name")
        check("has(user.address.city)", gives: "cel/optional-read-untested", at: "user.address")
        check(
            "user.is_member ? user.first_name == 'Z' : true", gives: "cel/optional-read-untested",
            at: "user.first_name")
        for source in [
            "has(user.first_name) && user.first_name == 'Zoë'", "user.first_name == 'Zoë' && has(user.first_name)",
            "!has(user.first_name) || user.first_name == 'Zoë'",
            "has(user.first_name) ? user.first_name == 'Z' : false",
            "!has(user.first_name) ? true : user.first_name == 'Z'", "user.?first_name.orValue('') == 'Zoë'",
            "user.?first_name == optional.of('Zoë')", "user.?first_name.hasValue() && user.first_name == 'Zoë'",
            "has(user.address) && has(user.address.city) && user.address.city == 'Lyon'",
            "user.?address.city.orValue('') == 'Lyon'", "user.?address.?city.orValue('') == 'Lyon'",
            "(has(user.first_name) && user.is_member) && user.first_name == 'Z'",
            "!(!has(user.first_name) || !user.is_member) && user.first_name == 'Z'",
            "has(user.first_name) && [1].exists(x, user.first_name == 'Z')",
            "has(user.birthday) && user.birthday.getFullYear() > 2000",
        ] {
            #expect(diagnostics(source).isEmpty, "\(source): \(diagnostics(source).map { $0.id })")
        }
    }

    @Test func constantsThatCannotBeConvertedAreReported() {
        check("app.version >= semver('3.2')", gives: "cel/invalid-constant", at: "'3.2'")
        check(
            "has(user.birthday) && user.birthday > timestamp('tomorrow')", gives: "cel/invalid-constant",
            at: "'tomorrow'")
        check("duration('7d') > duration('1h')", gives: "cel/invalid-constant", at: "'7d'")
        check("user.country.matches('U(S')", gives: "cel/invalid-regex", at: "'U(S'")
    }

    @Test func otherDefectsHaveDiagnosticsOfTheirOwn() {
        check("[?user.country] == []", gives: "cel/not-optional", at: "user.country")
        check("[[1]].sortBy(x, x) == []", gives: "cel/not-ordered", at: "x")
    }

    @Test func walkingATypedTree() {
        let (expression, _) = project.parse("user.country in ['US', 'CA'] && app.version >= semver('3.2.0')")
        let (checked, diagnostics) = project.check(expression, expecting: .bool)
        #expect(diagnostics.isEmpty)
        let operands = expression.children(of: expression.root)
        #expect(operands.count == 2)
        let atom = expression.children(of: operands[0])
        #expect(checked.fieldPath(of: atom[0])?.text == "user.country")
        #expect(checked.field(of: atom[0])?.values == ["US", "CA", "FR", "GB"])
        #expect(checked.constant(of: atom[1]).map(show) == "[\"US\", \"CA\"]")
        let version = expression.children(of: operands[1])
        #expect(checked.type(of: version[0]) == .version)
        #expect(checked.constant(of: version[1]).map(show) == "3.2.0")
    }
}
