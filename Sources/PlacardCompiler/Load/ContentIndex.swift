import DocumentSchema
import SourceDiagnostics

/// What a file below `content/` is, read off its name: `<id>[+<variant>][.<locale>].md`.
struct ContentName: Equatable {
    var id: String
    var variant: String?
    var locale: String?
    var folder: String

    /// Takes a path apart; nil when it is not a `.md` file.
    init?(path: String) {
        var path = path
        let parts = path.withUTF8 { bytes -> (folder: String, id: String, variant: String?, locale: String?)? in
            guard bytes.count >= 3, bytes.suffix(3).elementsEqual(".md".utf8) else { return nil }
            func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
            var end = bytes.count - 3
            let slash = bytes[..<end].lastIndex(of: 0x2F)
            let start = slash.map { $0 + 1 } ?? 0
            var variant: String?
            var locale: String?
            if let dot = bytes[start..<end].firstIndex(of: 0x2E) {
                locale = string(dot + 1..<end)
                end = dot
            }
            if let plus = bytes[start..<end].firstIndex(of: 0x2B) {
                variant = string(plus + 1..<end)
                end = plus
            }
            return (slash.map { string(0..<$0) } ?? "", string(start..<end), variant, locale)
        }
        guard let parts else { return nil }
        (folder, id, variant, locale) = parts
    }
}

/// One message with all the files that belong to it, as indices into ``ProjectFiles/files``.
struct MessageFiles: Sendable {
    var id: String
    /// The file in the source locale; nil when only translations or variants are there.
    var source: Int?
    /// Translations, in the order of their file names.
    var translations: [(locale: String, file: Int)] = []
    /// Variants in the source locale.
    var variants: [(variant: String, file: Int)] = []
    /// Variants' translations.
    var variantTranslations: [(variant: String, locale: String, file: Int)] = []
}

/// Everything below `content/`, sorted out by what it is.
struct ContentIndex: Sendable {
    /// In the order of their ids.
    var messages: [MessageFiles] = []
    /// `_defaults.yaml` files: folder → file index.
    var defaults: [String: Int] = [:]
    /// Images: paths relative to `content/`.
    var assets: [String: Int] = [:]
    var diagnostics: [Diagnostic] = []

    init(_ files: ProjectFiles) {
        let content = files.files.indices.filter { files.files[$0].path.hasPrefix("content/") }
        // Whether letters are capitals, and where a name has its parts, each file tells by itself.
        let parts = concurrentMap(content.count) { place in
            let path = files.files[content[place]].path
            return (name: ContentName(path: path), folded: path.lowercased())
        }
        let colliding = reportCollisions(content.map { files.files[$0].path }, folded: parts.map(\.folded))
        var byID: [String: MessageFiles] = [:]
        var placeOfID: [String: String] = [:]
        for (index, part) in zip(content, parts) {
            let path = files.files[index].path
            if !colliding.isEmpty, colliding.contains(path) { continue }
            if let name = part.name {
                add(name, path, index, &byID, &placeOfID)
            } else {
                addOther(path, index)
            }
        }
        messages = byID.values.sorted { utf8Less($0.id, $1.id) }
    }

    private mutating func add(
        _ name: ContentName, _ path: String, _ index: Int, _ byID: inout [String: MessageFiles],
        _ places: inout [String: String]
    ) {
        guard checkNames(name, path) else { return }
        switch (name.variant, name.locale) {
        case (nil, nil):
            if let first = places[name.id] {
                diagnostics.append(
                    Diagnostic(
                        "project/duplicate-id", "two messages have the id \(name.id)",
                        at: Label(file: path, Span(at: 0)),
                        secondary: [Label(file: first, Span(at: 0), "the first one")],
                        notes: [
                            "a message's id is its file's name and is unique in the project; rename one of the files"
                        ]))
                return
            }
            places[name.id] = path
            byID[name.id, default: MessageFiles(id: name.id)].source = index
        case (nil, let locale?):
            byID[name.id, default: MessageFiles(id: name.id)].translations.append((locale, index))
        case (let variant?, nil):
            byID[name.id, default: MessageFiles(id: name.id)].variants.append((variant, index))
        case (let variant?, let locale?):
            byID[name.id, default: MessageFiles(id: name.id)].variantTranslations.append((variant, locale, index))
        }
    }

