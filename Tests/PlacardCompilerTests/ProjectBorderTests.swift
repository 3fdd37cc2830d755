import ConformanceSupport
import Foundation
import PlacardCompiler
import SourceDiagnostics
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// What of a disk is read as a project: nothing outside of it, everything in it once. PLACARD_FUZZ=20000 makes that many projects,
// PLACARD_FUZZ_SEED begins elsewhere.

private let rounds = ProcessInfo.processInfo.environment["PLACARD_FUZZ"].flatMap { Int($0) } ?? 300
private let seed = ProcessInfo.processInfo.environment["PLACARD_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

private let secret = "hunter2"

/// Makes the smallest project there is, as `project` in a folder, and secrets beside it.
private func makeProject(_ disk: String) throws {
    try writeFile(disk + "/project/placard.yaml", baseProject)
    try writeFile(disk + "/project/templates/note/template.yaml", noteTemplate)
    try writeFile(disk + "/project/content/hello.md", message())
    try writeFile(disk + "/project/.git/config", secret)
    try writeFile(disk + "/project/shared/a.md", message())
    try writeFile(disk + "/outside/secret.md", "---\nSECRET: \(secret)\n---\n")
    try writeFile(disk + "/outside/deep/template.yaml", secret)
    try writeFile(disk + "/project-not/secret.md", secret)
}

private func lead(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
}

@Test(arguments: [
    "../../outside/secret.md", "../../project-not/secret.md", "../.git/config", "/etc/passwd", "../../outside", "/",
    "/proc",
    "/proc/self/environ", "/proc/kmsg", "/proc/self/cwd/secret.md", "/dev/zero", "/sys",
])
func aLinkThatLeadsOutIsNotFollowed(target: String) throws {
    try withDisk { disk in
        for name in [
            "content/x.md", "content/x", "content/x.png", "scenarios/x.yaml", "templates/x", "templates/note/style.css",
        ] {
            try? FileManager.default.removeItem(atPath: disk)
            try makeProject(disk)
            let place = disk + "/project/" + name
            try FileManager.default.createDirectory(
                atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            let isDeep = name.split(separator: "/").count > 2 && !target.hasPrefix("/")
            try lead(place, to: isDeep ? "../" + target : target)
            let files = try loadProject(at: disk + "/project")
            // What is not there on this machine, or cannot be reached, is not read either.
            let id = try #require(files.problems.first).id
            #expect(files.problems.map(\.primary.file) == [name])
            #expect(id == "project/outside-link" || id == "project/unreadable", "\(id)")
            #expect(files.files.map(\.path) == ["content/hello.md", "placard.yaml", "templates/note/template.yaml"])
            #expect(compile(files).diagnostics.map(\.primary.file) == [name])
        }
    }
}

@Test func theSwitchReadsWhatLinksLeadToButNothingOfTheKernel() throws {
    try withDisk { disk in
        try makeProject(disk)
        try writeFile(disk + "/outside/shop/offer.md", message())
        try lead(disk + "/project/content/shop", to: "../../outside/shop")
        try lead(disk + "/project/content/other.md", to: "../../outside/shop/offer.md")
        #if os(Linux)
            try lead(disk + "/project/content/kmsg.md", to: "/proc/kmsg")
            try lead(disk + "/project/content/version.md", to: "/proc/version")
            try lead(disk + "/project/content/proc", to: "/proc")
            try lead(disk + "/project/content/sys", to: "/sys/kernel")
            try lead(disk + "/project/content/zero.md", to: "/dev/zero")
        #endif
        let files = try loadProject(at: disk + "/project", followsLinks: true)
        #expect(files.files.map(\.path).contains("content/shop/offer.md"))
        #expect(files["content/other.md"] == Array(message().utf8))
        #expect(Set(files.problems.map(\.id)).subtracting(["project/not-a-file"]) == [])
        #if os(Linux)
            #expect(files.problems.count == 5)
        #endif
    }
}

@Test func linksInsideOfAProjectAreFollowed() throws {
    try withDisk { disk in
        try makeProject(disk)
        try writeFile(disk + "/project/shared/deep/b.md", message())
        try writeFile(disk + "/project/real.yaml", baseProject)
        try FileManager.default.removeItem(atPath: disk + "/project/placard.yaml")
        try lead(disk + "/project/placard.yaml", to: "real.yaml")
        try lead(disk + "/project/content/one", to: "../shared")
        try lead(disk + "/project/content/two.md", to: disk + "/project/shared/a.md")
        // A link to a link, through a folder that is one.
        try lead(disk + "/project/content/three.md", to: "one/deep/b.md")
        try lead(disk + "/alias", to: "project")
        for path in ["/project", "/alias"] {
            let files = try loadProject(at: disk + path)
            #expect(files.problems == [])
            #expect(
                files.files.map(\.path) == [
                    "content/hello.md", "content/one/a.md", "content/one/deep/b.md", "content/three.md",
                    "content/two.md",
                    "placard.yaml", "templates/note/template.yaml",
                ])
            #expect(files.files.allSatisfy { !$0.bytes.isEmpty })
        }
    }
}

@Test func aProjectFileThatLeadsOutIsNotRead() throws {
    try withDisk { disk in
        for name in ["placard.yaml", "translations.lock"] {
            try? FileManager.default.removeItem(atPath: disk)
            try makeProject(disk)
            try? FileManager.default.removeItem(atPath: disk + "/project/" + name)
            try lead(disk + "/project/" + name, to: "../outside/secret.md")
            let files = try loadProject(at: disk + "/project")
            #expect(files[name] == nil)
            #expect(diagnostics(compile(files)) == ["project/outside-link \(name):1:1"])
            try FileManager.default.removeItem(atPath: disk + "/project/" + name)
            #expect(mkfifo(disk + "/project/" + name, 0o600) == 0)
            #expect(diagnostics(compile(try loadProject(at: disk + "/project"))) == ["project/not-a-file \(name):1:1"])
        }
    }
}

@Test func aFolderIsReadOnceHoweverManyPathsLeadToIt() throws {
    try withDisk { disk in
        try makeProject(disk)
        let content = disk + "/project/content"
        for index in 0..<26 {
            try FileManager.default.createDirectory(atPath: content + "/k\(index)", withIntermediateDirectories: true)
        }
        for index in 0..<25 {
            try lead(content + "/k\(index)/a", to: "../k\(index + 1)")
            try lead(content + "/k\(index)/b", to: "../k\(index + 1)")
        }
        // A clique: each leads to each.
        for from in 0..<12 {
            try FileManager.default.createDirectory(atPath: content + "/c\(from)", withIntermediateDirectories: true)
            for to in 0..<12 { try lead(content + "/c\(from)/to\(to)", to: "../c\(to)") }
        }
        try lead(content + "/all", to: "..")
        try lead(content + "/templates", to: "../templates")
        let files = try loadProject(at: disk + "/project")
        #expect(files.files.count == 3)
        let ids = Dictionary(grouping: files.problems, by: \.id).mapValues(\.count)
        #expect(ids == ["project/repeated-folder": 50 + 12 * 11 + 1, "project/symlink-loop": 12 + 1])
        let first = files.problems.first { $0.primary.file == "content/k0/b" }
        #expect(first?.secondary.map(\.file) == ["content/k1"])
    }
}

@Test func overALimitThatAloneIsReported() throws {
    try withDisk { disk in
        try makeProject(disk)
        let project = disk + "/project"
        // Without their source, and without their template.
        for index in 0..<50 {
            try writeFile(project + "/content/f\(index)/m.fr.md", overlay())
            try writeFile(project + "/content/f\(index)/n\(index).md", "---\ntemplate: zebra\n---\n")
            try lead(project + "/content/f\(index)/out", to: "/")
        }
        try FileManager.default.moveItem(atPath: project + "/templates", toPath: project + "/templates-of-old")
        for (limits, id) in [
            (LoadLimits(files: 60), "project/too-many-files"), (LoadLimits(files: 1), "project/too-many-files"),
            (LoadLimits(folders: 20), "project/too-many-folders"), (LoadLimits(bytes: 2000), "project/too-large"),
        ] {
            let files = try loadProject(at: project, limits: limits)
            #expect(files.isOverLimit)
            #expect(compile(files, analysis: .full, now: 0).diagnostics.map(\.id) == [id])
        }
        #expect(try loadProject(at: project).problems.count == 50)
    }
}

@Test func whatCouldNotBeReadIsNotSaidToBeMissing() throws {
    try withDisk { disk in
        try makeProject(disk)
        let project = disk + "/project"
        try writeFile(project + "/placard.yaml", baseProject.replacing("fr: optional", with: "fr: required"))
        let outside = "../../outside/secret.md"
        try lead(project + "/content/hello.fr.md", to: outside)
        try writeFile(project + "/content/gone.fr.md", overlay())
        try lead(project + "/content/gone.md", to: outside)
        try writeFile(
            project + "/content/pictured.md", message("image: {src: cup.png, alt: A cup}\nonMissing: fallback"))
        try writeFile(project + "/content/pictured.fr.md", overlay("title: Bonjour\nimage: {alt: Une tasse}"))
        try lead(project + "/content/cup.png", to: outside)
        try writeFile(project + "/content/ribboned.md", message().replacing("template: note", with: "template: ribbon"))
        try lead(project + "/templates/ribbon", to: "../../outside/deep")
        try writeFile(
            project + "/scenarios/one.yaml",
            """
            description: One
            now: 2026-12-02T10:15:00Z
            locale: en
            context: {user: {country: US}, app: {version: 1.0.0, platform: ios}}
            event: {name: session_start}
            expect: {shows: gone}

            """)
        let found = compile(try loadProject(at: project)).diagnostics
        let linked = ["content/cup.png", "content/gone.md", "content/hello.fr.md", "templates/ribbon"]
        #expect(found.filter { $0.id == "project/outside-link" }.map(\.primary.file) == linked)
        #expect(found.map(\.id).filter { $0 != "project/outside-link" } == [])
    }
}

// MARK: Any project

private let names = [
    "a.md", "b.md", "hello.fr.md", "c.png", "d", "e", "_defaults.yaml", "style.css", "template.yaml", "f~", ".g",
]

/// A project with whatever a stranger may commit.
private struct StrangeProject {
    var random: SplitMix
    let disk: String
    private(set) var made: Set<String> = []

    var project: String { disk + "/project" }

    init(_ random: SplitMix, _ disk: String) {
        self.random = random
        self.disk = disk
    }

    mutating func make() throws {
        try makeProject(disk)
        var folders = ["content", "templates/note", "scenarios", "shared"]
        for _ in 0..<random.below(12) {
            folders.append(random.pick(folders) + "/" + random.pick(["d", "e", "k1", "k2"]))
        }
        for folder in folders {
            try? FileManager.default.createDirectory(atPath: project + "/" + folder, withIntermediateDirectories: true)
        }
        for _ in 0..<random.below(30) {
            let isTop = random.below(20) == 0
            try put(
                isTop
                    ? random.pick(["placard.yaml", "content", "templates", "scenarios", "translations.lock"])
                    : random.pick(folders) + "/" + random.pick(names), folders)
        }
    }

    private mutating func put(_ path: String, _ folders: [String]) throws {
        let place = project + "/" + path
        guard kind((place as NSString).deletingLastPathComponent) == S_IFDIR, kind(place) != S_IFDIR else { return }
        unlink(place)
        let up = String(repeating: "../", count: path.split(separator: "/").count - 1)
        switch random.below(10) {
        case 0: symlink(up + "../outside/secret.md", place)
        case 1: symlink(up + "../outside", place)
        case 2:
            symlink(random.pick(["/", "/proc", "/proc/self/environ", "/proc/kmsg", "/dev/zero", "/dev/tty"]), place)
        case 3, 4: symlink(up + random.pick(folders), place)
        case 5: symlink(random.pick([project + "/", up]) + random.pick(["content/hello.md", "shared/a.md"]), place)
        case 6: symlink(random.pick(["..", ".", "../..", up, "a.md", "gone"]), place)
        case 7: mkfifo(place, 0o600)
        case 8: mknod(place, S_IFSOCK | 0o600, 0)
        default: try writeFile(place, message())
        }
        made.insert(path)
    }

    /// What stands in a folder that is walked, and is neither read nor said to be a problem.
    func passedOver(_ files: ProjectFiles) -> [String] {
        let told = Set(files.files.map(\.path) + files.problems.map(\.primary.file))
        return made.sorted().filter { path in
            let name = (path as NSString).lastPathComponent
            let isSeen =
                path.contains("/") && !path.hasPrefix("shared") && !name.hasPrefix(".") && !name.hasSuffix("~")
                && kind(project + "/" + (path as NSString).deletingLastPathComponent) == S_IFDIR
                && kind(project + "/" + String(path.prefix { $0 != "/" })) == S_IFDIR
            guard isSeen, !told.contains(path), !told.contains(where: { $0.hasPrefix(path + "/") }) else {
                return false
            }
            // A folder with nothing in it has nothing to be told.
            var status = stat()
            return stat(project + "/" + path, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR
        }
    }
}

@Test(.timeLimit(.minutes(10)))
func noProjectReadsWhatIsOutsideOrGoesOnForEver() throws {
    var random = SplitMix(state: seed)
    var (followed, refused) = (0, 0)
    for round in 0..<rounds {
        let start = SplitMix(state: random.next())
        try withDisk { disk in
            var strange = StrangeProject(start, disk)
            try strange.make()
            let outside = DiskSnapshot(disk + "/outside")
            guard let files = try? loadProject(at: strange.project) else { return }
            let hasSecret = files.files.contains { String(decoding: $0.bytes, as: UTF8.self).contains(secret) }
            #expect(!hasSecret, "round \(round)")
            let diagnostics = compile(files).diagnostics.map { "\($0)" }
            #expect(!diagnostics.contains { $0.contains(secret) }, "round \(round)")
            #expect(
                strange.passedOver(files) == [], "round \(round), \(files.problems.map { ($0.id, $0.primary.file) })")
            followed += files.files.count { kind(strange.project + "/" + $0.path) == S_IFLNK }
            refused += files.problems.count
            #expect(DiskSnapshot.differences(outside, DiskSnapshot(disk + "/outside")) == [])
        }
    }
    #expect(followed > rounds / 10 && refused > rounds, "\(followed) links followed, \(refused) problems")
}
