import Foundation
import PlacardBundle
import Testing

@testable import PlacardCompiler

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// Whose an output folder is, and who writes to it.

/// The build of a project with an image and a notification, as it really is.
private func output(_ words: String) -> BuildOutput {
    let push = """
        description: For tests
        surface: push
        dismiss: [swipe]
        fields: {note: {type: text}}

        """
    let compilation = compile(
        project(
            [
                "content/hello.md": message("image: {src: cup.png, alt: A cup}", body: words + "\n"),
                "content/news.md":
                    "---\ntemplate: alert\ntrigger: {event: session_start}\npush: {title: News, body: \(words)}\n---\n",
                "templates/alert/template.yaml": push,
            ], binary: ["content/cup.png": tinyPNG]))
    #expect(diagnostics(compilation) == [])
    return BuildOutput(compilation, title: "Test", generator: "Placard")
}

private func manifest(_ folder: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/bundle/manifest.json")))
}

private func targets(_ folder: String) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder + "/bundle/targets"))
}

@Test func aMarkerThatSomebodyBroughtIsNoConsent() throws {
    try withDisk { disk in
        try writeBuild(output("One"), to: disk + "/out")
        let marker = try String(contentsOfFile: disk + "/out/.placard-output", encoding: .utf8)
        for text in ["", "placard writes this folder and replaces what is in it.\n", marker] {
            let folder = disk + "/\(UUID().uuidString)"
            try writeFile(folder + "/.placard-output", text)
            try writeFile(folder + "/preview/diary.txt", "mine")
            let before = DiskSnapshot(folder)
            #expect(throws: OutputError.notOurs(folder: folder, found: "preview/diary.txt")) {
                try writeBuild(output("Two"), to: folder)
            }
            #expect(DiskSnapshot(folder) == before)
        }
        // The same inode, but not the same time.
        try writeFile(disk + "/out/preview/diary.txt", "mine")
        try FileManager.default.removeItem(atPath: disk + "/out/.placard-output")
        try writeFile(disk + "/out/.placard-output", marker)
        #expect(throws: OutputError.notOurs(folder: disk + "/out", found: "preview/diary.txt")) {
            try writeBuild(output("Two"), to: disk + "/out")
        }
    }
}

@Test func aBuildThatWasCopiedIsReplaced() throws {
    try withDisk { disk in
        try writeBuild(output("One"), to: disk + "/out")
        try writeBuild(output("Two"), to: disk + "/out")
        try FileManager.default.copyItem(atPath: disk + "/out", toPath: disk + "/copy")
        try writeBuild(output("Three"), to: disk + "/copy")
        try writeBuild(output("Three"), to: disk + "/other")
        #expect(try manifest(disk + "/copy") == manifest(disk + "/other"))
        // From then on it is marked, and what is added to it is known to be at risk.
        try writeFile(disk + "/copy/preview/CNAME", "example.com")
        try writeBuild(output("Four"), to: disk + "/copy")
        #expect(kind(disk + "/copy/preview/CNAME") == nil)
    }
}

@Test(arguments: [
    "bundle/notes.txt", "bundle/targets/notes.txt", "bundle/more/x.json", "preview/CNAME", "preview/m/notes.txt",
    "preview/m/mine.html", "preview/assets/images/mine.png", "preview/list.json", "push/notes.txt",
    "push/a/b/en.apns.json",
    "push/hello/en.txt", "bundle/targets/\(String(repeating: "0", count: 64)).en.json",
])
func whatNoBuildWroteInACopyIsKept(path: String) throws {
    try withDisk { disk in
        try writeBuild(output("One"), to: disk + "/out")
        try FileManager.default.copyItem(atPath: disk + "/out", toPath: disk + "/copy")
        try writeFile(disk + "/copy/" + path, "precious")
        #expect(throws: OutputError.notOurs(folder: disk + "/copy", found: path)) {
            try writeBuild(output("Two"), to: disk + "/copy")
        }
        #expect(try String(contentsOfFile: disk + "/copy/" + path, encoding: .utf8) == "precious")
        try writeBuild(output("Two"), to: disk + "/copy", options: OutputOptions(replaces: true))
        try writeBuild(output("Two"), to: disk + "/other")
        #expect(try manifest(disk + "/copy") == manifest(disk + "/other"))
    }
}

