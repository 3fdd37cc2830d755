#if CommandLine
    import ArgumentParser
    import DiagnosticRendering
    import LocalServer

    struct ServeCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "serve",
            abstract: "Show the preview in a browser, and every change as it is saved.",
            discussion: """
                Serves the preview on this machine alone, watches the project, and shows in open pages what has \
                changed: the cards that differ, without losing the place. With an error the last good preview \
                stays, and the error lies over it; what translations lack is none, as in build --allow-incomplete. Nothing \
                is written. Ctrl-C ends it.

                With --base the pages tell what changed since a folder or a git revision, as those of build --base do, and follow \
                the base too: a branch that moves on, a folder whose files change.

                Examples:
                  placard serve --open
                  placard serve --base main --open
                  placard serve --port 8080 --project apps/coffee
                """)

        @OptionGroup var project: ProjectOptions

        @Option(
            help: ArgumentHelp(
                "Tell what changed since a folder or a git revision: changes.html, and marks on the other pages.",
                valueName: "base"))
        var base: String?

        @Option(
            help: ArgumentHelp(
                "Where to listen on 127.0.0.1; 4750, or the next that is free, unless given.", valueName: "number"))
        var port: UInt16?

        @Flag(name: .customLong("open"), help: "Open the preview in the browser.")
        var opensBrowser = false

        func run() throws {
            let location = try project.locate()
            let compared = try base.map { name throws(CommandFailure) in try ServedBase(project.version(name)) }
            let server = try listen()
            let served = ServedProject(location, base: compared)
            _ = served.refresh(.anything, open: [])
            writeOutput("Serving \(server.address) - Ctrl-C ends it\n")
            compared?.warn()
            if let failure = served.failure { writeError(failure + "\n") }
            if opensBrowser { openBrowser(server.address) }
            ServeLoop(server: server, served: served, location: location, base: compared).run()
        }

        private func listen() throws(CommandFailure) -> LocalServer {
            for port in port.map({ [$0] }) ?? Array(4750...4769) {
                do {
                    return try LocalServer(port: port)
                } catch {
                    guard case .system(let reason) = error else { continue }
                    throw CommandFailure("cannot listen on 127.0.0.1: \(reason)", exitCode: CommandFailure.failure)
                }
            }
            throw CommandFailure(
                port.map { "another program listens on port \($0)" } ?? "other programs listen on ports 4750 to 4769",
                help: ["--port 0 takes any that is free"], exitCode: CommandFailure.failure)
        }
    }
#endif
