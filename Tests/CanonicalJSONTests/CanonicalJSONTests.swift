import CanonicalJSON
import Testing

private func canonical(_ text: String) throws -> String {
    try JSONValue(parsing: Array(text.utf8)).canonicalString
}

/// Samples of RFC 8785, appendix B: the double's bits and ECMAScript's text.
@Test(arguments: [
    (0x0000_0000_0000_0000 as UInt64, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
    (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
    (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
    (0xC340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
    (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
    (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"), (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
    (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
    (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
    (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
    (0x41B3_DE43_5555_5555, "333333333.3333333"), (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
    (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
])
func numbersAreWrittenAsECMAScriptDoes(bits: UInt64, text: String) {
    #expect(JSONValue.number(Double(bitPattern: bits)).canonicalString == text)
}

@Test func membersAreSortedByUTF16CodeUnits() throws {
    // RFC 8785, section 3.2.3: the emoji's surrogates come before U+FB33.
    let text = """
        {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
         "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control", "\\u00f6": "Latin Small Letter O With Diaeresis"}
        """
    let keys = try JSONValue(parsing: Array(try canonical(text).utf8)).object?.keys
    #expect(keys == ["\r", "1", "\u{80}", "ö", "€", "😀", "\u{FB33}"])
}

@Test func literalsAndStringsFollowRFC8785() throws {
    let text = #"""
        {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
         "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}
        """#
    let expected =
        #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
        + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
    #expect(try canonical(text) == expected)
}

@Test(arguments: [
    ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\":1,}", 7), ("01", 1), ("1.", 0), ("tru", 0), ("\"\u{1}\"", 1),
    ("\"\\x\"", 1), ("\"\\ud800\"", 1), ("{\"a\":1,\"a\":2}", 7), ("1 2", 2), ("nul", 0), ("\"abc", 0), ("1e999", 0),
    ("[1 2]", 3), ("{a:1}", 1), ("\u{FEFF}1", 0),
])
func malformedTextIsRefusedWithItsPlace(text: String, offset: Int) {
    #expect {
        _ = try JSONValue(parsing: Array(text.utf8))
    } throws: { error in
        (error as? JSONParseError)?.offset == offset
    }
}

@Test func nestingIsBounded() {
    let limit = JSONValue.nestingLimit
    func nested(_ depth: Int) -> [UInt8] {
        [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth)
    }
    #expect(throws: Never.self) { try JSONValue(parsing: nested(limit)) }
    #expect(throws: JSONParseError.self) { try JSONValue(parsing: nested(limit + 2)) }
    #expect(throws: JSONParseError.self) { try JSONValue(parsing: nested(1_000_000)) }
}

@Test func invalidUTF8InAStringIsRefused() {
    #expect(throws: JSONParseError.self) { try JSONValue(parsing: [0x22, 0xC3, 0x28, 0x22]) }
}

@Test func namesThatOnlyNormalizationMakesEqualAreDifferent() throws {
    let value = try JSONValue(parsing: Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8))
    #expect(value["\u{E9}"] == 1)
    #expect(value["e\u{301}"] == 2)
}

@Test func aMemberThatIsWrittenTwiceIsRefused() {
    for count in [1, 15, 16, 17, 40] {
        for twin in [0, count - 1] {
            let members = (0..<count).map { "\"k\($0)\":0" } + ["\"k\(twin)\":1"]
            #expect(throws: JSONParseError.self, "\(count)") {
                try JSONValue(parsing: Array(("{" + members.joined(separator: ",") + "}").utf8))
            }
        }
        let distinct = (0..<count).map { "\"k\($0)\":0" }.joined(separator: ",")
        #expect((try? JSONValue(parsing: Array(("{" + distinct + "}").utf8)))?.object?.members.count == count)
    }
}

@Test(arguments: [
    (
        "{\"a\":1, \"parts\" : { \"x\": [1], \"y\":\"é\" }, \"b\":{\"parts\":[2]}}", ["x:[1]@[1]", "y:\"é\"@\"é\""],
        "{}"
    ),
    ("{\"parts\":[ {\"k\":0} , 7 ],\"a\":1,\"b\":{\"parts\":[2]}}", ["-:{\"k\":0}@{\"k\":0}", "-:7@7"], "[]"),
    ("{\"parts\":\"none\",\"a\":1,\"b\":{\"parts\":[2]}}", [], "\"none\""),
])
func aMemberIsHandedOverPartByPartAndTheRestIsAsItWas(text: String, parts: [String], left: String) throws {
    let bytes = Array(text.utf8)
    var found: [String] = []
    let rest = try bytes.withUnsafeBufferPointer { text in
        try JSONValue(parsing: text, partsOf: "parts") { part in
            let place = String(decoding: bytes[part.place], as: UTF8.self)
            found.append("\(part.name ?? "-"):\(part.value.canonicalString)@\(place)")
        }
    }
    #expect(found == parts)
    #expect(rest.canonicalString == "{\"a\":1,\"b\":{\"parts\":[2]},\"parts\":\(left)}")
}

@Test(arguments: [
    "", "{\"parts\":{\"x\":1,\"x\":2}}", "{\"parts\":[1,]}", "{\"parts\":[1]} 2", "{\"parts\":[1],\"parts\":[1]}",
])
func whatIsNoJSONIsNoneEitherPartByPart(text: String) {
    let bytes = Array(text.utf8)
    let expected = #expect(throws: JSONParseError.self) { try JSONValue(parsing: bytes) }
    let found = #expect(throws: JSONParseError.self) {
        try bytes.withUnsafeBufferPointer { try JSONValue(parsing: $0, partsOf: "parts") { _ in } }
    }
    #expect(found == expected)
}
