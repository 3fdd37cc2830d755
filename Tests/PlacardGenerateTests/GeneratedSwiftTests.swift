import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardClient
import PlacardCompiler
import PlacardEngine
import PlacardGenerate
import Testing

@testable import PlacardCommands

/// The project of Tests/Fixtures/awkward-names, whose code is in Generated/, which is compiled with these tests.
private let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/awkward-names").standardizedFileURL.path

/// What a client has been told, from any thread.
private final class Reports: @unchecked Sendable {
    private let lock = NSLock()
    private var stored: [String] = []
    var texts: [String] { lock.withLock { stored } }
    func add(_ text: String) { lock.withLock { stored.append(text) } }
}

@Suite struct `Generated Swift` {
    private let context = AppContext(
        user: .init(
            as: "driver", class: "first", self_: true, init_: -3, json_: "{}", toJson: "x", trip_id_: "T-1",
            tripId_: "T-2",
            foo_: .a, foo__2: .b, u005f: "y", rawValue_: "z", type__2: .n3_2, type_: [.x, .z],
            homeURL: URL(string: "https://example.com/a?b=c"), since: Date(timeIntervalSince1970: 1_764_579_600.25),
            away: .seconds(-90) - .milliseconds(5), count: 7, share: 0.5, version: "3.4.0", flags: ["on": true],
            levels: ["l": ["a", "b"]], answers: ["yes": 1], moments: [Date(timeIntervalSince1970: 0)]),
        self_: .init(type: .type), nothing: .init())

    @Test func `the compiled file is what the project gives now`() throws {
        let compilation = compile(try loadProject(at: fixture))
        let code = generate(.swift, from: AppDeclarations(compilation))
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Generated/AwkwardNames.swift")
        if ProcessInfo.processInfo.environment["PLACARD_RECORD"] != nil {
            try code.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == code)
    }

    @Test func `a context and an event are what the engine takes, without a remark`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("generated-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let bundle = emitBundle(compile(try loadProject(at: fixture)))
        _ = try writeBuild(
            BuildOutput(
                manifest: bundle.manifest.json.canonicalBytes, targets: bundle.targets, preview: OutputFiles([])),
            to: folder.path, options: OutputOptions())
        let reports = Reports()
        let client = PlacardClient(
            source: .folder(folder.appendingPathComponent("bundle")), folder: folder.appendingPathComponent("cache"),
            unit: "u", report: { reports.add($0.description) })
        try await client.update()
        let event = AppEvent.orderReady(
            is: "a", class: "b", status: .ready, ends: .milliseconds(1500), of: [.self_, .other])
        let decision = try #require(await client.decision(event, context: context))
        #expect(decision.notes == [])
        let shown = try #require(await client.decide(event, context: context))
        #expect(shown.messageID == .self_)
        #expect(
            shown.content.actions.map { shown.messageAction($0) } == [
                MessageAction.Self_.in, MessageAction.Self_.class, MessageAction.Self_.init_, MessageAction.Self_.n3D,
            ])
        #expect(shown.content.actions.compactMap(\.emittedEvent) == [.name])
        #expect(shown.content.actions.compactMap(\.systemRequest) == [.rating])
        await client.acted(shown, MessageAction.Self_.class)
        for event in [AppEvent.sessionu002Estart_, .notify, .`default`, .init_(self_: "x")] {
            _ = await client.decide(event, context: context)
        }
        #expect(reports.texts == [])
    }

    @Test func `moments and durations are written as the protocol says`() {
        #expect(context.json["user"]?["since"]?.string == "2025-12-01T09:00:00.250Z")
        #expect(context.json["user"]?["away"]?.string == "-90.005000000s")
        #expect(context.json["user"]?["moments"] == ["1970-01-01T00:00:00.000Z"])
        #expect(AppEvent.sessionStart_().properties == [:])
    }

    @Test func `values that a later placard-yaml declares can be given`() {
        let later = AppContext.User.Type__2(rawValue: "platinum")
        #expect(AppContext(user: .init(as: "x", type__2: later)).json["user"]?["type"] == "platinum")
    }
}
