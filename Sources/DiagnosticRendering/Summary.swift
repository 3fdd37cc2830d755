import SourceDiagnostics

/// One line on how much was found: `3 errors, 1 warning in 2 files`; `no diagnostics` when there are none.
package func summaryLine(_ diagnostics: [Diagnostic]) -> String {
    let parts = [Severity.error, .warning, .note].compactMap { severity -> String? in
        let count = diagnostics.count { $0.severity == severity }
        return count == 0 ? nil : counted(count, severity.name)
    }
    guard !parts.isEmpty else { return "no diagnostics" }
    let files = Set(diagnostics.map { $0.primary.file }.filter { !$0.isEmpty }).count
    return parts.joined(separator: ", ") + (files == 0 ? "" : " in " + counted(files, "file"))
}

/// `1 file`, `2 files`.
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
