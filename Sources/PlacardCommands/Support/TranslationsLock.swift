import PlacardCompiler

/// Writes translations.lock in one step; never through a symbolic link, which could lead out of the project.
func writeLock(_ bytes: [UInt8], in location: ProjectLocation) throws(CommandFailure) {
    try replaceOrCreate("translations.lock", with: bytes, below: location.folder)
}

/// What was recorded, as a sentence.
func recordedSentence(_ update: LockUpdate) -> String {
    let style = Console.current.outputStyle
    if update.isFirst {
        return style.green("Recorded \(counted(update.recorded, "translation"))")
            + " in translations.lock, which is new: all of them count as current from now on."
    }
    guard update.recorded > 0 else { return style.green("Updated") + " translations.lock." }
    return style.green("Recorded \(counted(update.recorded, "translation"))") + " in translations.lock."
}
