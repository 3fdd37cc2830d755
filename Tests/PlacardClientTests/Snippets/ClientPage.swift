import CanonicalJSON
import Foundation
import Observation
import PlacardBundle
import PlacardClient
import PlacardEngine
import Testing

#if canImport(SwiftUI)
    import SwiftUI
#endif

// The Swift of Documentation/Client.md, compiled and run. `DocumentationTests` finds each of its blocks here as it stands there.

/// What an app has around the page's lines.
private final class App: @unchecked Sendable {
    private let lock = NSLock()
    private var stored: [String] = []
    var lines: [String] { lock.withLock { stored } }
    func add(_ line: String) { lock.withLock { stored.append(line) } }
}

private struct User {
    let id = "rider-17"
}

@MainActor @Observable
final class MessageModel {
    private(set) var message: ShownMessage?
    private let client: PlacardClient

    init(client: PlacardClient) { self.client = client }

    /// Runs for as long as the view is there.
    func listen() async {
        for await next in await client.messages() {
            message = next
            await client.shown(next)
        }
    }

    /// What the user chose; the caller opens the address, if there is one.
    func choose(_ action: RenderedAction) async -> URL? {
        guard let chosen = message else { return nil }
        message = nil
        await client.acted(chosen, action: action.id)
        return action.url.flatMap { URL(string: $0) }
    }

    func close() async {
        guard let closed = message else { return }
        message = nil
        await client.dismissed(closed)
    }
}

#if canImport(SwiftUI)
    struct MessageBanner: View {
        @State var model: MessageModel
        @Environment(\.openURL) private var openURL

        var body: some View {
            VStack(alignment: .leading) {
                if let content = model.message?.content {
                    if let title = content.title { Text(title).font(.headline) }
                    if let text = content.body?.text { Text(text) }
                    HStack {
                        ForEach(content.actions, id: \.id) { action in
                            Button(action.label) { Task { if let url = await model.choose(action) { openURL(url) } } }
                        }
                    }
                }
            }
            .task { await model.listen() }
        }
    }
#endif

@Suite struct ClientPage {
    private let bundle = MemoryBundle()
    private let folder = TemporaryFolder()
    private let app = App()
    private let user = User()
    private var folderOfThisUser: URL { folder.url }
    private let context: JSONValue = ["user": ["country": "FR"]]

    private func log(_ error: ClientError) { app.add(error.description) }
    private func open(_ url: String) { app.add("open \(url)") }
    private func ask(for permission: String) { app.add("ask \(permission)") }
    private func print(_ parts: String...) { app.add(parts.joined(separator: " ")) }

    private func started() async throws -> PlacardClient {
        try bundle.publish()
        let client = client(bundle, folder)
        try await client.update()
        return client
    }

    @Test func aClientIsMadeAndKeptUpdated() async throws {
        let messagesURL = try #require(URL(string: "http://127.0.0.1:1/"))
        do {
            let client = PlacardClient(source: .https(messagesURL), folder: folderOfThisUser, unit: user.id) { log($0) }
            Task { await client.keepUpdated() }
        }
        while app.lines.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        #expect(app.lines[0].hasPrefix("manifest.json cannot be fetched: "))
    }

    @Test func aClientOfSignedReleases() async throws {
        let messagesURL = try #require(URL(string: "http://127.0.0.1:1/"))
        let firstRoot = Array("{}".utf8)
        let shippedBundle = TemporaryFolder().url
        let signed = PlacardClient(
            source: .https(messagesURL), folder: folderOfThisUser, unit: user.id, root: firstRoot,
            bundled: shippedBundle)
        let error = await #expect(throws: ClientError.self) { try await signed.update() }
        guard case .untrusted? = error else { throw try #require(error) }
    }

    /// What a screen shows, here as lines.
    func present(_ content: RenderedMessage) {
        for case (let name, .text(let text)) in content.fields.map({ ($0.name, $0.value) }) {
            print("  \(name): \(text)")
        }
        if case .body(let body)? = content.fields["body"] { print("  \(body.text ?? "")") }
        for action in content.actions { print("  [\(action.label)]") }
    }

    @Test func aMessageIsDecidedAndShown() async throws {
        let client = try await started()
        do {
            let context: JSONValue = ["user": ["country": "FR"], "app": ["version": "3.4.0", "platform": "ios"]]
            if let message = await client.decide(event: "session_start", context: context) {
                present(message.content)  // texts with their values, in the user's language
                await client.shown(message)  // now it counts
            }
        }
        #expect(app.lines == ["  title: Bonjour", "  [No]", "  [Later]"])
        #expect(await client.title() == nil)
    }

    @Test func anActionIsPerformed() async throws {
        let client = try await started()
        func perform(_ action: RenderedAction, of message: ShownMessage) async {
            await client.acted(message, action: action.id)  // dismissals and reminders are remembered
            switch action.kind {
            case .open(let url?): open(url)
            case .emit(let event): await client.track(event, context: context)
            case .request(let permission): ask(for: permission)
            case .open(nil), .dismiss, .remind: break  // nil: its values made it an address that may not be opened
            }
        }
        let message = try #require(await client.decide(event: "session_start", context: context))
        await client.shown(message)
        await perform(RenderedAction(id: "a", label: "", kind: .open(url: "https://example.com")), of: message)
        await perform(RenderedAction(id: "b", label: "", kind: .request("rating")), of: message)
        await perform(RenderedAction(id: "c", label: "", kind: .emit(event: "done")), of: message)
        await perform(try #require(message.content.action("no")), of: message)
        #expect(app.lines == ["open https://example.com", "ask rating"])
        #expect(await client.title() == nil)
    }

    @Test func messagesAreListenedTo() async throws {
        let client = try await started()
        let listener = Task {
            for await message in await client.messages() {
                present(message.content)
                await client.shown(message)
            }
        }
        while await !client.isListenedTo { await Task.yield() }
        await client.track("session_start", context: context)
        while app.lines.isEmpty { await Task.yield() }
        listener.cancel()
        await listener.value
        #expect(app.lines.first == "  title: Bonjour")
    }

    @Test func everyReasonIsThere() async throws {
        let client = try await started()
        let decision = await client.explain(event: "session_start", context: context)
        for verdict in decision?.verdicts ?? [] { print(verdict.message, verdict.reason.text) }
        #expect(app.lines == ["hello shown: it comes first"])
    }

    @Test @MainActor func aModelForViews() async throws {
        let client = try await started()
        let model = MessageModel(client: client)
        let listening = Task { await model.listen() }
        while await !client.isListenedTo { await Task.yield() }
        await client.track("session_start", context: context)
        while model.message == nil { await Task.yield() }
        let action = try #require(model.message?.content.action("later"))
        #expect(await model.choose(action) == nil && model.message == nil)
        #expect(await client.title() == nil)
        await model.close()
        listening.cancel()
    }

    @Test func aMessageForAPreview() {
        let content = RenderedMessage(
            locale: "en",
            fields: ["title": .text("Ready"), "body": .body(RenderedBody(text: "Pick it up at the counter."))],
            actions: [RenderedAction(id: "view", label: "View order", kind: .open(url: "starling://orders/17"))])
        #expect(content.title == "Ready" && content.actions.first?.url == "starling://orders/17")
        #expect(Date(Instant(milliseconds: 1500)).timeIntervalSince1970 == 1.5)
    }
}
