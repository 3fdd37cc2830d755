import DiagnosticRendering
import PlacardCompiler

/// Writes translations.lock in one step, nowhere but in the project.
func writeLock(_ bytes: [UInt8], in location: ProjectLocation) throws(CommandFailure) {
    try replaceOrCreate("translations.lock", with: bytes, in: location)
}

/// What was recorded, as a sentence.
func recordedSentence(_ update: LockUpdate) -> OutputText {
    let style = Console.current.outputStyle
    let recorded = style.green("Recorded \(counted(update.recorded, "translation"))")
    if update.isFirst {
        return "\(recorded) in translations.lock, which is new: all of them count as current from now on."
    }
    guard update.recorded > 0 else { return style.green("Updated") + " translations.lock." }
    return "\(recorded) in translations.lock."
}