/// Folders may be called as those of a build, and files be named by their hashes, without any build.
@Test(arguments: [
    ("preview/assets/site.css", ".a { }"), ("preview/assets/preview.js", "mine()"),
    ("preview/assets/preview.css", ".a { }"),
    ("preview/assets/templates/a.css", "@scope (.t-a) {\n}\n"),
    ("preview/blog/a.html", "<!doctype html>\n<link href=\"assets/preview.css\">"), ("push/hello/en.apns.json", "{}"),
    ("bundle/targets/\(sha256Hex(Array("release".utf8))).app.zip", "release"),
    ("bundle/targets/\(sha256Hex(Array("{\"signed\":{}}".utf8))).root.json", "{\"signed\":{}}"),
    ("bundle/targets/\(sha256Hex(tinyPNG)).png", ""),
])
func whatOnlyLooksLikeABuildIsKept(path: String, text: String) throws {
    try withDisk { disk in
        let bytes = text.isEmpty ? tinyPNG : Array(text.utf8)
        try writeFile(disk + "/site/" + path, "")
        try Data(bytes).write(to: URL(fileURLWithPath: disk + "/site/" + path))
        #expect(throws: OutputError.notOurs(folder: disk + "/site", found: path)) {
            try writeBuild(output("One"), to: disk + "/site")
        }
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: disk + "/site/" + path))) == bytes)
    }
}

/// Files of other sites beside the pages of a build.
@Test(arguments: [
    "preview/assets/site.css", "preview/assets/app.js", "preview/assets/js/preview.js",
    "preview/assets/templates/x.css",
    "push/hello/fr.apns.json", "bundle/targets/\(sha256Hex(Array("{}".utf8))).root.json",
])
func whatNoBuildWritesInACopyIsKept(path: String) throws {
    try withDisk { disk in
        try writeBuild(output("One"), to: disk + "/out")
        try FileManager.default.copyItem(atPath: disk + "/out", toPath: disk + "/copy")
        try writeFile(disk + "/copy/" + path, "{}")
        #expect(throws: OutputError.notOurs(folder: disk + "/copy", found: path)) {
            try writeBuild(output("Two"), to: disk + "/copy")
        }
    }
}

@Test func aFirstBuildThatWasKilledIsReplacedInACopyToo() throws {
    try withDisk { disk in
        let plain = BuildOutput(
            compile(project(["content/hello.md": message()])), title: "Test", generator: "Placard")
        try writeBuild(plain, to: disk + "/out")
        // The manifest comes last.
        try FileManager.default.removeItem(atPath: disk + "/out/bundle/manifest.json")
        try FileManager.default.removeItem(atPath: disk + "/out/.placard-output")
        try writeBuild(plain, to: disk + "/out")
        #expect(kind(disk + "/out/bundle/manifest.json") == S_IFREG)
    }
}

@Test func targetsOfTheManifestBeforeStayForOneBuild() throws {
    try withDisk { disk in
        let folder = disk + "/out"
        var builds: [Set<String>] = []
        for words in ["One", "Two", "Three"] {
            try writeBuild(output(words), to: disk + "/" + words)
            builds.append(try targets(disk + "/" + words))
            try writeBuild(output(words), to: folder)
            #expect(try targets(folder) == builds.suffix(2).reduce([]) { $0.union($1) })
        }
        #expect(builds[0].subtracting(builds[1]).count == 3)
        // Built once more, there is no manifest that names others.
        try writeBuild(output("Three"), to: folder)
        #expect(try targets(folder) == builds[2])
    }
}

@Test func linksOnTheWayAreTheUsersButNotTheRepositorys() throws {
    try withDisk { disk in
        try FileManager.default.createDirectory(atPath: disk + "/repository/sub", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: disk + "/elsewhere/deep", withIntermediateDirectories: true)
        func link(_ path: String, _ target: String) throws {
            try FileManager.default.createSymbolicLink(atPath: disk + path, withDestinationPath: target)
        }
        try link("/repository/public", "../elsewhere")
        try link("/repository/build", "../elsewhere/deep")
        try link("/mine", "elsewhere")
        try link("/into", disk + "/repository/sub/../public")
        try link("/round", "round")
        let options = OutputOptions(untrusted: disk + "/repository")
        for (path, named) in [
            ("/repository/public/out", "/repository/public"), ("/repository/build", "/repository/build"),
            ("/repository/sub/../build/", "/repository/sub/../build"), ("/into/out", "/repository/sub/../public"),
            ("/mine/deep/../../repository/build", "/elsewhere/deep/../../repository/build"),
        ] {
            let before = DiskSnapshot(disk)
            #expect(throws: OutputError.inTheWay(path: disk + named, what: "a symbolic link")) {
                try writeBuild(output("One"), to: disk + path, options: options)
            }
            #expect(DiskSnapshot.differences(before, DiskSnapshot(disk)) == [])
        }
        #expect(throws: OutputError.failed(path: disk + "/round", reason: String(cString: strerror(ELOOP)))) {
            try writeBuild(output("One"), to: disk + "/round/out", options: options)
        }
        try writeBuild(output("One"), to: disk + "/mine/new/out", options: options)
        #expect(kind(disk + "/elsewhere/new/out/bundle/manifest.json") == S_IFREG)
    }
}

