import PlacardBundle
import Testing

@Suite struct TargetNameTests {
    @Test(
        arguments: [
            ("targets/ab.fr.json", "fr.json"), ("targets/images/ab.ab.png", "images/ab.png"),
            ("targets/a/b/ab.c", "a/b/c"),
            ("targets/ab.", nil), ("targets/ab", nil), ("targets/cd.fr.json", nil), ("ab.fr.json", nil),
            ("other/ab.fr.json", nil),
            ("", nil),
        ] as [(String, String?)])
    func aTargetIsNamedByItsPathWithoutTheHash(_ path: String, _ name: String?) {
        #expect(TargetEntry(path: path, sha256: "ab", bytes: 1).targetName == name)
    }
}
