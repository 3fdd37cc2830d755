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

    /// Where the keys of releases are.
    struct KeyOptions: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                "The folder of the keys; keys/ in the project unless given. Its roots are public; its private/ is not.",
                valueName: "dir"),
            completion: .directory)
        var keys: String?

        @Option(
            name: .customLong("private"),
            help: ArgumentHelp(
                "A folder with private keys; private/ in the folder of the keys unless given.", valueName: "dir"),
            completion: .directory)
        var privateKeys: String?

        @Option(
            help: ArgumentHelp(
                "A command that signs with keys that are not here, such as a key service's; also in PLACARD_SIGNER.",
                valueName: "command"))
        var signer: String?

        /// The folder's absolute path.
        ///
        /// - Parameter project: the project's folder, where a command names one; else the one around the working directory.
        func folder(_ project: String? = nil) -> String {
            if let keys { return fullPath(keys, from: Console.current.workingDirectory) }
            let base = project ?? (try? ProjectLocation.find(nil))?.folder
            return (base ?? Console.current.workingDirectory) + "/keys"
        }

        func ring(_ project: String? = nil) throws(CommandFailure) -> KeyRing {
            let console = Console.current
            let path = privateKeys.map { fullPath($0, from: console.workingDirectory) } ?? folder(project) + "/private"
            return try releasing { () throws(ReleaseError) in
                try KeyRing(
                    folder: path, environment: console.variables, signer: signer ?? console.variables["PLACARD_SIGNER"])
            }
        }

        func load(_ project: String? = nil) throws(CommandFailure) -> KeyFolder {
            let path = folder(project)
            return try releasing { () throws(ReleaseError) in try KeyFolder(path) }
        }
    }

    /// The root that a release is verified from.
    struct RootOption: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                "The root to begin with, as apps have it; 1.root.json of the keys unless given.", valueName: "file"),
            completion: .file(extensions: ["json"]))
        var root: String?

        func bytes(_ keys: KeyOptions, _ project: String? = nil) throws(CommandFailure) -> [UInt8] {
            let path =
                root.map { fullPath($0, from: Console.current.workingDirectory) } ?? keys.folder(project)
                + "/1.root.json"
            do {
                return try readFile(path, untrusted: nil, limit: rootLimit)
            } catch {
                throw CommandFailure(
                    "the root \(path) cannot be read: \(error.reason)",
                    help: ["--root FILE names the root that apps come with"])
            }
        }
    }

    /// Runs what may fail for a release's sake.
    func releasing<Value>(_ body: () throws(ReleaseError) -> Value) throws(CommandFailure) -> Value {
        do throws(ReleaseError) {
            return try body()
        } catch {
            let code =
                switch error.kind {
                case .untrusted: CommandFailure.diagnostics
                case .wrongUse: CommandFailure.wrongUse
                case .failure: CommandFailure.failure
                }
            throw CommandFailure("\(error.message)", help: error.help.map { "\($0)" }, exitCode: code)
        }
    }

    /// `SOURCE_DATE_EPOCH`, when it is set (<https://reproducible-builds.org/specs/source-date-epoch/>).
    func sourceDate() throws(CommandFailure) -> UTCTime? {
        guard let text = Console.current.variables["SOURCE_DATE_EPOCH"], !text.isEmpty else { return nil }
        guard let seconds = Int64(text), (0...253_402_300_799).contains(seconds) else {
            throw CommandFailure("SOURCE_DATE_EPOCH is `\(text)`, and not a number of seconds")
        }
        return UTCTime(seconds: seconds)
    }

    /// What time it is: `SOURCE_DATE_EPOCH`, or the clock.
    func currentTime() throws(CommandFailure) -> UTCTime {
        try sourceDate() ?? clock()
    }

    /// What time it is, whatever the environment says: for what is trusted.
    func clock() -> UTCTime { UTCTime(seconds: Int64(Date().timeIntervalSince1970)) }

    /// A folder or an address that was named.
    func location(_ text: String) throws(CommandFailure) -> ReleaseLocation {
        let here = Console.current.workingDirectory
        return try releasing { () throws(ReleaseError) in
            try ReleaseLocation(text) { absolutePath($0, from: here) }
        }
    }

    /// A moment some days from now, or from `SOURCE_DATE_EPOCH`.
    func expiry(days: Int) throws(CommandFailure) -> UTCTime {
        guard (1...36_500).contains(days) else { throw CommandFailure("a validity of \(days) days makes no sense") }
        return UTCTime(seconds: try currentTime().seconds + Int64(days) * 86_400)
    }
#endif
