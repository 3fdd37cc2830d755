import ByteText
import Testing

@Test func namesAreOrderedByTheirBytes() {
    let names = [
        "", "a", "aaaaaaa", "aaaaaaaa", "aaaaaaaab", "aaaaaaaaé", "aaaaaaab", "content/a-b", "content/a/b", "é", "😀",
    ]
    for (place, name) in names.enumerated() {
        for (other, second) in names.enumerated() { #expect(utf8Less(name, second) == (place < other)) }
    }
}

@Test func textsOfTheSameBytesAreEqualAndOthersAreNotWhateverNormalizationSays() {
    let names = ["", "a", "aaaaaaaa", "aaaaaaab", "aaaaaaaaa", "é", "e\u{301}"]
    for (place, name) in names.enumerated() {
        for (other, second) in names.enumerated() { #expect(sameBytes(name, second) == (place == other)) }
    }
}
