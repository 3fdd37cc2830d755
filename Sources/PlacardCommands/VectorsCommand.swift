#if CommandLine
    import ArgumentParser
    import CanonicalJSON
    import DiagnosticRendering
    import PlacardBundle
    import PlacardCompiler

    struct VectorsCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "vectors",
            abstract: "Write cases that a client in any language is held to.",
            discussion: """
                Compiles the project and writes DIR/bundle, as a build does, and DIR/vectors.json: requests (a context, a \
                history, a clock) with the decisions that come of them, draws, look-ups of languages, moments, versions, \
                links and patches. Documentation/Protocol.md says what each means; placard schema vectors is its schema. The same \
                project gives the same cases.

                Example:
                  placard vectors vectors
                """)

        @OptionGroup var project: ProjectOptions

        @Argument(help: ArgumentHelp("Where to write.", valueName: "dir"), completion: .directory)
        var folder: String

        func run() throws {
            let location = try project.locate()
            let progress = Progress()
            let compilation = try compileForTesting(at: location, progress)
            if compilation.hasErrors { progress.finish() }
            try refuseErrors(compilation)
            progress.stage("Deciding")
            let vectors = try ProtocolVectors(compilation)
            progress.finish()
            let path = fullPath(folder, from: Console.current.workingDirectory)
            let output = BuildOutput(
                manifest: vectors.bundle.manifest.json.canonicalBytes, targets: vectors.bundle.targets,
                preview: OutputFiles([]))
            _ = try writeOutputFolder(output, to: path, options: OutputOptions(untrusted: location.repository))
            try writeHandoff("vectors.json", vectors.json.canonicalBytes, in: path, location)
            writeOutput("Wrote \(counted(vectors.decisionCount, "decision")) and more to \(folder)/vectors.json\n")
        }
    }
#endif
