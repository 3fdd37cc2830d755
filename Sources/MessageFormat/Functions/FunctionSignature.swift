/// The type that a project declares for a variable.
public enum ValueType: Hashable, Sendable {
    case string, int, uint, double, bool, timestamp, duration, url, other

    /// The name, such as `int`.
    public var name: String {
        switch self {
        case .string: "string"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .bool: "bool"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .url: "url"
        case .other: "value of another type"
        }
    }

    /// Whether the values are numbers.
    public var isNumeric: Bool { self == .int || self == .uint || self == .double }
}

/// What is known of a function without calling it: what it takes, what it makes, and how it compares keys.
public struct FunctionSignature: Hashable, Sendable {
    /// How a function chooses among keys.
    public enum Selection: Hashable, Sendable {
        /// It does not.
        case none
        /// Letter by letter.
        case string
        /// As a number; the option `select` says whether by plural or ordinal category, or exactly.
        case number
        /// In a way of its own.
        case custom
    }

    /// The values that an option can have.
    public enum OptionValues: Hashable, Sendable {
        /// From 0, or from 1, to 99.
        case digitSize(minimum: Int)
        /// A digit size, or this word.
        case digitSizeOr(String)
        case words([String])
        /// One of the increments that numbers can be rounded to.
        case roundingIncrement
        /// Three letters.
        case currency
        case unit
        case any
    }

    /// An option.
    public struct Option: Hashable, Sendable {
        /// The name as it is written.
        public var name: String
        /// The values that it may have.
        public var values: OptionValues
        /// Whether the function cannot do without it.
        public var isRequired: Bool

        /// Creates an option.
        public init(_ name: String, _ values: OptionValues, isRequired: Bool = false) {
            self.name = name
            self.values = values
            self.isRequired = isRequired
        }
    }

    /// Without `:`.
    public var name: String
    /// Whether the specification has it as a draft, which may still change.
    public var isDraft: Bool
    /// The types of values that it takes; empty for any.
    public var accepts: [ValueType]
    /// What a `.match` on its value selects by.
    public var selection: Selection
    /// The options that it knows.
    public var options: [Option]
    /// Whether only the options listed are known; a function from outside may leave them unsaid.
    public var listsAllOptions: Bool

    /// Creates a signature.
    public init(
        name: String, accepts: [ValueType] = [], selection: Selection = .none, options: [Option] = [],
        listsAllOptions: Bool = false, isDraft: Bool = false
    ) {
        self.name = name
        self.accepts = accepts
        self.selection = selection
        self.options = options
        self.listsAllOptions = listsAllOptions
        self.isDraft = isDraft
    }

    /// Whether a variable of this declared type can be the operand.
    ///
    /// While a message is formatted, a string that holds a number or a date is taken for one; a variable that is
    /// declared as a string holds words, and does not fit.
    public func accepts(_ type: ValueType) -> Bool { accepts.isEmpty || accepts.contains(type) }

    /// The functions of the specification (LDML 48, part 9).
    public static let standard: [FunctionSignature] = [
        make("string", [], .string, []),
        make("number", numeric, .number, [select] + [sign] + grouping + integerDigits + fractionDigits + rounding),
        make(
            "integer", numeric, .number,
            [select, sign] + grouping + integerDigits + [Option("maximumSignificantDigits", .digitSize(minimum: 1))]),
        make(
            "offset", numeric, .number,
            [Option("add", .digitSize(minimum: 0)), Option("subtract", .digitSize(minimum: 0))]),
        make("percent", numeric, .number, [sign] + grouping + fractionDigits + rounding.dropLast()),
        make(
            "currency", numeric, .none,
            [
                Option("currency", .currency, isRequired: true),
                Option("currencySign", .words(["standard", "accounting"])),
                Option("currencyDisplay", .words(["narrowSymbol", "symbol", "name", "code", "never"])),
                Option("fractionDigits", .digitSizeOr("auto")),
            ] + grouping + integerDigits + rounding),
        make(
            "datetime", temporal, .none, dateOptions("dateFields", "dateLength") + timeOptions("timePrecision") + zone,
            isDraft: true),
        make("date", temporal, .none, dateOptions("fields", "length") + zone, isDraft: true),
        make("time", temporal, .none, timeOptions("precision") + zone, isDraft: true),
        make(
            "unit", numeric, .none,
            [
                Option("unit", .unit, isRequired: true), Option("unitDisplay", .words(["short", "narrow", "long"])),
                sign,
            ] + grouping + integerDigits + fractionDigits + rounding, isDraft: true),
    ]

    private static func make(
        _ name: String, _ accepts: [ValueType], _ selection: Selection, _ options: [Option], isDraft: Bool = false
    ) -> FunctionSignature {
        FunctionSignature(
            name: name, accepts: accepts, selection: selection, options: options, listsAllOptions: true,
            isDraft: isDraft)
    }

    private static let numeric: [ValueType] = [.int, .uint, .double]
    private static let temporal: [ValueType] = [.timestamp]
    private static let select = Option("select", .words(["plural", "ordinal", "exact"]))
    private static let sign = Option("signDisplay", .words(["auto", "always", "exceptZero", "negative", "never"]))
    private static let grouping = [Option("useGrouping", .words(["auto", "always", "never", "min2"]))]
    private static let integerDigits = [Option("minimumIntegerDigits", .digitSize(minimum: 1))]
    private static let fractionDigits = [
        Option("minimumFractionDigits", .digitSize(minimum: 0)),
        Option("maximumFractionDigits", .digitSize(minimum: 0)),
    ]
    private static let rounding = [
        Option("minimumSignificantDigits", .digitSize(minimum: 1)),
        Option("maximumSignificantDigits", .digitSize(minimum: 1)),
        Option("trailingZeroDisplay", .words(["auto", "stripIfInteger"])),
        Option("roundingPriority", .words(["auto", "morePrecision", "lessPrecision"])),
        Option(
            "roundingMode",
            .words([
                "ceil", "floor", "expand", "trunc", "halfCeil", "halfFloor", "halfExpand", "halfTrunc", "halfEven",
            ])),
        Option("roundingIncrement", .roundingIncrement),
    ]
    private static let zone = [Option("timeZone", .any), Option("calendar", .any)]

    private static func dateOptions(_ fields: String, _ length: String) -> [Option] {
        [
            Option(
                fields,
                .words([
                    "weekday", "day-weekday", "month-day", "month-day-weekday", "year-month-day",
                    "year-month-day-weekday",
                ])),
            Option(length, .words(["long", "medium", "short"])),
        ]
    }

    private static func timeOptions(_ precision: String) -> [Option] {
        [
            Option(precision, .words(["hour", "minute", "second"])),
            Option("timeZoneStyle", .words(["long", "short"])), Option("hour12", .words(["true", "false"])),
        ]
    }
}
