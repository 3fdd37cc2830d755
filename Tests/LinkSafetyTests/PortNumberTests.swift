import LinkSafety
import Testing

@Suite struct `Numbers of ports` {
    @Test(arguments: ["1", "01", "80", "443", "08080", "65535"])
    func `from 1 to 65535`(_ text: String) {
        #expect(isPortNumber(Array(text.utf8)))
    }

    @Test(arguments: [
        "", "0", "00000", "65536", "99999", "000080", "18446744073709551617", "80x", "-1", "+1", "8 0", "٨٠",
    ])
    func `and nothing else`(_ text: String) {
        #expect(!isPortNumber(Array(text.utf8)))
    }
}
