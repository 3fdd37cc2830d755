import Foundation
import PlacardBundle
import SourceDiagnostics
import Testing

@testable import PlacardCompiler

// What an image is, and the one rule for images, wherever they are written.

/// A template whose texts may hold images.
private let picturesTemplate = template(
    "title: {type: text, required: true}\nbody: {type: markdown, max: 900}\nnote: {type: markdown}\nimage: {type: image}"
)

private func files(_ body: String, _ lines: String = "") -> [String: String] {
    [
        "templates/note/template.yaml": picturesTemplate,
        "content/shop/a.md": message(lines, body: body + "\n"),
    ]
}

private let shop: [String: [UInt8]] = ["content/shop/cup.png": tinyPNG, "content/bell.png": tinyPNG]

@Test(arguments: [
    ("cup.png", nil), ("./cup.png", nil), ("../bell.png", nil), ("../shop/cup.png", nil),
    ("gone.png", "image/missing-file"),
    ("cup.PNG", "image/unsupported-type"), ("cup.svg", "image/unsupported-type"),
    ("../../bell.png", "image/outside-content"),
    ("../../../../etc/passwd", "image/outside-content"), ("a/../../../x.png", "image/outside-content"),
    ("%2e%2e/bell.png", "image/outside-content"), ("cup.png?v=2", "image/outside-content"),
    ("cup.png#x", "image/outside-content"),
    (".//cup.png", "image/outside-content"),
    ("shop/cup.png", "image/missing-file"),
])
func anImageInMarkdownIsHeldToWhatAFieldIs(path: String, id: String?) {
    let inMarkdown = compile(project(files("Hi ![A cup](\(path))"), binary: shop))
    let inField = compile(project(files("Hi", "image: {src: '\(path)', alt: A cup}"), binary: shop))
    let about = { (compilation: Compilation) in
        compilation.diagnostics.map(\.id).filter { $0.hasPrefix("image/") && $0 != "image/unused" }
    }
    #expect(about(inMarkdown) == (id.map { [$0] } ?? []))
    #expect(about(inField) == about(inMarkdown))
    if id != nil { #expect(diagnostics(inMarkdown).contains("\(id ?? "") content/shop/a.md:6:4")) }
}

@Test(arguments: [
    "/cup.png", "//x.example/cup.png", "a\\b.png", "data:image/png;base64,AAAA", "javascript:x", "file:///cup.png",
    "ftp://x/cup.png",
])
func anAddressIsNoImage(path: String) {
    let found = compile(project(files("Hi ![A cup](\(path))"), binary: shop))
    #expect(found.hasErrors, "\(path)")
    #expect(compile(project(files("Hi", "image: {src: '\(path)', alt: A cup}"), binary: shop)).hasErrors, "\(path)")
}

/// A field is told by its schema what a path is.
@Test func anAddressInPlaceOfAnImageIsOneError() {
    let path = "https://www.example.com/cup.png"
    let inMarkdown = compile(project(files("Hi ![A cup](\(path))"), binary: shop)).diagnostics
    #expect(inMarkdown.filter { $0.severity == .error }.map(\.id) == ["image/outside-content"])
    let inField = compile(project(files("Hi", "image: {src: '\(path)', alt: A cup}"), binary: shop)).diagnostics
    #expect(inField.filter { $0.severity == .error }.count == 1, "\(inField)")
}

/// In bodies, other fields, translations, variants, and by reference.
@Test func imagesAreCheckedInEveryText() {
    var all = files(
        "Hi ![A cup][cup]\n\n[cup]: one.png", "note: '![B](two.png)'\nexperiment: {variants: {x: 50, y: 50}}")
    all["content/shop/a.fr.md"] = overlay("title: Bonjour\nnote: '![B](three.png)'", body: "Bonjour ![A](four.png)\n")
    all["content/shop/a+x.md"] = overlay("title: X", body: "X ![A](five.png)\n")
    all["content/shop/a+x.fr.md"] = overlay("title: X", body: "X ![A](six.png)\n")
    #expect(
        diagnostics(compile(project(all))).filter { !$0.hasPrefix("translation/") } == [
            "image/missing-file content/shop/a.md:5:8", "image/missing-file content/shop/a.md:8:4",
            "image/missing-file content/shop/a+x.md:4:3", "image/missing-file content/shop/a+x.fr.md:4:3",
            "image/missing-file content/shop/a.fr.md:3:8", "image/missing-file content/shop/a.fr.md:5:9",
        ])
}

