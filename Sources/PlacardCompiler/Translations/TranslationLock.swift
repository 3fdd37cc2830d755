import CanonicalJSON
import SourceDiagnostics

/// `translations.lock`: what each translation was made from.
///
/// A file of sorted lines, so that git merges what is done to different translations:
///
///     # placard/translations/1 …
///     = 1f0c9a77b2d4 "Your order is ready"
///     fr order-ready actions.view=5b2c…:90af… body=…:…,…:… title=1f0c9a77b2d4:77d0c2a91b3e
///
/// A line that begins with `=` gives the words of a source unit. The others, one for a message, or a variant of it, in a
/// locale, name for each unit the hash of the source's words and that of the translation's. After a merge a
/// locale's message may have two lines, in any order, between conflict markers or not: what counts is the line that
/// knows the translation as it stands (`Documentation/Decisions/translation-units.md`).
struct TranslationLock: Sendable {
    static let path = "translations.lock"
    static let version = "# placard/translations/1"
    static let header =
        version + " what each translation was made from; placard check --fix and placard translations write it"

    /// The source's words and the translation's, of one unit.
    struct Pair: Equatable, Sendable {
        var source: UnitHash
        var target: UnitHash
    }

    /// What one line says, by section.
    typealias Record = [String: [Pair]]

    private let bytes: [UInt8]
    /// The lines in the order of their bytes, without comments and conflict markers.
    private let lines: [Span]
    let diagnostics: [Diagnostic]

    init(_ bytes: [UInt8]) {
        var reader = LockReader(bytes: bytes)
        reader.read()
        self.bytes = bytes
        lines = reader.lines
        diagnostics = reader.diagnostics
    }

    /// The lines about a message in a locale, whole; more than one only after a merge.
    func lines(_ message: String, in locale: String) -> [ArraySlice<UInt8>] {
        let key = Array("\(locale) \(message) ".utf8)
        return linesWith(key).map { bytes[$0.start..<$0.end] }
    }

    /// What the lines about a message in a locale say.
    func records(_ message: String, in locale: String) -> [Record] {
        lines(message, in: locale).map { TranslationLock.record($0) }
    }

    /// The words of a source unit; nil when no line has them.
    func words(_ hash: UnitHash) -> [UInt8]? {
        var key: [UInt8] = [0x3D, 0x20]
        hash.append(to: &key)
        key.append(0x20)
        guard let line = linesWith(key).first else { return nil }
        guard case .string(let text)? = try? JSONValue(parsing: Array(bytes[line.start + key.count..<line.end])) else {
            return nil
        }
        return Array(text.utf8)
    }

    /// All lines about translations, with the locale and the message of each.
    var translations: [(locale: String, message: String, line: ArraySlice<UInt8>)] {
        lines.compactMap { span in
            let line = bytes[span.start..<span.end]
            let words = line.split(separator: 0x20, maxSplits: 2)
            guard words.count >= 2, line.first != 0x3D else { return nil }
            return (String(decoding: words[0], as: UTF8.self), String(decoding: words[1], as: UTF8.self), line)
        }
    }

    /// The lines that begin with `key`.
    private func linesWith(_ key: [UInt8]) -> ArraySlice<Span> {
        var low = 0
        var high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if order(lines[middle], key) < 0 { low = middle + 1 } else { high = middle }
        }
        let first = low
        while low < lines.count, order(lines[low], key) == 0 { low += 1 }
        return lines[first..<low]
    }

    /// Below zero when a line sorts before `key`, zero when it begins with it.
    private func order(_ line: Span, _ key: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            for index in key.indices {
                guard line.start + index < line.end else { return -1 }
                let byte = bytes[line.start + index]
                if byte != key[index] { return byte < key[index] ? -1 : 1 }
            }
            return 0
        }
    }

    /// What a line about a translation says; what cannot be read of it is left out.
    static func record(_ line: ArraySlice<UInt8>) -> Record {
        var record: Record = [:]
        for part in line.split(separator: 0x20).dropFirst(2) {
            guard let equals = part.lastIndex(of: 0x3D) else { continue }
            var pairs: [Pair] = []
            for pair in part[(equals + 1)...].split(separator: 0x2C) {
                guard let source = UnitHash(pair.prefix(UnitHash.digits)),
                    let target = UnitHash(pair.dropFirst(UnitHash.digits + 1))
                else { continue }
                pairs.append(Pair(source: source, target: target))
            }
            record[String(decoding: part[..<equals], as: UTF8.self)] = pairs
        }
        return record
    }
}

