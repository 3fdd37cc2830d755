import ByteText
import DocumentSchema
import SourceDiagnostics

/// What a file below `content/` is, read off its name: `<id>[+<variant>][.<locale>].md`.
struct ContentName: Equatable, Sendable {
    var id: String
    var variant: String?
    var locale: String?

    /// What a translation is of: the id, with `+variant` behind it for a variant's.
    var source: String { id + (variant.map { "+" + $0 } ?? "") }

    /// Takes a path apart; nil when it is not a `.md` file.
    init?(path: String) {
        var path = path
        let parts = path.withUTF8 { bytes -> (id: String, variant: String?, locale: String?)? in
            guard bytes.count >= 3, bytes.suffix(3).elementsEqual(".md".utf8) else { return nil }
            func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
            var end = bytes.count - 3
            let start = bytes[..<end].lastIndex(of: 0x2F).map { $0 + 1 } ?? 0
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
            return (string(start..<end), variant, locale)
        }
        guard let parts else { return nil }
        (id, variant, locale) = parts
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

    /// All of them, the source first.
    var all: [Int] {
        [source].compactMap { $0 } + translations.map(\.file) + variants.map(\.file) + variantTranslations.map(\.file)
    }
}

/// Everything below `content/`, sorted out by what it is.
struct ContentIndex: Sendable {
    /// In the order of their ids.
    var messages: [MessageFiles] = []
    /// `_defaults.yaml` files: folder → file index.
    var defaults: [String: Int] = [:]
    /// Images: paths relative to `content/`.
    var assets: [String: Int] = [:]
    /// Images that no message can name, for the capital letters of their endings: paths relative to `content/`.
    var capitalizedAssets: Set<String> = []
    /// The ids of messages whose files have another ending of Markdown, which has been reported.
    var misnamed: Set<String> = []
    var diagnostics: [Diagnostic] = []

    /// Where the message of an id is among ``messages``.
    private var places: [String: Int] = [:]

    /// - Parameter locales: the tags that the project translates to.
    init(_ files: ProjectFiles, locales: [String]) {
        var names = ContentNames(files, locales: locales)
        let content = files.below("content/").indices
        let first = content.lowerBound
        // Whether letters are capitals, and where a name has its parts, each file tells by itself.
        let parts = concurrentMap(content.count) { place in
            PathParts(files.files[first + place].path, files)
        }
        let colliding = reportCollisions(files, content, parts)
        for place in parts.indices {
            let index = first + place
            if !colliding.isEmpty, colliding.contains(files.files[index].path) { continue }
            guard let name = parts[place].name, !isTemporary(name.id) else {
                addOther(files.files[index].path, index, &names)
                continue
            }
            if let translation = names.translation(index, name) {
                add(translation, index, files)
            } else {
                add(name, index, files, &names)
            }
        }
        places = [:]
        messages.sort { utf8Less($0.id, $1.id) }
    }

    /// Reports a translation under another name, and takes it for what it is.
    private mutating func add(_ translation: ContentNames.Translation, _ index: Int, _ files: ProjectFiles) {
        let path = files.files[index].path
        let id = translation.id.variant.map { "\(translation.id.id)+\($0)" } ?? translation.id.id
        diagnostics.append(
            .misnamedTranslation(
                path, of: id, translation.locale, name: translation.path, isTaken: translation.isTaken))
        guard !translation.isTaken else { return }
        let place = place(of: translation.id.id)
        if let variant = translation.id.variant {
            messages[place].variantTranslations.append((variant, translation.locale, index))
        } else {
            messages[place].translations.append((translation.locale, index))
        }
    }

    private mutating func add(
        _ name: ContentName, _ index: Int, _ files: ProjectFiles, _ names: inout ContentNames
    ) {
        let path = files.files[index].path
        guard let place = place(of: name, path, &names) else { return }
        switch (name.variant, name.locale) {
        case (nil, nil):
            if let first = messages[place].source {
                diagnostics.append(.duplicateID(name.id, path, first: files.files[first].path))
                return
            }
            messages[place].source = index
        case (nil, let locale?): messages[place].translations.append((locale, index))
        case (let variant?, nil): messages[place].variants.append((variant, index))
        case (let variant?, let locale?): messages[place].variantTranslations.append((variant, locale, index))
        }
    }

    /// Where the message of a file is among ``messages``, to which it is added; nil when the file's name is none.
    private mutating func place(of name: ContentName, _ path: String, _ names: inout ContentNames) -> Int? {
        // The files of a message lie beside each other.
        if name.variant == nil, let last = messages.indices.last, messages[last].id == name.id { return last }
        guard checkNames(name, path, &names) else { return nil }
        return place(of: name.id)
    }

