#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler
    import PlacardGenerate

    struct GenerateCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "generate",
            abstract: "Write types for an app: events, context, ids of messages and buttons.",
            discussion: """
                Types of what placard.yaml and content/ declare, so that a slip in an app does not compile. \
                Documentation/Generate.md says what they are and how names are made.

                Examples:
                  placard generate swift --output App/Placard.swift
                  placard generate kotlin --package com.example.app --output app/Placard.kt
                  placard generate typescript --output src/placard.ts --check     for CI
                """,
            subcommands: [GenerateSwiftCommand.self, GenerateKotlinCommand.self, GenerateTypeScriptCommand.self])
    }

    struct GenerateSwiftCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "swift",
            abstract: "Types for an app with PlacardClient.",
            discussion: """
                Adds decide, track and explain to the client, with typed events and contexts.

                Example:
                  placard generate swift --output App/Placard.swift
                """)

        @OptionGroup var project: ProjectOptions
        @OptionGroup var destination: GeneratedFileOptions

        @Option(help: "internal (for one module) or public (for whoever imports it).")
        var access: AccessLevel = .internal

        func run() throws {
            try destination.write(.swift, GenerationOptions(access: access), of: project.locate())
        }
    }

    struct GenerateKotlinCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "kotlin",
            abstract: "Types for a client in Kotlin, which make the JSON that Documentation/Protocol.md describes.",
            discussion: """
                For Kotlin 1.3 and later on a JVM or on Android; moments are java.time.Instant.

                Example:
                  placard generate kotlin --package com.example.app --output app/Placard.kt
                """)

        @OptionGroup var project: ProjectOptions
        @OptionGroup var destination: GeneratedFileOptions

        @Option(help: ArgumentHelp("The package of the code; the nameless one unless given.", valueName: "name"))
        var package: String?

        func validate() throws {
            guard let package else { return }
            let parts = package.split(separator: ".", omittingEmptySubsequences: false)
            let isName = parts.allSatisfy { part in
                part.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil && part.utf8.contains { $0 != 0x5F }
            }
            guard isName else {
                throw ValidationError("--package \(package) is not the name of a package, such as com.example.app")
            }
        }

        func run() throws {
            try destination.write(.kotlin, GenerationOptions(package: package), of: project.locate())
        }
    }

    struct GenerateTypeScriptCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "typescript",
            abstract: "Types for a client in TypeScript, which make the JSON that Documentation/Protocol.md describes.",
            discussion: """
                For TypeScript 4.5 and later.

                Example:
                  placard generate typescript --output src/placard.ts
                """)

        @OptionGroup var project: ProjectOptions
        @OptionGroup var destination: GeneratedFileOptions

        func run() throws {
            try destination.write(.typescript, GenerationOptions(), of: project.locate())
        }
    }

    extension AccessLevel: ExpressibleByArgument {}

    /// Where generated code goes.
    struct GeneratedFileOptions: ParsableArguments {
        @Option(
            name: [.customLong("output"), .customShort("o")],
            help: ArgumentHelp("The file to write; standard output unless given.", valueName: "file"),
            completion: .file())
        var output: String?

        @Flag(help: "Write nothing; the exit code is 1 where the file is not what would be written.")
        var check = false

        func validate() throws {
            if check, output == nil { throw ValidationError("--check needs --output FILE, the file to look at") }
        }

        /// Generates the code and writes it, or looks whether it is there.
        func write(
            _ language: AppLanguage, _ options: GenerationOptions, of location: ProjectLocation
        ) throws(CommandFailure) {
            let code = generate(language, from: try appDeclarations(of: location), options: options)
            // The same bytes, wherever they go.
            let text = OutputText(lines: code)
            guard let output else { return writeOutput(text) }
            let file = try GeneratedFile(output, location)
            let isCurrent = file.found == text.bytes
            if check {
                guard !isCurrent else { return writeOutput("\(output) is up to date\n") }
                throw CommandFailure(
                    file.found == nil ? "there is no \(output)" : "\(output) is not what would be written now",
                    help: ["the same command without `--check` writes it"],
                    exitCode: CommandFailure.diagnostics)
            }
            if isCurrent { return writeOutput("\(output) is up to date\n") }
            try file.write(text.bytes)
            writeOutput("\(Console.current.outputStyle.green("Wrote")) \(output)\n")
        }
    }

    /// The file that generated code goes to.
    private struct GeneratedFile {
        /// As the user named it.
        let path: String
        let location: ProjectLocation
        /// Absolute.
        private let folder: String
        private let name: String
        /// What is in it; nil where it is not there.
        let found: [UInt8]?

        /// The most bytes of a file that is looked at.
        private static let limit = 64 << 20

        init(_ path: String, _ location: ProjectLocation) throws(CommandFailure) {
            self.path = path
            self.location = location
            let full = fullPath(path, from: absolutePath(Console.current.workingDirectory, from: "/"))
            let slash = full.lastIndex(of: "/") ?? full.startIndex
            folder = slash == full.startIndex ? "/" : String(full[..<slash])
            name = String(full[slash...].dropFirst())
            guard !name.isEmpty, !path.hasSuffix("/"), name != ".", name != ".." else {
                throw CommandFailure("--output \(path) is not the name of a file")
            }
            do {
                found = try readFile(
                    full, untrusted: location.followsLinks ? nil : location.repository, limit: GeneratedFile.limit)
            } catch {
                guard error.isMissing else { throw CommandFailure("cannot read \(path): \(error.reason)") }
                found = nil
            }
        }

        /// Writes the file, in one step, unless somebody else wrote what is there.
        func write(_ bytes: [UInt8]) throws(CommandFailure) {
            let mark = Array("// \(generatedMark)".utf8)
            if let found, !found.isEmpty, !found.starts(with: mark) {
                throw CommandFailure(
                    "\(path) is no generated file, and stays",
                    help: ["choose another name, or remove it"])
            }
            try writeHandoff(name, bytes, in: folder, location)
        }
    }
#endif
