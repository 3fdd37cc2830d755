import LocatedYAML
import PlacardText
import SourceDiagnostics

extension FallbackPlace {
    /// Where a file's front matter takes the fallback of one more variable: in its `variables:`, or in a new one at its end.
    ///
    /// Nil where that cannot be told from the bytes, such as in front matter that is one `{…}`.
    ///
    /// - Parameters:
    ///   - range: the front matter in the file, without its fences.
    init?(frontMatter: YAMLNode, in range: Span, of file: String, _ bytes: [UInt8]) {
        guard case .mapping = frontMatter.content, frontMatter.span.start < bytes.count,
            bytes[frontMatter.span.start] != 0x7B
        else { return nil }
        let lineBreak = lineBreakUsed(in: bytes)
        guard let entry = frontMatter.entry("variables") else {
            self.init(
                file: file, offset: range.end, before: "variables: {", after: "}" + lineBreak, names: [])
            return
        }
        guard let variables = entry.value.mapping, let first = variables.first else { return nil }
        let names = variables.compactMap(\.key.text)
        let start = entry.value.span.start
        if start < bytes.count, bytes[start] == 0x7B {
            self.init(file: file, offset: start + 1, before: "", after: ", ", names: names)
            return
        }
        let key = min(first.key.span.start, bytes.count)
        let line = bytes[..<key].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        guard bytes[line..<key].allSatisfy({ $0 == 0x20 }) else { return nil }
        let indentation = String(repeating: " ", count: key - line)
        self.init(file: file, offset: key, before: "", after: lineBreak + indentation, names: names)
    }
}
