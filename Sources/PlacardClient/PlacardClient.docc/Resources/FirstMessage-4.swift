import Foundation
import PlacardClient

let messages = URL(filePath: "build/bundle")  // an app: .https(URL) below
let folder = FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask)[0].appending(path: "placard/user-17")
let client = PlacardClient(source: .folder(messages), folder: folder, unit: "user-17") { print("note: \($0)") }

try await client.update()
let next = await client.decide(
    event: "session_start", context: ["app": ["version": "3.4.0", "platform": "ios"]])
if let message = next {
    print(message.content.title ?? "", message.content.body?.text ?? "", separator: "\n")
    for action in message.content.actions { print("[\(action.label)] \(action.url ?? "")") }
    await client.shown(message)
}
