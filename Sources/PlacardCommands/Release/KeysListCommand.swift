#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardRelease
    import TUF

    struct KeysListCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Show which keys count, for what, and where their private keys are.",
            discussion: """
                Of a private key its place is shown, and nothing else.

                Examples:
                  placard keys list --keys keys/production
                """)

        @OptionGroup var keys: KeyOptions

        func run() throws {
            let (path, ring) = (keys.folder(), try keys.ring())
            let style = Console.current.outputStyle
            let pending = try releasing { () throws(ReleaseError) in try pendingRoot(path) }
            var text: OutputText = ""
            do throws(CommandFailure) {
                let root = try keys.load().root
                text += style.bold("Root \(root.version)") + ", trusted until \(root.expires.description)\n"
                text += listing(root, ring)
                for (id, place) in ring.places.sorted(by: { $0.key < $1.key })
                where root.keys[id] == nil && pending?.keys[id] == nil {
                    text += "counts for nothing: \(String(id.description.prefix(16)))  \(place)\n"
                }
            } catch {
                // The first root may still wait for signatures.
                if pending == nil { throw error }
            }
            if let pending {
                text += style.bold("Root \(pending.version) waits for signatures") + "; placard keys sign adds one\n"
                text += listing(pending, ring)
            }
            writeOutput(text)
        }

        private func listing(_ root: RootMetadata, _ ring: KeyRing) -> OutputText {
            var text: OutputText = ""
            for role in TopLevelRole.allCases {
                text += "\(role.rawValue): \(root[role].threshold) of \(root[role].keyIDs.count)\n"
                for id in root[role].keyIDs {
                    let scheme = root.keys[id]?.scheme ?? "missing"
                    text += "  \(String(id.description.prefix(16)))  \(scheme)  \(ring.places[id] ?? "not here")\n"
                }
            }
            return text
        }
    }
#endif
