import DocumentSchema
import LocatedYAML
import PlacardEngine
import SourceDiagnostics

/// The diagnostics of a file that names its user's time zone, whose fixes write moments on that zone's clock:
/// `2026-12-05 19:00` beside `timezone: Europe/Paris` becomes `2026-12-05T19:00+01:00`, and not an hour later with `Z`.
///
/// - Parameter bytes: those of the file.
func inZone(of root: YAMLNode, _ bytes: [UInt8], _ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard let zone = root["timezone"]?.text else { return diagnostics }
    return diagnostics.map { diagnostic in
        let written = bytes[diagnostic.primary.span.start..<min(diagnostic.primary.span.end, bytes.count)]
        guard diagnostic.id == "schema/invalid-format", !namesZone(written) else { return diagnostic }
        var diagnostic = diagnostic
        diagnostic.fixIts = diagnostic.fixIts.map { inZone(zone, $0) }
        return diagnostic
    }
}

/// Whether a moment may say its zone as it is written: an offset, `Z`, `UTC`, `GMT`.
private func namesZone(_ written: ArraySlice<UInt8>) -> Bool {
    written.contains { $0 == 0x2B || ($0 | 0x20) == 0x7A || ($0 | 0x20) == 0x75 || ($0 | 0x20) == 0x67 }
}

private func inZone(_ zone: String, _ fixIt: FixIt) -> FixIt {
    guard fixIt.edits.count == 1 else { return fixIt }
    let text = fixIt.edits[0].replacement.filter { $0 != "\"" && $0 != "'" }
    guard text.hasSuffix("Z"), case .success(let local) = ScalarSyntax.dateTime(text, .instant),
        let offset = offset(of: zone, at: local.milliseconds / 1000)
    else { return fixIt }
    let zoned = String(text.dropLast()) + offset
    return FixIt(
        fixIt.title.replacing(text, with: zoned),
        edits: [
            Edit(
                file: fixIt.edits[0].file, fixIt.edits[0].span,
                fixIt.edits[0].replacement.replacing(text, with: zoned))
        ], fixIt.applicability)
}

/// What a zone's clock is ahead of UTC when it shows `local`, as `+01:00`; nil for a zone that nobody knows.
private func offset(of zone: String, at local: Int64) -> String? {
    guard let near = TimeZones.foundation.offset(zone, local),
        let offset = TimeZones.foundation.offset(zone, local - near)
    else { return nil }
    let minutes = Int(offset.magnitude / 60)
    return (offset < 0 ? "-" : "+") + padded(minutes / 60) + ":" + padded(minutes % 60)
}
