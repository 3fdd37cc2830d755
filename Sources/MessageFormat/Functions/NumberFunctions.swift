import ByteText

// :number, :integer, :offset, :percent, :currency and :unit (LDML 48, part 9, "Numeric Value
// Selection and Formatting"). An option with a value that it cannot have is a `badOption` and is
// ignored; an operand that is no number is a `badOperand` and leaves the fallback.

/// The operand as a number with the options that it brings along; nil after reporting that it is none.
private func numericOperand(_ call: inout FunctionCall) -> ResolvedNumber? {
    if case .number(let number)? = call.operand?.kind { return number }
    if let value = call.operand?.value?.decimal { return ResolvedNumber(value) }
    call.report(.badOperand)
    return nil
}

/// A value whose direction is the locale's.
private func resolved(_ number: ResolvedNumber, _ call: FunctionCall) -> ResolvedValue {
    ResolvedValue(.number(number), direction: ValueDirection(call.context.locale.direction))
}

func resolveNumber(_ call: inout FunctionCall) -> ResolvedValue? {
    guard var number = numericOperand(&call) else { return nil }
    number.style = .decimal
    readNumberOptions(&call, into: &number, accepting: .number)
    return resolved(number, call)
}

func resolveInteger(_ call: inout FunctionCall) -> ResolvedValue? {
    guard var number = numericOperand(&call) else { return nil }
    number.style = .decimal
    number.value = number.value.rounded(toPlace: 0, increment: 1, .halfExpand)
    number.digits.minimumFractionDigits = nil
    number.digits.minimumSignificantDigits = nil
    number.digits.maximumFractionDigits = 0
    readNumberOptions(&call, into: &number, accepting: .integer)
    return resolved(number, call)
}

func resolveOffset(_ call: inout FunctionCall) -> ResolvedValue? {
    guard var number = numericOperand(&call) else { return nil }
    let add = call.option("add")
    let subtract = call.option("subtract")
    guard (add == nil) != (subtract == nil), let delta = (add ?? subtract)?.digitSize else {
        call.report(.badOption)
        return nil
    }
    number.value = number.value.adding(Int64(add == nil ? -delta : delta))
    if number.setsSelect {
        call.report(.badOption)
        number.select = .unsupported
    }
    return resolved(number, call)
}

func resolvePercent(_ call: inout FunctionCall) -> ResolvedValue? {
    guard var number = numericOperand(&call) else { return nil }
    number.style = .percent
    readNumberOptions(&call, into: &number, accepting: .percent)
    return resolved(number, call)
}

func resolveCurrency(_ call: inout FunctionCall) -> ResolvedValue? {
    guard var number = numericOperand(&call) else { return nil }
    let isInherited = number.currency != nil
    number.style = .currency
    var currency = number.currency ?? NumberRequest.Currency(code: "", display: .symbol, isAccounting: false)
    for option in call.options {
        switch option.name {
        case "currency":
            guard option.value != nil else { continue }
            guard let code = option.string.flatMap(currencyCode), !isInherited || code == currency.code else {
                call.report(.badOption)
                continue
            }
            currency.code = code
        case "currencyDisplay": readWord(option, &call, into: &currency.display, currencyDisplays)
        case "currencySign":
            readWord(option, &call, into: &currency.isAccounting, ["standard": false, "accounting": true])
        default: break
        }
    }
    guard !currency.code.isEmpty else {
        call.report(.badOperand)
        return nil
    }
    number.currency = currency
    readNumberOptions(&call, into: &number, accepting: .currency)
    number.select = .unsupported
    return resolved(number, call)
}

func resolveUnit(_ call: inout FunctionCall) -> ResolvedValue? {
    guard var number = numericOperand(&call) else { return nil }
    let isInherited = number.unit != nil
    number.style = .unit
    var unit = number.unit ?? NumberRequest.Unit(identifier: "", display: .short)
    for option in call.options {
        switch option.name {
        case "unit":
            guard option.value != nil else { continue }
            guard let identifier = option.string, UnitIdentifiers.isKnown(identifier),
                !isInherited || identifier == unit.identifier
            else {
                call.report(.badOption)
                continue
            }
            unit.identifier = identifier
        case "unitDisplay":
            readWord(option, &call, into: &unit.display, ["short": .short, "narrow": .narrow, "long": .long])
        case "usage":
            // Units are not converted; the value is shown in its own.
            if option.value != nil { call.report(.unsupportedOperation) }
        default: break
        }
    }
    guard !unit.identifier.isEmpty else {
        call.report(.badOperand)
        return nil
    }
    number.unit = unit
    readNumberOptions(&call, into: &number, accepting: .unit)
    number.select = .unsupported
    return resolved(number, call)
}

private let currencyDisplays: KeyValuePairs<StaticString, NumberRequest.Currency.Display> = [
    "narrowSymbol": .narrowSymbol, "symbol": .symbol, "name": .name, "code": .code, "never": .never,
]

/// A well-formed currency identifier, three letters, in upper case; nil for anything else.
func currencyCode(_ text: String) -> String? {
    guard text.utf8.count == 3, text.utf8.allSatisfy({ $0.isASCIILetter }) else { return nil }
    return String(asciiUppercasing: text.utf8)
}

// MARK: Options that several functions have

/// Which options a function knows.
private enum NumberFunction {
    case number, integer, percent, currency, unit

