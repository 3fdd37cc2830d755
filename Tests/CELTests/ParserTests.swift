import CEL
import Testing

@Test func parses() {
    let (e, d) = parse("1 + 2")
    #expect(d.isEmpty)
    #expect(e.nodes.count == 3)
}