@Test func anImageInMarkdownNeedsWords() {
    check(
        ["content/shop/a.md": message(body: "Hi ![](cup.gif)\n"), "content/shop/cup.gif": tinyGIF],
        ["image/missing-alt content/shop/a.md:6:4"])
    check(
        ["content/shop/a.md": message(body: "Hi ![ ](cup.gif)\n"), "content/shop/cup.gif": tinyGIF],
        ["image/missing-alt content/shop/a.md:6:4"])
    check(["content/shop/a.md": message(body: "Hi ![`x`](cup.gif)\n"), "content/shop/cup.gif": tinyGIF], [])
}

/// What a client reads in a text is a key of the manifest's assets, as an image field's is.
@Test func imagesAreNamedAsTheManifestNamesThem() throws {
    var all = files("Hi ![A cup](<../cup of tea & ☕.png>) and ![B](cup.png)")
    all["placard.yaml"] = baseProject + "formats: [html, text, mdast]\n"
    let compilation = compile(
        project(all, binary: ["content/cup of tea & ☕.png": tinyPNG, "content/shop/cup.png": tinyPNG]))
    #expect(diagnostics(compilation) == [])
    let bundle = emitBundle(compilation)
    #expect(bundle.manifest.assets.map(\.name) == ["cup of tea & ☕.png", "shop/cup.png"])
    let locale = try #require(bundle.targets.first { $0.path.hasSuffix(".en.json") })
    let text = String(decoding: locale.bytes, as: UTF8.self)
    #expect(text.contains(#"<img src=\"cup of tea &amp; ☕.png\" alt=\"A cup\" />"#))
    #expect(text.contains(#""type":"image","url":"cup of tea & ☕.png""#))
    #expect(text.contains(#""type":"image","url":"shop/cup.png""#))
    let preview = emitPreview(compilation, title: "T", generator: "G")
    #expect(preview.paths.contains("assets/images/shop/cup.png"))
    let page = try #require(preview.paths.firstIndex(of: "m/a.html"))
    let html = String(decoding: preview[page].bytes, as: UTF8.self)
    #expect(html.contains("<img src=\"../assets/images/shop/cup.png\""))
}

// MARK: Bytes

private func problem(_ bytes: [UInt8]) -> ImageProblem? {
    do throws(ImageProblem) {
        _ = try ImageFile(bytes)
        return nil
    } catch {
        return error
    }
}

private let gif = Array(tinyGIF.utf8)

/// A WebP of one chunk.
private func webP(_ type: String, _ content: [UInt8]) -> [UInt8] {
    let size = UInt8(12 + content.count + content.count % 2)
    return Array("RIFF".utf8) + [size, 0, 0, 0] + Array("WEBP\(type)".utf8) + [UInt8(content.count), 0, 0, 0] + content
        + (content.count % 2 == 1 ? [0] : [])
}

private let lossless = webP("VP8L", [0x2F, 0, 0, 0, 0, 0])
private let lossy = webP("VP8 ", [0x10, 0, 0, 0x9D, 0x01, 0x2A, 3, 0, 2, 0])

/// As small as one can be that ends: a frame, a scan, an end.
private let jpeg: [UInt8] =
    [
        0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 2, 0, 3, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x7F, 0xFF, 0,
        0xFF, 0xD0, 1,
    ]
    + [0xFF, 0xD9]

