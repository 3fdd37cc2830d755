#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import SourceDiagnostics

    /// What other tools call a command, and what it is here.
    private let commandsOfOtherTools: [(command: String, words: Set<String>)] = [
        ("check", ["validate", "lint", "verify-content", "compile", "doctor", "analyze", "analyse", "ls", "list"]),
        ("check --fix", ["fix", "format", "fmt", "repair", "migrate"]),
        ("build", ["make", "bundle", "generate-bundle", "export", "render", "dist"]),
        ("serve", ["preview", "watch", "dev", "server", "run", "start", "open", "live"]),
        ("new message", ["add", "create", "message", "scaffold"]), ("new scenario", ["scenario", "scenarios"]),
        ("new template", ["template", "templates"]), ("new translation", ["locale", "language", "translate"]),
        ("translations", ["i18n", "l10n", "locales"]), ("translations status", ["status"]),
        ("translations import", ["import"]), ("explain", ["why", "simulate", "debug", "trace"]),
        ("generate", ["codegen", "types", "gen"]), ("release", ["sign", "deploy"]), ("--version", ["version"]),
        ("check --explain", ["diagnostic", "diagnostics", "rule", "rules"]), ("message", ["msg", "campaign"]),
        ("translation", ["locale", "language"]), ("status", ["show", "list"]),
    ]

    /// What is wrong with arguments that name a command that there is not, with the one that is meant, in the words and the
    /// form of the parser's own messages; nil for others.
    func unknownCommand(_ arguments: [String]) -> OutputText? {
        var command: any ParsableCommand.Type = PlacardCommand.self
        var path = "placard"
        for argument in arguments {
            if path == "placard", argument == "help" || argument == "--help" { continue }
            let below = command.configuration.subcommands
            guard !below.isEmpty, !argument.hasPrefix("-") else { return nil }
            let names = below.map { ($0.configuration.commandName ?? "", $0) }
            if let next = names.first(where: { $0.0 == argument }) {
                command = next.1
                path += " " + argument
                continue
            }
            let meant =
                nearMiss(argument, among: names.map(\.0))
                ?? commandsOfOtherTools.first { other in
                    other.words.contains(argument.lowercased()) && isReachable(other.command, names.map(\.0))
                }?.command
            let way: OutputText =
                meant.map { "Did you mean '\(path) \($0)'?" } ?? "There are: \(someOf(names.map(\.0)))."
            return
                "Error: There is no command '\(path) \(argument)'. \(way)\n  See '\(path) --help' for more information.\n"
        }
        return nil
    }

    /// Whether such a command, or option of the whole tool, stands below one that has these.
    private func isReachable(_ command: String, _ names: [String]) -> Bool {
        command == "--version" && names.contains("check")
            || command.split(separator: " ").first.map { names.contains(String($0)) } ?? false
    }
#endif
