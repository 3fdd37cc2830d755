import ByteText
import PlacardExchange
import PlacardText
import SourceDiagnostics

extension Compilation {
    /// The project with a translation of every message to the pseudo-locales, for layouts to be tried in the app itself: longer
    /// where a text has room, with accents on its letters, and one from right to left.
    ///
    /// Of a project that was compiled with `keepsUnits` and has no errors. It is no release: its content is not what
    /// authors wrote.
    package func withPseudoTranslations() -> ProjectFiles {
        var added: [ProjectFiles.File] = []
        for pseudo in PseudoLocale.allCases {
            for message in messages {
                for name in message.sourceUnits?.units.keys.sorted(by: utf8Less) ?? [] {
                    let draft = TranslationDraft(compilation: self, message: message, name: name, locale: pseudo.tag)
                    let slots = exchangeSlots(of: message, name, pseudo.tag)
                    let texts = slots.map { ($0, pseudoText($0.unit.source, pseudo, limit: $0.unit.limit)) }
                    guard let bytes = draft.bytes(texts).bytes else { continue }
                    added.append(ProjectFiles.File(path: draft.path, bytes: bytes))
                }
            }
        }
        return ProjectFiles(files.files + added)
    }
}

/// A unit in a pseudo-locale: its words alone, with placeholders, code, addresses and marks left as they are.
///
/// - Parameter limit: the most grapheme clusters; a text that would have more keeps its length.
func pseudoText(_ text: String, _ pseudo: PseudoLocale, limit: Int?) -> String {
    let bytes = Array(text.utf8)
    // A text that is not only words is code of MessageFormat.
    if text.hasPrefix(".") || text.hasPrefix("{{") { return text }
    var result: [UInt8] = []
    var words: [UInt8] = []
    func flush() {
        result += pseudo.words(words)
        words = []
    }
    var index = 0
    while index < bytes.count {
        let stop = protectedEnd(bytes, index)
        if stop > index {
            flush()
            result += bytes[index..<stop]
            index = stop
        } else {
            words.append(bytes[index])
            index += 1
        }
    }
    flush()
    guard pseudo == .accented else { return String(decoding: result, as: UTF8.self) }
    let padded = Array("⟦".utf8) + result + PseudoLocale.padding(for: text.count)
    let isShort = limit.map { String(decoding: padded, as: UTF8.self).count <= $0 && !text.contains("{") } ?? true
    return String(decoding: isShort ? padded : result, as: UTF8.self)
}

/// Where something ends that begins at `index` and is not to be changed; `index` where nothing does.
private func protectedEnd(_ bytes: [UInt8], _ index: Int) -> Int {
    func end(_ closing: UInt8, from start: Int) -> Int {
        bytes[min(start, bytes.count)...].firstIndex(of: closing).map { $0 + 1 } ?? bytes.count
    }
    switch bytes[index] {
    case 0x7B: return end(0x7D, from: index + 1)
    case 0x60: return end(0x60, from: index + 1)
    case 0x5C: return min(index + 2, bytes.count)
    case 0x26: return bytes[index...].prefix(10).contains(0x3B) ? end(0x3B, from: index) : index + 1
    case 0x5D where index + 1 < bytes.count && bytes[index + 1] == 0x28: return end(0x29, from: index + 1)
    case 0x3C: return end(0x3E, from: index + 1)
    case 0x68 where bytes[index...].starts(with: "https://".utf8):
        return bytes[index...].firstIndex { $0 <= 0x20 } ?? bytes.count
    case 0x2A, 0x5F, 0x7E, 0x5B, 0x23, 0x7C, 0x0A: return index + 1
    default: return index
    }
}
