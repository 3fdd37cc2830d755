import DocumentSchema
import SourceDiagnostics

// Files below `content/` whose names are not what was meant, and what to call them.

/// The names of the files below `content/`, for advice that leads to none of them.
struct ContentNames {
    private let files: ProjectFiles
    /// The locales that the project translates to, in small letters, beside the tags themselves.
    private let locales: [(small: [UInt8], tag: String)]
    /// Where the file of a name is, without its folder; one beside the folders of translations before one in them. Filled
    /// when it is first asked for: nearly every project has good names only.
    private lazy var places: [String: String] = {
        var places: [String: String] = [:]
        for file in files.below("content/") {
            let name = lastComponent(file.path)
            if let place = places[name], folderLocale(place) == nil || folderLocale(file.path) != nil { continue }
            places[name] = file.path
        }
        return places
    }()

    init(_ files: ProjectFiles, locales: [String]) {
        self.files = files
        self.locales = locales.map { (Array($0.lowercased().utf8), $0) }
    }

    // MARK: Advice

    /// What to do with a file whose name is not to be kept: to rename it, unless another file has that name.
    mutating func advice(_ meant: String, for path: String) -> String {
        guard places[meant] == nil else {
            return "\(meant) is another file of the project; rename this one to something else, or remove it"
        }
        places[meant] = path
        return "rename the file to \(meant)"
    }

    /// What a file with a slightly wrong ending was probably meant to be; nil when nothing is near.
    mutating func ending(_ path: String) -> String? {
        let name = lastComponent(path)
        let lower = name.lowercased()
        var meant: String?
        if lower == "_defaults.yml" || lower == "defaults.yaml" || lower == "defaults.yml" {
            let whole = parentFolder(path) + "/_defaults.yaml"
            guard files[whole] == nil else { return "_defaults.yaml is there already; remove this one" }
            return "did you mean _defaults.yaml?"
        }
        for suffix in [".markdown", ".mdown", ".mkd", ".md", ".mdx", ".txt"] where lower.hasSuffix(suffix) {
            var stem = name.dropLast(suffix.utf8.count)
            // `sale.md.txt`: an ending that an editor or a download has put behind the right one.
            if stem.lowercased().hasSuffix(".md") { stem = stem.dropLast(3) }
            guard let file = ContentName(path: stem + ".md") else { break }
            if isDocument(file.id) { return notAMessage }
            meant = file.corrected
            break
        }
        guard let meant else { return nil }
        return places[meant] == nil
            ? "did you mean \(meant)?"
            : "\(meant) is another file of the project; remove this one, or move it out of content/"
    }

    /// The id of the message that a file with another ending of Markdown is meant to be, as its front matter tells; nil for
    /// any other file.
    mutating func misnamedMessage(_ path: String, _ index: Int) -> String? {
        let name = lastComponent(path)
        guard let ending = [".markdown", ".mdown", ".mkd", ".mdx"].first(where: name.hasSuffix),
            files.files[index].bytes.starts(with: "---\n".utf8)
                || files.files[index].bytes.starts(with: "---\r\n".utf8),
            let file = ContentName(path: name.dropLast(ending.utf8.count) + ".md"), file.locale == nil,
            file.variant == nil,
            places[file.id + ".md"] == nil
        else { return nil }
        return file.id
    }

    // MARK: Translations

    /// A translation under another name than `<id>.<locale>.md`.
    struct Translation {
        var id: ContentName
        var locale: String
        /// Where it belongs.
        var path: String
        /// Whether a file is there already.
        var isTaken: Bool
    }

    /// The translation that a file surely is: its name ends in a locale of the project, or its folder is called so, the rest
    /// is that of a message, and it is no message of its own.
    mutating func translation(_ index: Int, _ name: ContentName) -> Translation? {
        let path = files.files[index].path
        guard name.locale == nil, !locales.isEmpty else { return nil }
        let stem = lastComponent(path).dropLast(3)
        let locale: String
        let source: String
        if let end = nameLocale(stem), let place = places[stem.dropLast(end.utf8.count + 1) + ".md"] {
            (locale, source) = (end, place)
        } else if let folder = folderLocale(path), let place = places[stem + ".md"], place != path,
            folderLocale(place) == nil
        {
            (locale, source) = (folder, place)
        } else {
            return nil
        }
        guard !isMessage(index), !isVariant(name) else { return nil }
        let target = source.dropLast(3) + "." + locale + ".md"
        guard let id = ContentName(path: target), isIdentifier(id.id), id.variant.map(isIdentifier) ?? true else {
            return nil
        }
        let taken = places[lastComponent(target)]
        places[lastComponent(target)] = taken ?? path
        return Translation(id: id, locale: locale, path: target, isTaken: taken != nil)
    }