    var takesFractionDigits: Bool { self == .number || self == .percent || self == .unit }
    var takesRounding: Bool { self != .integer }
    var takesIntegerDigits: Bool { self != .percent }
    var takesIncrement: Bool { self != .integer && self != .percent }
    var takesSign: Bool { self != .currency }
    var takesSelect: Bool { self == .number || self == .integer }
}

private func readNumberOptions(
    _ call: inout FunctionCall, into number: inout ResolvedNumber, accepting function: NumberFunction
) {
    // A value of `select` that came with the operand was not set by a literal on this expression.
    var hasBadSelect = number.setsSelect
    for option in call.options where option.value != nil {
        switch option.name {
        case "select" where function.takesSelect:
            number.setsSelect = true
            hasBadSelect = !option.isLiteral
            switch option.string {
            case "plural": number.select = .plural
            case "ordinal": number.select = .ordinal
            case "exact": number.select = .exact
            default: hasBadSelect = true
            }
        case "signDisplay" where function.takesSign: readWord(option, &call, into: &number.signDisplay, signDisplays)
        case "useGrouping": readWord(option, &call, into: &number.grouping, groupings)
        default: readDigitOption(option, &call, into: &number.digits, function)
        }
    }
    if hasBadSelect {
        number.select = .unsupported
        call.report(.badOption)
    }
    if let minimum = number.digits.minimumFractionDigits, let maximum = number.digits.maximumFractionDigits,
        minimum > maximum
    {
        // What the operand brought along gives way to what is set here; set together they contradict each other.
        if call.option("minimumFractionDigits") == nil {
            number.digits.minimumFractionDigits = maximum
        } else if call.option("maximumFractionDigits") == nil {
            number.digits.maximumFractionDigits = nil
        } else {
            call.report(.badOption)
        }
    }
}

private func readDigitOption(
    _ option: ResolvedOption, _ call: inout FunctionCall, into digits: inout DigitOptions, _ function: NumberFunction
) {
    switch option.name {
    case "minimumIntegerDigits" where function.takesIntegerDigits:
        readSize(option, &call, from: 1, into: &digits.minimumIntegerDigits)
    case "minimumFractionDigits" where function.takesFractionDigits:
        readSize(option, &call, from: 0, into: &digits.minimumFractionDigits)
    case "maximumFractionDigits" where function.takesFractionDigits:
        readSize(option, &call, from: 0, into: &digits.maximumFractionDigits)
    case "fractionDigits" where function == .currency:
        if option.string == "auto" {
            digits.minimumFractionDigits = nil
            digits.maximumFractionDigits = nil
        } else {
            readSize(option, &call, from: 0, into: &digits.minimumFractionDigits)
            digits.maximumFractionDigits = digits.minimumFractionDigits
        }
    case "minimumSignificantDigits" where function != .integer:
        readSize(option, &call, from: 1, into: &digits.minimumSignificantDigits)
    case "maximumSignificantDigits": readSize(option, &call, from: 1, into: &digits.maximumSignificantDigits)
    case "trailingZeroDisplay" where function.takesRounding:
        readWord(option, &call, into: &digits.stripsZeroFraction, ["auto": false, "stripIfInteger": true])
    case "roundingPriority" where function.takesRounding:
        readWord(option, &call, into: &digits.roundingPriority, roundingPriorities)
    case "roundingMode" where function.takesRounding:
        readWord(option, &call, into: &digits.roundingMode, roundingModes)
    case "roundingIncrement" where function.takesIncrement:
        guard let increment = option.value?.decimal?.integer, roundingIncrements.contains(Int(increment)) else {
            call.report(.badOption)
            return
        }
        digits.roundingIncrement = Int(increment)
    default: break
    }
}

private func readSize(_ option: ResolvedOption, _ call: inout FunctionCall, from minimum: Int, into size: inout Int?) {
    guard let value = option.digitSize, value >= minimum else {
        call.report(.badOption)
        return
    }
    size = value
}

/// Reads an option whose value is one of a few words.
func readWord<Value>(
    _ option: ResolvedOption, _ call: inout FunctionCall, into value: inout Value,
    _ words: KeyValuePairs<StaticString, Value>
) {
    guard option.value != nil else { return }
    if let text = option.string {
        for (word, meaning) in words where word.matches(text) {
            value = meaning
            return
        }
    }
    call.report(.badOption)
}

extension StaticString {
    /// Whether both are the same bytes.
    func matches(_ text: String) -> Bool {
        guard utf8CodeUnitCount == text.utf8.count else { return false }
        return withUTF8Buffer { text.utf8.elementsEqual($0) }
    }
}

private let signDisplays: KeyValuePairs<StaticString, ResolvedNumber.SignDisplay> = [
    "auto": .auto, "always": .always, "exceptZero": .exceptZero, "negative": .negative, "never": .never,
]

private let groupings: KeyValuePairs<StaticString, NumberRequest.Grouping> = [
    "auto": .auto, "always": .always, "never": .never, "min2": .min2,
]

private let roundingPriorities: KeyValuePairs<StaticString, DigitOptions.RoundingPriority> = [
    "auto": .auto, "morePrecision": .morePrecision, "lessPrecision": .lessPrecision,
]

private let roundingModes: KeyValuePairs<StaticString, DigitOptions.RoundingMode> = [
    "ceil": .ceil, "floor": .floor, "expand": .expand, "trunc": .trunc, "halfCeil": .halfCeil,
    "halfFloor": .halfFloor, "halfExpand": .halfExpand, "halfTrunc": .halfTrunc, "halfEven": .halfEven,
]

let roundingIncrements = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000]