    private mutating func checkNames(_ name: ContentName, _ path: String) -> Bool {
        guard isIdentifier(name.id) else {
            let suggestion = identifier(from: name.id)
            diagnostics.append(
                Diagnostic(
                    "project/invalid-id", "\"\(name.id)\" cannot be a message's id", at: Label(file: path, Span(at: 0)),
                    notes: [identifierRule] + (suggestion.map { ["rename the file to \($0).md"] } ?? [])))
            return false
        }
        if let variant = name.variant, !isIdentifier(variant) {
            let suggestion = identifier(from: variant)
            diagnostics.append(
                Diagnostic(
                    "project/invalid-id", "\"\(variant)\" cannot be a variant's id", at: Label(file: path, Span(at: 0)),
                    notes: [identifierRule] + (suggestion.map { ["rename the file to \(name.id)+\($0).md"] } ?? [])))
            return false
        }
        return true
    }

    private mutating func addOther(_ path: String, _ index: Int) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if name == "_defaults.yaml" {
            defaults[String(path.dropLast("/_defaults.yaml".utf8.count))] = index
        } else if assetType(path) != nil {
            assets[String(path.dropFirst("content/".utf8.count))] = index
        } else {
            let meant = near(name)
            diagnostics.append(
                Diagnostic(
                    "project/unknown-file", .warning, "\(path) is not part of the project",
                    at: Label(file: path, Span(at: 0)),
                    notes: [
                        meant.map { "did you mean \($0)?" }
                            ?? "content/ holds messages (.md), _defaults.yaml and images (\(assetTypes.map { $0.suffix }.joined(separator: ", ")))"
                    ]))
        }
    }

    /// What a file with a slightly wrong name was probably meant to be.
    private func near(_ name: String) -> String? {
        let lower = name.lowercased()
        if lower == "_defaults.yml" || lower == "defaults.yaml" || lower == "defaults.yml" { return "_defaults.yaml" }
        for suffix in [".markdown", ".mdown", ".mkd", ".md", ".mdx", ".txt"] where lower.hasSuffix(suffix) {
            return String(name.dropLast(suffix.utf8.count)) + ".md"
        }
        return nil
    }

    /// Files that would be one file on a disk that does not tell capitals from small letters. Nothing else is said
    /// of them.
    ///
    /// - Returns: those with a capital letter too many.
    private mutating func reportCollisions(_ paths: [String], folded: [String]) -> Set<String> {
        var seen: [String: String] = [:]
        seen.reserveCapacity(paths.count)
        var colliding: Set<String> = []
        for (path, folded) in zip(paths, folded) {
            // Capitals sort first, so that what has been seen is the file with more of them.
            guard let capital = seen.updateValue(path, forKey: folded) else { continue }
            colliding.insert(capital)
            diagnostics.append(
                Diagnostic(
                    "project/case-collision", "\(capital) differs from another file in case only",
                    at: Label(file: capital, Span(at: 0)),
                    secondary: [Label(file: path, Span(at: 0), "the other file")],
                    notes: ["on macOS and Windows the two are one file; rename or remove one of them"]))
        }
        return colliding
    }
}

/// The rule that ids of messages, variants, templates, actions and scenarios follow.
let identifierRule = "an id has lower-case letters a–z, digits and single hyphens, and begins with a letter or digit"

/// Whether `name` follows ``identifierRule``, and fits into a file's name with room for its suffixes.
func isIdentifier(_ name: String) -> Bool {
    name.utf8.count <= 100 && ScalarSyntax.id(name) == nil
}

/// The id that a name resembles: `Order Ready!` → `order-ready`.
public func identifier(from name: String) -> String? {
    var result = ""
    for scalar in name.lowercased().unicodeScalars {
        switch scalar.value {
        case 0x61...0x7A, 0x30...0x39: result.unicodeScalars.append(scalar)
        default: if !result.isEmpty, result.last != "-" { result.append("-") }
        }
    }
    while result.last == "-" { result.removeLast() }
    return result.isEmpty ? nil : result
}

/// The image types that clients show, by file name suffix. SVG is not among them: it is a document
/// that can hold scripts and load others.
let assetTypes: [(suffix: String, mediaType: String)] = [
    (".png", "image/png"), (".jpg", "image/jpeg"), (".jpeg", "image/jpeg"), (".webp", "image/webp"),
    (".gif", "image/gif"),
    (".avif", "image/avif"),
]

/// The media type of an image's path; nil when it is no image.
func assetType(_ path: String) -> String? {
    assetTypes.first { path.hasSuffix($0.suffix) }?.mediaType
}
