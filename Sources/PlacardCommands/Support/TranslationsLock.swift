import DiagnosticRendering
import PlacardCompiler

/// Writes translations.lock in one step, nowhere but in the project.
func writeLock(_ bytes: [UInt8], in location: ProjectLocation) throws(CommandFailure) {
    try replaceOrCreate("translations.lock", with: bytes, in: location)
}

/// What was recorded, as a sentence.
func recordedSentence(_ update: LockUpdate) -> OutputText {
    let style = Console.current.outputStyle
    if update.postponed > 0, update.recorded == 0 { return postponedSentence(update) }
    let recorded = style.green("Recorded \(counted(update.recorded, "translation"))")
    if update.isFirst {
        return "\(recorded) in translations.lock, which is new: all of them count as current from now on."
            + (update.postponed > 0 ? " " + postponedSentence(update) : "")
    }
    guard update.recorded > 0 else { return style.green("Updated") + " translations.lock." }
    return "\(recorded) in translations.lock." + (update.postponed > 0 ? " " + postponedSentence(update) : "")
}

/// That translations wait for their sources.
private func postponedSentence(_ update: LockUpdate) -> OutputText {
    let isOne = update.postponed == 1
    return
        "\(counted(update.postponed, "translation")) \(isOne ? "waits" : "wait") to be recorded for a fix of \(isOne ? "its source" : "their sources")."
}