private func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
    [0, 0, 0, UInt8(8 + content.count)] + Array(type.utf8) + content
}

private func avif(width: [UInt8] = [0, 0, 0, 3]) -> [UInt8] {
    let sizes = box("ispe", [0, 0, 0, 0] + width + [0, 0, 0, 2])
    return box("ftyp", Array("avif".utf8) + [0, 0, 0, 0] + Array("mif1".utf8))
        + box("meta", [0, 0, 0, 0] + box("iprp", box("ipco", sizes))) + box("mdat", [1, 2, 3])
}

@Test func wholeImagesAreRead() throws {
    #expect(try ImageFile(tinyPNG) == ImageFile(mediaType: "image/png", width: 3, height: 2))
    #expect(try ImageFile(gif) == ImageFile(mediaType: "image/gif", width: 1, height: 1))
    #expect(try ImageFile(lossless) == ImageFile(mediaType: "image/webp", width: 1, height: 1))
    #expect(try ImageFile(lossy) == ImageFile(mediaType: "image/webp", width: 3, height: 2))
    #expect(try ImageFile(jpeg) == ImageFile(mediaType: "image/jpeg", width: 3, height: 2))
    #expect(try ImageFile(avif()) == ImageFile(mediaType: "image/avif"))
    let demo = try FileManager.default.subpathsOfDirectory(atPath: repository.appendingPathComponent("content").path)
    for path in demo where path.hasSuffix(".png") {
        let bytes = try [UInt8](Data(contentsOf: repository.appendingPathComponent("content/" + path)))
        #expect(problem(bytes) == nil, "\(path)")
    }
}

