import CivilTime

// Dates and times of day as people write them, read for what they mean: `1 December 2026`, `12/25/2026`, `6:00 PM`. Nothing is
// accepted for it; what is wrong with a value is told with the form that it should have.

/// A date and a time of day in any of many notations.
struct MeantTime {
    private var day = DateTime(year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, nanosecond: 0, offset: nil)
    private var hasTime = false

    /// What a text may mean: nothing, or one time, or two where day and month can change places.
    static func dateTimes(_ text: String) -> [MeantTime] {
        guard text.utf8.count <= 48 else { return [] }
        if let moment = moment(text) ?? movedSigns(text) { return [moment] }
        var words = words(of: text)
        let days = dates(&words)
        var meant = MeantTime()
        if !words.isEmpty {
            guard meant.readZone(&words), let time = timeOfDay(&words), words.isEmpty else { return [] }
            (meant.day.hour, meant.day.minute, meant.day.second) = (time / 3600, time / 60 % 60, time % 60)
            meant.hasTime = true
        }
        return days.map { day in
            var result = meant
            (result.day.year, result.day.month, result.day.day) = (day.year, day.month, day.day)
            if result.day.hour == 24 {
                result.day.hour = 0
                result.day = result.day.nextDay
            }
            return result
        }
    }

    /// `2026-12-24 0:900` and `2026-1224 09:00`: the digits of a date and a time, with a sign between them in another place, twice or
    /// not at all, and letters that look like digits. Nil for what is no such time, or is written as it should be.
    private static func movedSigns(_ text: String) -> MeantTime? {
        let digits = text.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case 0x30...0x39: byte
            // O, o, l, I
            case 0x4F, 0x6F: 0x30
            case 0x6C, 0x49: 0x31
            default: nil
            }
        }
        let signs = text.utf8.count { [0x2D, 0x3A, 0x3B, 0x20, 0x54, 0x5F].contains($0) }
        guard digits.count == 12, digits.count + signs == text.utf8.count, signs <= 6,
            text.utf8.prefix(2).elementsEqual("20".utf8)
        else { return nil }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        var result = MeantTime()
        (result.day.year, result.day.month, result.day.day) = (number(0..<4), number(4..<6), number(6..<8))
        (result.day.hour, result.day.minute) = (number(8..<10), number(10..<12))
        guard exists((result.day.year, result.day.month, result.day.day)), result.day.hour < 24, result.day.minute < 60
        else { return nil }
        result.hasTime = true
        return result
    }

    /// Hours such as `9am to 5pm` in the form that they take here; nil where they are none.
    static func hours(_ text: String) -> String? {
        guard text.utf8.count <= 48 else { return nil }
        var words = words(of: text)
        if ["from", "between"].contains(words.first) { words.removeFirst() }
        guard let start = timeOfDay(&words), let separator = words.first,
            ["-", "–", "to", "until", "till", "and"].contains(separator)
        else { return nil }
        words.removeFirst()
        guard let end = timeOfDay(&words), words.isEmpty, start < 86_400, start % 60 == 0, end % 60 == 0 else {
            return nil
        }
        return "\(clock(start))-\(clock(end))"
    }

    /// The time as it is written here: with its offset where it has one; nil where the forms have no place for it.
    ///
    /// - Parameter clock: the clock of a moment that has no offset; UTC's without it.
    func written(_ forms: DateTimeForms, _ clock: LocalClock? = nil) -> String? {
        let date = String(day.text.prefix(10))
        guard hasTime else {
            if forms.contains(.date) { return date }
            // An end is not part of what ends.
            let first = forms.contains(.end) ? String(day.nextDay.text.prefix(10)) : date
            return forms.contains(.local) ? first + " 00:00" : nil
        }
        if day.offset != nil { return forms.contains(.instant) ? day.text : nil }
        if !forms.contains(.local) { return day.text + day.offsetText(on: clock) }
        let time = day.text.dropFirst(11)
        return forms.contains(.local) ? "\(date) \(day.second == 0 ? time.prefix(5) : time)" : nil
    }

    /// The day, `2026-12-24`; nil where there is a time of day, too.
    var dayAlone: String? { hasTime ? nil : String(day.text.prefix(10)) }

    private static func clock(_ seconds: Int) -> String {
        "\(padded(seconds / 3600)):\(padded(seconds / 60 % 60))"
    }

    /// Runs of digits, runs of letters, and signs, in small letters, without white space, commas and words that say nothing.
    private static func words(of text: String) -> [Substring] {
        var words: [Substring] = []
        let text = text.lowercased()
        var rest = text[...]
        while let first = rest.first {
            let word = rest.prefix { kind($0) == kind(first) }
            let isSign = kind(first) == 0
            words.append(isSign ? rest.prefix(1) : word)
            rest = isSign ? rest.dropFirst() : rest[word.endIndex...]
        }
        return words.filter { ![" ", ",", "at", "on", "of", "the", "uhr"].contains($0) }
    }

    private static func kind(_ character: Character) -> Int {
        character.isASCII && character.isNumber ? 1 : character.isLetter ? 2 : 0
    }

    // MARK: Dates

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let wholeMonths = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    private static func month(_ word: Substring) -> Int? {
        let place = months.firstIndex { $0 == word } ?? wholeMonths.firstIndex { $0 == word }
        return place.map { $0 + 1 } ?? (word == "sept" ? 9 : nil)
    }

    /// Seconds or milliseconds since 1970.
    private static func moment(_ text: String) -> MeantTime? {
        guard text.utf8.count == 10 || text.utf8.count == 13, let number = Int(text), number > 0 else { return nil }
        let seconds = text.utf8.count == 13 ? number / 1000 : number
        var result = MeantTime()
        result.hasTime = true
        let clock = ClockReading(secondsSinceEpoch: Int64(seconds))
        result.day = DateTime(
            year: Int(clock.year), month: Int(clock.month), day: Int(clock.day), hour: Int(clock.hour),
            minute: Int(clock.minute), second: Int(clock.second), nanosecond: 0, offset: 0)
        return result
    }

    /// The date at the beginning of `words`, or at their end.
    private static func dates(_ words: inout [Substring]) -> [(year: Int, month: Int, day: Int)] {
        if let place = words.firstIndex(where: { month($0) != nil }), let month = month(words[place]) {
            return dateWithName(&words, place, month)
        }
        for start in [0, max(0, words.count - 5)] where words.count >= start + 5 {
            let part = words[start..<(start + 5)]
            let signs = Set([part[start + 1], part[start + 3]])
            guard signs.count == 1, let sign = signs.first, ["-", "/", "."].contains(sign), let a = Int(part[start]),
                let b = Int(part[start + 2]), let c = Int(part[start + 4])
            else { continue }
            let isYearFirst = part[start].utf8.count == 4
            guard isYearFirst || part[start + 4].utf8.count == 4 else { continue }
            words.removeSubrange(start..<(start + 5))
            if words.first == "t" { words.removeFirst() }
            // Where there is no such month, day and month stand in the other order.
            if isYearFirst { return Array([(a, b, c), (a, c, b)].filter(exists).prefix(1)) }
            // With points, and in most of the world, the day comes first; in the United States the month does.
            let readings = [(c, b, a), (c, a, b)].filter(exists)
            return sign == "." || readings.count == 1 || a == b ? Array(readings.prefix(1)) : readings
        }
        guard let first = words.first, first.utf8.count == 8, let number = Int(first) else { return [] }
        words.removeFirst()
        if words.first == "t" { words.removeFirst() }
        return [(number / 10_000, number / 100 % 100, number % 100)].filter(exists)
    }

    /// `1 December 2026`, `Dec 1st, 2026`, `1-Dec-2026`.
    private static func dateWithName(
        _ words: inout [Substring], _ place: Int, _ month: Int
    ) -> [(year: Int, month: Int, day: Int)] {
        var rest = words
        rest.remove(at: place)
        rest.removeAll { ["st", "nd", "rd", "th", "-", "."].contains($0) }
        guard let year = rest.firstIndex(where: { $0.utf8.count == 4 && Int($0) != nil }), let number = Int(rest[year])
        else { return [] }
        rest.remove(at: year)
        // The day stands beside the month, and a time behind the date.
        guard let first = rest.first, let day = Int(first), exists((number, month, day)) else { return [] }
        rest.removeFirst()
        words = rest
        return [(number, month, day)]
    }

    private static func exists(_ date: (year: Int, month: Int, day: Int)) -> Bool {
        (1...12).contains(date.month) && date.day >= 1 && date.day <= daysInMonth(date.year, date.month)
            && (1970...9999).contains(date.year)
    }

    // MARK: Times of day

    /// An offset from UTC at the end of `words`; false for a zone that is none.
    private mutating func readZone(_ words: inout [Substring]) -> Bool {
        if let last = words.last, ["z", "utc", "gmt"].contains(last) {
            words.removeLast()
            day.offset = 0
            return true
        }
        guard let sign = words.lastIndex(where: { $0 == "+" || $0 == "-" }), sign > 0 else { return true }
        let digits = words[(sign + 1)...].filter { $0 != ":" }.joined()
        guard let number = Int(digits) else { return false }
        let (hours, minutes) = digits.utf8.count > 2 ? (number / 100, number % 100) : (number, 0)
        guard hours < 24, minutes < 60 else { return false }
        day.offset = (hours * 60 + minutes) * (words[sign] == "-" ? -1 : 1)
        words.removeSubrange(sign...)
        if let last = words.last, ["utc", "gmt"].contains(last) { words.removeLast() }
        return true
    }

    /// The time of day at the beginning of `words`, in seconds, up to 24:00.
    private static func timeOfDay(_ words: inout [Substring]) -> Int? {
        if let word = words.first, word == "noon" || word == "midnight" {
            words.removeFirst()
            return word == "noon" ? 43_200 : 0
        }
        guard let first = words.first, var hour = Int(first), first.utf8.count <= 4 else { return nil }
        words.removeFirst()
        var (minute, second) = (0, 0)
        if first.utf8.count > 2 {
            (hour, minute) = (hour / 100, hour % 100)
        } else if let sign = words.first, [":", ".", "h"].contains(sign) {
            if words.count > 1, words[1].utf8.count == 2, let number = Int(words[1]) {
                minute = number
                words.removeFirst(2)
                if words.count > 1, words[0] == ":", words[1].utf8.count == 2, let number = Int(words[1]) {
                    second = number
                    words.removeFirst(2)
                }
            } else if sign == "h" {
                words.removeFirst()
            } else {
                return nil
            }
        }
        if let half = half(&words) {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + half
        }
        guard minute < 60, second < 60, hour < 24 || hour == 24 && minute == 0 && second == 0 else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// The hours that `am` and `pm` add.
    private static func half(_ words: inout [Substring]) -> Int? {
        if let word = words.first, word == "am" || word == "pm" {
            words.removeFirst()
            return word == "pm" ? 12 : 0
        }
        guard words.count >= 3, words[0] == "a" || words[0] == "p", words[1] == ".", words[2] == "m" else { return nil }
        let hours = words[0] == "p" ? 12 : 0
        words.removeFirst(words.count > 3 && words[3] == "." ? 4 : 3)
        return hours
    }
}
