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
    ///   - count: how many years it is from now; negative for one that is over.
    ///   - meant: the edit that writes the year that is probably meant.
    static func distantStart(
        _ message: String, _ year: Int64, in count: Int64, at label: Label, meant: (Edit, year: Int64)?
    ) -> Diagnostic {
        distant(
            count < 0
                ? "the schedule of `\(message)` begins in \(year), before there were apps"
                : "the schedule of `\(message)` begins in \(year), \(count) years from now",
            count < 0 ? "a message without a beginning needs no `start`" : "until then nobody sees it", at: label, meant
        )
    }

    static func distantEnd(
        _ message: String, _ year: Int64, in count: Int64, at label: Label, meant: (Edit, year: Int64)?
    ) -> Diagnostic {
        distant(
            "the schedule of `\(message)` ends in \(year), \(count) years from now",
            "a message that is to stay needs no `end`", at: label, meant)
    }

    private static func distant(
        _ message: String, _ note: String, at label: Label, _ meant: (Edit, year: Int64)?
    ) -> Diagnostic {
        Diagnostic(
            "schedule/distant-year", .note, message, at: label, notes: [note],
            fixIts: meant.map { [FixIt("write `\($0.year)`", edits: [$0.0], .unsafe)] } ?? [])
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
