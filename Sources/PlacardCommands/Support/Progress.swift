import DiagnosticRendering

/// One line on standard error that tells what a long command is doing; nothing where no person watches.
struct Progress {
    private let isShown: Bool
    private var started = ContinuousClock.now

    init(_ console: Console = .current) {
        isShown = console.wantsProgress
    }

    /// Replaces the line.
    func stage(_ text: OutputText) {
        guard isShown else { return }
        writeError(.eraseLine + text + "…")
    }

    /// Removes the line.
    func finish() {
        guard isShown else { return }
        writeError(.eraseLine)
    }

    /// Seconds since the command began, such as `0.18 s`.
    var elapsed: String {
        let duration = ContinuousClock.now - started
        let hundredths = duration.components.seconds * 100 + duration.components.attoseconds / 10_000_000_000_000_000
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) s"
    }
}
