#if CommandLine
    import ArgumentParser

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

                Exit codes: 0 clean, 1 findings, 2 wrong use, 3 a failure of the tool or the machine.
                """,
            version: placardVersion,
            subcommands: [
                InitCommand.self, NewCommand.self, BuildCommand.self, CheckCommand.self, ExplainCommand.self,
                TestCommand.self, TranslationsCommand.self,
                SchemaCommand.self,
            ])
    }

    /// Runs the tool as a shell would.
    ///
    /// - Parameter arguments: without the program's name.
    /// - Returns: the exit code: 0 clean, 1 findings, 2 wrong use, 3 a failure of the tool or the machine.
    public func runPlacard(_ arguments: [String]) -> Int32 {
        do {
            var command = try PlacardCommand.parseAsRoot(arguments)
            try command.run()
            return 0
        } catch let failure as CommandFailure {
            failure.report()
            return failure.exitCode
        } catch {
            return report(error)
        }
    }

    /// What argument-parser throws: help and version are answers, anything else is wrong use.
    private func report(_ error: any Error) -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        let message = PlacardCommand.fullMessage(for: error)
        switch PlacardCommand.exitCode(for: error) {
        case .success:
            writeOutput(message + "\n")
            return 0
        case .validationFailure:
            writeError(message + "\n")
            return CommandFailure.wrongUse
        default:
            writeError(message + "\n")
            return CommandFailure.failure
        }
    }
#else
    /// Says that the tool was left out of this build.
    public func runPlacard(_ arguments: [String]) -> Int32 {
        print("placard was built without its command line; enable the package trait CommandLine")
        return 3
    }
#endif

/// The tool's version, by Semantic Versioning 2.0.
public let placardVersion = "0.1.0"
