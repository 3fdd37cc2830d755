import SourceDiagnostics
import Testing

@testable import PlacardCompiler

@Suite struct DeclaredListTests {
    private struct Thing: Declared, Equatable {
        var name: String
        var number: Int
    }

    @Test func theFirstOfANameIsFoundAndTheOrderStays() {
        let list: DeclaredList<Thing> = [
            Thing(name: "b", number: 1), Thing(name: "a", number: 2), Thing(name: "b", number: 3),
        ]
        #expect(list[named: "b"] == Thing(name: "b", number: 1))
        #expect(list[named: "a"]?.number == 2)
        #expect(list[named: "c"] == nil)
        #expect(list.map(\.number) == [1, 2, 3] && Array(list.names) == ["b", "a", "b"])
    }

    /// Locales stand in the order of their tags, so that each is found by halves.
    @Test func thePolicyOfALocaleIsFound() {
        let locales = ["ar", "de", "fr", "pt-BR", "zh-Hant"]
        var project = ProjectDefinition.empty
        project.locales = locales.map { LocalePolicy(tag: $0, required: false, span: Span(at: 0)) }
        for tag in locales { #expect(project.policy(tag)?.tag == tag) }
        for tag in ["", "aa", "en", "pt", "zz"] { #expect(project.policy(tag) == nil) }
    }
}
