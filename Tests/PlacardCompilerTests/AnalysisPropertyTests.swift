import CanonicalJSON
import ConformanceSupport
import PlacardBundle
import PlacardEngine
import SourceDiagnostics
import Testing

@testable import PlacardCompiler

extension SplitMix {
    /// The seeds are chosen for what remainders make of them.
    fileprivate mutating func next(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    fileprivate mutating func choose<T>(_ list: [T]) -> T { list[next(list.count)] }
}

private let atoms = [
    #"user.country == "US""#, #"user.country != "FR""#, #"user.country in ["US", "CA"]"#, "user.count > 1",
    "user.count <= 1", "user.count == 2", "2 < user.count", "user.score >= 0.5", "user.score < 1.0", "user.member",
    "!user.member", #""a" in user.tags"#, #""b" in user.tags"#, #"has(user.city)"#,
    #"(has(user.city) && user.city == "Rome")"#, #"user.version >= semver("1.1.0")"#,
    #"user.version < semver("1.1.0-rc.1")"#, #"user.name.startsWith("a")"#, "size(user.tags) > 1",
    #"user.since < timestamp("2026-01-01T00:00:00Z")"#, #"user.idle > duration("1h")"#,
]

private let declarations = """
    source: en
    context:
      user:
        country: {type: string, values: [US, CA, FR]}
        city: {type: string, optional: true}
        name: {type: string}
        tags: {type: list(string), default: []}
        count: {type: int, default: 0}
        score: {type: double}
        member: {type: bool, default: false}
        version: {type: version}
        since: {type: timestamp}
        idle: {type: duration}
    events:
      session_start: {}

    """

private func expression(_ random: inout SplitMix, _ depth: Int) -> String {
    if depth == 0 || random.next(4) == 0 { return random.choose(atoms) }
    let left = expression(&random, depth - 1)
    let right = expression(&random, depth - 1)
    switch random.next(6) {
    case 0: return "!(\(left))"
    case 1: return "(\(left) || \(right))"
    case 2: return "(user.member ? \(left) : \(right))"
    default: return "(\(left) && \(right))"
    }
}

private func context(_ random: inout SplitMix) -> JSONValue {
    var user: [JSONObject.Member] = []
    func add(_ key: String, _ value: JSONValue) { user.append(JSONObject.Member(key: key, value: value)) }
    add("country", .string(random.choose(["US", "CA", "FR"])))
    if random.next(2) == 0 { add("city", .string(random.choose(["Rome", "Paris"]))) }
    add("name", .string(random.choose(["a", "ab", "b", ""])))
    if random.next(3) > 0 {
        add("tags", .array(random.choose([[], ["a"], ["b"], ["a", "b"], ["c", "d"]]).map { .string($0) }))
    }
    if random.next(3) > 0 { add("count", .number(Double(random.next(5) - 1))) }
    add("score", .number(random.choose([0, 0.4, 0.5, 0.75, 1, 2])))
    if random.next(3) > 0 { add("member", .bool(random.next(2) == 0)) }
    add(
        "version",
        .string(random.choose(["1.0.0", "1.1.0", "1.1.0-rc.1", "1.1.0-rc.0", "1.1.0-rc.2", "2.0.0", "0.0.0-0"])))
    add("since", .string(random.choose(["2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-05-05T05:05:05Z"])))
    add("idle", .string(random.choose(["0s", "3600s", "3601s"])))
    return .object(JSONObject([JSONObject.Member(key: "user", value: .object(JSONObject(user)))]))
}

private let strip = """
    description: Stays
    surface: banner
    fields:
      title: {type: text, required: true, max: 60}
    actions: {min: 0, max: 0}

    """

/// Whatever is claimed of generated messages holds for every user that is tried, in the engine.
@Test(arguments: [1, 2, 3, 4] as [UInt64])
func noClaimIsRefutedByAnyUser(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var files = ["placard.yaml": declarations, "templates/strip/template.yaml": strip]
    for index in 0..<60 {
        let audience = expression(&random, index % 3 == 0 ? 1 : 4)
        files["content/m\(index + 10).md"] = """
            ---
            template: strip
            title: Hello
            priority: \(random.next(50))
            trigger: {event: session_start}
            audience: '\(audience)'
            ---

            """
    }
    let compilation = compile(project(files), analysis: .full)
    #expect(!compilation.hasErrors, "\(compilation.diagnostics.filter { $0.severity == .error }.map(\.message))")
    let engine = try ProjectEngine(emitBundle(compilation))
    var never: [String] = []
    var losers: [(loser: String, winner: String)] = []
    for diagnostic in compilation.diagnostics {
        let words = diagnostic.message.replacing("`", with: "").split(separator: " ").map(String.init)
        if diagnostic.id == "analysis/never-shown" { never.append(words[0]) }
        if diagnostic.id == "analysis/shadowed" { losers.append((words[0], words[words.count - 1])) }
    }
    #expect(!never.isEmpty && !losers.isEmpty, "the generator makes both")
    for _ in 0..<400 {
        let witness = Witness(
            context: context(&random), event: [:], unit: "u", now: Instant(seconds: 1_767_614_400))
        for id in never { #expect(!engine.isEligible(id, witness, event: "session_start")) }
        for pair in losers where engine.isEligible(pair.loser, witness, event: "session_start") {
            #expect(engine.isEligible(pair.winner, witness, event: "session_start"), "\(pair)")
        }
    }
}
