#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler
    import PlacardRelease
    import TUF

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    struct KeysCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "keys",
            abstract: "Who signs releases: make keys, replace them, take them back.",
            discussion: """
                A project's keys are a folder: its roots, 1.root.json and on, are public, belong into the repository, and say \
                which keys count; private/ holds private keys and is never committed. Four roles sign: root says who \
                may sign, targets what is released, snapshot what belongs together, timestamp that it is the newest. \
                Keep the root's keys offline; snapshot and timestamp sign on a server.

                A private key is PKCS #8 in PEM: a file that its owner alone can read, or a variable whose name begins with \
                PLACARD_KEY_. It is never an argument.

                Examples:
                  placard keys generate --root-keys 3 --root-threshold 2
                  placard keys rotate timestamp
                  placard keys revoke 3f9c2d41
                  placard keys list
                """,
            subcommands: [
                KeysGenerateCommand.self, KeysRotateCommand.self, KeysRevokeCommand.self, KeysRenewCommand.self,
                KeysSignCommand.self, KeysListCommand.self,
            ])
    }

    extension TopLevelRole: ExpressibleByArgument {}

    /// How keys sign, as a person writes it.
    enum KeyScheme: String, ExpressibleByArgument, CaseIterable {
        case ed25519, p256

        var scheme: PrivateKey.Scheme { self == .ed25519 ? .ed25519 : .p256 }
    }

    struct KeysGenerateCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "generate",
            abstract: "Make the first keys, and the root that apps come with.",
            discussion: """
                Examples:
                  placard keys generate
                  placard keys generate --root-keys 3 --root-threshold 2
                  placard keys generate --public root=alice.pem --public targets=kms.pem
                """)

        @OptionGroup var keys: KeyOptions

        @Option(help: ArgumentHelp("How many keys to make for the root.", valueName: "count"))
        var rootKeys = 1

        @Option(help: ArgumentHelp("How many of the root's keys must sign it; all unless given.", valueName: "count"))
        var rootThreshold: Int?

        @Option(help: "How keys sign: ed25519, or p256 for hardware that has nothing else.")
        var scheme = KeyScheme.ed25519

        @Option(
            name: .customLong("public"),
            help: ArgumentHelp(
                "A public key in PEM of a role whose private key is elsewhere; may be given again.",
                valueName: "role=file"))
        var publicKeys: [String] = []

        @Option(help: ArgumentHelp("How many days the root is trusted.", valueName: "days"))
        var valid = 365

        func run() throws {
            var first = FirstKeys()
            guard (0...16).contains(rootKeys) else { throw CommandFailure("\(rootKeys) keys for a root make no sense") }
            (first.rootCount, first.rootThreshold, first.scheme) = (rootKeys, rootThreshold, scheme.scheme)
            for text in publicKeys {
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2, let role = TopLevelRole(rawValue: parts[0]) else {
                    throw CommandFailure(
                        "`\(text)` is not ROLE=FILE", help: ["roles are root, targets, snapshot, timestamp"])
                }
                first.given.append((role, try publicKey(parts[1])))
            }
            let (folder, chosen) = (keys.folder(), first)
            let (ring, expires) = (try keys.ring(), try expiry(days: valid))
            let change = try releasing { () throws(ReleaseError) in
                try generateKeys(folder, chosen, ring: ring, expires: expires)
            }
            report(change, in: folder, expires)
        }
    }

    struct KeysRotateCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate",
            abstract: "Put new keys in the place of a role's, and sign the root that says so.",
            discussion: """
                The next placard release serves the new root and signs with the new keys. The private keys that went are of \
                no use any more; delete them.

                Examples:
                  placard keys rotate timestamp
                  placard keys rotate root --key 3f9c2d41
                  placard keys rotate targets --public kms.pem
                """)

        @OptionGroup var keys: KeyOptions

        @Argument(help: "root, targets, snapshot or timestamp.")
        var role: TopLevelRole

        @Option(help: ArgumentHelp("Only this key of the role, by the beginning of its id.", valueName: "id"))
        var key: String?

        @Option(help: "How new keys sign: ed25519, or p256.")
        var scheme = KeyScheme.ed25519

        @Option(
            name: .customLong("public"),
            help: ArgumentHelp("The new key in PEM, when its private key is elsewhere.", valueName: "file"))
        var given: String?

        @Option(help: ArgumentHelp("How many days the root is trusted.", valueName: "days"))
        var valid = 365

        func run() throws {
            let folder = try keys.load()
            let (role, scheme) = (role, scheme.scheme)
            let id = try key.map { text throws(CommandFailure) in
                try keyID(text, among: folder.root[role].keyIDs)
            }
            let given = try given.map { file throws(CommandFailure) in try publicKey(file) }
            let (ring, expires) = (try keys.ring(), try expiry(days: valid))
            let change = try releasing { () throws(ReleaseError) in
                try rotateKeys(folder, role, id: id, given: given, scheme: scheme, ring: ring, expires: expires)
            }
            report(change, in: folder.path, expires)
        }
    }

    struct KeysRevokeCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "Take a key out of all roles, and sign the root that says so.",
            discussion: """
                From the next placard release on nothing counts that the key signed. A role that would be left with too few \
                keys wants placard keys rotate ROLE --key ID.

                Examples:
                  placard keys revoke 3f9c2d41
                """)

        @OptionGroup var keys: KeyOptions

        @Argument(help: ArgumentHelp("The key, by the beginning of its id.", valueName: "id"))
        var key: String

        @Option(help: ArgumentHelp("How many days the root is trusted.", valueName: "days"))
        var valid = 365

        func run() throws {
            let folder = try keys.load()
            let id = try keyID(key, among: folder.root.keys.keys.sorted())
            let (ring, expires) = (try keys.ring(), try expiry(days: valid))
            let change = try releasing { () throws(ReleaseError) in
                try revokeKey(folder, id, ring: ring, expires: expires)
            }
            report(change, in: folder.path, expires)
        }
    }

    struct KeysRenewCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "renew",
            abstract: "Sign the same root for more days, before it expires.",
            discussion: """
                Examples:
                  placard keys renew --valid 365
                """)

        @OptionGroup var keys: KeyOptions

        @Option(help: ArgumentHelp("How many days the root is trusted.", valueName: "days"))
        var valid = 365

        func run() throws {
            let folder = try keys.load()
            let (ring, expires) = (try keys.ring(), try expiry(days: valid))
            let change = try releasing { () throws(ReleaseError) in try renewRoot(folder, ring: ring, expires: expires)
            }
            report(change, in: folder.path, expires)
        }
    }

    struct KeysSignCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign",
            abstract: "Add your signature to a root that waits for more: pending.root.json.",
            discussion: """
                Where the root needs several signatures of people, each runs this with a key of their own; placard \
                keys list shows first what it would say. With the last signature the root takes its place.

                Examples:
                  placard keys sign --private /media/usb/keys
                """)

        @OptionGroup var keys: KeyOptions

        func run() throws {
            let (folder, ring) = (keys.folder(), try keys.ring())
            let change = try releasing { () throws(ReleaseError) in try signPendingRoot(folder, ring: ring) }
            report(change, in: folder, nil)
        }
    }

    /// The one key whose id begins like that.
    private func keyID(_ text: String, among ids: [KeyID]) throws(CommandFailure) -> KeyID {
        let found = ids.filter { $0.description.hasPrefix(text) }
        guard found.count == 1, let id = found.first, !text.isEmpty else {
            throw CommandFailure(
                found.isEmpty ? "no key there begins with `\(text)`" : "several keys begin with `\(text)`",
                help: ["placard keys list shows the keys"])
        }
        return id
    }

    private func publicKey(_ file: String) throws(CommandFailure) -> PublicKey {
        let bytes: [UInt8]
        do {
            bytes = try readFile(
                fullPath(file, from: Console.current.workingDirectory), untrusted: nil, limit: 1 << 16)
        } catch {
            throw CommandFailure("\(file) cannot be read: \(error.reason)")
        }
        do throws(TUFError) {
            return try PublicKey(pem: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw CommandFailure("\(file): \("\(error)")")
        }
    }

    private func report(_ change: KeyChange, in folder: String, _ expires: UTCTime?) {
        let style = Console.current.outputStyle
        var text: OutputText = ""
        for file in change.made { text += "  private key    \(folder)/\(file)\n" }
        if change.isComplete {
            let until: OutputText = expires.map { ", trusted until \($0.description)" } ?? ""
            writeOutput(style.green("Signed root \(change.version)") + until + "\n" + text)
            writeOutput("  root           \(folder)/\(change.version).root.json\n")
        } else {
            let names = change.missing.map { id -> OutputText in "\(String(id.description.prefix(16)))" }
            writeOutput(
                style.bold("Root \(change.version) waits for signatures") + ": \(folder)/pending.root.json\n" + text)
            writeOutput("  not signed by  \(names.joined(separator: ", "))\n  placard keys sign adds one\n")
        }
    }
#endif
