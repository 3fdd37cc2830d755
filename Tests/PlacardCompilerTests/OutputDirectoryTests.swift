import Foundation
import PlacardCompiler
import Testing

private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("placard-output-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
}

private func contents(_ folder: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return all.filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }.sorted()
}

private func output(_ mark: String) -> BuildOutput {
    BuildOutput(
        manifest: Array("manifest \(mark)".utf8),
        targets: [OutputFile(path: "targets/\(mark).json", bytes: Array(mark.utf8))],
        preview: OutputFiles([
            OutputFile(path: "index.html", bytes: Array(mark.utf8)), OutputFile(path: "m/\(mark).html", bytes: [0x61]),
        ]))
}

@Test func aBuildReplacesTheOneBefore() throws {
    try withFolder { folder in
        try writeBuild(output("one"), to: folder + "/out")
        try writeBuild(output("two"), to: folder + "/out")
        #expect(
            contents(folder + "/out") == [
                "bundle", "bundle/manifest.json", "bundle/targets", "bundle/targets/two.json", "preview",
                "preview/index.html", "preview/m", "preview/m/two.html",
            ])
        #expect(FileManager.default.contents(atPath: folder + "/out/bundle/manifest.json") == Data("manifest two".utf8))
    }
}

@Test func aFolderOfSomeoneElseIsRefused() throws {
    try withFolder { folder in
        try Data("precious".utf8).write(to: URL(fileURLWithPath: folder + "/notes.txt"))
        #expect(throws: OutputError.notOurs(folder: folder, found: "notes.txt")) {
            try writeBuild(output("one"), to: folder)
        }
        #expect(contents(folder) == ["notes.txt"])
    }
}

@Test func aFolderWithNothingButDotFilesIsTaken() throws {
    try withFolder { folder in
        try Data("*\n".utf8).write(to: URL(fileURLWithPath: folder + "/.gitignore"))
        try writeBuild(output("one"), to: folder)
        #expect(FileManager.default.fileExists(atPath: folder + "/.gitignore"))
        #expect(contents(folder).contains("bundle/manifest.json"))
    }
}

@Test func aFailureLeavesThePreviousBuild() throws {
    try withFolder { folder in
        try writeBuild(output("one"), to: folder)
        let before = contents(folder)
        var broken = output("two")
        // A file where a folder must be: staging fails half way.
        broken.preview = OutputFiles(Array(broken.preview) + [OutputFile(path: "index.html/inside", bytes: [])])
        #expect(throws: OutputError.self) { try writeBuild(broken, to: folder) }
        #expect(contents(folder) == before)
    }
}

@Test func whatAKilledBuildLeftIsRemoved() throws {
    try withFolder { folder in
        try writeBuild(output("one"), to: folder)
        let stale = folder + "/.placard-staging-1"
        try FileManager.default.createDirectory(atPath: stale + "/preview", withIntermediateDirectories: true)
        try writeBuild(output("two"), to: folder)
        #expect(!FileManager.default.fileExists(atPath: stale))
    }
}

@Test func buildsAtOnceDoNotMix() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("placard-output-\(UUID().uuidString)")
        .path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // flock is per open file, so that two tasks of one process wait for each other as two processes do.
    try await withThrowingTaskGroup(of: Void.self) { group in
        for mark in ["one", "two", "three", "four"] {
            group.addTask { try writeBuild(output(mark), to: folder) }
        }
        try await group.waitForAll()
    }
    let manifest = String(
        decoding: FileManager.default.contents(atPath: folder + "/bundle/manifest.json") ?? Data(), as: UTF8.self)
    let mark = manifest.replacingOccurrences(of: "manifest ", with: "")
    #expect(
        contents(folder) == [
            "bundle", "bundle/manifest.json", "bundle/targets", "bundle/targets/\(mark).json", "preview",
            "preview/index.html", "preview/m", "preview/m/\(mark).html",
        ])
}

@Test func notificationsComeAndGoWithABuild() throws {
    try withFolder { folder in
        var pushing = output("one")
        pushing.push = [OutputFile(path: "ready/en.apns.json", bytes: [0x31])]
        try writeBuild(pushing, to: folder)
        #expect(FileManager.default.contents(atPath: folder + "/push/ready/en.apns.json") == Data([0x31]))
        pushing.push = [OutputFile(path: "other/en.apns.json", bytes: [0x32])]
        try writeBuild(pushing, to: folder)
        #expect(contents(folder).filter { $0.hasPrefix("push/") } == ["push/other", "push/other/en.apns.json"])
        try writeBuild(output("two"), to: folder)
        #expect(!contents(folder).contains { $0.hasPrefix("push") })
        #expect(!FileManager.default.fileExists(atPath: folder + "/push"))
    }
}

@Test func aManifestThatCannotBePutInPlaceBringsTheNotificationsBack() throws {
    try withFolder { folder in
        var before = output("one")
        before.push = [OutputFile(path: "ready/en.apns.json", bytes: [0x31])]
        try writeBuild(before, to: folder)
        // A folder that is not empty cannot be renamed over.
        let manifest = folder + "/bundle/manifest.json"
        try FileManager.default.removeItem(atPath: manifest)
        try FileManager.default.createDirectory(atPath: manifest + "/in the way", withIntermediateDirectories: true)
        #expect(throws: OutputError.self) { try writeBuild(output("two"), to: folder) }
        #expect(FileManager.default.contents(atPath: folder + "/push/ready/en.apns.json") == Data([0x31]))
        var other = output("three")
        other.push = [OutputFile(path: "other/en.apns.json", bytes: [0x32])]
        #expect(throws: OutputError.self) { try writeBuild(other, to: folder) }
        #expect(contents(folder).filter { $0.hasPrefix("push/") } == ["push/ready", "push/ready/en.apns.json"])
    }
}
