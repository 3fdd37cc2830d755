import Foundation
import SourceDiagnostics
import Testing

@testable import PlacardCompiler

/// A project on disk, removed afterwards.
private struct DiskProject: ~Copyable {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("placard-load-\(UUID().uuidString)").path
        try write("placard.yaml", baseProject)
        try write("templates/note/template.yaml", noteTemplate)
        try write("content/hello.md", message())
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ path: String, _ text: String) throws { try write(path, Data(text.utf8)) }

    func write(_ path: String, _ data: Data) throws {
        try makeFolder((path as NSString).deletingLastPathComponent)
        try data.write(to: URL(fileURLWithPath: folder + "/" + path))
    }

    func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: folder + "/" + path, withIntermediateDirectories: true)
    }

    func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: folder + "/" + path, withDestinationPath: target)
    }

    func load(followsLinks: Bool = false, limits: LoadLimits = LoadLimits()) throws -> ProjectFiles {
        try loadProject(at: folder, followsLinks: followsLinks, limits: limits)
    }

    /// Every diagnostic, each as `id path:line:column`.
    func diagnostics() throws -> [String] { PlacardCompilerTests.diagnostics(compile(try load())) }
}

@Test func aFolderWithoutPlacardYAMLIsNoProject() {
    #expect(throws: ProjectNotFound.self) { try loadProject(at: "/nonexistent") }
}

@Test func aProjectIsReadFromDisk() throws {
    let project = try DiskProject()
    try project.write("content/.hidden.md", "x")
    try project.write("content/hello.md~", "x")
    try project.write("notes/todo.md", "x")
    let files = try project.load()
    #expect(files.files.map(\.path) == ["content/hello.md", "placard.yaml", "templates/note/template.yaml"])
    #expect(try project.diagnostics() == [])
}

@Test func aDirectoryNamedLikeAFileIsReported() throws {
    let project = try DiskProject()
    try project.makeFolder("content/x.md")
    try project.makeFolder("content/_defaults.yaml")
    #expect(
        try project.diagnostics() == [
            "project/not-a-file content/_defaults.yaml:1:1", "project/not-a-file content/x.md:1:1",
        ])
}

@Test func aDirectoryInPlaceOfPlacardYAMLIsReportedOnce() throws {
    let project = try DiskProject()
    try FileManager.default.removeItem(atPath: project.folder + "/placard.yaml")
    try project.makeFolder("placard.yaml")
    #expect(
        try project.diagnostics().filter { $0.contains("placard.yaml:") } == ["project/not-a-file placard.yaml:1:1"])
}

@Test func aPipeIsReportedAndNotWaitedFor() throws {
    let project = try DiskProject()
    #expect(mkfifo(project.folder + "/content/pipe.md", 0o600) == 0)
    #expect(try project.diagnostics() == ["project/not-a-file content/pipe.md:1:1"])
}

@Test func aLoopOfSymbolicLinksEnds() throws {
    let project = try DiskProject()
    try project.makeFolder("content/shop")
    try project.link("content/shop/up", to: "..")
    #expect(try project.diagnostics() == ["project/symlink-loop content/shop/up:1:1"])
}

@Test func aLinkToAFolderElsewhereIsFollowed() throws {
    let project = try DiskProject()
    try project.write("elsewhere/a.md", message())
    try project.link("content/shop", to: "../elsewhere")
    #expect(try project.load().files.map(\.path).contains("content/shop/a.md"))
    #expect(try project.diagnostics() == [])
}

@Test func whatCannotBeReadIsReported() throws {
    let project = try DiskProject()
    try project.link("content/self.md", to: "self.md")
    try project.link("content/nothing.md", to: "no-such-file")
    let problems = try project.load().problems
    #expect(problems.map(\.id) == ["project/unreadable", "project/unreadable"])
    #expect(
        problems.flatMap(\.notes) == [
            "a symbolic link leads to nothing; remove or correct it", "a symbolic link leads back to itself",
        ])
}

@Test func aFileWithoutPermissionIsReported() throws {
    let project = try DiskProject()
    try project.write("content/secret.md", message())
    #expect(chmod(project.folder + "/content/secret.md", 0) == 0)
    // The superuser reads everything.
    #expect(try project.diagnostics() == (geteuid() == 0 ? [] : ["project/unreadable content/secret.md:1:1"]))
}

