import LocatedYAML
import SourceDiagnostics
import Testing

private func ids(_ yaml: String, _ change: (inout YAMLLimits) -> Void = { _ in }) -> [String] {
    var options = YAMLOptions.strict
    change(&options.limits)
    return parseYAML(Array(yaml.utf8), options: options).diagnostics.filter { $0.severity == .error }.map(\.id)
}

@Suite struct LimitTests {
    @Test func aTextHasAtMostSoManyBytes() {
        #expect(ids("a: 12345\n") { $0.bytes = 9 } == [])
        #expect(ids("a: 12345\n") { $0.bytes = 8 } == ["yaml/too-large"])
    }

    @Test func valuesNestAtMostSoDeep() {
        #expect(ids("a: [[1]]\n") { $0.depth = 3 } == [])
        #expect(ids("a: [[1]]\n") { $0.depth = 2 } == ["yaml/too-deep"])
        #expect(ids("a: " + String(repeating: "[", count: 10_000)) == ["yaml/too-deep"])
    }

    @Test func aTextHasAtMostSoManyValues() {
        #expect(ids("a: [1, 2]\n") { $0.nodes = 5 } == [])
        #expect(ids("a: [1, 2]\n") { $0.nodes = 4 } == ["yaml/too-large"])
    }

    @Test func aTextHasAtMostSoManyAnchors() {
        #expect(ids("a: [&x 1, &y 2]\n") { $0.anchors = 2 } == [])
        #expect(ids("a: [&x 1, &y 2]\n") { $0.anchors = 1 } == ["yaml/alias-limit"])
    }

    @Test func aliasesStandForAtMostSoManyValues() {
        #expect(ids("a: &a [1, 2]\nb: [*a, *a]\n") { $0.aliasNodes = 6 } == [])
        #expect(ids("a: &a [1, 2]\nb: [*a, *a]\n") { $0.aliasNodes = 5 } == ["yaml/alias-limit"])
    }

    @Test func aliasesStandForAtMostSoManyBytes() {
        #expect(ids("a: &a abc\nb: [*a, *a]\n") { $0.aliasBytes = 6 } == [])
        #expect(ids("a: &a abc\nb: [*a, *a]\n") { $0.aliasBytes = 5 } == ["yaml/alias-limit"])
    }

    @Test func aBillionLaughsAreRefused() {
        var yaml = "a0: &a0 lol\n"
        for level in 1...30 {
            let alias = "*a\(level - 1)"
            yaml += "a\(level): &a\(level) [\(Array(repeating: alias, count: 10).joined(separator: ", "))]\n"
        }
        #expect(ids(yaml) == ["yaml/alias-limit"])
    }
}
