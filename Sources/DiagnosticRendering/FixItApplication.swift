import SourceDiagnostics

/// What applying fix-its came to.
public struct FixItApplication: Equatable, Sendable {
    /// The new bytes of each file that changes.
    public var files: [String: [UInt8]]
    /// How many findings were mended.
    public var applied: Int
    /// How many have a safe fix that could not be applied now: it overlaps another, or does not fit
    /// its file. Another run may apply it.
    public var postponed: Int
}

/// Applies the first safe fix-it of each finding, in the order in which findings are reported.
///
/// A fix is applied whole or not at all. One whose edits overlap those of an earlier one, point
/// outside their file or into the middle of a character is postponed; an edit that an earlier fix
/// makes already counts as made. The result depends on the arguments alone.
///
/// - Parameter files: the bytes of each file by the path that edits use.
public func applyFixIts(_ diagnostics: [Diagnostic], files: [String: [UInt8]]) -> FixItApplication {
    var accepted: [String: [Edit]] = [:]
    var applied = 0
    var postponed = 0
    for fix in safeFixIts(of: diagnostics) {
        if let edits = newEdits(of: fix, beside: accepted, files: files) {
            for edit in edits { accepted[edit.file, default: []].append(edit) }
            applied += 1
        } else {
            postponed += 1
        }
    }
    var result: [String: [UInt8]] = [:]
    for (file, edits) in accepted {
        guard let bytes = files[file] else { continue }
        let changed = apply(edits, to: bytes)
        if changed != bytes { result[file] = changed }
    }
    return FixItApplication(files: result, applied: applied, postponed: postponed)
}

/// The fix to apply for each finding that has one, in the order in which findings are reported.
private func safeFixIts(of diagnostics: [Diagnostic]) -> [FixIt] {
    var fixes: [(diagnostic: Diagnostic, fix: FixIt)] = []
    for diagnostic in diagnostics {
        let fix = diagnostic.fixIts.first { $0.applicability == .safe && !$0.edits.isEmpty }
        if let fix { fixes.append((diagnostic, fix)) }
    }
    return fixes.sorted { a, b in
        if Diagnostic.precedes(a.diagnostic, b.diagnostic) { return true }
        if Diagnostic.precedes(b.diagnostic, a.diagnostic) { return false }
        return a.fix.edits.lexicographicallyPrecedes(b.fix.edits) { left, right in
            (left.file, left.span, left.replacement) < (right.file, right.span, right.replacement)
        }
    }.map { $0.fix }
}

/// The edits of `fix` that are not made yet; nil when one of them cannot be.
private func newEdits(of fix: FixIt, beside accepted: [String: [Edit]], files: [String: [UInt8]]) -> [Edit]? {
    var edits: [Edit] = []
    for edit in fix.edits {
        guard let bytes = files[edit.file], fits(edit.span, in: bytes) else { return nil }
        let others = accepted[edit.file] ?? []
        if others.contains(edit) || edits.contains(edit) { continue }
        let rivals = others + edits.filter { $0.file == edit.file }
        guard !rivals.contains(where: { overlap($0.span, edit.span) }) else { return nil }
        edits.append(edit)
    }
    return edits
}

private func fits(_ span: Span, in bytes: [UInt8]) -> Bool {
    guard span.start >= 0, span.end <= bytes.count else { return false }
    return [span.start, span.end].allSatisfy { $0 == bytes.count || bytes[$0] & 0xC0 != 0x80 }
}

/// Whether the order in which two edits are made would matter.
private func overlap(_ a: Span, _ b: Span) -> Bool {
    if a.isEmpty && b.isEmpty { return a.start == b.start }
    return a.start < b.end && b.start < a.end
}

private func apply(_ edits: [Edit], to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var offset = 0
    for edit in edits.sorted(by: { $0.span < $1.span }) {
        result.append(contentsOf: bytes[offset..<edit.span.start])
        result.append(contentsOf: edit.replacement.utf8)
        offset = edit.span.end
    }
    result.append(contentsOf: bytes[offset...])
    return result
}
