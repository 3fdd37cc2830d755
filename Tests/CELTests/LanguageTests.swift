import CEL
import Testing

/// Expressions and their values, beyond the official suite.
@Suite struct LanguageTests {
    @Test(arguments: [
        ("1 + 2 * 3 - 4", "3"), ("-9223372036854775808", "-9223372036854775808"), ("--5", "5"), ("- 5", "-5"),
        ("-(-9223372036854775808)", "error: the result is out of range"),
        ("9223372036854775808", "error: cel/number-out-of-range"),
        ("0xFFu", "255u"), ("-0x10", "-16"), ("1 / 0", "error: division by zero"), ("7 % -2", "1"),
        ("-0.0 == 0.0", "true"), ("0.0 / 0.0 == 0.0 / 0.0", "false"), ("1.0 / -0.0", "-inf"), ("1 < 1.5", "true"),
        ("1u < 2", "true"), ("1 == 1u", "error: cel/no-matching-overload"), ("dyn(1) == 1u", "true"),
        ("'a' + 'b'", "\"ab\""), ("'\\ud83d\\ude00' == '😀'", "true"), ("size('😀é')", "2"),
        ("'Am\\u00e9lie' == 'Ame\\u0301lie'", "false"), ("b'a' + b'b'", "b[97, 98]"), ("[1] + [2]", "[1, 2]"),
        ("{'a': 1}.a", "1"), ("{'a': 1}['b']", "error: no such key: b"),
        ("{1: 'x'}[1u]", "error: cel/no-matching-overload"),
        ("{1: 'x'}[dyn(1u)]", "\"x\""), ("{1: 'x', 1u: 'y'}", "error: a map has the same key twice"),
        ("dyn({})[1.5]", "error: no such key: 1.5"), ("true ? 1 : 2", "1"), ("false || 1 / 0 == 1 || true", "true"),
        ("1 / 0 == 1 && false", "false"), ("[1, 2, 3].map(x, x > 1, x * x)", "[4, 9]"),
        ("{'a': 1, 'b': 2}.map(k, k)", "[\"a\", \"b\"]"), ("[3, 1, 2].sortBy(x, -x)", "[3, 2, 1]"),
        ("['b', 'a'].sort()", "[\"a\", \"b\"]"), ("[[1], [2, [3]]].flatten()", "[1, 2, [3]]"),
        ("[1, [2, [3]]].flatten(2)", "[1, 2, 3]"), ("[1, 1u, 1.0, 'a'].distinct()", "[1, \"a\"]"),
        ("lists.range(3)", "[0, 1, 2]"), ("[1, 2, 3].slice(1, 2)", "[2]"), ("[1, 2].first()", "optional(1)"),
        ("[].last()", "none"), ("[1, 2].reverse()", "[2, 1]"),
        ("sets.contains([1, 2], [2.0])", "error: cel/no-matching-overload"),
        ("sets.intersects([1], [1, 2])", "true"), ("sets.equivalent([1, 1], [1])", "true"),
        ("cel.bind(x, 1 / 0, true || x == 1)", "true"),
        ("cel.bind(x, [1].map(y, [y].map(z, z)), [2].map(w, x[0]))", "[[1]]"),
        ("[1, 2].transformMap(i, v, v * 2)", "{0: 2, 1: 4}"),
        ("{'a': 'b'}.transformMapEntry(k, v, {v: k})", "{\"b\": \"a\"}"),
        ("{'a': 1, 'b': 1}.transformMapEntry(k, v, {v: k})", "error: a map has the same key twice"),
        ("'abc'.split('')", "[\"a\", \"b\", \"c\"]"), ("'abc'.split('', 2)", "[\"a\", \"bc\"]"),
        ("''.split(',')", "[\"\"]"),
        ("'abc'.replace('', '-')", "\"-a-b-c-\""), ("'aaa'.replace('aa', 'b')", "\"ba\""),
        ("'aaaa'.lastIndexOf('aa')", "2"),
        (
            "'%.2f|%e|%x|%o|%b|%s'.format([2.675, 1234.5, 255, 8, 5, [1, {'a': null}]])",
            "\"2.67|1.234500e+03|ff|10|101|[1, {a: null}]\""
        ),
        ("'%.0f %.0f %.0f'.format([0.5, 1.5, 2.5])", "\"0 2 2\""), ("'%.1f'.format([0.05])", "\"0.1\""),
        ("'%.3f'.format([0.0])", "\"0.000\""),
        ("'%.20f'.format([0.1])", "\"0.10000000000000000555\""),
        ("'%f'.format([1e22])", "\"10000000000000000000000.000000\""),
        ("'%e'.format([0.0])", "\"0.000000e+00\""), ("'%.2e'.format([9.999e-7])", "\"1.00e-06\""),
        ("'%d'.format([-5u.size()])", "error: cel/no-matching-overload"),
        ("'%s %s'.format(['a'])", "error: the format wants more than 1 values"),
        ("'%'.format([])", "error: the format ends within a clause"),
        ("string(1e21)", "\"1e+21\""), ("string(0.1)", "\"0.1\""), ("string(100.0)", "\"100\""),
        ("string(-0.0)", "\"-0\""),
        ("double('1e400')", "inf"), ("double('abc')", "error: `abc` is not a valid double"),
        ("int('0x1F')", "error: `0x1F` is not a valid int"),
        ("int(-9223372036854775808.0)", "error: the result is out of range"),
        ("uint(-0.5)", "error: the result is out of range"),
        ("duration('1h30m') == duration('5400s')", "true"), ("string(duration('-1.5s'))", "\"-1.5s\""),
        ("duration('')", "error: `` is not a valid duration"),
        ("duration('1.5h') > duration('89m')", "true"), ("duration('1')", "error: `1` is not a valid duration"),
        ("string(duration('0'))", "\"0s\""),
        ("timestamp('2023-02-29T00:00:00Z')", "error: `2023-02-29T00:00:00Z` is not a valid timestamp"),
        ("timestamp('2024-02-29T23:59:59.5+01:00')", "2024-02-29T22:59:59.5Z"), ("timestamp(0).getDayOfWeek()", "4"),
        ("timestamp('1900-03-01T00:00:00Z').getDayOfYear()", "59"), ("timestamp(0).getHours('-02:30')", "21"),
        ("timestamp(0).getHours('Mars/Base')", "error: `Mars/Base` is not a valid time zone"),
        ("semver('1.0.0-alpha.1') < semver('1.0.0-alpha.beta')", "true"),
        ("semver('1.0.0+a') == semver('1.0.0+b')", "true"),
        ("semver('1.10.0') > semver('1.9.9')", "true"), ("semver('01.2.3')", "error: `01.2.3` is not a valid version"),
        ("semver('v1.2', true)", "1.2.0"), ("semver('0.9', true)", "0.9.0"), ("semver('3.4.0.981', true)", "3.4.0+981"),
        ("isSemver('1.2')", "false"), ("isSemver('3.4.0 (981)', true)", "true"),
        ("semver('2.0.0').compareTo(semver('1.0.0'))", "1"),
        ("semver('3.4.5').minor()", "4"), ("semver('1.0.0-rc.1').isLessThan(semver('1.0.0'))", "true"),
        ("optional.of(1).or(optional.of(2)).value()", "1"), ("optional.none().orValue(5)", "5"),
        ("{'a': 1}[?'b'].orValue(0)", "0"),
        ("[1, 2][?5].hasValue()", "false"), ("[?optional.none(), 1]", "[1]"),
        ("optional.none().value()", "error: the optional has no value"),
        ("optional.of(3).optMap(x, x * 2)", "optional(6)"), ("[optional.of(1), optional.none()].unwrapOpt()", "[1]"),
        ("base64.encode(b'ab')", "\"YWI=\""), ("base64.decode('Y===')", "error: `Y===` is not a valid base64 text"),
        ("base64.decode('+/8=')", "b[251, 255]"),
        ("ip('::ffff:c0a8:1') == ip('192.168.0.1')", "true"), ("ip('0:0:0:0:0:FFFF:C0A8:0001').family()", "4"),
        ("isIP('::ffff:c0a8:1')", "true"), ("isIP('::ffff:192.168.0.1')", "false"), ("isIP('::192.168.0.1')", "true"),
        ("ip.isCanonical('::ffff:c0a8:1')", "false"), ("string(cidr('::ffff:c0a8:1/24'))", "\"192.168.0.1/24\""),
        ("isCIDR('::ffff:c0a8:1/33')", "false"), ("isCIDR('::ffff:192.168.0.1/24')", "false"),
        ("cidr('192.168.0.0/24').containsIP('::ffff:c0a8:1')", "true"),
        ("ip('2001:0db8:0:0:1:0:0:1')", "2001:db8::1:0:0:1"), ("ip('1::')", "1::"),
        ("cidr('10.1.2.3/8').masked()", "10.0.0.0/8"),
        ("isIP('1.2.3')", "false"), ("ip.isCanonical('::1')", "true"),
        ("cidr('2001:db8::/129')", "error: `2001:db8::/129` is not a valid IP range"),
        ("math.greatest(1, 2.5, 2u)", "2.5"),
        ("math.least([])", "error: an empty list has no greatest or least number"),
        ("math.sqrt(81)", "9.0"), ("math.round(-2.5)", "-3.0"),
        ("math.abs(-9223372036854775808)", "error: the result is out of range"),
        ("'a1b'.matches('[0-9]')", "true"),
        ("'abc'.matches('(')", "error: the regular expression is malformed: missing `)` for this `(`"),
        ("type(type(1)) == type", "true"), ("[int, string].map(t, t == int)", "[true, false]"),
        ("a.b", "error: cel/undeclared-reference"),
        ("has({'a': 1}.a) && !has({'a': 1}.b)", "true"), ("{'a-b': 1}.`a-b`", "1"),
        ("{'in': 1}.in", "error: cel/unexpected-token"),
        ("1 // comment", "1"), ("[1, 2,]", "[1, 2]"), ("\"\\q\"", "error: cel/invalid-escape"),
        ("r'\\d' == '\\\\d'", "true"), ("'''a\nb'''", "\"a\nb\""), ("b'\\xff'", "b[255]"), ("'\\xff' == 'ÿ'", "true"),
        ("b'\\u00ff'", "error: cel/invalid-escape"),
    ]) func anExpressionHasItsValue(_ source: String, _ expected: String) {
        #expect(result(source) == expected, "\(source)")
    }

