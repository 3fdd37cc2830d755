import SourceDiagnostics
import Testing

private func position(
    _ text: String, _ offset: Int, _ unit: LineIndex.ColumnUnit
) -> [Int] {
    let bytes = Array(text.utf8)
    let (line, column) = LineIndex(bytes).position(of: offset, in: bytes, unit: unit)
    return [line, column]
}

@Test func everyKindOfLineEndingEndsALine() {
    #expect(LineIndex("a\nb\r\nc\rd".utf8).lineStarts == [0, 2, 5, 7])
    #expect(LineIndex("".utf8).lineStarts == [0])
    #expect(LineIndex("a\n".utf8).lineStarts == [0, 2])
}

@Test func columnsCountWhatTheirReaderCounts() {
    let text = "é😀x"
    #expect(position(text, 6, .utf8) == [1, 7])
    #expect(position(text, 6, .utf16) == [1, 4])
    #expect(position(text, 6, .scalar) == [1, 3])
}

@Test func offsetsPastTheEndAreOnTheLastLine() {
    #expect(position("a\nbc", 99, .utf8) == [2, 3])
}

@Test(arguments: [LineIndex.ColumnUnit.utf8, .utf16, .scalar])
func offsetsAndPositionsAreInverse(unit: LineIndex.ColumnUnit) {
    let bytes = Array("aé\r\n😀b\nc".utf8)
    let index = LineIndex(bytes)
    for offset in [0, 1, 3, 5, 9, 10, 11, 12] {
        let (line, column) = index.position(of: offset, in: bytes, unit: unit)
        #expect(index.offset(line: line, column: column, in: bytes, unit: unit) == offset)
    }
}

@Test func offsetTablesLeadThroughEscapes() {
    // inner: a b é c   outer: "ab\u00e9c" at 10
    var table = OffsetTable()
    table.append(innerLength: 2, outer: 11, outerLength: 2)
    table.append(innerLength: 2, outer: 13, outerLength: 6)
    table.append(innerLength: 1, outer: 19, outerLength: 1)
    #expect(table.outer(Span(0, 2)) == Span(11, 13))
    #expect(table.outer(Span(2, 4)) == Span(13, 19))
    #expect(table.outer(Span(3, 4)) == Span(13, 19))
    #expect(table.outer(Span(4, 5)) == Span(19, 20))
    #expect(table.outer(Span(at: 5)) == Span(at: 20))
    #expect(table.outer(Span(1, 5)) == Span(12, 20))
    #expect(table.slice(Span(1, 5)).outer(Span(0, 1)) == Span(12, 13))
    #expect(table.slice(Span(1, 5)).outer(Span(3, 4)) == Span(19, 20))
}

@Test func neighbouringRunsAreJoined() {
    var table = OffsetTable(outer: 5, length: 3)
    table.append(innerLength: 2, outer: 8, outerLength: 2)
    #expect(table.runs.count == 1)
    table.append(innerLength: 2, outer: 20, outerLength: 2)
    #expect(table.runs.count == 2)
    #expect(table.outer(Span(4, 6)) == Span(9, 21))
}

@Test(arguments: [
    ("titel", "title"), ("Title", "title"), ("tempalte", "template"), ("audiense", "audience"),
    ("prioritty", "priority"),
])
func nearMissesFindWhatWasMeant(wrong: String, right: String) {
    #expect(nearMiss(wrong, among: ["title", "template", "audience", "priority", "body"]) == right)
}

@Test func nearMissesStaySilentWhenUnsure() {
    #expect(nearMiss("xyz", among: ["title", "body"]) == nil)
    #expect(nearMiss("cat", among: ["bat", "hat"]) == nil)
    #expect(nearMiss("", among: ["a"]) == nil)
    #expect(nearMiss(String(repeating: "a", count: 10_000), among: [String(repeating: "a", count: 9_999)]) == nil)
}
