import Locking
import MessageFormat

#if canImport(FoundationInternationalization)
    import FoundationEssentials
    import FoundationInternationalization
#else
    import Foundation
#endif

/// Writes dates and times with Foundation's `Date.FormatStyle`.
struct FoundationDates: Sendable {
    static let shared = FoundationDates()

    /// What a style depends on; the moment itself is not part of it.
    private struct Key: Hashable, Sendable {
        var request: DateTimeRequest
        var zone: TimeZone

        init(_ request: DateTimeRequest, zone: TimeZone) {
            self.request = request
            self.request.value = .instant(milliseconds: 0, offset: nil)
            self.zone = zone
        }
    }

    private let styles = Cache<Key, Date.FormatStyle>(limit: formatterLimit)

    /// The date or time as text; nil when its zone or calendar is not known.
    func text(_ request: DateTimeRequest) -> String? {
        guard let zone = zone(request), isKnownCalendar(request.calendar) else { return nil }
        let milliseconds: Int64
        switch request.value {
        case .instant(let value, _): milliseconds = value
        case .floating(let civil): milliseconds = civil.millisecondsInUTC
        }
        // Beyond these years Foundation's calendars are of no use.
        guard milliseconds.magnitude < 250_000_000_000_000 else { return nil }
        let key = Key(request, zone: zone)
        let style = styles.value(key) { self.style(request, zone: zone) }
        return Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(style)
    }

    private func zone(_ request: DateTimeRequest) -> TimeZone? {
        // A floating time is the same everywhere: it is read and written in UTC.
        if case .floating = request.value { return .gmt }
        switch request.zone {
        case .host: return .current
        case .offset(let minutes): return TimeZone(secondsFromGMT: minutes * 60)
        case .named(let identifier): return TimeZone(identifier: identifier)
        }
    }

    private func isKnownCalendar(_ name: String?) -> Bool { name == nil || identifier(name) != nil }

    private func identifier(_ name: String?) -> Calendar.Identifier? {
        switch name {
        case "gregory", "gregorian": .gregorian
        case "iso8601": .iso8601
        case "buddhist": .buddhist
        case "chinese": .chinese
        case "coptic": .coptic
        case "ethiopic": .ethiopicAmeteMihret
        case "ethioaa": .ethiopicAmeteAlem
        case "hebrew": .hebrew
        case "indian": .indian
        case "islamic": .islamic
        case "islamic-civil": .islamicCivil
        case "islamic-tbla": .islamicTabular
        case "islamic-umalqura": .islamicUmmAlQura
        case "japanese": .japanese
        case "persian": .persian
        case "roc": .republicOfChina
        default: nil
        }
    }

    private func style(_ request: DateTimeRequest, zone: TimeZone) -> Date.FormatStyle {
        var locale = Locale.cached(request.locale)
        if let hour12 = request.hour12 {
            var components = Locale.Components(locale: locale)
            components.hourCycle = hour12 ? .oneToTwelve : .zeroToTwentyThree
            locale = Locale(components: components)
        }
        var calendar = identifier(request.calendar).map { Calendar(identifier: $0) } ?? locale.calendar
        calendar.locale = locale
        calendar.timeZone = zone
        var style = Date.FormatStyle(locale: locale, calendar: calendar, timeZone: zone)
        if let fields = request.dateFields { style = add(fields, request.dateLength, to: style) }
        switch request.timePrecision {
        case nil: break
        case .hour?: style = style.hour()
        case .minute?: style = style.hour().minute()
        case .second?: style = style.hour().minute().second()
        }
        switch request.zoneStyle {
        case nil: break
        case .short?: style = style.timeZone(.specificName(.short))
        case .long?: style = style.timeZone(.specificName(.long))
        }
        return style
    }

    private func add(
        _ fields: DateTimeRequest.DateFields, _ length: DateTimeRequest.Length, to style: Date.FormatStyle
    ) -> Date.FormatStyle {
        var style = style
        if fields.hasYear { style = style.year() }
        if fields.hasMonth {
            switch length {
            case .long: style = style.month(.wide)
            case .medium: style = style.month(.abbreviated)
            case .short: style = style.month(.defaultDigits)
            }
        }
        if fields.hasDay { style = style.day() }
        if fields.hasWeekday { style = style.weekday(length == .long ? .wide : .abbreviated) }
        return style
    }
}
