#if CommandLine
    import ArgumentParser
    import CanonicalJSON
    import DiagnosticRendering
    import PlacardCompiler
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
                base: try project.version(base),
                head: try head.map { name throws(CommandFailure) in try project.version(name) }
                    ?? ComparedVersion(project.locate())
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
#endif
