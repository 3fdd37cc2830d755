import ByteText
import SourceDiagnostics

/// The texts of a message in all its languages, as they are written.
struct MessageWords: Sendable {
    /// By locale, and then by name.
    private var texts: [String: [String: [UInt8]]] = [:]

    /// - Parameter source: the locale that messages are written in.
    init(_ message: CompiledMessage, _ source: String) {
        func name(_ owner: String, _ text: TranslatableText) -> String {
            // A variant's id stands behind the message's.
            owner.utf8.firstIndex(of: 0x2B).map { String(owner[$0...]) + "/" + text.name } ?? text.name
        }
        for (owner, own) in message.sourceUnits?.texts ?? [:] {
            for text in own { texts[source, default: [:]][name(owner, text)] = text.written.bytes }
        }
        for tracked in message.comparisons {
            for pair in tracked.comparison.texts {
                let owner = tracked.comparison.message
                texts[tracked.comparison.locale, default: [:]][name(owner, pair.target)] = pair.target.written.bytes
            }
        }
    }

    /// The locales with texts, in the order of their tags.
    var locales: [String] { texts.keys.sorted(by: utf8Less) }

    /// The texts of a locale by name.
    subscript(_ locale: String) -> [String: [UInt8]] { texts[locale] ?? [:] }

    /// All texts of a locale, one after the other.
    func identity(_ locale: String) -> [UInt8] {
        self[locale].sorted { utf8Less($0.key, $1.key) }.flatMap { Array($0.key.utf8) + [0] + $0.value + [0] }
    }

    /// The names of the variables that stand in braces.
    func variables(_ locale: String) -> Set<String> {
        self[locale].values.reduce(into: []) { $0.formUnion(variables(in: $1)) }
    }

    private func variables(in bytes: [UInt8]) -> Set<String> {
        var names: Set<String> = []
        var depth = 0
        var index = 0
        while index < bytes.count {
            defer { index += 1 }
            switch bytes[index] {
            case 0x5C: index += 1
            case 0x7B: depth += 1
            case 0x7D: depth = max(0, depth - 1)
            case 0x24 where depth > 0 || bytes.starts(with: [0x2E]):
                let rest = bytes[(index + 1)...]
                let name = rest.prefix { byte in
                    switch byte {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2E, 0x2D: true
                    default: false
                    }
                }
                if !name.isEmpty { names.insert(String(decoding: name, as: UTF8.self)) }
            default: break
            }
        }
        return names
    }

    /// Whether the texts of the source say something else altogether: of more than a few words hardly any is the same.
    func isOther(than former: MessageWords, _ locale: String) -> Bool {
        let old = Array(former[locale].values.joined(separator: [0x20]))
        let new = Array(self[locale].values.joined(separator: [0x20]))
        let count = min(wordCount(old), wordCount(new))
        return count >= 4 && sharedWords(old, new) * 4 < count
    }
}

/// The texts that differ, by locale and then by name; those of locales that only one version has are left out.
func changedTexts(from former: MessageWords, to now: MessageWords) -> [ChangedText] {
    var result: [ChangedText] = []
    for locale in now.locales where former.locales.contains(locale) {
        let (old, new) = (former[locale], now[locale])
        for name in Set(old.keys).union(new.keys).sorted(by: utf8Less) {
            let (before, after) = (old[name], new[name])
            guard before != after else { continue }
            result.append(
                ChangedText(
                    locale: locale, name: name, change: before == nil ? .added : after == nil ? .removed : .changed,
                    words: wordChanges(from: before ?? [], to: after ?? []), former: before ?? [], now: after ?? []))
        }
    }
    return result
}
