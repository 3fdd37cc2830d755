import SourceDiagnostics

// No fix-it is offered untried. What reports a mistake sees one scalar, one expression or one text; whether the file is better
// afterwards only reading it again can tell: quotation marks around `toast title: Hello` make YAML of it, and the name of no
// template.

/// How many bytes of source the trials for one message may read. Fix-its beyond are offered as they are, so that a file of
/// thousands of mistakes costs no more than a few of them.
private let trialByteLimit = 64 << 10
/// How many fix-its of one message are tried; each may take as long as compiling it.
private let trialLimit = 24
/// How many diagnostics all trials of one message may make, which is most of the work of a message of many mistakes.
private let trialDiagnosticLimit = 480

/// How many times the fix-its of what a fix-it uncovers are made with it.
private let completionLimit = 3

/// What may be wrong with a value once its YAML can be read, and was wrong before: a quoting fix-it is not to blame for it.
private let uncoveredIDs: Set<String> = [
    "cel/not-a-declared-value", "cel/no-matching-overload", "cel/optional-read-untested", "cel/undeclared-function",
    "cel/undeclared-reference", "cel/unknown-field", "text/foreign-placeholder",
    "text/unknown-value",
    "text/unknown-variable", "text/unmarked-variable",
]

/// The diagnostics of some files, and what fix-its make of them.
struct FixItReview {
    let diagnostics: [Diagnostic]
    /// Those that authors are told of.
    private let known: [Diagnostic]
    /// The bytes of a file.
    let source: (String) -> [UInt8]?
    /// Whether a file is read for others, too, which no trial looks at.
    let isShared: (String) -> Bool
    /// The diagnostics after a fix-it, and whether readers see the same; nil when it cannot be tried.
    let trial: (FixIt) -> Outcome?
    /// How many more fix-its may be tried.
    private var trialsLeft: Int

    /// What a fix-it makes of the files.
    struct Outcome {
        var diagnostics: [Diagnostic]
        var saysTheSame: Bool
    }

    /// - Parameter byteCount: what one trial reads.
    init(
        _ diagnostics: [Diagnostic], byteCount: Int, source: @escaping (String) -> [UInt8]?,
        isShared: @escaping (String) -> Bool = { _ in false }, trial: @escaping (FixIt) -> Outcome?
    ) {
        self.diagnostics = diagnostics
        known = withoutMisread(diagnostics)
        self.source = source
        self.isShared = isShared
        self.trial = trial
        trialsLeft = min(
            trialLimit, trialByteLimit / max(1, byteCount), trialDiagnosticLimit / max(1, diagnostics.count))
    }

    /// The diagnostics without the fix-its that would not help: after which the diagnostic stays, or another as severe takes
    /// its place. Where another mistake comes to light that has a fix-it of its own, both are one fix-it. A safe fix-it
    /// leaves no error where it edited, and readers see the same after it.
    mutating func reviewed() -> [Diagnostic] {
        var result = diagnostics
        for index in result.indices where !result[index].fixIts.isEmpty {
            result[index].fixIts = helping(diagnostics[index])
        }
        return result
    }

    /// The fix-its of a diagnostic that help.
    private mutating func helping(_ diagnostic: Diagnostic) -> [FixIt] {
        var helping: [(fixIt: FixIt, isAtOnce: Bool)] = []
        for fixIt in diagnostic.fixIts {
            // Where a bracket ends, trying tells: the first place that makes the file right is the one.
            if isMismatch(diagnostic), helping.contains(where: \.isAtOnce) { break }
            guard fixIt.applicability != .displayOnly, let after = attempt(fixIt) else {
                if !isMismatch(diagnostic) || helping.isEmpty { helping.append((fixIt, false)) }
                continue
            }
            guard let judged = judged(fixIt, of: diagnostic, after) else { continue }
            let isAtOnce = judged.edits == fixIt.edits
            let file = comesTo(judged)
            let same = file == nil ? nil : helping.firstIndex { comesTo($0.fixIt) == file }
            guard let same else {
                helping.append((judged, isAtOnce))
                continue
            }
            // What comes to it at once says it better than what comes to it in two steps.
            if isAtOnce { helping[same] = (judged, true) }
        }
        // `user.first_name: fallback: friend`: where braces are enough, nothing is to be put into quotes and then into braces.
        if diagnostic.choice == .simplest, helping.contains(where: \.isAtOnce) {
            helping.removeAll { !$0.isAtOnce }
        }
        let fixIts = helping.map(\.fixIt)
        guard diagnostic.choice == .authors, fixIts.count > 1 else { return fixIts }
        return fixIts.map { FixIt($0.title, edits: $0.edits, .displayOnly) }
    }

    /// The file after a fix-it; nil where the fix-it does not fit.
    private func comesTo(_ fixIt: FixIt) -> [UInt8]? {
        guard let path = fixIt.edits.first?.file, let bytes = source(path) else { return nil }
        return applying(fixIt, to: bytes, at: path)
    }