    @Test(arguments: [
        ("[[], [[]], [[[]]]]", "list(list(list(list(dyn))))"), ("[[[[]]], [[]], []]", "list(list(list(list(dyn))))"),
        ("[1, 'a']", "list(dyn)"), ("{'a': 1, 2: 3u}", "map(dyn, dyn)"), ("[1].map(x, string(x))", "list(string)"),
        ("optional.of(1).optMap(x, 'a')", "optional(string)"), ("{'a': [1]}.?a[?0]", "optional(int)"),
        ("type(1)", "type(int)"),
        ("true ? null : timestamp(0)", "timestamp"), ("dyn(1) + 1", "int"), ("math.greatest(1, 2.0)", "dyn"),
        ("{}.transformMap(k, v, 1)", "map(dyn, int)"), ("[].map(x, x)", "list(dyn)"),
        ("[1, 2][?0].or(optional.none())", "optional(int)"),
    ]) func literalsHaveTheTypesOfTheSpecification(_ source: String, _ expected: String) {
        let environment = Environment()
        let (checked, diagnostics) = environment.check(environment.parse(source).0)
        #expect(diagnostics.isEmpty)
        #expect(checked.resultType == CELType(notation: expected), "\(source): \(checked.resultType)")
    }

    @Test func fieldsOfObjectsAreRead() {
        let user = CELObject(
            type: userType,
            fields: [
                ("country", .string("FR")), ("orders_count", .int(3)),
                ("segments", .list([.string("gold")])),
            ])
        let app = CELObject(
            type: appType,
            fields: [("version", .version(SemanticVersion(3, 4, 0))), ("platform", .string("ios"))])
        let values: [(String, CELValue)] = [("user", .object(user)), ("app", .object(app))]
        #expect(result(#"user.country in ["US", "FR"] && app.version >= semver("3.2.0")"#, project, values) == "true")
        #expect(result("has(user.first_name)", project, values) == "false")
        #expect(result("user.?first_name.orValue('x')", project, values) == "\"x\"")
        #expect(result("user.?address.?city.hasValue()", project, values) == "false")
        #expect(result("'gold' in user.segments", project, values) == "true")
        #expect(result("user.is_member", project, values) == "error: no such key: is_member")
        #expect(result("user.is_member", project) == "error: the variable `user` has no value")
        #expect(result("address{city: 'Lyon'}.?city", project) == "optional(\"Lyon\")")
        // A map may stand for an object.
        let map = CELValue.map(CELMap(strings: [("country", .string("US"))]))
        #expect(result("user.country == 'US'", project, [("user", map)]) == "true")
    }
}
