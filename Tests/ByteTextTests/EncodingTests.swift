import ByteText
import Testing

/// Notations of bytes as text.
@Suite struct EncodingTests {
    @Test(
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"), ("\u{0}\u{3F}~", "AD9+"),
        ])
    func base64AsInItsStandard(text: String, digits: String) {
        #expect(base64(Array(text.utf8)) == digits)
        #expect(bytes(base64: digits.utf8) == Array(text.utf8))
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm 9", "Zm9v\n", "=", "====", "Zg==Zg==", "Zm-_"])
    func whatIsNotTheOneFormOfBase64IsRefused(digits: String) {
        #expect(bytes(base64: digits.utf8) == nil)
    }

    @Test func digitsWithoutPaddingAreReadWithWhatIsLeftOver() {
        let read = bytes(base64Digits: Array("Zh".utf8))
        #expect(read?.bytes == Array("f".utf8))
        #expect(read?.rest == 1)
        #expect(bytes(base64Digits: Array("Zm9vY".utf8)) == nil)
    }

    @Test func everyByteComesBackFromHexadecimalDigitsOfEitherCase() {
        let all = Array(UInt8.min...UInt8.max)
        #expect(bytes(hexadecimal: hexadecimal(all)) == all)
        #expect(bytes(hexadecimal: "ffFF0a") == [0xFF, 0xFF, 0x0A])
        for text in ["f", "fg", "f ", "0x", "é"] { #expect(bytes(hexadecimal: text) == nil) }
    }

    @Test func percentEncodingKeepsWhatIsAskedFor() {
        #expect(percentEncoded("a-._~Z9 /é%") == "a-._~Z9%20%2F%C3%A9%25")
        #expect(percentEncoded("a/b c") { $0 == 0x2F || $0.isASCIIAlphanumeric } == "a/b%20c")
    }

    @Test func markupIsEscapedForAttributesInQuotesOfEitherKind() {
        #expect(markupEscaped("plain é") == "plain é")
        #expect(markupEscaped("<a href='x'>\"&\"</a>") == "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;")
    }

    @Test func markupAppendedAsCmarkDoesLeavesApostrophes() {
        var bytes: [UInt8] = []
        bytes.append(escapingMarkup: Array("it's a long text < 5 & \"more\" > 3".utf8))
        #expect(String(decoding: bytes, as: UTF8.self) == "it's a long text &lt; 5 &amp; &quot;more&quot; &gt; 3")
    }

    @Test func theKindsOfEveryByteAreThoseOfItsCharacter() {
        for byte in UInt8.min...UInt8.max {
            let character = Character(Unicode.Scalar(byte))
            let isASCII = byte < 0x80
            #expect(byte.isASCIIDigit == (isASCII && character.isNumber))
            #expect(byte.isASCIILetter == (isASCII && character.isLetter))
            #expect(byte.isASCIIAlphanumeric == (isASCII && (character.isLetter || character.isNumber)))
            #expect(byte.hexadecimalValue.map { Int($0) } == (isASCII ? character.hexDigitValue : nil))
            #expect(byte.asciiLowercased == (isASCII ? character.lowercased().utf8.first : byte))
            #expect(byte.asciiUppercased == (isASCII ? character.uppercased().utf8.first : byte))
        }
    }
}
