#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardRelease
    import TUF

    struct KeysListCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Show which keys count, for what, and where their private keys are.")

        @OptionGroup var keys: KeyOptions

        func run() throws {
            let (folder, ring) = (try keys.load(), try keys.ring())
            let style = Console.current.outputStyle
            var text: OutputText =
                style.bold("Root \(folder.root.version)") + ", trusted until \(folder.root.expires.description)\n"
            for role in TopLevelRole.allCases {
                let keys = folder.root[role]
                text += "\(role.rawValue): \(keys.threshold) of \(keys.keyIDs.count)\n"
                for id in keys.keyIDs {
                    let scheme = folder.root.keys[id]?.scheme ?? "missing"
                    text += "  \(String(id.description.prefix(16)))  \(scheme)  \(ring.places[id] ?? "not here")\n"
                }
            }
            for (id, place) in ring.places.sorted(by: { $0.key < $1.key }) where folder.root.keys[id] == nil {
                text += "counts for nothing: \(String(id.description.prefix(16)))  \(place)\n"
            }
            if folder.pending != nil { text += "A root waits for signatures; placard keys sign adds one.\n" }
            writeOutput(text)
        }
    }
#endif