extension TranslationLock {
    /// The bytes of a lock.
    ///
    /// - Parameters:
    ///   - lines: those about translations, in any order.
    ///   - words: the words of source units; those that no line names are left out.
    static func bytes(lines: [[UInt8]], words: [UnitHash: [UInt8]]) -> [UInt8] {
        var named: Set<UnitHash> = []
        for line in lines {
            for pairs in record(line[...]).values {
                for pair in pairs { named.insert(pair.source) }
            }
        }
        var all = lines
        for hash in named {
            guard let words = words[hash] else { continue }
            var line: [UInt8] = [0x3D, 0x20]
            hash.append(to: &line)
            line.append(0x20)
            appendCanonical(string: String(decoding: words, as: UTF8.self), to: &line)
            all.append(line)
        }
        all.sort { $0.lexicographicallyPrecedes($1) }
        var bytes = Array((header + "\n").utf8)
        for line in all {
            bytes += line
            bytes.append(0x0A)
        }
        return bytes
    }
}

/// Finds the lines of a lock.
private struct LockReader {
    let bytes: [UInt8]
    var lines: [Span] = []
    var diagnostics: [Diagnostic] = []
    private var conflict: Span?
    private var damaged: Span?

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func read() {
        var start = 0
        var isSorted = true
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            var line = Span(start, end)
            if end > start, bytes[end - 1] == 0x0D { line = Span(start, end - 1) }
            start = end + 1
            guard add(line) else { continue }
            if lines.count > 1, !precedes(lines[lines.count - 2], lines[lines.count - 1]) { isSorted = false }
        }
        if !isSorted { lines.sort(by: precedes) }
        report()
    }

    private mutating func add(_ line: Span) -> Bool {
        guard !line.isEmpty else { return false }
        switch bytes[line.start] {
        case 0x23:
            let text = String(decoding: bytes[line.start..<line.end], as: UTF8.self)
            if text.hasPrefix("# placard/translations/"), !text.hasPrefix(TranslationLock.version + " "),
                text != TranslationLock.version
            {
                diagnostics.append(.lockOfOtherVersion(at: line))
            }
            return false
        case 0x3C, 0x3D, 0x3E, 0x7C:
            guard isMarker(line) else { return addEntry(line) }
            conflict = conflict ?? line
            return false
        default: return addEntry(line)
        }
    }

    private mutating func addEntry(_ line: Span) -> Bool {
        guard isWellFormed(line) else {
            damaged = damaged ?? line
            return false
        }
        lines.append(line)
        return true
    }

    /// Whether it is one of git's conflict markers, seven times the same character.
    private func isMarker(_ line: Span) -> Bool {
        line.length >= 7 && bytes[line.start..<line.start + 7].allSatisfy { $0 == bytes[line.start] }
    }

    private func isWellFormed(_ line: Span) -> Bool {
        let parts = bytes[line.start..<line.end].split(separator: 0x20, maxSplits: 2)
        guard parts.count == 3 else { return false }
        if parts[0].elementsEqual([0x3D]) { return UnitHash(parts[1]) != nil && parts[2].first == 0x22 }
        return parts[2].contains(0x3D)
    }

    private func precedes(_ a: Span, _ b: Span) -> Bool {
        bytes[a.start..<a.end].lexicographicallyPrecedes(bytes[b.start..<b.end])
    }

    private mutating func report() {
        if let conflict { diagnostics.append(.lockConflict(at: conflict)) }
        if let damaged { diagnostics.append(.damagedLock(at: damaged)) }
    }
}
