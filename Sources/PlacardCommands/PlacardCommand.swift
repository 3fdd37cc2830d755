#if CommandLine
    import ArgumentParser
    import DiagnosticRendering

    /// The `placard` command.
    struct PlacardCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "placard",
            abstract: "Markdown in, in-app messages out.",
            discussion: """
                A project is a folder with placard.yaml, templates/ and content/. Each message is one Markdown \
                file; Placard checks it, compiles it with its translations, and writes what apps read and what \
                reviewers look at.

                Start here:
                  placard init my-messages        a small working project, with comments
                  cd my-messages && placard build
                  open build/preview/index.html

                Every day:
                  placard new message summer-sale --template banner
                  placard check --fix
                  placard check --explain cel/undeclared-reference

                Exit codes: 0 clean, 1 diagnostics, 2 wrong use, 3 a failure of the tool or the machine.
                """,
            version: placardVersion,
            subcommands: [
                InitCommand.self, NewCommand.self, BuildCommand.self, ServeCommand.self, CheckCommand.self,
                ExplainCommand.self,
                TestCommand.self, TranslationsCommand.self, KeysCommand.self, ReleaseCommand.self, VerifyCommand.self,
                RefreshCommand.self, PublishCommand.self,
                SchemaCommand.self, VectorsCommand.self, GenerateCommand.self, DiffCommand.self,
            ])
    }

    /// Runs the tool as a shell would.
    ///
    /// - Parameter arguments: without the program's name.
    /// - Returns: the exit code: 0 clean, 1 diagnostics, 2 wrong use, 3 a failure of the tool or the machine.
    package func runPlacard(_ arguments: [String]) -> Int32 {
        do {
            var command = try PlacardCommand.parseAsRoot(withFixKinds(arguments))
            try command.run()
            return 0
        } catch let failure as CommandFailure {
            failure.report()
            return failure.exitCode
        } catch {
            return report(error, arguments)
        }
    }

    /// `check --fix` with the kind that it stands for, as the parser would take the path behind it for one.
    private func withFixKinds(_ arguments: [String]) -> [String] {
        guard arguments.first == "check" else { return arguments }
        let options = arguments.prefix { $0 != "--" }
        return options.map { $0 == "--fix" ? "--fix=\(FixChoice.safe.rawValue)" : $0 } + arguments[options.count...]
    }

    /// What argument-parser throws: help and version are answers, anything else is wrong use.
    private func report(_ error: any Error, _ arguments: [String]) -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        if let message = unknownCommand(arguments) {
            writeError(message)
            return CommandFailure.wrongUse
        }
        var message = OutputText(lines: namingLines(of: arguments, in: PlacardCommand.fullMessage(for: error))) + "\n"
        if arguments.first != "check", PlacardCommand.exitCode(for: error) == .validationFailure,
            arguments.contains(where: { $0 == "--fix" || $0.hasPrefix("--fix=") })
        {
            message += "  placard check --fix applies fixes.\n"
        }
        switch PlacardCommand.exitCode(for: error) {
        case .success:
            writeOutput(message)
            return 0
        case .validationFailure:
            writeError(message)
            return CommandFailure.wrongUse
        default:
            writeError(message)
            return CommandFailure.failure
        }
    }

    /// `message`, which may repeat arguments, with the line feeds of those as the name of one: only the parser's own end a
    /// line.
    private func namingLines(of arguments: [String], in message: String) -> String {
        var message = message
        for argument in arguments where argument.utf8.contains(0x0A) {
            // An option and its value are repeated together or each by itself.
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            for part in [argument[...]] + parts where part.utf8.contains(0x0A) {
                message = message.replacing(part, with: part.replacing("\n", with: "\u{240A}"))
            }
        }
        return message
    }
#else
    import DiagnosticRendering

    /// Says that the tool was left out of this build.
    package func runPlacard(_ arguments: [String]) -> Int32 {
        writeError("placard was built without its command line; enable the package trait CommandLine\n")
        return 3
    }
#endif

/// The tool's version, by Semantic Versioning 2.0.
package let placardVersion = "0.1.0"
