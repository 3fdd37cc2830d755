#if CommandLine
    import ArgumentParser
    import CanonicalJSON
    import DiagnosticRendering
    import PlacardCompiler
    import PlacardRelease
    import SourceDiagnostics

    /// How a difference is written.
    enum DifferenceFormat: String, ExpressibleByArgument, CaseIterable {
        case human, json, markdown
    }

    struct DiffCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff",
            abstract: "Show what changed for readers between two versions of a project.",
            discussion: """
                Each version is a folder with a placard.yaml, or a git revision of the project; without HEAD it is the \
                project as it is. Both are compiled and compared by what they mean: audiences that became wider or narrower, with \
                a user for each direction, schedules, limits, links, images, and the words of texts in every language.

                Examples:
                  placard diff main
                  placard diff v1.4.0 v1.5.0
                  placard diff origin/main --format markdown > summary.md      a comment on a pull request
                """)

        @OptionGroup var project: ProjectOptions

        @Argument(help: ArgumentHelp("What to compare with: a folder or a git revision.", valueName: "base"))
        var base: String

        @Argument(help: ArgumentHelp("The new version; the project as it is unless given.", valueName: "head"))
        var head: String?

        @Option(help: "human, json (one document) or markdown (below 60 KB, for a comment).")
        var format: DifferenceFormat = .human

        func run() throws {
            let versions = try ComparedVersions(base: base, head: head, project: project)
            let progress = Progress()
            let former = try versions.compile(versions.base, progress)
            let now = try versions.compile(versions.head, progress)
            progress.stage("Comparing")
            let found = difference(from: former, to: now)
            progress.finish()
            for (version, compilation) in [(versions.base, former), (versions.head, now)] where compilation.hasErrors {
                let count = compilation.diagnostics.count { $0.severity == .error }
                writeError(
                    "warning: \(version.name) has \(counted(count, "error")); what was not understood is not compared\n"
                )
            }
            switch format {
            case .human: writeOutput(DifferenceText(found).text)
            case .json:
                writeOutput(
                    OutputText(
                        json: found.json(base: versions.base.name, head: versions.head.name).canonicalString + "\n"))
            case .markdown:
                writeOutput(OutputText(lines: DifferenceMarkdown(found, (versions.base.name, versions.head.name)).text))
            }
            keepUntilExit(former)
            keepUntilExit(now)
        }
    }

    /// The two versions that are compared.
    struct ComparedVersions {
        /// One of them.
        struct Version {
            /// As the user named it; `the project` for what is in its folder now.
            var name: String
            var files: ProjectFiles
        }

        let base: Version
        let head: Version

        init(base: String, head: String?, project: ProjectOptions) throws(CommandFailure) {
            self.base = try ComparedVersions.version(base, project)
            if let head {
                self.head = try ComparedVersions.version(head, project)
            } else {
                self.head = Version(name: "the project", files: try load(project.locate()))
            }
        }

        func compile(_ version: Version, _ progress: Progress) throws(CommandFailure) -> Compilation {
            guard !version.files.isOverLimit else {
                throw CommandFailure(
                    "\(version.name): \(version.files.problems.first?.message ?? "it is too large")",
                    exitCode: CommandFailure.diagnostics)
            }
            return compileProject(
                version.files, for: .translations, progress, now: nil, keepsUnits: true, allowsIncomplete: true
            ).compilation
        }

        /// A folder where there is one with a `placard.yaml`, else a revision.
        private static func version(_ name: String, _ project: ProjectOptions) throws(CommandFailure) -> Version {
            let folder = fullPath(name, from: absolutePath(Console.current.workingDirectory, from: "/"))
            if !name.isEmpty, !name.hasPrefix("-"), nearest("placard.yaml", from: folder) == folder {
                var location = try ProjectLocation.find(name)
                location.followsLinks = project.followLinks
                return Version(name: name, files: try load(location))
            }
            let location = try project.locate()
            do throws(GitRevisionError) {
                let files = try projectFiles(
                    at: name, in: location.repository, below: location.repositoryPrefix)
                return Version(name: name, files: files)
            } catch {
                throw CommandFailure(
                    "\(name) \(error.message)",
                    help: ["name a folder with a placard.yaml, or a git revision such as main or HEAD~1"],
                    exitCode: error.isFailure ? CommandFailure.failure : CommandFailure.wrongUse)
            }
        }
    }
#endif
