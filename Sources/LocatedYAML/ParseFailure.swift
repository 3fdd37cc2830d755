import SourceDiagnostics

/// What ends the reading of a document.
struct ParseFailure: Error {
    var diagnostic: Diagnostic

    init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }
}
