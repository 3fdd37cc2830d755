#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import PlacardCompiler
    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    struct InitCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init",
            abstract: "Make a small working project, with comments.",
            discussion: """
                Writes placard.yaml, all templates, two messages with a translation and a scenario into DIR, which \
                is made if need be. A file that is there already is never overwritten: then nothing is written.

                Example:
                  placard init my-messages
                """)

        @Argument(help: ArgumentHelp("The folder for the project.", valueName: "dir"), completion: .directory)
        var folder: String

        func run() throws {
            let here = Console.current.workingDirectory
            if let link = linkOutOf(nearest(".git", from: here), on: fullPath(folder, from: here)) {
                throw CommandFailure(
                    "the symbolic link \(link) leads out of the repository",
                    help: ["give the folder that it leads to, if the project should be there"])
            }
            let target = absolutePath(folder, from: here)
            let files =
                embeddedStarter + embeddedTemplates.map { NewFile(path: "templates/" + $0.path, bytes: $0.bytes) }
            // A repository has a .gitignore of its own.
            let kept = FileManager.default.fileExists(atPath: target + "/.gitignore")
            try write(files.filter { !kept || $0.path != ".gitignore" }, below: target)
            let style = Console.current.outputStyle
            let shown: OutputText = folder == "." ? "this folder" : "\(folder)"
            let enter: OutputText =
                folder == "." ? "" : "  cd \(shellQuoted(folder.hasPrefix("-") ? "./" + folder : folder))\n"
            let ignored: OutputText = kept ? "Your .gitignore is kept; add the line build/ to it.\n" : ""
            writeOutput(
                """
                \(style.green("Made a project in \(shown)")): \(counted(files.count - (kept ? 1 : 0), "file")).

                Next:
                \(enter)  placard build
                  open build/preview/index.html in a browser
                  edit content/hello/welcome.md, and build again

                Another message:  placard new message summer-sale --template banner
                What exists:      placard.yaml and templates/ say it in their comments
                \(ignored)
                """)
        }
    }

    /// `path` as one word of a POSIX shell.
    func shellQuoted(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            switch byte {
            case 0x2B...0x3A, 0x40...0x5A, 0x5F, 0x61...0x7A: true
            default: byte >= 0x80
            }
        }
        // What is shown by name would be words of the shell's.
        return isPlain && !path.isEmpty && ("\(path)" as OutputText).description == path
            ? path
            : "'"
                + path.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "'\\''") + "'"
    }
#endif
