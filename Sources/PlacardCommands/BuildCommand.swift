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

                Nothing outside of the output folder is touched: a symbolic link in it, or on the way to it in the \
                project's repository, ends the build. What no build has written is never replaced without --replace.

                Examples:
                  placard build
                  placard build --strict --output public/messages
                  placard build --project apps/coffee --format github
                  placard build --base origin/main      for a pull request
                """)

        @OptionGroup var project: ProjectOptions
        @OptionGroup var diagnostics: DiagnosticOptions

        @Option(
            help: ArgumentHelp("Where to write; build/ in the project unless given.", valueName: "dir"),
            completion: .directory)
        var output: String?

        @Option(
            help: ArgumentHelp(
                "Tell reviewers what changed since a folder or a git revision: preview/changes.html, and preview/summary.md as a comment.",
                valueName: "base"))
        var base: String?

        @Flag(help: "Replace bundle, preview and push in the output folder, whoever wrote them.")
        var replace = false

        @Flag(name: .customLong("no-wait"), help: "Fail where another build is writing to the output folder.")
        var noWait = false

        @Flag(
            help:
                "Build a draft: what required locales lack are warnings, and such messages fall back in them."
        )
        var allowIncomplete = false

        func run() throws {
            let location = try project.locate()
            let progress = Progress()
            let compared = try comparison(progress)
            let result = try compileProject(
                at: location, for: .build, progress, now: try diagnostics.moment(), keepsUnits: compared != nil,
                allowsIncomplete: allowIncomplete, base: compared)
            progress.finish()
            keepUntilExit(result)
            let isHuman = diagnostics.format == .human
            let text = diagnostics.text(result, location, onTerminal: isHuman && Console.current.errorIsTerminal)
            if isHuman { writeError(text) } else { writeOutput(text) }
            guard !diagnostics.fails(result.diagnostics), let built = result.output else {
                let style = Console.current.errorStyle
                if isHuman, !text.isEmpty { writeError("\n") }
                writeError(
                    "\(style.bold("Not built: "))\(summaryLine(result.diagnostics)). The previous build is untouched.\n"
                )
                throw ExitCode(CommandFailure.diagnostics)
            }
            let here = Console.current.workingDirectory
            let folder = output.map { fullPath($0, from: here) } ?? location.folder + "/build"
            let writing = Progress()
            writing.stage("Writing \(built.count) files")
            var options = OutputOptions(untrusted: location.repository, replaces: replace, waits: !noWait) { holder in
                writing.finish()
                writeError("Waiting for \(holder.words) to finish; --no-wait fails instead.\n")
            }
            options.cannotRemove = { folder in
                writing.finish()
                writeError(
                    "\(folder) stays: something is mounted in it. Unmount that, and the next build removes the folder.\n"
                )
            }
            let files = try writeOutputFolder(built, to: folder, options: options)
            writing.finish()
            guard isHuman else { return }
            if !text.isEmpty { writeError("\n") }
            let prefix = relativePrefix(of: absolutePath(folder, from: here), from: absolutePath(here, from: "/"))
            writeOutput(summary(result, files: files, in: prefix, took: progress.elapsed))
        }

        /// Gives what `--base` names beside the project as it is; nil without that.
        private func comparison(_ progress: Progress) throws(CommandFailure) -> ((Compilation) -> ComparedBase)? {
            guard let base else { return nil }
            let version = try project.version(base)
            let former = try version.compile(progress)
            version.warn(of: former)
            keepUntilExit(former)
            return { now in
                progress.stage("Comparing with \(version.name)")
                return version.base(former, of: now)
            }
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
            let changes: OutputText = base == nil ? "" : "\n  what changed   \(folder)preview/changes.html"
            return """
                \(style.green("Built")) \(counts.joined(separator: ", "))
                  for apps       \(folder)bundle/manifest.json
                  for reviewers  \(folder)preview/index.html\(changes)\(push)

                """
        }
    }
#endif