@Test func aFileWithOtherNamesIsReplacedAndNotWrittenTo() throws {
    try withDisk { disk in
        let folder = disk + "/out"
        try writeBuild(output("One"), to: folder)
        let names =
            try targets(folder).map { "/bundle/targets/" + $0 }
            + ["/bundle/manifest.json", "/.placard-lock", "/.placard-output", "/preview/index.html"]
        try FileManager.default.createDirectory(atPath: disk + "/kept", withIntermediateDirectories: true)
        for (index, name) in names.enumerated() { #expect(link(folder + name, disk + "/kept/\(index)") == 0) }
        let before = DiskSnapshot(disk + "/kept")
        for words in ["One", "Two"] {
            try writeBuild(output(words), to: folder, options: OutputOptions(replaces: true))
            for (index, name) in names.enumerated() where kind(folder + name) != nil {
                var (inside, outside) = (stat(), stat())
                #expect(stat(folder + name, &inside) == 0 && stat(disk + "/kept/\(index)", &outside) == 0)
                // The marker is not written again while it is right.
                if name != "/.placard-output" { #expect(inside.st_ino != outside.st_ino, "\(name)") }
            }
            #expect(DiskSnapshot.differences(before, DiskSnapshot(disk + "/kept")) == [])
        }
    }
}

@Test func aTreeOfAnyDepthIsRemoved() throws {
    try withDisk { disk in
        let folder = disk + "/out"
        try writeBuild(output("One"), to: folder)
        // Deeper than a path may be long, and than a process may have open files.
        var open = Foundation.open(folder + "/preview", O_RDONLY | O_DIRECTORY)
        for _ in 0..<1500 {
            #expect(mkdirat(open, "deep", 0o755) == 0)
            let next = openat(open, "deep", O_RDONLY | O_DIRECTORY)
            close(open)
            open = next
        }
        close(open)
        try writeBuild(output("Two"), to: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(Set(names) == [".placard-lock", ".placard-output", "bundle", "preview", "push"])
    }
}

@Test func aBuildThatIsNotToWaitSaysWhoseTheFolderIs() throws {
    try withDisk { disk in
        let folder = disk + "/out"
        try writeBuild(output("One"), to: folder)
        let before = try manifest(folder)
        let other = open(folder + "/.placard-lock", O_RDWR)
        #expect(flock(other, LOCK_EX) == 0)
        for (text, process, isTimed) in [
            ("", nil, false), ("4711 \(time(nil) - 90)\n", 4711, true), ("4711 99999999999999\n", 4711, false),
            ("rm -rf /\n", nil, false), ("-1 0\n", nil, false), (String(repeating: "9", count: 99), nil, false),
        ] as [(String, Int32?, Bool)] {
            #expect(ftruncate(other, 0) == 0 && pwrite(other, text, text.utf8.count, 0) == text.utf8.count)
            do {
                try writeBuild(output("Two"), to: folder, options: OutputOptions(waits: false))
                Issue.record("it did not fail")
            } catch let error as OutputError {
                guard case .busy(folder, let holder) = error else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(holder.process == process)
                #expect(holder.seconds.map { (90...150).contains($0) } ?? !isTimed)
            }
        }
        close(other)
        #expect(try manifest(folder) == before)
        try writeBuild(output("Two"), to: folder, options: OutputOptions(waits: false))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/.placard-lock")).isEmpty)
    }
}

@Test func aBuildThatWaitsSaysSoOnce() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("placard-lock-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try writeBuild(output("One"), to: folder)
    let other = open(folder + "/.placard-lock", O_RDWR)
    #expect(flock(other, LOCK_EX) == 0)
    let (said, continuation) = AsyncStream.makeStream(of: OutputLockHolder.self)
    let build = Task.detached {
        defer { continuation.finish() }
        return try writeBuild(
            output("Two"), to: folder, options: OutputOptions(willWait: { continuation.yield($0) }))
    }
    var count = 0
    for await holder in said {
        #expect(holder == OutputLockHolder())
        count += 1
        // Another lock file by now: the build looks anew, and waits for nobody without a word.
        if count == 1 {
            #expect(unlink(folder + "/.placard-lock") == 0)
            close(other)
        }
    }
    #expect(count == 1)
    #expect(try await build.value > 5)
}
