import SourceDiagnostics

/// What applying fix-its came to.
package struct FixItApplication: Equatable, Sendable {
    /// The new bytes of each file that changes.
    package var files: [String: [UInt8]]
    /// How many diagnostics were fixed.
    package var applied: Int
    /// How many have a fix that could not be applied now: it overlaps another, or does not fit
    /// its file. Another run may apply it.
    package var postponed: Int
}

/// Applies the first safe fix-it of each diagnostic, in the order in which diagnostics are reported; with `likely`, the first likely
/// one of those that have none that is safe.
///
/// A fix is applied whole or not at all. One whose edits overlap those of an earlier one, point
/// outside their file or into the middle of a character is postponed; an edit that an earlier fix
/// makes already counts as made. The result depends on the arguments alone.
///
/// - Parameters:
///   - files: the bytes of each file by the path that edits use.
///   - likely: whether fix-its that may change the meaning are applied, too.
package func applyFixIts(
    _ diagnostics: [Diagnostic], files: [String: [UInt8]], likely: Bool = false
) -> FixItApplication {
    var accepted: [String: EditList] = [:]
    var applied = 0
    var postponed = 0
    for fix in fixIts(of: diagnostics, likely: likely) {
        if let edits = newEdits(of: fix, beside: accepted, files: files) {
            for edit in edits { accepted[edit.file, default: EditList()].insert(edit) }
            applied += 1
        } else {
            postponed += 1
        }
    }
    var result: [String: [UInt8]] = [:]
    for (file, list) in accepted {
        guard let bytes = files[file] else { continue }
        let changed = apply(list.edits, to: bytes)
        if changed != bytes { result[file] = changed }
    }
    return FixItApplication(files: result, applied: applied, postponed: postponed)
}

/// Edits of one file that do not overlap, in the order of their places.
private struct EditList {
    private(set) var edits: [Edit] = []

    /// Adds an edit that overlaps none. Most come in order, and are added at the end.
    mutating func insert(_ edit: Edit) {
        edits.insert(edit, at: place(of: edit.span))
    }

    func contains(_ edit: Edit) -> Bool {
        neighbours(of: edit.span).contains(edit)
    }

    func overlaps(_ span: Span) -> Bool {
        neighbours(of: span).contains { overlap($0.span, span) }
    }

    /// The edits that `span` may overlap: as those in the list do not, they stand beside its place, and in it.
    private func neighbours(of span: Span) -> ArraySlice<Edit> {
        var first = place(of: Span(at: span.start))
        while first > 0, edits[first - 1].span.end >= span.start { first -= 1 }
        var last = first
        while last < edits.count, edits[last].span.start <= span.end { last += 1 }
        return edits[first..<last]
    }

    /// Before which of the edits one with this span belongs.
    private func place(of span: Span) -> Int {
        var low = 0
        var high = edits.count
        while low < high {
            let middle = (low + high) / 2
            if edits[middle].span < span { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// The fix to apply for each diagnostic that has one, in the order in which diagnostics are reported.
private func fixIts(of diagnostics: [Diagnostic], likely: Bool) -> [FixIt] {
    var fixes: [(diagnostic: Diagnostic, fix: FixIt)] = []
    for diagnostic in diagnostics {
        let applicable = diagnostic.fixIts.filter { !$0.edits.isEmpty }
        let safe = applicable.first { $0.applicability == .safe }
        if let fix = safe ?? (likely ? applicable.first { $0.applicability == .unsafe } : nil) {
            fixes.append((diagnostic, fix))
        }
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
private func newEdits(of fix: FixIt, beside accepted: [String: EditList], files: [String: [UInt8]]) -> [Edit]? {
    var own: [String: EditList] = [:]
    var edits: [Edit] = []
    for edit in fix.edits {
        guard let bytes = files[edit.file], fits(edit.span, in: bytes) else { return nil }
        let lists = [accepted[edit.file], own[edit.file]]
        if lists.contains(where: { $0?.contains(edit) == true }) { continue }
        guard !lists.contains(where: { $0?.overlaps(edit.span) == true }) else { return nil }
        own[edit.file, default: EditList()].insert(edit)
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

/// Makes edits that do not overlap, in the order of their places.
private func apply(_ edits: [Edit], to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var offset = 0
    for edit in edits {
        result.append(contentsOf: bytes[offset..<edit.span.start])
        result.append(contentsOf: edit.replacement.utf8)
        offset = edit.span.end
    }
    result.append(contentsOf: bytes[offset...])
    return result
}
