#if CommandLine
    import DiagnosticRendering
    import PlacardCompiler
    import SourceDiagnostics

    /// Which fixes `check --fix` applies.
    enum FixChoice: String, CaseIterable {
        /// Those that keep the meaning.
        case safe
        /// Those that are likely what was meant, too.
        case likely
    }

    /// Applies fixes to a project in memory, and writes what came of it.
    struct FixRun {
        let location: ProjectLocation
        let choice: FixChoice
        /// Seconds from 1970, that schedules are held against; nil for the clock's.
        let now: Int64?
        /// The project, with the fixes applied so far.
        private(set) var project: CompiledProject
        /// How many diagnostics were fixed.
        private(set) var applied = 0
        /// The files as they were, by path, of those that have changed.
        private var originals: [String: [UInt8]] = [:]

        init(_ project: CompiledProject, at location: ProjectLocation, _ choice: FixChoice, now: Int64?) {
            self.now = now
            self.project = project
            self.location = location
            self.choice = choice
        }

        /// Applies fixes until none is left; fixes that overlap take a round each.
        ///
        /// - Parameter isChosen: whether the diagnostics of a file are to be fixed.
        mutating func apply(_ progress: Progress, in isChosen: (String) -> Bool) throws(CommandFailure) {
            guard let folder = ProjectFolder(location.folder) else { return }
            var left: Set<String> = []
            for _ in 0..<fixRoundLimit {
                let wanted = project.diagnostics.filter { isChosen($0.primary.file) }
                var files = project.files
                for path in fixable(wanted) {
                    guard let reason = folder.reasonNotToReplace(path) else { continue }
                    files[path] = nil
                    guard left.insert(path).inserted else { continue }
                    progress.finish()
                    writeError("\(location.display(path)) is left as it is: \(reason)\n")
                }
                let application = applyFixIts(wanted, files: files, likely: choice == .likely)
                guard !application.files.isEmpty else { break }
                for path in application.files.keys where originals[path] == nil { originals[path] = files[path] }
                applied += application.applied
                var changed = project.compilation.files
                for (path, bytes) in application.files { changed = changed.replacing(path, with: bytes) }
                project = compileProject(changed, for: .check, progress, now: now, keepsUnits: true)
            }
        }

        /// The files that fixes change, in order.
        private func fixable(_ diagnostics: [Diagnostic]) -> [String] {
            let fixes = diagnostics.flatMap(\.fixIts).filter {
                $0.applicability == .safe || choice == .likely && $0.applicability == .unsafe
            }
            return Set(fixes.flatMap { $0.edits.map(\.file) }).sorted()
        }

        /// Writes the files that have changed.
        func write() throws(CommandFailure) {
            guard let folder = ProjectFolder(location.folder) else { return }
            for change in changes { try replace(change.path, in: folder, with: change.after) }
        }

        /// What ``write()`` would change, and what would be recorded in `translations.lock`, in the unified format.
        ///
        /// - Parameter isChosen: whether a translation is recorded, by its file; nil for all.
        func difference(recording isChosen: ((String) -> Bool)?) -> OutputText {
            let files = project.compilation.files
            var text: OutputText = ""
            for change in changes { text += unifiedDiff(location.display(change.path), change.before, change.after) }
            if let lock = project.compilation.updatedLock(of: isChosen).bytes {
                text += unifiedDiff(location.display("translations.lock"), files["translations.lock"] ?? [], lock)
            }
            return text
        }

        private var changes: [(path: String, before: [UInt8], after: [UInt8])] {
            originals.sorted { $0.key < $1.key }.compactMap { path, before in
                guard let after = project.compilation.files[path], after != before else { return nil }
                return (path, before, after)
            }
        }
    }

    /// How often `check --fix` may go over a project.
    private let fixRoundLimit = 10
#endif
