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
                  placard diff origin/main --format markdown > summary.md      for a comment
                """)

        @OptionGroup var project: ProjectOptions

        @Argument(help: ArgumentHelp("What to compare with: a folder or a git revision.", valueName: "base"))
        var base: String

        @Argument(help: ArgumentHelp("The new version; the project as it is unless given.", valueName: "head"))
        var head: String?

        @Option(help: "human, json (one document) or markdown (below 60 KB, for a comment).")
        var format: DifferenceFormat = .human

        func run() throws {
            let versions = (
                base: try ComparedVersion(base, project),
                head: try head.map { name throws(CommandFailure) in try ComparedVersion(name, project) }
                    ?? ComparedVersion(project)
            )
            let progress = Progress()
            let former = try versions.base.compile(progress)
            let now = try versions.head.compile(progress)
            progress.stage("Comparing")
            let found = difference(from: former, to: now)
            progress.finish()
            versions.base.warn(of: former)
            versions.head.warn(of: now)
            switch format {
            case .human: writeOutput(DifferenceText(found).text)
            case .json:
                writeOutput(
                    OutputText(
                        json: found.json(base: versions.base.name, head: versions.head.name).canonicalString + "\n"))
            case .markdown:
                writeOutput(
                    OutputText(markdown: DifferenceMarkdown(found, (versions.base.name, versions.head.name)).text))
            }
            keepUntilExit(former)
            keepUntilExit(now)
        }
    }

    /// A version of a project, to be compared with another.
    struct ComparedVersion {
        /// As the user named it; `the project` for what is in its folder now.
        let name: String
        let files: ProjectFiles

        /// What is called the version that is in the project's folder.
        static let present = "the project"

        private init(_ name: String, _ files: ProjectFiles) {
            self.name = name
            self.files = files
        }

        /// What is in the project's folder now.
        init(_ project: ProjectOptions) throws(CommandFailure) {
            self.init(ComparedVersion.present, try load(project.locate()))
        }

        func compile(_ progress: Progress) throws(CommandFailure) -> Compilation {
            guard !files.isOverLimit else {
                throw CommandFailure(
                    "\(name): \(files.problems.first?.message ?? "it is too large")",
                    exitCode: CommandFailure.diagnostics)
            }
            return compileProject(
                files, for: .translations, progress, now: nil, keepsUnits: true, allowsIncomplete: true
            ).compilation
        }

        /// Warns where the version could not be compiled as a whole.
        func warn(of compilation: Compilation) {
            guard compilation.hasErrors else { return }
            let count = compilation.diagnostics.count { $0.severity == .error }
            writeError("warning: \(name) has \(counted(count, "error")); what was not understood is not compared\n")
        }

        /// A folder where there is one with a `placard.yaml`, else a revision.
        init(_ name: String, _ project: ProjectOptions) throws(CommandFailure) {
            let folder = fullPath(name, from: absolutePath(Console.current.workingDirectory, from: "/"))
            if !name.isEmpty, !name.hasPrefix("-"), nearest("placard.yaml", from: folder) == folder {
                var location = try ProjectLocation.find(name)
                location.followsLinks = project.followLinks
                self.init(name, try load(location))
                return
            }
            let location = try project.locate()
            do throws(GitRevisionError) {
                let files = try projectFiles(
                    at: name, in: location.repository, below: location.repositoryPrefix)
                self.init(name, files)
            } catch {
                throw CommandFailure(
                    "\(name) \(error.message)",
                    help: ["name a folder with a placard.yaml, or a git revision such as main or HEAD~1"],
                    exitCode: error.isFailure ? CommandFailure.failure : CommandFailure.wrongUse)
            }
        }
    }
#endif