    /// Where the message of an id is among ``messages``, to which it is added.
    private mutating func place(of id: String) -> Int {
        if let place = places[id] { return place }
        places[id] = messages.count
        messages.append(MessageFiles(id: id))
        return messages.count - 1
    }

    private mutating func checkNames(_ name: ContentName, _ path: String, _ names: inout ContentNames) -> Bool {
        let (id, what): (String, String)
        if !isIdentifier(name.id) {
            (id, what) = (name.id, "message's id")
        } else if let variant = name.variant, !isIdentifier(variant) {
            (id, what) = (variant, "variant's id")
        } else {
            return true
        }
        let advice = isDocument(name.id) ? notAMessage : name.corrected.map { names.advice($0, for: path) }
        diagnostics.append(
            .invalidID(id, what, path, advice: advice))
        return false
    }

    private mutating func addOther(_ path: String, _ index: Int, _ names: inout ContentNames) {
        let name = lastComponent(path)
        if name == "_defaults.yaml" {
            defaults[String(path.dropLast("/_defaults.yaml".utf8.count))] = index
        } else if assetType(path) != nil {
            assets[String(path.dropFirst("content/".utf8.count))] = index
        } else if assetType(path.lowercased()) != nil {
            capitalizedAssets.insert(String(path.dropFirst("content/".utf8.count)))
        } else {
            let advice = isTemporary(name) ? "a temporary file of an editor; remove it" : names.ending(path)
            let isMessage = names.misnamedMessage(path, index).map { misnamed.insert($0) } != nil
            let types = assetTypes.map { $0.suffix }.joined(separator: ", ")
            diagnostics.append(
                .unknownFile(
                    path, isMessage ? .error : .warning,
                    note: advice ?? "content/ holds messages (.md), _defaults.yaml and images (\(types))"))
        }
    }

    /// Files that would be one file on a disk that does not tell capitals from small letters. Nothing else is said
    /// of them.
    ///
    /// - Parameters:
    ///   - content: the indices of the files.
    ///   - parts: what has been found out of their paths.
    /// - Returns: those with a capital letter too many.
    private mutating func reportCollisions(
        _ files: ProjectFiles, _ content: Range<Int>, _ parts: [PathParts]
    ) -> Set<String> {
        guard mayCollide(parts) else { return [] }
        var seen: [String: String] = [:]
        seen.reserveCapacity(content.count)
        var colliding: Set<String> = []
        for (index, part) in zip(content, parts) {
            let path = files.files[index].path
            // Capitals sort first, so that what has been seen is the file with more of them.
            guard let capital = seen.updateValue(path, forKey: part.folded ?? path) else { continue }
            colliding.insert(capital)
            diagnostics.append(.caseCollision(capital, other: path))
        }
        return colliding
    }

    /// Whether two paths are one when folded. One of two such has changed; most paths have not.
    private func mayCollide(_ parts: [PathParts]) -> Bool {
        var seen: Set<String> = []
        for place in parts.indices {
            guard let folded = parts[place].folded else { continue }
            if parts[place].mayBeOther || !seen.insert(folded).inserted { return true }
        }
        return false
    }
}

/// What a path tells by itself.
private struct PathParts: Sendable {
    var name: ContentName?
    /// In small letters; nil when it is.
    var folded: String?
    /// Whether another path may be ``folded``.
    var mayBeOther = false

    init(_ path: String, _ files: ProjectFiles) {
        name = ContentName(path: path)
        var path = path
        let (isSmall, isASCII) = path.withUTF8 { bytes in
            var isSmall = true
            var all: UInt8 = 0
            for byte in bytes {
                if byte >= 0x41, byte <= 0x5A { isSmall = false }
                all |= byte
            }
            return (isSmall, all < 0x80)
        }
        guard !isSmall || !isASCII else { return }
        let folded = path.lowercased()
        // What is not ASCII may be equal to something that has other bytes.
        mayBeOther = !isASCII || files.index(of: folded) != nil
        self.folded = folded
    }
}

/// The rule that ids of messages, variants, templates, actions and scenarios follow.
let identifierRule = "an id has lower-case letters a–z, digits and single hyphens, and begins with a letter or digit"

/// Whether `name` follows ``identifierRule``, and fits into a file's name with room for its suffixes.
func isIdentifier(_ name: String) -> Bool {
    name.utf8.count <= 100 && ScalarSyntax.id(name) == nil
}

/// The id that a name resembles: `Order Ready!` → `order-ready`.
package func identifier(from name: String) -> String? {
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

/// An image's path with its ending in small letters.
func withSmallEnding(_ path: String) -> String {
    guard let point = path.utf8.lastIndex(of: 0x2E) else { return path }
    return path[..<point] + path[point...].lowercased()
}

/// The media type of an image's path; nil when it is no image.
func assetType(_ path: String) -> String? {
    assetTypes.first { path.hasSuffix($0.suffix) }?.mediaType
}
