import ByteText

// :datetime, :date and :time, which are drafts (LDML 48, part 9, "Date and Time Value Formatting").

/// A date or time with the options that say how it is formatted.
public struct ResolvedDateTime: Hashable, Sendable {
    /// The moment, or the date and time.
    public var value: DateTimeOperand
    /// The options as the host gets them; its `locale` is not set.
    public var format: DateTimeRequest

    /// The value without its options.
    var messageValue: MessageValue {
        switch value {
        case .instant(let milliseconds, _): .instant(milliseconds: milliseconds)
        case .floating(let civil): .string(civil.isoText)
        }
    }

    /// What the host is asked to write.
    public func request(locale: String) -> DateTimeRequest {
        var request = format
        request.locale = locale
        return request
    }
}

/// The three functions.
enum DateTimeFunction {
    case datetime, date, time

    var dateFieldsOption: String { self == .date ? "fields" : "dateFields" }
    var dateLengthOption: String { self == .date ? "length" : "dateLength" }
    var precisionOption: String { self == .time ? "precision" : "timePrecision" }
}

func resolveDateTime(_ call: inout FunctionCall, _ function: DateTimeFunction) -> ResolvedValue? {
    var inherited: DateTimeRequest?
    let value: DateTimeOperand
    switch (call.operand?.kind, call.operand?.value) {
    case (.dateTime(let dateTime)?, _):
        value = dateTime.value
        inherited = dateTime.format
    case (_, .instant(let milliseconds)?): value = .instant(milliseconds: milliseconds, offset: nil)
    case (_, .string(let text)?):
        guard let literal = DateTimeOperand(literal: text) else {
            call.report(.badOperand)
            return nil
        }
        value = literal
    default:
        call.report(.badOperand)
        return nil
    }
    var request = defaultRequest(value, function)
    if let inherited {
        request.zone = inherited.zone
        request.calendar = inherited.calendar
        if function != .date { request.hour12 = inherited.hour12 }
    }
    guard readDateTimeOptions(&call, into: &request, function) else { return nil }
    return ResolvedValue(
        .dateTime(ResolvedDateTime(value: value, format: request)),
        direction: ValueDirection(call.context.locale.direction))
}

/// The request before any option: year, month and day, of medium length; hours and minutes.
private func defaultRequest(_ value: DateTimeOperand, _ function: DateTimeFunction) -> DateTimeRequest {
    var zone = DateTimeRequest.Zone.host
    if case .instant(_, let offset?) = value { zone = .offset(offset) }
    return DateTimeRequest(
        locale: "", value: value, zone: zone, dateFields: function == .time ? nil : .yearMonthDay,
        dateLength: .medium, timePrecision: function == .date ? nil : .minute, zoneStyle: nil, hour12: nil,
        calendar: nil)
}

/// A value that `:datetime` would format by default, for a variable without a function.
func implicitDateTime(_ value: DateTimeOperand, _ locale: FormattingLocale) -> ResolvedValue {
    ResolvedValue(
        .dateTime(ResolvedDateTime(value: value, format: defaultRequest(value, .datetime))),
        direction: ValueDirection(locale.direction))
}

/// False when the value cannot be formatted as asked.
private func readDateTimeOptions(
    _ call: inout FunctionCall, into request: inout DateTimeRequest, _ function: DateTimeFunction
) -> Bool {
    for option in call.options where option.value != nil {
        switch option.name {
        case function.dateFieldsOption where function != .time:
            readWord(option, &call, into: &request.dateFields, dateFields)
        case function.dateLengthOption where function != .time:
            readWord(option, &call, into: &request.dateLength, lengths)
        case function.precisionOption where function != .date:
            readWord(option, &call, into: &request.timePrecision, precisions)
        case "timeZoneStyle" where function != .date:
            readWord(option, &call, into: &request.zoneStyle, ["short": .short, "long": .long])
        case "hour12" where function != .date:
            if case .bool(let value)? = option.value {
                request.hour12 = value
            } else {
                readWord(option, &call, into: &request.hour12, ["true": true, "false": false])
            }
        case "calendar":
            guard let calendar = option.string, isCalendarIdentifier(calendar) else {
                call.report(.badOption)
                continue
            }
            request.calendar = calendar
        case "timeZone":
            guard readTimeZone(option, &call, into: &request) else { return false }
        default: break
        }
    }
    return true
}

/// Reads `timeZone`: `input` for the value's own, or an identifier; a floating time cannot be moved to a zone.
private func readTimeZone(
    _ option: ResolvedOption, _ call: inout FunctionCall, into request: inout DateTimeRequest
) -> Bool {
    guard let zone = option.string, isZoneIdentifier(zone) else {
        call.report(.badOption)
        return true
    }
    if zone == "input" {
        if case .host = request.zone { call.report(.badOperand) }
        return true
    }
    request.zone = zone == "UTC" ? .offset(0) : .named(zone)
    return true
}

/// Whether a text has the form of a CLDR calendar: words of lower-case letters and digits, with `-` between.
private func isCalendarIdentifier(_ text: String) -> Bool {
    guard (1...100).contains(text.utf8.count), text.utf8.first != 0x2D, text.utf8.last != 0x2D else { return false }
    return text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0.isASCIIDigit || $0 == 0x2D }
}

/// Whether a text has the form of a time zone identifier, such as `Europe/Berlin` or `Etc/GMT+1`.
private func isZoneIdentifier(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
        && text.utf8.allSatisfy {
            switch $0 {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2F, 0x3A, 0x5F: true
            default: false
            }
        }
}

private let dateFields: KeyValuePairs<StaticString, DateTimeRequest.DateFields?> = [
    "weekday": .weekday, "day-weekday": .dayWeekday, "month-day": .monthDay,
    "month-day-weekday": .monthDayWeekday, "year-month-day": .yearMonthDay,
    "year-month-day-weekday": .yearMonthDayWeekday,
]

private let lengths: KeyValuePairs<StaticString, DateTimeRequest.Length> = [
    "long": .long, "medium": .medium, "short": .short,
]

private let precisions: KeyValuePairs<StaticString, DateTimeRequest.TimePrecision?> = [
    "hour": .hour, "minute": .minute, "second": .second,
]