    private mutating func attempt(_ fixIt: FixIt) -> Outcome? {
        guard trialsLeft > 0, let after = trial(fixIt) else { return nil }
        trialsLeft -= 1
        return after
    }

    private mutating func judged(_ fixIt: FixIt, of diagnostic: Diagnostic, _ after: Outcome) -> FixIt? {
        let change = change(of: fixIt)
        let left = errors(in: after, near: change)
        let uncovered = uncovered(left, change, of: diagnostic)
        if !uncovered.isEmpty,
            let whole = completed(fixIt, after, of: diagnostic, withKnown: false),
            !isHarmful(whole.fixIt, of: diagnostic, whole.after.diagnostics)
        {
            return whole.fixIt
        }
        guard !isHarmful(fixIt, of: diagnostic, after.diagnostics) else { return nil }
        var fixIt = fixIt
        if fixIt.applicability == .safe,
            !after.saysTheSame || !uncovered.isEmpty || !isWhole(fixIt, after, left, of: diagnostic)
                || leavesMore(after, near: change, of: diagnostic) || isShared(change.file)
        {
            fixIt.applicability = .unsafe
        }
        return fixIt
    }

    /// Whether something in the lines that were edited is left to authors: words that an error asks for, or a warning that was
    /// not there before.
    private func leavesMore(_ after: Outcome, near change: EditedLines, of diagnostic: Diagnostic) -> Bool {
        let near = after.diagnostics.filter { $0.severity != .note && change.touches($0.primary) }
        return near.contains { $0.severity == .error && isForAuthors($0, change.file) }
            || !uncovered(near.filter { $0.severity == .warning }, change, of: diagnostic).isEmpty
    }

    /// Whether fix-its of what was uncovered may be made with one of the diagnostic: not where it says what keys belong to, nor
    /// where readers' words change, which are looked at one fix-it at a time; and no value is guessed from a guess.
    private func isCompleted(_ diagnostic: Diagnostic, _ uncovered: [Diagnostic]) -> Bool {
        (!movesKeys(diagnostic) || uncovered.allSatisfy { $0.id == "yaml/unclosed-bracket" })
            && !uncovered.contains { error in
                ["text/", "mf2/", "markdown/", "link/"].contains { error.id.hasPrefix($0) }
            }
            && (!isMismatch(diagnostic) || uncovered.allSatisfy { $0.id.hasPrefix("yaml/") })
            && (diagnostic.id != "cel/invalid-escape" || !uncovered.contains { $0.id == "cel/not-a-declared-value" })
    }

    /// Whether a bracket is not closed, or by one of another kind: what was meant to be inside decides which is missing.
    private func isMismatch(_ diagnostic: Diagnostic) -> Bool {
        diagnostic.id == "yaml/unclosed-bracket" && !diagnostic.message.hasSuffix("closes nothing that is open")
    }

    /// Whether nothing is wrong where a safe fix-it edited once the other safe ones of the place are made, too, as
    /// `check --fix` makes them.
    private mutating func isWhole(
        _ fixIt: FixIt, _ after: Outcome, _ left: [Diagnostic], of diagnostic: Diagnostic
    ) -> Bool {
        if left.isEmpty { return true }
        guard left.allSatisfy({ $0.fixIts.first?.applicability == .safe }) else { return false }
        return completed(fixIt, after, of: diagnostic, withKnown: true) != nil
    }

    // MARK: What is left

    private func change(of fixIt: FixIt) -> EditedLines {
        EditedLines(fixIt.edits, in: fixIt.edits.first.flatMap { source($0.file) } ?? [])
    }

    /// The errors in the lines that were edited, and conditions that read nothing: the text was meant to be another.
    private func errors(in after: Outcome, near change: EditedLines) -> [Diagnostic] {
        after.diagnostics.filter {
            ($0.severity == .error || $0.id == "cel/constant-condition") && change.touches($0.primary)
                && !isForAuthors($0, change.file)
        }
    }

    /// Those of the errors that were not reported before the change, which is one for `diagnostic`.
    private func uncovered(
        _ errors: [Diagnostic], _ change: EditedLines, of diagnostic: Diagnostic
    ) -> [Diagnostic] {
        guard !errors.isEmpty else { return [] }
        // Of its kind there may be another behind it: `a: b: c: d`.
        var others = known
        if let own = others.firstIndex(where: { $0.id == diagnostic.id && $0.primary == diagnostic.primary }) {
            others.remove(at: own)
        }
        let before = others.map { (id: $0.id, message: $0.message, place: change.moved($0.primary)) }
        return errors.filter { error in
            let same = before.filter { $0.id == error.id && $0.message == error.message }
            if same.contains(where: { $0.place.file == error.primary.file && $0.place.span == error.primary.span }) {
                return false
            }
            // Where a whole value was written anew, the place of what is in it is another.
            return errors.count(where: { $0.id == error.id && $0.message == error.message }) > same.count
        }
    }

