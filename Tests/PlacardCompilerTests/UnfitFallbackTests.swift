import PlacardCompiler
import SourceDiagnostics
import Testing

@Test(arguments: [
    ("'{$app.platform}'", true), ("'a {|b|}'", true), ("'{user}'", true), ("' '", true), ("\"\\t\"", true),
    ("there", false), ("':-{'", false), ("'}{'", false),
])
func aFallbackIsWords(_ fallback: String, isReported: Bool) {
    let place = "content/a.md:5:41"
    check(
        [
            "content/a.md": message(
                "variables: {user.first_name: {fallback: \(fallback)}}", body: "Hi {$user.first_name}.\n")
        ],
        isReported ? ["message/unfit-fallback \(place)"] : [])
}

@Test func aKeyThatIsThereIsNotSuggested() {
    let found = compile(
        project([
            "content/a.md": message("push: {body: \"Hi {$user.first_name}\", fallback: {body: Soon, bdy: x}}")
        ]))
    #expect(diagnostics(found) == ["schema/unknown-key content/a.md:5:62"])
    #expect(found.diagnostics.first?.fixIts.isEmpty == true)
}
