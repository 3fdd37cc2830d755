#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler
    import SourceDiagnostics

    struct BuildCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "build",
            abstract: "Compile the project: the bundle for apps, the preview for reviewers, notifications for servers.",
            discussion: """
                Writes build/bundle (manifest.json and the files it names), build/preview (open index.html) and, where \
                messages have a notification, build/push (a payload for APNs and one for FCM by message and locale). \
                With an error nothing is written and the previous build stays as it is; killed at any moment, \
                too. The same input gives the same bytes, on every machine.

                Examples:
                  placard build
                  placard build --strict --output public/messages
                  placard build --project apps/coffee --format github
                """)

        @OptionGroup var project: ProjectOptions
        @OptionGroup var findings: FindingOptions

        @Option(
            help: ArgumentHelp("Where to write; build/ in the project unless given.", valueName: "dir"),
            completion: .directory)
        var output: String?

        func run() throws {
            let location = try project.locate()
            let progress = Progress()
            let result = try compileProject(at: location.folder, for: .build, progress)
            progress.finish()
            keepUntilExit(result)
            let isHuman = findings.format == .human
            let text = findings.text(result, location, onTerminal: isHuman && Console.current.errorIsTerminal)
            if isHuman { writeError(text) } else { writeOutput(text) }
            guard !findings.fails(result.diagnostics), let built = result.output else {
                let style = Console.current.errorStyle
                if isHuman, !text.isEmpty { writeError("\n") }
                writeError(
                    "\(style.bold("Not built: "))\(summaryLine(result.diagnostics)). The previous build is untouched.\n"
                )
                throw ExitCode(CommandFailure.findings)
            }
            let target = output.map { absolutePath($0, from: Console.current.workingDirectory) }
            let folder = target ?? location.folder + "/build"
            let writing = Progress()
            writing.stage("Writing \(built.count) files")
            let files = try writeOutputFolder(built, to: folder)
            writing.finish()
            guard isHuman else { return }
            if !text.isEmpty { writeError("\n") }
            let prefix = relativePrefix(of: folder, from: absolutePath(Console.current.workingDirectory, from: "/"))
            writeOutput(summary(result, files: files, in: prefix, took: progress.elapsed))
        }

        private func summary(_ result: CompiledProject, files: Int, in folder: String, took time: String) -> OutputText
        {
            let style = Console.current.outputStyle
            let warnings = result.diagnostics.count { $0.severity == .warning }
            let counts = [
                counted(result.messageCount, "message"), counted(result.localeCount, "locale"),
                counted(files, "file"), warnings == 0 ? "no warnings" : counted(warnings, "warning"), time,
            ]
            let hasPush = !(result.output?.push.isEmpty ?? true)
            let push: OutputText = hasPush ? "\n  for servers    \(folder)push/" : ""
            return """
                \(style.green("Built")) \(counts.joined(separator: ", "))
                  for apps       \(folder)bundle/manifest.json
                  for reviewers  \(folder)preview/index.html\(push)

                """
        }
    }
#endif