    /// A fix-it with those of the errors behind it, as one; nil when one of them has none, or still others lie behind.
    ///
    /// - Parameter withKnown: whether what was reported before is fixed with it, too.
    private mutating func completed(
        _ fixIt: FixIt, _ first: Outcome, of diagnostic: Diagnostic, withKnown: Bool
    ) -> (fixIt: FixIt, after: Outcome)? {
        guard let path = fixIt.edits.first?.file, let bytes = source(path),
            var fixed = applying(fixIt, to: bytes, at: path)
        else { return nil }
        var whole = fixIt
        var titles = [fixIt.title]
        var after = first
        for _ in 0..<completionLimit {
            let change = change(of: whole)
            let all = errors(in: after, near: change)
            let left = withKnown ? all : uncovered(all, change, of: diagnostic)
            guard !left.isEmpty else {
                whole.title = titles.prefix(3).joined(separator: ", ")
                return (whole, after)
            }
            guard withKnown || isCompleted(diagnostic, left) else { return nil }
            var edits: [Edit] = []
            for error in left {
                // What has none may be a consequence of another, or have one then.
                guard let next = error.fixIts.first, next.applicability != .displayOnly,
                    next.edits.allSatisfy({ $0.file == path })
                else { continue }
                // What overlaps is for the next turn.
                guard !next.edits.contains(where: { edit in edits.contains { areAtOdds($0.span, edit.span) } }) else {
                    continue
                }
                edits += next.edits
                if !titles.contains(next.title) { titles.append(next.title) }
            }
            guard let more = applying(FixIt("", edits: edits, .unsafe), to: fixed, at: path), more != fixed else {
                // What is left was wrong before, and is for authors to put right.
                guard !withKnown, titles.count > 1, left.allSatisfy({ uncoveredIDs.contains($0.id) }) else {
                    return nil
                }
                whole.title = titles.prefix(3).joined(separator: ", ")
                return (whole, after)
            }
            fixed = more
            whole = FixIt(fixIt.title, edits: [singleEdit(bytes, fixed, in: path)], .unsafe)
            guard let next = attempt(whole) else { return nil }
            after = next
        }
        return nil
    }

    // MARK: Harm

    /// Whether the diagnostic is still there after the fix-it, or a new one that is as severe.
    private func isHarmful(_ fixIt: FixIt, of diagnostic: Diagnostic, _ after: [Diagnostic]) -> Bool {
        let isSame = { (other: Diagnostic) in other.id == diagnostic.id && other.message == diagnostic.message }
        let isHiding = isHiding(diagnostic)
        let change = change(of: fixIt)
        let place = change.moved(diagnostic.primary)
        if after.contains(where: { isSame($0) && $0.primary.file == place.file && $0.primary.span == place.span }) {
            return true
        }
        if !isHiding, after.count(where: isSame) >= diagnostics.count(where: isSame) { return true }
        var known: [String: Int] = [:]
        for other in diagnostics { known[other.id, default: 0] += 1 }
        return after.contains { other in
            guard other.severity <= diagnostic.severity else { return false }
            known[other.id, default: 0] -= 1
            guard known[other.id, default: 0] < 0, !isForAuthors(other, place.file) else { return false }
            // `"user.plan" == "fre"`: what the attribute is compared with is looked at as soon as it is one.
            if diagnostic.id == "cel/constant-condition", uncoveredIDs.contains(other.id), change.touches(other.primary)
            {
                return false
            }
            // `title: {name}`: in quotation marks it is a text, which has a fix-it of its own.
            if diagnostic.id == "schema/wrong-type", other.id.hasPrefix("text/"), uncoveredIDs.contains(other.id),
                change.touches(other.primary)
            {
                return false
            }
            if !isHiding || movesKeys(diagnostic), other.id.hasPrefix("schema/") || other.id.hasPrefix("yaml/") {
                return true
            }
            return !isHiding || change.touches(other.primary) && !uncoveredIDs.contains(other.id)
        }
    }

    /// Whether a fix-it of the diagnostic says what keys belong to, so that it is wrong where they do not belong there.
    private func movesKeys(_ diagnostic: Diagnostic) -> Bool {
        diagnostic.id == "yaml/indentation" || diagnostic.id == "yaml/missing-colon"
    }

    /// Whether what is behind the mistake is not read, so that others may lie there: in a file that is no YAML.
    private func isHiding(_ diagnostic: Diagnostic) -> Bool {
        diagnostic.severity == .error && diagnostic.id.hasPrefix("yaml/")
    }

    /// Whether a diagnostic asks authors for words that no fix-it can know: a fallback for the variable that it marks, a new
    /// translation of the text that it changes.
    private func isForAuthors(_ diagnostic: Diagnostic, _ fixed: String) -> Bool {
        diagnostic.id == "text/missing-fallback"
            || diagnostic.id.hasPrefix("translation/") && diagnostic.primary.file != fixed
    }
}
