import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A text that is corrected: curly quotation marks in an expression.
private let curly = """
    ---
    template: banner
    title: Hello
    trigger: {event: session_start}
    audience: app.platform == \u{201C}ios\u{201D}
    ---
    Hi.

    """
private let corrected = curly.replacing("\u{201C}", with: "\"").replacing("\u{201D}", with: "\"")

extension Tool {
    fileprivate func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.appendingPathComponent(path).path, withDestinationPath: target)
    }

    fileprivate func target(_ path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: folder.appendingPathComponent(path).path)
    }
}

@Suite struct `The borders of a project` {
    @Test func `what is outside is not read without the switch`() throws {
        try withStarter { tool in
            try tool.write("secret.txt", "---\nSECRETKEY: hunter2\n---\n")
            try tool.link("app/content/hello/s.md", to: "../../../secret.txt")
            for format in ["human", "json", "sarif", "github"] {
                let check = try tool.run("check", "--format", format, in: "app")
                #expect(check.status == 1)
                #expect((check.output + check.error).contains("content/hello/s.md"))
                #expect(!(check.output + check.error).contains("hunter2"))
            }
            #expect(try tool.run("check", "--follow-links", in: "app").output.contains("hunter2"))
            #expect(try tool.run("build", in: "app").status == 1)
        }
    }

    @Test func `a build touches nothing but its folder`() throws {
        try withStarter { tool in
            try tool.write("home/a.txt", "precious")
            try tool.write("app/build/.placard-output", "placard writes this folder\n")
            for (place, target) in [
                ("app/build/bundle", "../../home"), ("app/build/preview", "../../home"),
                ("app/build/push", "../../home"),
                ("app/build/.placard-lock", "../../home/lock"), ("app/out", "../home"),
            ] {
                try tool.link(place, to: target)
                let build = try tool.run("build", "--output", place == "app/out" ? "out/in" : "build", in: "app")
                #expect(build.status == 2)
                #expect(build.error.contains("\(place) is a symbolic link"))
                #expect(build.error.contains("help: "))
                try FileManager.default.removeItem(at: tool.folder.appendingPathComponent(place))
            }
            #expect(try FileManager.default.subpathsOfDirectory(atPath: tool.folder.path + "/home") == ["a.txt"])
        }
    }

    @Test func `what no build wrote is replaced when that is said`() throws {
        try withStarter { tool in
            try tool.write("app/build/.placard-output", "placard writes this folder\n")
            try tool.write("app/build/preview/diary.txt", "mine")
            let refused = try tool.run("build", in: "app")
            #expect(refused.status == 2)
            #expect(refused.error.contains("preview/diary.txt") && refused.error.contains("--replace"))
            #expect(try tool.read("app/build/preview/diary.txt") == "mine")
            #expect(try tool.run("build", "--replace", in: "app").status == 0)
            #expect(!tool.exists("app/build/preview/diary.txt"))
        }
    }

    @Test func `a build waits for another, and says so`() throws {
        try withStarter { tool in
            #expect(try tool.run("build", in: "app").status == 0)
            let lock = open(tool.folder.path + "/app/build/.placard-lock", O_RDWR)
            #expect(flock(lock, LOCK_EX) == 0)
            let holder = "4711 \(time(nil) - 30)\n"
            #expect(pwrite(lock, holder, holder.utf8.count, 0) == holder.utf8.count)
            let failed = try tool.run("build", "--no-wait", in: "app")
            #expect(failed.status == 3)
            #expect(failed.output == "")
            #expect(failed.error.contains(/^error: another build \(process 4711, at work for 3\d s\) is writing to/))
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.5) { close(lock) }
            let waited = try tool.run("build", in: "app")
            #expect(waited.status == 0)
            #expect(
                waited.error.contains(
                    /^Waiting for another build \(process 4711, at work for 3\d s\) to finish; --no-wait fails instead\.\n$/
                ))
            #expect(try tool.run("build", "--no-wait", in: "app").error == "")
        }
    }
}