/// Every prefix of an image, and an image with anything behind it, is none.
@Test(arguments: [tinyPNG, gif, lossless, lossy, jpeg, avif()])
func partsOfImagesAreNone(image: [UInt8]) {
    #expect(problem(image) == nil)
    for count in 0..<image.count { #expect(problem(Array(image.prefix(count))) != nil, "the first \(count) bytes") }
    for tail in [[0], Array("PK".utf8), Array("<script>".utf8), image] { #expect(problem(image + tail) != nil) }
}

@Test func aChunkWithAWrongChecksumIsReported() {
    for index in 8..<tinyPNG.count {
        var bytes = tinyPNG
        bytes[index] ^= 0x41
        #expect(problem(bytes) != nil, "with byte \(index) changed")
    }
}

@Test func filesThatCanBeReadAsMoreAreReported() {
    // A script whose first words are a WebP's.
    let script = Array("RIFF=1/*WEBPVP8 */;document.title=1;".utf8)
    guard case .malformed? = problem(script) else {
        Issue.record("not refused: \(String(describing: problem(script)))")
        return
    }
    // The same within a GIF that is whole: its width opens a comment.
    func withComment(_ width: [UInt8], _ text: String) -> [UInt8] {
        Array("GIF89a".utf8) + width + [1, 0, 0, 0, 0, 0x21, 0xFE, UInt8(text.utf8.count)] + Array(text.utf8) + [0]
            + gif.dropFirst(13)
    }
    #expect(problem(withComment([1, 0], "hello // \"x")) == nil)
    #expect(problem(withComment(Array("/*".utf8), "*/=1;alert(1)//")) == .polyglot("a script"))
    #expect(problem(withComment([1, 0], "<html><body>")) == .polyglot("a page"))
    #expect(problem(withComment([1, 0], "%PDF-1.7")) == .polyglot("a PDF document"))
    #expect(problem(withComment([1, 0], String(repeating: "-", count: 99) + "<?PHP x")) == .polyglot("a program"))
    // An archive whose comment is the rest of the image, and one with something behind it.
    for comment in [UInt8(gif.count - 13 + 1), 0] {
        let archive = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 16) + [comment, 0]
        let zip = Array(gif.prefix(13)) + [0x21, 0xFE, UInt8(archive.count)] + archive + [0] + gif.dropFirst(13)
        #expect(problem(zip) == .polyglot("a ZIP archive"))
        // A directory that would lie behind its end.
        var none = zip
        none[13 + 3 + 16] = 0xFF
        #expect(problem(none) == nil)
    }
}

/// Scripts that begin as a GIF does: what a slash, a bracket or a backtick means depends on all that is before it.
@Test(arguments: [
    "*/=1;alert(1)//", "*/=1;/[/\"]/;alert(1)//", "*/=1;`${`\"`}`;alert(1)//", "*/=1;a=1/2;/\"/.b//",
    "*/=1;/\\/\"/;alert(1)//",
    "*/=1\n--> \"\n//", "*/=1;<!-- '\n//", "*/=1;'\\\r\n';//", "*/=`\u{1}`//", "*/=1;/* \" */a//", "*/=/]\u{1}/;//",
    "*/=1;`\\`${'}'}`//", "*/=1// \"\u{2028}//",
])
func scriptsInImagesAreReported(text: String) {
    let comment = Array("/*".utf8) + [1, 0, 0, 0, 0, 0x21, 0xFE, UInt8(text.utf8.count)] + Array(text.utf8)
    let image = Array("GIF89a".utf8) + comment + [0] + gif.dropFirst(13)
    #expect(problem(image) == .polyglot("a script"))
}

@Test(arguments: [
    "*/=1;alert(1)", "*/=1;'", "*/=1;\"\n//", "*/=1;/[/", "*/=1;`", "*/=1;\u{1}//", "no end", "*/=1;/a\n/;\u{1}//",
    "*/ ' // \n \u{1} //",
])
func whatIsNoScriptIsNot(text: String) {
    let comment = Array("/*".utf8) + [1, 0, 0, 0, 0, 0x21, 0xFE, UInt8(text.utf8.count)] + Array(text.utf8)
    #expect(problem(Array("GIF89a".utf8) + comment + [0] + gif.dropFirst(13)) == nil)
}

@Test func animationsThatWouldFillADeviceAreReported() {
    // A picture of one pixel in 5,000 × 5,000, again and again.
    func animation(_ count: Int) -> [UInt8] {
        let picture = gif.dropFirst(13).dropLast()
        return Array("GIF89a".utf8) + [0x88, 0x13, 0x88, 0x13, 0, 0, 0] + (0..<count).flatMap { _ in picture } + [0x3B]
    }
    #expect(problem(animation(10)) == nil)
    #expect(problem(animation(11)) == .tooLongAnimation)
    func movie(_ count: UInt8) -> [UInt8] {
        let header = box("tkhd", [UInt8](repeating: 0, count: 76) + [0x13, 0x88, 0, 0, 0x13, 0x88, 0, 0])
        let sizes = box("stsz", [UInt8](repeating: 0, count: 11) + [count])
        let track = box("trak", header + box("mdia", box("minf", box("stbl", sizes))))
        return avif() + box("moov", track)
    }
    #expect(problem(movie(10)) == nil)
    #expect(problem(movie(11)) == .tooLongAnimation)
}

@Test func picturesThatWouldFillADeviceAreReported() {
    var large = gif
    large.replaceSubrange(6..<10, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(problem(large) == .tooManyPixels(width: 65535, height: 65535))
    #expect(problem(avif(width: [0, 1, 0, 0])) == .tooManyPixels(width: 65536, height: 2))
    #expect(problem(avif(width: [0, 0, 0, 0])) != nil)
    check(
        [
            "content/a.md": message("image: {src: cup.gif, alt: A cup}"),
            "content/cup.gif": String(decoding: large.map { $0 == 0xFF ? 0x7F : $0 }, as: UTF8.self),
        ],
        ["image/too-many-pixels content/a.md:5:14"])
}
