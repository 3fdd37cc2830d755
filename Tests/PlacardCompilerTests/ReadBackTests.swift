import CanonicalJSON
import Foundation
import PlacardBundle
import SourceDiagnostics
import Testing

@testable import PlacardCompiler

private let sound = project(["content/a.md": message("audience: 'user.orders_count > 1'", body: "Hello **you**.\n")])

/// The compiled project with another expression in its catalog than its author wrote: a defect of the compiler.
private func withAudience(_ audience: String) -> Compilation {
    var compilation = compile(sound)
    compilation.messages = compilation.messages.map { message in
        var catalog = message.catalog
        catalog?.audience = audience
        return CompiledMessage(
            definition: message.definition, template: message.template, catalog: catalog,
            conditions: message.conditions,
            localizations: message.localizations, pseudo: message.pseudo, allowances: message.allowances,
            files: message.files, assets: message.assets)
    }
    return compilation
}

/// What a file of the bundle is refused for; nil when it is read.
private func refusal(_ text: [UInt8], as entry: BundleParts.Entry) -> String? {
    let readBack = ReadBack()
    readBack.check(OutputFile(path: "targets/x", bytes: text), as: entry)
    return readBack.first?.reason
}

private let target = TargetEntry(path: "targets/x", sha256: "", bytes: 0)
private let localeEntry = BundleParts.Entry.locale("en", LocaleEntry(target: target, messages: 0, lookup: []))

@Suite struct ReadBackTests {
    /// As many placeholders as a text may hold, and one that a reference puts in a thousand places.
    @Test func manyPlaceholdersCanBeRead() {
        let many = String(repeating: "{$user.orders_count} ", count: 4_000)
        let reference =
            "[a]: https://www.example.com/" + String(repeating: "{$user.orders_count}/", count: 3) + "\n\n"
            + String(repeating: "[a] ", count: 1_000)
        for body in [many, reference] {
            let compilation = compile(
                project([
                    "content/a.md": message(body: body + "\n"),
                    "templates/note/template.yaml": noteTemplate.replacing(", max: 400", with: ""),
                ]))
            #expect(diagnostics(compilation).isEmpty)
            let targets = emitBundle(compilation).targets.filter { $0.path.hasSuffix(".en.json") }
            #expect(targets.count == 1)
            for target in targets { #expect(refusal(target.bytes, as: localeEntry) == nil) }
        }
    }

    /// The build before stays whole when apps could not read the new one, and the error names the file.
    @Test func aBuildThatAppsCannotReadIsNotWritten() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("placard-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func files() -> [String: Data] {
            let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            return Dictionary(
                uniqueKeysWithValues: paths.map {
                    ($0, FileManager.default.contents(atPath: folder + "/" + $0) ?? Data())
                })
        }
        try writeBuild(BuildOutput(compile(sound), title: "T", generator: "G"), to: folder)
        let before = files()
        #expect(before.keys.contains("bundle/manifest.json"))
        let broken = BuildOutput(withAudience("user.orders_count >"), title: "T", generator: "G")
        let error = #expect(throws: OutputError.self) { try writeBuild(broken, to: folder) }
        guard case .unreadable(let file)? = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(file.path.hasPrefix("bundle/targets/") && file.path.hasSuffix(".catalog.json"))
        #expect(file.reason.hasPrefix("/messages/a: an expression does not compile: "))
        #expect(error?.message.contains(file.path) == true && error?.help.count == 1)
        #expect(files() == before)
        // And what is sound again is written again.
        try writeBuild(BuildOutput(withAudience("user.orders_count > 2"), title: "T", generator: "G"), to: folder)
        #expect(files() != before)
    }

    @Test func whatIsNotJSONIsRefusedAtItsByte() {
        let whole = Array(#"{"schema":"placard/locale/1","locale":"en","messages":{}}"#.utf8)
        #expect(refusal(whole, as: localeEntry) == nil)
        #expect(refusal(Array(whole.dropLast()), as: localeEntry) == "expected ',' or '}' (byte 56)")
        var bytes = whole
        bytes[40] = 0xFE
        #expect(refusal(bytes, as: localeEntry) == "the string is not valid UTF-8 (byte 38)")
        bytes.replaceSubrange(40...40, with: [0xED, 0xA0, 0x80])
        #expect(refusal(bytes, as: localeEntry) == "the string is not valid UTF-8 (byte 38)")
    }

    @Test func whatIsNoTextIsRefusedByItsPath() {
        func locale(_ text: String) -> [UInt8] {
            let message = #"{"locale":"en","direction":"ltr","fields":{"body":"# + text + "}}"
            return Array(#"{"schema":"placard/locale/1","locale":"en","messages":{"a":\#(message)}}"#.utf8)
        }
        let variable = #"{"type":"expression","arg":{"type":"variable","name":"user.x"}}"#
        let broken = #"{"type":"expression","arg":{"type":"variable"}}"#
        func message(_ expression: String) -> String {
            #"{"type":"message","declarations":[],"pattern":["Hello ",\#(expression)]}"#
        }
        func tree(_ node: String) -> String {
            #"{"mdast":{"type":"root","children":[{"type":"paragraph","children":[{"type":"text","value":"a"},\#(node)]}]}}"#
        }
        for text in [message(variable), #"{"html":\#(message(variable))}"#, tree(variable)] {
            #expect(refusal(locale(text), as: localeEntry) == nil)
        }
        for text in [message(broken), #"{"html":\#(message(broken))}"#, tree(broken)] {
            #expect(refusal(locale(text), as: localeEntry)?.hasPrefix("/messages/a/pattern/") == true)
        }
        #expect(refusal(locale("1"), as: localeEntry)?.hasPrefix("/messages/a/fields/body: ") == true)
        let link = #"{"type":"root","children":[{"type":"link","url":\#(message(broken)),"children":[]}]}"#
        #expect(refusal(locale(#"{"mdast":\#(link)}"#), as: localeEntry)?.hasPrefix("/messages/a/pattern/1") == true)
    }

    @Test func manifestsAndNotificationsAreRead() {
        let readBack = ReadBack()
        readBack.check(push: OutputFile(path: "a/en.fcm.json", bytes: Array(#"{"data":{"placard":"{"}}"#.utf8)))
        readBack.check(manifest: Array("{}".utf8))
        #expect(readBack.first?.path == "bundle/manifest.json")
        let push = ReadBack()
        push.check(push: OutputFile(path: "a/en.apns.json", bytes: Array(#"{"aps":{}}"#.utf8)))
        #expect(push.first == UnreadableFile(path: "push/a/en.apns.json", reason: "the member `placard` is missing"))
        let image = ReadBack()
        image.check(
            OutputFile(path: "targets/x.png", bytes: tinyPNG),
            as: .asset("x.png", AssetEntry(target: target, type: "image/png")))
        #expect(image.first == nil)
    }
}
