import SourceDiagnostics

/// How many diagnostics of one id in one file the forms for people draw. One slip that is made a thousand times is fixed by
/// its first few; the rest would hide the diagnostics of other kinds.
package let drawnDiagnosticLimit = 20

/// How many diagnostics the forms for people draw in all: nobody reads more, and a report of thousands of files takes minutes.
package let drawnTotalLimit = 1_000

/// Which diagnostics are drawn, and where it is told how many are not.
struct DrawnDiagnostics {
    /// The diagnostics of one id in one file that are not drawn.
    struct Rest {
        var id: String
        var file: String
        var severity: Severity
        var count: Int

        /// `2,980 more of text/empty in content/a.md; --format json lists all`
        func words(_ options: RenderingOptions) -> String {
            let place = file.isEmpty ? "" : " in " + visible(options.pathPrefix + file, limit: OutputText.valueLimit)
            return grouped(count) + " more of " + visible(id, limit: OutputText.valueLimit) + place + "; "
                + options.completeForm + " lists all"
        }
    }

    private struct Kind: Hashable {
        var id: String
        var file: String
    }

    private var seen: [Kind: Int] = [:]
    /// The place of the last diagnostic of each file.
    private var last: [String: Int] = [:]
    private var rests: [String: [Rest]] = [:]
    /// How many have been drawn.
    private var total = 0
    /// What comes behind the last that is drawn, whatever it is: how much in how many files, and how grave.
    private var more = (count: 0, files: Set<String>(), severity: Severity.note)

    init(_ diagnostics: [Diagnostic]) {
        for (place, diagnostic) in diagnostics.enumerated() { last[diagnostic.primary.file] = place }
    }

    /// Counts the next diagnostic; whether it is to be drawn.
    mutating func draws(_ diagnostic: Diagnostic) -> Bool {
        let file = diagnostic.primary.file
        guard total < drawnTotalLimit else {
            more.count += 1
            more.files.insert(file)
            more.severity = min(more.severity, diagnostic.severity)
            return false
        }
        let count = seen[Kind(id: diagnostic.id, file: file), default: 0] + 1
        seen[Kind(id: diagnostic.id, file: file)] = count
        guard count > drawnDiagnosticLimit else {
            total += 1
            return true
        }
        if let index = rests[file]?.firstIndex(where: { $0.id == diagnostic.id }) {
            rests[file]?[index].count += 1
        } else {
            let rest = Rest(id: diagnostic.id, file: file, severity: diagnostic.severity, count: 1)
            rests[file, default: []].append(rest)
        }
        return false
    }

    /// What is to be told behind the diagnostic at `place`: all of its file, if it is the last one there.
    mutating func rests(after place: Int, _ diagnostic: Diagnostic) -> [Rest] {
        guard last[diagnostic.primary.file] == place else { return [] }
        return rests.removeValue(forKey: diagnostic.primary.file) ?? []
    }

    /// `12,345 more in 678 files; --format json lists all`, and the gravest of them; nil when all of that was drawn or counted.
    func closing(_ options: RenderingOptions) -> (words: String, severity: Severity)? {
        guard more.count > 0 else { return nil }
        let files = more.files.count
        let words =
            grouped(more.count) + " more in " + grouped(files) + (files == 1 ? " file; " : " files; ")
            + options.completeForm + " lists all"
        return (words, more.severity)
    }
}
