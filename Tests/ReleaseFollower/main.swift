// An app that follows releases, for scripts: release-follower URL FOLDER ROOT UPDATES
//
// Prints a line of JSON after it has started and after each update: the release in use, what shows at the start of a session, and what
// came of the update; with FOLLOWER_MEMORY set also the most memory that it took from the line before until the update was done, the most
// until a message was decided, what it holds then, and the microseconds of a decision. An update may take FOLLOWER_SECONDS (20). Tests/Scripts/soak.py and release-test.py run it, and kill it. UPDATES of 0 tell what is there, offline.

import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardClient
import PlacardEngine

#if canImport(Glibc)
    import Glibc
#endif

private let isMeasured = ProcessInfo.processInfo.environment["FOLLOWER_MEMORY"] != nil
/// How long an update may take.
private let limit = Duration.seconds(ProcessInfo.processInfo.environment["FOLLOWER_SECONDS"].flatMap { Int($0) } ?? 20)

private func line(_ client: PlacardClient, _ outcome: String) async {
    var object: JSONObject = ["outcome": .string(outcome)]
    if let release = await client.release { object["release"] = .number(Double(release)) }
    if isMeasured { object["most"] = .number(memory("VmHWM")) }
    if let shown = await client.decide(event: "session_start", context: [:]) {
        object["message"] = .string(shown.message.id)
        object["title"] = .string(shown.content.title ?? "")
        object["body"] = .string(shown.content.body?.text ?? "")
        await client.closed(shown)
    }
    if isMeasured {
        object["decided"] = .number(memory("VmHWM"))
        object["microseconds"] = .number(await decisionTime(client))
        giveBack()
        object["held"] = .number(memory("VmRSS"))
        // The most from here on (proc(5), clear_refs).
        try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    }
    FileHandle.standardOutput.write(Data(JSONValue.object(object).canonicalBytes + [0x0A]))
}

/// What Linux says of this process, in kilobytes.
private func memory(_ name: String) -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return line.flatMap { Double($0.filter(\.isNumber)) } ?? 0
}

/// Gives what was freed back to the system: it would hide what the next update takes.
private func giveBack() {
    #if canImport(Glibc)
        typealias Trim = @convention(c) (Int) -> Int32
        if let trim = dlsym(nil, "malloc_trim") { _ = unsafeBitCast(trim, to: Trim.self)(0) }
    #endif
}

/// The median of some decisions, as many as half a second has room for.
private func decisionTime(_ client: PlacardClient) async -> Double {
    var times: [Double] = []
    let end = ContinuousClock.now + .seconds(0.5)
    while times.count < 101, times.isEmpty || ContinuousClock.now < end {
        let start = ContinuousClock.now
        let shown = await client.decide(event: "session_start", context: [:])
        times.append((ContinuousClock.now - start) / .microseconds(1))
        if let shown { await client.closed(shown) }
    }
    return times.sorted()[times.count / 2]
}

let arguments = CommandLine.arguments
guard arguments.count == 5, let url = URL(string: arguments[1]), let updates = Int(arguments[4]),
    let root = try? Data(contentsOf: URL(filePath: arguments[3]))
else {
    print("release-follower URL FOLDER ROOT UPDATES")
    exit(2)
}
let client = PlacardClient(
    source: .https(url), folder: URL(filePath: arguments[2]), unit: "follower", root: [UInt8](root))
await line(client, "start")
for _ in 0..<updates {
    do throws(ClientError) {
        await line(client, "\(try await client.update(within: limit))")
    } catch {
        await line(client, "error: \(error)")
    }
}
