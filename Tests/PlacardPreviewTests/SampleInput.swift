import Foundation
import SourceDiagnostics

@testable import PlacardPreview

/// A project of any size, with every kind of content, drawn with the repository's own templates.
func sampleInput(messages: Int, locales: Int, text: String = "Your order is ready") -> PreviewInput {
    let tags = [
        "en", "fr", "de", "ja", "ar", "pt-BR", "pl", "uk", "es", "it", "nl", "sv", "tr", "ru", "ko", "he", "hi", "th",
        "cs", "da",
    ]
    let surfaces = ["banner", "modal", "fullscreen", "card", "toast", "prompt", "replies", "chat"]
    return PreviewInput(
        title: text, generator: "Placard",
        locales: tags.prefix(locales).enumerated().map { index, tag in
            PreviewLocale(
                tag: tag, name: "", isRightToLeft: tag == "ar" || tag == "he", policy: index == 0 ? .source : .required)
        },
        templates: surfaces.map { name in
            PreviewTemplate(
                name: name, surface: name, isBlocking: name == "modal",
                mustache: repositoryFile("templates/\(name)/preview.mustache"),
                style: StyleSheet(repositoryFile("templates/\(name)/style.css")),
                file: "templates/\(name)/preview.mustache")
        },
        messages: (0..<messages).map { number in
            sampleMessage(number, template: surfaces[number % surfaces.count], tags: Array(tags.prefix(locales)), text)
        }, assets: [PreviewAsset(path: "coffee/cup.png", bytes: [1, 2, 3])])
}

private func sampleMessage(_ number: Int, template: String, tags: [String], _ text: String) -> PreviewMessage {
    let path = "content/coffee/message-\(number).md"
    let source = "---\ntitle: \(text)\n---\n\(text)\n"
    return PreviewMessage(
        id: "message-\(number)", template: template, folder: "coffee",
        audience: PreviewFact("Audience", text, style: .code), trigger: text, window: "1 Dec – 24 Dec",
        facts: [PreviewFact("Trigger", text), PreviewFact("Audience", text, style: .code)],
        localizations: tags.map { tag in
            PreviewLocalization(
                status: .ok, language: tag, isRightToLeft: tag == "ar", cards: [sampleCard(text)])
        },
        sources: [PreviewSource(path: path, text: Array(source.utf8))],
        diagnostics: number == 0
            ? [
                Diagnostic(
                    "text/too-long", .warning, text, at: Label(file: path, Span(4, 9), text), notes: [text])
            ] : [])
}

func sampleCard(_ text: String, variant: String = "") -> PreviewCard {
    PreviewCard(
        variant: variant, samples: text, title: text,
        body: Array(
            "<p>Pick it up at the <strong>counter</strong>, <a href=\"https://x.example/a\">or not</a>.</p>".utf8),
        image: PreviewImage(asset: "coffee/cup.png", alt: text),
        actions: [PreviewAction(id: "view", label: text, kind: "url", target: text)],
        replies: [PreviewReply(id: "here", text: text)],
        steps: [
            PreviewStep(
                id: "start", title: text, body: Array("<p>Hello</p>".utf8), choices: [.init(step: "end", label: text)])
        ],
        fields: [PreviewField("tone", .text("success")), PreviewField("confetti", .flag(true))])
}

func repositoryFile(_ path: String) -> [UInt8] {
    let file = URL(filePath: #filePath).appending(path: "../../../" + path).standardized
    return (try? [UInt8](Data(contentsOf: file))) ?? []
}

/// The templates of the repository that are drawn, by name; those of notifications are not.
let drawnTemplates: [String] = {
    let folder = URL(filePath: #filePath).appending(path: "../../../templates").standardized
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { !repositoryFile("templates/\($0)/preview.mustache").isEmpty }
}()