@Suite struct `Fixes and links` {
    @Test func `a link is written through to its file`() throws {
        try withStarter { tool in
            try tool.write("app/shared/real.md", curly)
            let real = tool.folder.path + "/app/shared/real.md"
            #expect(chmod(real, 0o640) == 0)
            try tool.link("app/content/one.md", to: "../shared/real.md")
            try tool.link("app/content/two", to: "../shared")
            let fixed = try tool.run("check", "--fix", in: "app")
            #expect(fixed.status == 0, "\(fixed.output)\(fixed.error)")
            #expect(try tool.read("app/shared/real.md") == corrected)
            #expect(tool.target("app/content/one.md") == "../shared/real.md")
            #expect(tool.target("app/content/two") == "../shared")
            let mode = try FileManager.default.attributesOfItem(atPath: real)[.posixPermissions] as? Int
            #expect(mode == 0o640)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: tool.folder.path + "/app/shared") == ["real.md"])
        }
    }

    @Test func `nothing outside is corrected, nor what has other names`() throws {
        try withStarter { tool in
            try tool.write("outside.md", curly)
            try tool.write("app/content/named.md", curly)
            try tool.write("app/content/mine.md", curly)
            try tool.link("app/content/linked.md", to: "../../outside.md")
            #expect(Foundation.link(tool.folder.path + "/app/content/named.md", tool.folder.path + "/other.md") == 0)
            let fixed = try tool.run("check", "--fix", "--follow-links", in: "app")
            #expect(fixed.status == 1)
            #expect(
                fixed.error == """
                    content/linked.md is left as it is: it is outside of the project
                    content/named.md is left as it is: it has other names (hard links), which would not change with it

                    """)
            #expect(try tool.read("app/content/mine.md") == corrected)
            for path in ["outside.md", "app/content/named.md", "other.md"] { #expect(try tool.read(path) == curly) }
            #expect(tool.target("app/content/linked.md") == "../../outside.md")
        }
    }
}

@Suite struct `New files and links` {
    @Test func `no link leads a new file out of the project`() throws {
        try withStarter { tool in
            try tool.write("home/a.txt", "precious")
            try tool.write("app/shared/b.md", "")
            try tool.link("app/content/out", to: "../../home")
            try tool.link("app/content/gone", to: "../../home/gone")
            try tool.link("app/content/in", to: "../shared")
            for folder in ["out", "out/deeper", "gone"] {
                let made = try tool.run("new", "message", "sale", "-t", "banner", "--folder", folder, in: "app")
                #expect(made.status == 2)
                #expect(made.error.contains("content/\(folder)/sale.md would not lie in "))
            }
            #expect(try FileManager.default.subpathsOfDirectory(atPath: tool.folder.path + "/home") == ["a.txt"])
            #expect(try tool.run("new", "message", "sale", "-t", "banner", "--folder", "in", in: "app").status == 0)
            #expect(tool.exists("app/shared/sale.md"))
            try tool.write("repository/readme", "")
            try tool.link("repository/templates", to: "../home")
            #expect(try tool.run("init", "repository").status == 2)
            #expect(try FileManager.default.subpathsOfDirectory(atPath: tool.folder.path + "/home") == ["a.txt"])
            #expect(try FileManager.default.subpathsOfDirectory(atPath: tool.folder.path + "/repository").count == 2)
            // Whoever wrote a repository does not choose where a project is made; whoever stands outside of one does.
            try tool.write("repository/.git/config", "")
            try tool.link("repository/sub", to: "../home")
            for folder in ["sub/x", "sub", "./sub/x/y"] {
                let made = try tool.run("init", folder, in: "repository")
                #expect(made.status == 2 && made.error.contains("repository/sub leads out of the repository"))
            }
            #expect(try FileManager.default.subpathsOfDirectory(atPath: tool.folder.path + "/home") == ["a.txt"])
            #expect(try tool.run("init", "repository/sub/x").status == 0)
        }
    }
}
