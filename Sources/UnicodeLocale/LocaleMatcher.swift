/// Which of several locales suits a reader best: CLDR's language matching (UTS 35, part 1, "Language Matching" and "Enhanced
/// Language Matching").
///
/// Two locales have a distance: 0 for the same, a few for another country's form of a language, some ten for a language
/// that the reader's readers know as well, ``threshold`` and more for one that they do not. Where UTS 35 leaves something
/// open, this does as ICU's `LocaleMatcher` does, with its defaults.
public struct LocaleMatcher: Sendable {
    /// Locales that are as far as this do not match: it is the distance of two scripts.
    public static let threshold = 50
    /// What is nearer than this is the reader's own language, in another country's or another script's form, or under
    /// another name: `nb` for `no`, `hr` for `bs`, and not `nb` for `da`.
    public static let ownLanguageLimit = 10
    /// How much nearer a locale must be to a reader's second language than to the first, and so on: the distance of two
    /// unrelated forms of English.
    private static let demotion = 5
    /// Equal distances are told apart by a fraction, in units of 1/8.
    private static let fraction = 8

    /// One of the locales to choose from.
    private struct Candidate: Sendable {
        let subtags: MatchSubtags
        /// Its place in the list that was given.
        let place: Int
    }

    /// CLDR's paradigm locales in front, which win where distances are equal.
    private let candidates: [Candidate]

    /// A matcher for the given locales. Their order counts where all else is equal.
    ///
    /// - Parameter supported: canonical tags.
    public init(supported: [LanguageTag]) {
        let all = supported.enumerated().map { Candidate(subtags: MatchSubtags($0.element), place: $0.offset) }
        candidates = all.filter { $0.subtags.isParadigm } + all.filter { !$0.subtags.isParadigm }
    }

    /// The locale that suits best a reader of the given languages.
    ///
    /// - Parameter desired: the reader's languages, most wanted first; canonical tags.
    /// - Returns: the place of the locale among those that the matcher was made with; nil when none matches.
    public func bestMatch(_ desired: [LanguageTag]) -> Int? {
        var best: Candidate?
        var limit = LocaleMatcher.threshold * LocaleMatcher.fraction
        for tag in desired {
            let wanted = MatchSubtags(tag)
            if let same = candidates.first(where: { $0.subtags == wanted }) { return same.place }
            for candidate in candidates {
                let distance = wanted.fractionalDistance(to: candidate.subtags)
                if distance < limit {
                    limit = distance
                    best = candidate
                } else if distance == limit, distance >= LocaleMatcher.fraction,
                    best.map({ candidate.subtags.isLikelier(than: $0.subtags) }) ?? false
                {
                    best = candidate
                }
            }
            limit -= LocaleMatcher.demotion * LocaleMatcher.fraction
            guard limit > 0 else { break }
        }
        return best?.place
    }

    /// All locales that match a language, the best first.
    ///
    /// - Returns: places among the locales that the matcher was made with; each would be ``bestMatch(_:)`` if those before
    ///   it were not there.
    public func ranking(_ desired: LanguageTag) -> [Int] {
        let wanted = MatchSubtags(desired)
        let limit = LocaleMatcher.threshold * LocaleMatcher.fraction
        var left = candidates.map { (candidate: $0, distance: wanted.fractionalDistance(to: $0.subtags)) }
            .filter { $0.distance < limit }
        var result: [Int] = []
        while var best = left.first {
            for item in left.dropFirst() {
                let isLikelier =
                    item.distance == best.distance && item.distance >= LocaleMatcher.fraction
                    && item.candidate.subtags.isLikelier(than: best.candidate.subtags)
                if item.distance < best.distance || isLikelier { best = item }
            }
            result.append(best.candidate.place)
            left.removeAll { $0.candidate.place == best.candidate.place }
        }
        return result
    }

    /// How far `supported` is from what a reader of `desired` wants: 0 for the same, ``threshold`` and more for what does
    /// not match.
    public static func distance(_ desired: LanguageTag, _ supported: LanguageTag) -> Int {
        MatchSubtags(desired).distance(to: MatchSubtags(supported))
    }
}

/// Language, script and region of a locale, likely ones added, for matching.
private struct MatchSubtags: Sendable {
    let language: String
    let script: String
    let region: String
    /// Which of them the tag itself had: the bits 4, 2 and 1.
    let given: Int

    init(_ tag: LanguageTag) {
        let region = tag.region.flatMap { $0 == "ZZ" ? nil : $0 }.map { MatchSubtags.current($0) }
        let script = tag.script == "Zzzz" ? nil : tag.script
        // `und` asks for nothing, and a pseudo-locale for itself alone.
        if tag.language == "und" && script == nil && region == nil || KnownLocales.isPseudoLocale(tag) {
            self.init(language: tag.text, script: "", region: "", given: 7)
            return
        }
        let language =
            LineTable(LocaleData.languageAliases).value(tag.language).flatMap(MatchSubtags.alone) ?? tag.language
        let likely = LikelySubtags.lookup(language, script, region)
        self.init(
            language: language == "und" ? likely?.language ?? language : language,
            script: script ?? likely?.script ?? "Latn", region: region ?? likely?.region ?? "US",
            given: (language == "und" ? 0 : 4) | (script == nil ? 0 : 2) | (region == nil ? 0 : 1))
    }

    private init(language: String, script: String, region: String, given: Int) {
        self.language = language
        self.script = script
        self.region = region
        self.given = given
    }

