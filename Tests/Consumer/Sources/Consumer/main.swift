import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardClient
import PlacardEngine

// An app that shows messages, as far as a terminal can: `Consumer BUNDLE-FOLDER-OR-HTTPS-URL [EVENT]`.

/// What a screen shows, here as lines.
func present(_ content: RenderedMessage) {
    for case (let name, .text(let text)) in content.fields.map({ ($0.name, $0.value) }) { print("  \(name): \(text)") }
    if case .body(let body)? = content.fields["body"] { print("  \(body.text ?? "")") }
    for action in content.actions { print("  [\(action.label)]") }
}

guard CommandLine.arguments.count > 1 else {
    print("An app that reads messages with PlacardClient: Consumer BUNDLE-FOLDER-OR-HTTPS-URL [EVENT]")
    exit(0)
}

let place = CommandLine.arguments[1]
let event = CommandLine.arguments.count > 2 ? CommandLine.arguments[2] : "session_start"
let source: BundleSource
if place.contains("://"), let url = URL(string: place) {
    source = .https(url)
} else {
    source = .folder(URL(fileURLWithPath: place))
}
let folder = FileManager.default.temporaryDirectory.appendingPathComponent("placard-consumer")
let client = PlacardClient(source: source, folder: folder, unit: "consumer") { problem in print("note: \(problem)") }

do {
    print("update: \(try await client.update())")
} catch {
    print("update: \(error)")
}

let context: JSONValue = ["app": ["version": "3.4.0", "platform": "ios"]]
if let message = await client.decide(event: event, context: context) {
    print("shows \(message.message.id) in \(message.content.locale)")
    present(message.content)
    await client.shown(message)
    if let action = message.content.actions.first { await client.acted(message, action: action.id) }
} else {
    print("nothing shows")
}