@Test func aFileOfTenMegabytesIsRefused() throws {
    let project = try DiskProject()
    try project.write("content/huge.md", Data(repeating: 0x61, count: 10_000_000))
    try project.write("content/huge.png", Data(repeating: 0x61, count: 10_000_000))
    #expect(
        try project.diagnostics() == [
            "project/file-too-large content/huge.md:1:1", "project/file-too-large content/huge.png:1:1",
        ])
}

@Test func foldersNestToALimit() throws {
    let project = try DiskProject()
    let path = (1...ProjectLimits.folderDepth).map { "d\($0)" }.joined(separator: "/")
    try project.write("content/" + path + "/deep.md", message())
    #expect(try project.diagnostics() == ["project/too-deep content/\(path):1:1"])
    let second = try DiskProject()
    try second.write("content/" + path.dropLast("/d\(ProjectLimits.folderDepth)".count) + "/deep.md", message())
    #expect(try second.diagnostics() == [])
}

@Test func filesHaveALimit() throws {
    let project = try DiskProject()
    for name in ["b", "c", "d"] { try project.write("content/\(name).md", message()) }
    #expect(try project.load(limits: LoadLimits(files: 6)).problems == [])
    let problems = try project.load(limits: LoadLimits(files: 3)).problems
    #expect(problems.map(\.id) == ["project/too-many-files"])
    #expect(problems.first?.primary.file == "content/d.md")
}

@Test func namesHoldAnything() throws {
    let project = try DiskProject()
    try project.write("content/Our shop 🎉/a.md", message())
    try project.write("content/Order Ready 🎉.md", message())
    #expect(try project.diagnostics() == ["project/invalid-id content/Order Ready 🎉.md:1:1"])
}

@Test func aNameThatIsNotUTF8IsReported() throws {
    let project = try DiskProject()
    let path =
        Array((project.folder + "/content/caf").utf8CString.dropLast()) + [CChar(bitPattern: 0xE9)]
        + Array(".md".utf8CString)
    // Some file systems take no such name.
    guard let file = fopen(path, "w") else { return }
    fclose(file)
    let problems = try project.load().problems
    #expect(problems.map(\.id) == ["project/unreadable"])
    #expect(problems.first?.notes == ["its name is not UTF-8; rename it"])
}

@Test func idsThatCollideByCaseAreReported() throws {
    let project = try DiskProject()
    try project.write("content/Hello.md", message())
    // On a disk that does not tell them apart there is but one file.
    guard try project.load().files.count == 4 else {
        print("names that differ by case: skipped, the disk does not tell them apart")
        return
    }
    #expect(try project.diagnostics() == ["project/case-collision content/Hello.md:1:1"])
}

#if os(Linux)
    // The kernel says 0 bytes of what it makes when it is read; file systems of users may do so, too.

    @Test func aFileWhoseSizeIsNotToldIsReadToItsEnd() throws {
        let bytes = try readFile("/proc/version")
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("Linux version"))
    }

    @Test func aFileWhoseSizeIsNotToldHasItsLimit() {
        #expect { try readFile("/proc/kallsyms", limit: 1 << 20) } throws: { ($0 as? SystemError)?.code == EFBIG }
    }
#endif

/// What reads again only what has changed.
@Suite struct ReloadTests {
    @Test func aTextThatHasChangedIsReadAgain() throws {
        let disk = try DiskProject()
        let files = try disk.load()
        try disk.write("content/hello.md", message("priority: 70"))
        let again = try #require(
            reload(files, ["content/hello.md", "content/hello.md.swp", "build/x", "4913"], at: disk.folder))
        let fresh = try disk.load()
        #expect(again.files.map(\.path) == fresh.files.map(\.path))
        #expect(again.files.map(\.bytes) == fresh.files.map(\.bytes))
    }

    @Test(arguments: ["content/new.md", "content/gone.md", "content/picture.png", "content/link.md"])
    func whatIsMoreThanTheBytesOfATextIsReadAnew(path: String) throws {
        let disk = try DiskProject()
        for name in ["gone.md", "picture.png", "link.md"] { try disk.write("content/\(name)", message()) }
        let files = try disk.load()
        for name in ["gone.md", "link.md"] {
            try FileManager.default.removeItem(atPath: disk.folder + "/content/\(name)")
        }
        try disk.write("content/new.md", message())
        try disk.link("content/link.md", to: "hello.md")
        #expect(reload(files, [path], at: disk.folder).map(\.files.count) == nil)
    }
}
