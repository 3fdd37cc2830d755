import ConformanceSupport
import Foundation
import PlacardCompiler
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// Builds into folders full of links, pipes and other things, as a repository or a stranger on the machine may leave them. The same
// folders in every run; PLACARD_FUZZ=20000 makes it that many, PLACARD_FUZZ_SEED begins elsewhere.

private let rounds = ProcessInfo.processInfo.environment["PLACARD_FUZZ"].flatMap { Int($0) } ?? 400
private let seed = ProcessInfo.processInfo.environment["PLACARD_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

private func output(_ mark: String) -> BuildOutput {
    BuildOutput(
        manifest: Array("manifest \(mark)".utf8),
        targets: Set(["one", mark]).sorted().map { OutputFile(path: "targets/\($0).json", bytes: Array($0.utf8)) },
        preview: OutputFiles([
            OutputFile(path: "index.html", bytes: Array(mark.utf8)), OutputFile(path: "m/\(mark).html", bytes: [0x61]),
        ]), push: mark == "three" ? [] : [OutputFile(path: "\(mark)/en.apns.json", bytes: [0x7B, 0x7D])])
}

/// Every place of an output folder, and of the way to it, that something else can be at.
private let places =
    [
        "", "/bundle", "/bundle/manifest.json", "/bundle/targets", "/bundle/targets/one.json",
        "/bundle/targets/two.json",
        "/bundle/targets/old.json", "/preview", "/preview/index.html", "/preview/m", "/preview/m/two.html",
        "/preview/more",
        "/push", "/push/two", "/push/two/en.apns.json", "/push/more", "/.placard-lock", "/.placard-output",
        "/.placard-staging-1", "/.placard-staging-\(getpid())", "/.placard-staging-\(getpid())-marker",
        "/.placard-staging-1/preview", "/beside", "/.hidden",
    ].map { "/repository/sub/out" + $0 } + ["/repository/sub"]

private struct Trees {
    var random: SplitMix
    let disk: String

    /// What must stay as it is.
    func makeOutside() throws {
        for path in ["a.txt", "photos/1.jpg", "photos/deep/2.jpg", "bundle/targets/3.json", "one.json"] {
            try writeFile(disk + "/outside/" + path, "precious \(path)")
        }
        #expect(chmod(disk + "/outside/a.txt", 0o640) == 0 && chmod(disk + "/outside/photos", 0o700) == 0)
    }

    mutating func put(_ path: String) {
        let place = disk + path
        try? FileManager.default.removeItem(atPath: place)
        try? FileManager.default.createDirectory(
            atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        func lead(_ target: String) { _ = symlink(target, place) }
        // The parts of a path that itself leads through a link may be outside already: nothing is made there.
        let up = String(repeating: "../", count: path.split(separator: "/").count - 1)
        switch random.below(16) {
        case 0, 1: lead(up + "outside")
        case 2: lead(disk + "/outside/photos")
        case 3: lead(disk + "/outside/a.txt")
        case 4: lead(up + "outside/bundle")
        case 5: lead(disk + "/outside/not-there")
        case 6: lead((path as NSString).lastPathComponent)
        case 7: lead("..")
        case 8: mkfifo(place, 0o600)
        case 9: mknod(place, S_IFSOCK | 0o600, 0)
        case 10, 11: _ = link(disk + "/outside/one.json", place)
        case 12: try? writeFile(place, "a file")
        case 13: try? FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        case 14: lead("/dev/zero")
        default: break
        }
    }
}

/// Whether the way to `path` from the disk's folder is free of links, so that putting something there stays inside.
private func isPlain(_ path: String, below disk: String) -> Bool {
    var place = disk
    for part in path.split(separator: "/").dropLast() {
        place += "/" + part
        if let kind = kind(place), kind != S_IFDIR { return false }
    }
    return true
}

@Test(.timeLimit(.minutes(10)))
func nothingOutsideOfTheOutputFolderIsTouched() throws {
    var random = SplitMix(state: seed)
    var (refused, built) = (0, 0)
    for round in 0..<rounds {
        try withDisk { disk in
            var trees = Trees(random: SplitMix(state: random.next()), disk: disk)
            try trees.makeOutside()
            let folder = disk + "/repository/sub/out"
            if random.below(4) > 0 { try writeBuild(output("one"), to: folder) }
            for _ in 0...random.below(4) {
                let path = random.pick(places)
                if isPlain(path, below: disk) { trees.put(path) }
            }
            let before = DiskSnapshot(disk + "/outside")
            let options = OutputOptions(
                untrusted: random.below(2) == 0 ? disk + "/repository" : disk, replaces: random.below(2) == 0,
                waits: false)
            let mark = random.pick(["one", "two", "three"])
            do {
                try writeBuild(output(mark), to: folder, options: options)
                built += 1
                try expectWhole(folder, mark)
            } catch is OutputError {
                refused += 1
            }
            let changed = DiskSnapshot.differences(before, DiskSnapshot(disk + "/outside"))
            #expect(changed == [], "round \(round) of seed \(seed)")
        }
    }
    // Both must happen for this to say anything.
    #expect(refused > rounds / 10 && built > rounds / 10, "\(refused) refused, \(built) built")
}

/// That a build is there, in files and folders of its own.
private func expectWhole(_ folder: String, _ mark: String) throws {
    let wanted = output(mark)
    var files = ["bundle/manifest.json": Array("manifest \(mark)".utf8)]
    for name in ["one", mark] { files["bundle/targets/\(name).json"] = Array(name.utf8) }
    for file in wanted.preview { files["preview/" + file.path] = file.bytes }
    for file in wanted.push { files["push/" + file.path] = file.bytes }
    for (path, bytes) in files {
        var place = folder
        for part in path.split(separator: "/") {
            place += "/" + part
            #expect(kind(place) == (place == folder + "/" + path ? S_IFREG : S_IFDIR), "\(place)")
        }
        var status = stat()
        #expect(lstat(place, &status) == 0 && status.st_nlink == 1, "\(path) has other names")
        #expect(FileManager.default.contents(atPath: place).map(Array.init) == bytes)
    }
    let left = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { path in
        let isPart = ["preview/", "push/"].contains { path.hasPrefix($0) }
        return isPart && kind(folder + "/" + path) != S_IFDIR && files[path] == nil || path.contains("staging")
    }
    #expect(left == [], "what was there before")
}
