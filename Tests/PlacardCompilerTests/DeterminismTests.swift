import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardCompiler
import SourceDiagnostics
import Testing

/// The repository's own project, compiled once.
private let demo = Result { compile(try loadProject(at: repository.path)) }

private func everyFile(_ compilation: Compilation) -> [OutputFile] {
    let bundle = emitBundle(compilation)
    return [OutputFile(path: "manifest.json", bytes: bundle.manifest.json.canonicalBytes)] + bundle.targets
        + emitPreview(compilation, title: "Test", generator: "Placard")
}

@Test func theOrderOfFilesChangesNothing() throws {
    let files = project(
        [
            "content/_defaults.yaml": "frequency: [1 per session]\n",
            "content/a.md": message("experiment: {variants: {control: 50, short: 50}}\nimage: {src: x.png, alt: X}"),
            "content/a+short.md": overlay("title: Hi", body: ""),
            "content/a+short.fr.md": overlay("title: Salut", body: ""),
            "content/a.fr.md": overlay("title: Bonjour\nimage: {alt: X}"),
            "content/b.md": message("audience: user.country == \"FR\""),
            "content/b.ar.md": overlay("title: مرحبا", body: "أهلا.\n"), "content/z/c.md": message("group: promotions"),
        ], binary: ["content/x.png": tinyPNG])
    let first = compile(files)
    #expect(diagnostics(first) == [])
    let second = compile(ProjectFiles(Array(files.files.reversed())))
    #expect(everyFile(first) == everyFile(second))
    #expect(everyFile(first) == everyFile(first))
}

@Test func theOrderOfFilesChangesNoDiagnostic() {
    let files = project([
        "content/a.md": message("group: x\nallow: [{id: image/unused, reason: A}, {id: image/wrong-type, reason: B}]"),
        "content/b.md": message("variables: {app.platform: {fallback: phone}}"), "content/c.txt": "x",
        "content/d/a.md": message(), "templates/x/style.css": "", "content/y.fr.md": overlay(),
    ])
    let first = compile(files).diagnostics
    #expect(first.count >= 6)
    for _ in 0..<4 { #expect(compile(ProjectFiles(files.files.shuffled())).diagnostics == first) }
}

@Test func theDemoHasNoDiagnostic() throws {
    #expect(diagnostics(try demo.get()) == [])
}

@Test func theDemosOrderOfFilesChangesNothing() throws {
    let compilation = try demo.get()
    let again = compile(ProjectFiles(compilation.files.files.shuffled()))
    #expect(emitBundle(again).manifest == emitBundle(compilation).manifest)
    #expect(emitBundle(again).targets == emitBundle(compilation).targets)
}

@Test func theTypesOfABundleReadWhatIsWritten() throws {
    let bundle = emitBundle(try demo.get())
    var bytes: [String: [UInt8]] = [:]
    for target in bundle.targets { bytes[target.path] = target.bytes }

    let manifest = bundle.manifest.json.canonicalBytes
    #expect(try Manifest(json: JSONValue(parsing: manifest)).json.canonicalBytes == manifest)

    let catalog = try #require(bytes[bundle.manifest.catalog.path])
    let readCatalog = try Catalog(json: JSONValue(parsing: catalog))
    #expect(readCatalog.messages.count >= 14)
    #expect(readCatalog.json.canonicalBytes == catalog)

    #expect(bundle.manifest.locales.count >= 6)
    for entry in bundle.manifest.locales {
        let file = try #require(bytes[entry.value.target.path])
        let read = try LocaleFile(json: JSONValue(parsing: file))
        #expect(read.locale == entry.name)
        #expect(Int64(read.messages.count) == entry.value.messages)
        // The compiler writes locale files by hand; the typed writer must agree to the byte.
        #expect(firstDifference(read.json.canonicalBytes, file) == nil, "\(entry.name)")
    }
}

/// The bytes around the first difference; nil when there is none.
private func firstDifference(_ a: [UInt8], _ b: [UInt8]) -> String? {
    guard a != b else { return nil }
    let index = zip(a, b).enumerated().first { $1.0 != $1.1 }?.offset ?? min(a.count, b.count)
    func around(_ bytes: [UInt8]) -> String {
        String(decoding: bytes[max(0, index - 60)..<min(bytes.count, index + 60)], as: UTF8.self)
    }
    return around(a) + "\n" + around(b)
}

@Test func everyTargetIsNamedByItsContent() throws {
    let bundle = emitBundle(try demo.get())
    let manifest = bundle.manifest
    let named = [manifest.catalog] + manifest.locales.map(\.value.target) + manifest.assets.map(\.value.target)
    #expect(Set(named.map(\.path)) == Set(bundle.targets.map(\.path)))
    for entry in named {
        let target = try #require(bundle.targets.first { $0.path == entry.path })
        #expect(Int64(target.bytes.count) == entry.bytes)
        #expect(entry.path.hasPrefix("targets/\(entry.sha256)."))
    }
    #expect(bundle.targets.map(\.path) == bundle.targets.map(\.path).sorted())
}

@Test func everyFileOfABundleFitsItsSchema() throws {
    let bundle = emitBundle(try demo.get())
    #expect(schemaProblems(bundle.manifest.json, BundleSchemas.manifest) == [])
    for target in bundle.targets where target.path.hasSuffix(".json") {
        let json = try JSONValue(parsing: target.bytes)
        let schema = target.path.hasSuffix(".catalog.json") ? BundleSchemas.catalog : BundleSchemas.localeFile
        #expect(schemaProblems(json, schema) == [], "\(target.path)")
    }
}
