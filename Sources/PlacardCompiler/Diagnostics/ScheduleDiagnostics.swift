import SourceDiagnostics

// The diagnostics of `schedule/`.

extension Diagnostic {
    static func emptyWindow(at label: Label, start: Label?) -> Diagnostic {
        Diagnostic(
            "schedule/empty-window", "the schedule ends before it begins", at: label,
            secondary: start.map { [Label(file: $0.file, $0.span, "begins here")] } ?? [],
            notes: ["the message would never show; the end itself is not part of a schedule"])
    }

    /// - Parameters:
    ///   - meant: the zone that was probably meant.
    ///   - isAbbreviation: whether the name is the abbreviation of one.
    ///   - allowsLocal: whether the user's own zone may stand there.
    static func unknownZone(
        _ name: String, meant: String?, isAbbreviation: Bool, allowsLocal: Bool, at label: Label
    ) -> Diagnostic {
        let rule =
            (allowsLocal ? "write `local` for the user's own, or" : "write")
            + " a zone of the IANA database such as `Europe/Paris`"
        return Diagnostic(
            "schedule/unknown-timezone", "there is no time zone `\(name)`", at: label,
            notes: isAbbreviation
                ? ["`\(name)` names an offset, and different ones in different countries", rule] : [rule],
            fixIts: meant.map { [FixIt("write `\($0)`", edits: [Edit(file: label.file, label.span, $0)], .unsafe)] }
                ?? [])
    }

    static func skippedTime(_ time: String, in zone: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "schedule/skipped-time", .warning, "the clocks of \(zone) skip \(time)", at: label,
            notes: [
                "they are put forward then; the schedule takes the moment of the change: write a later time to be clear"
            ])
    }

    static func repeatedTime(_ time: String, in zone: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "schedule/repeated-time", .warning, "the clocks of \(zone) show \(time) twice", at: label,
            notes: ["they are put back then; the schedule takes the first: write the time with its offset to be clear"])
    }
}
