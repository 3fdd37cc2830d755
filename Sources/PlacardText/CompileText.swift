import PlacardMarkdown
import SourceDiagnostics

/// Compiles one text.
///
/// - Parameters:
///   - source: UTF-8. For a YAML scalar this is the decoded text; the caller leads spans back to the file.
///   - kind: how the text is written.
///   - environment: what it may use.
/// - Returns: the compiled text, nil when an error stands in the way, and the findings in offsets of `source`,
///   with an empty file name.
public func compileText(
    _ source: [UInt8], kind: TextKind, environment: TextEnvironment
) -> (text: CompiledText?, diagnostics: [Diagnostic]) {
    source.withUnsafeBufferPointer { compileText($0, kind: kind, environment: environment) }
}

/// As the function above, for bytes in a buffer that lives as long as the call.
public func compileText(
    _ source: UnsafeBufferPointer<UInt8>, kind: TextKind, environment: TextEnvironment
) -> (text: CompiledText?, diagnostics: [Diagnostic]) {
    (nil, [])
}
