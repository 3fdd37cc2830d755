import SourceDiagnostics

/// What the files of a project allow. An allowance holds in the file that it stands in; one in a `_defaults.yaml` holds
/// in every file of the folder and of the folders below.
struct Allowances {
    private struct Key: Hashable {
        var file: String
        var id: String
    }

    private var all: [Key: Allowance] = [:]
    private var used: Set<Key> = []

    init(_ messages: [CompiledMessage]) {
        for allowance in messages.flatMap(\.allowances) {
            all[Key(file: allowance.id.file, id: allowance.id.value)] = allowance
        }
    }

    /// Whether a diagnostic is allowed where it is; the allowances that say so count as used.
    mutating func allow(_ diagnostic: Diagnostic) -> Bool {
        guard !all.isEmpty else { return false }
        var isAllowed = use(diagnostic.primary.file, diagnostic.id)
        var folder = parentFolder(diagnostic.primary.file)
        while !folder.isEmpty {
            isAllowed = use(folder + "/_defaults.yaml", diagnostic.id) || isAllowed
            folder = parentFolder(folder)
        }
        return isAllowed
    }

    private mutating func use(_ file: String, _ id: String) -> Bool {
        let key = Key(file: file, id: id)
        guard all[key] != nil else { return false }
        used.insert(key)
        return true
    }

    /// Those that allowed nothing.
    var unused: [Allowance] {
        all.filter { !used.contains($0.key) }.map(\.value)
    }
}