    /// An alias that is a language and nothing more.
    private static func alone(_ alias: String) -> String? { alias.utf8.contains(0x2D) ? nil : alias }

    private static func current(_ region: String) -> String {
        guard let alias = LineTable(LocaleData.regionAliases).value(region) else { return region }
        return alias.utf8.split(separator: 0x20).first.map { String(decoding: $0, as: UTF8.self) } ?? region
    }

    static func == (a: MatchSubtags, b: MatchSubtags) -> Bool {
        a.given == b.given && a.language == b.language && a.script == b.script && a.region == b.region
    }

    private var text: String { "\(language)-\(script)-\(region)" }

    /// Whether CLDR has it come first where others are as near.
    var isParadigm: Bool { LineTable(MatchingData.paradigms).contains(text) }

    /// Whether this is the more usual form of a language, by its script or else its region.
    func isLikelier(than other: MatchSubtags) -> Bool {
        guard language == other.language, let likely = LikelySubtags.lookup(language, nil, nil) else { return false }
        if script != other.script { return script == likely.script }
        return region != other.region && region == likely.region
    }

    // MARK: Distances

    /// The distance in eighths; what is the same in effect and not in its text is as many eighths away as it has other
    /// subtags.
    func fractionalDistance(to supported: MatchSubtags) -> Int {
        let distance = distance(to: supported)
        return distance == 0 ? given ^ supported.given : distance * 8
    }

    func distance(to supported: MatchSubtags) -> Int {
        let languages = languageDistance(supported)
        // What follows only adds to it.
        guard languages < LocaleMatcher.threshold else { return languages }
        let scripts = languages + scriptDistance(supported)
        guard scripts < LocaleMatcher.threshold, region != supported.region else { return scripts }
        return scripts + regionDistance(supported)
    }

    private func languageDistance(_ supported: MatchSubtags) -> Int {
        guard language != supported.language else { return 0 }
        return LineTable(MatchingData.languages).number("\(language)-\(supported.language)") ?? 80
    }

    private func scriptDistance(_ supported: MatchSubtags) -> Int {
        guard script != supported.script else { return 0 }
        return LineTable(MatchingData.scripts).number("\(language)-\(script)-\(supported.language)-\(supported.script)")
            ?? 50
    }

    /// The farthest of all pairs of countries that the two regions stand for.
    private func regionDistance(_ supported: MatchSubtags) -> Int {
        guard language == supported.language else { return 4 }
        let rules = RegionRules(language, script == supported.script ? script : "")
        guard !rules.isEmpty else { return 4 }
        return rules.distance(region, supported.region)
    }
}

/// The rules on the regions of one language.
private struct RegionRules {
    private struct Rule {
        let desired: RegionPattern
        let supported: RegionPattern
        let distance: Int
    }

    private var rules: [Rule] = []

    init(_ language: String, _ script: String) {
        let keys = [Array(language.utf8), Array("\(language)-\(script)".utf8)]
        for line in LineTable(MatchingData.regions).lines(where: { key in keys.contains { key.elementsEqual($0) } }) {
            let parts = line.value.utf8.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            guard parts.count == 3, let distance = Int(parts[2]) else { continue }
            rules.append(
                Rule(desired: RegionPattern(parts[0]), supported: RegionPattern(parts[1]), distance: distance))
        }
    }

    var isEmpty: Bool { rules.isEmpty }

    func distance(_ desired: String, _ supported: String) -> Int {
        let wanted = signatures(desired) { $0.desired }
        let given = signatures(supported) { $0.supported }
        var farthest = 0
        for desired in wanted {
            for supported in given {
                // The first rule that both sides fit.
                let place = (desired & supported).trailingZeroBitCount
                farthest = max(farthest, place < rules.count ? rules[place].distance : 4)
            }
        }
        return farthest
    }

    /// Which rules the countries of a region fit, a bit for each rule: every combination once.
    private func signatures(_ region: String, _ side: (Rule) -> RegionPattern) -> [UInt64] {
        let countries =
            LineTable(MatchingData.macroregions).value(region)?.utf8.split(separator: 0x20)
            .map { String(decoding: $0, as: UTF8.self) } ?? [region]
        var result: [UInt64] = []
        for country in countries {
            var bits: UInt64 = 0
            for (place, rule) in rules.enumerated() where side(rule).matches(country) { bits |= 1 << UInt64(place) }
            if !result.contains(bits) { result.append(bits) }
        }
        return result
    }
}

/// What a rule says of a region: any, one, one of a variable's, or any but a variable's.
private enum RegionPattern {
    case any
    case one(String)
    case of([String])
    case notOf([String])

    init(_ text: String) {
        let bytes = Array(text.utf8)
        if bytes == [0x2A] {
            self = .any
        } else if bytes.first != 0x24 {
            self = .one(text)
        } else if bytes.count > 1, bytes[1] == 0x21 {
            self = .notOf(RegionPattern.regions("$" + String(decoding: bytes.dropFirst(2), as: UTF8.self)))
        } else {
            self = .of(RegionPattern.regions(text))
        }
    }

    private static func regions(_ variable: String) -> [String] {
        (LineTable(MatchingData.variables).value(variable) ?? "").utf8.split(separator: 0x20)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    func matches(_ region: String) -> Bool {
        switch self {
        case .any: true
        case .one(let one): one == region
        case .of(let regions): regions.contains(region)
        case .notOf(let regions): !regions.contains(region)
        }
    }
}

extension LineTable {
    fileprivate func number(_ key: String) -> Int? { value(key).flatMap { Int($0) } }
}