    /// The locale that a name ends in, behind a hyphen or the like: `sale_fr`, `sale-pt_BR`.
    private func nameLocale(_ stem: Substring) -> String? {
        let bytes = stem.utf8
        return locales.first { locale in
            guard bytes.count > locale.small.count + 1 else { return false }
            let start = bytes.index(bytes.endIndex, offsetBy: -locale.small.count)
            return [0x20, 0x2D, 0x5F].contains(bytes[bytes.index(before: start)])
                && isLocale(bytes[start...], locale.small)
        }?.tag
    }

    /// The locale that a folder of the path is called by.
    private func folderLocale(_ path: String) -> String? {
        guard !locales.isEmpty else { return nil }
        for folder in path.utf8.split(separator: 0x2F).dropFirst().dropLast() {
            if let locale = locales.first(where: { isLocale(folder, $0.small) }) { return locale.tag }
        }
        return nil
    }

    private func isLocale(_ bytes: Substring.UTF8View, _ small: [UInt8]) -> Bool {
        bytes.count == small.count
            && zip(bytes, small).allSatisfy { byte, wanted in
                byte == wanted || byte == 0x5F && wanted == 0x2D
                    || byte >= 0x41 && byte <= 0x5A && byte | 0x20 == wanted
            }
    }

    /// Whether a file has what only messages have, by itself or from all its `_defaults.yaml`.
    private func isMessage(_ index: Int) -> Bool {
        let file = files.files[index]
        let own = rootKeys(file.bytes)
        if own.template || own.trigger { return true }
        var all = own
        var folder = parentFolder(file.path)
        while !folder.isEmpty {
            if let bytes = files[folder + "/_defaults.yaml"] {
                let keys = rootKeys(bytes)
                all = (all.template || keys.template, all.trigger || keys.trigger)
            }
            folder = parentFolder(folder)
        }
        return all.template && all.trigger
    }

    /// Whether a variant is one that its message speaks of.
    private mutating func isVariant(_ name: ContentName) -> Bool {
        guard let variant = name.variant, let message = places[name.id + ".md"], let bytes = files[message] else {
            return false
        }
        return String(decoding: bytes, as: UTF8.self).contains(variant)
    }

    /// Whether a line begins with the key of a template, and with that of a trigger.
    private func rootKeys(_ bytes: [UInt8]) -> (template: Bool, trigger: Bool) {
        var keys = (template: false, trigger: false)
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            func begins(_ key: String) -> Bool {
                line.count >= key.utf8.count && zip(line, key.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
            }
            keys.template = keys.template || begins("template:")
            keys.trigger = keys.trigger || begins("trigger:")
        }
        return keys
    }
}

extension ContentName {
    /// The file name that is nearest to this one and can be a message's; nil when nothing is left of it.
    var corrected: String? {
        guard let id = identifier(from: id), isIdentifier(id) else { return nil }
        var result = id
        if let variant {
            guard let variant = identifier(from: variant), isIdentifier(variant) else { return nil }
            result += "+" + variant
        }
        guard let locale else { return result + ".md" }
        let isTag = locale.utf8.allSatisfy { byte in
            byte == 0x2D || byte == 0x5F || byte >= 0x30 && byte <= 0x39
                || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
        }
        // `Version 1.2 is out.md`: a point that no locale stands behind.
        return isTag ? result + "." + locale + ".md" : identifier(from: result + "-" + locale).map { $0 + ".md" }
    }
}

/// What is said of a file for people who work on the project.
let notAMessage = "not a message? move it out of content/"

/// Whether files of this name tell people about a project, in any.
func isDocument(_ name: String) -> Bool {
    ["readme", "license", "licence", "changelog", "contributing", "authors", "notice", "todo"].contains(
        name.lowercased())
}

/// Whether an editor or an office program writes files of this name beside the one that is open, and removes them.
func isTemporary(_ name: String) -> Bool {
    name.hasPrefix("~$") || name.hasPrefix("#") && name.hasSuffix("#")
        || [".swp", ".swo", ".tmp"].contains(where: name.hasSuffix)
}

func lastComponent(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return path }
    return String(path[path.utf8.index(after: slash)...])
}
