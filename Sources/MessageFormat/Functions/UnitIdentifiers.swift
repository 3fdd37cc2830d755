import SourceDiagnostics

/// The units that `:unit` writes.
///
/// A unit is a simple one, or two of them with `-per-` between, such as `kilometer-per-hour`. The names are CLDR's
/// (UTS 35, part 2, "Unit Identifiers"). All simple units that ECMA-402 sanctions are among them
/// ("IsSanctionedSingleUnitIdentifier"), so that browsers write what is sanctioned there as well.
public enum UnitIdentifiers {
    /// The simple units that ECMA-402 sanctions, in byte order.
    public static let sanctioned: [String] = [
        "acre", "bit", "byte", "celsius", "centimeter", "day", "degree", "fahrenheit", "fluid-ounce", "foot", "gallon",
        "gigabit", "gigabyte", "gram", "hectare", "hour", "inch", "kilobit", "kilobyte", "kilogram", "kilometer",
        "liter", "megabit", "megabyte", "meter", "microsecond", "mile", "mile-scandinavian", "milliliter",
        "millimeter", "millisecond", "minute", "month", "nanosecond", "ounce", "percent", "petabyte", "pound",
        "second", "stone", "terabit", "terabyte", "week", "yard", "year",
    ]

    /// Further simple units of CLDR, in byte order: energy, power, pressure, areas and volumes.
    public static let further: [String] = [
        "ampere", "bar", "cubic-meter", "hectopascal", "hertz", "joule", "kelvin", "kilocalorie", "kilojoule",
        "kilowatt", "kilowatt-hour", "milligram", "pascal", "square-kilometer", "square-meter", "tonne", "volt",
        "watt",
    ]

    /// Whether `:unit` writes a unit: a simple one, or a simple one per another.
    public static func isKnown(_ identifier: String) -> Bool {
        isSimple(identifier.utf8[...]) || isCompound(identifier)
    }

    private static func isSimple(_ name: Substring.UTF8View) -> Bool {
        sanctioned.contains { $0.utf8.elementsEqual(name) } || further.contains { $0.utf8.elementsEqual(name) }
    }

    private static func isCompound(_ identifier: String) -> Bool {
        guard let parts = split(identifier) else { return false }
        return isSimple(parts.numerator.utf8) && isSimple(parts.denominator.utf8)
    }

    /// The parts in front of the first `-per-` and behind it; nil when there is none.
    static func split(_ identifier: String) -> (numerator: Substring, denominator: Substring)? {
        let bytes = identifier.utf8
        var rest = bytes[...]
        while !rest.isEmpty {
            if rest.starts(with: "-per-".utf8) {
                return (Substring(bytes[..<rest.startIndex]), Substring(rest.dropFirst(5)))
            }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// The known unit that a text was probably meant to be; nil when there is none: a name with few letters wrong, or
    /// a common symbol.
    static func suggestion(_ text: String) -> String? {
        guard let parts = split(text) else { return nearUnit(text) }
        guard let numerator = nearUnit(String(parts.numerator)), let denominator = nearUnit(String(parts.denominator))
        else { return nil }
        let compound = numerator + "-per-" + denominator
        return isKnown(compound) ? compound : nil
    }

    private static func nearUnit(_ text: String) -> String? {
        isSimple(text.utf8[...]) ? text : symbol(text) ?? nearMiss(text, among: sanctioned + further)
    }

    /// The unit of a symbol that authors are likely to write in its place.
    private static func symbol(_ text: String) -> String? {
        switch text {
        case "km", "kms": "kilometer"
        case "m": "meter"
        case "cm": "centimeter"
        case "mm": "millimeter"
        case "mi": "mile"
        case "ft", "feet": "foot"
        case "in", "inches": "inch"
        case "yd": "yard"
        case "kg": "kilogram"
        case "g": "gram"
        case "mg": "milligram"
        case "t", "ton", "metric-ton": "tonne"
        case "lb", "lbs": "pound"
        case "oz": "ounce"
        case "l", "L": "liter"
        case "ml", "mL": "milliliter"
        case "s", "sec", "secs": "second"
        case "ms": "millisecond"
        case "min", "mins": "minute"
        case "h", "hr", "hrs": "hour"
        case "d": "day"
        case "km/h", "kmh", "kph": "kilometer-per-hour"
        case "m/s": "meter-per-second"
        case "mph", "mi/h": "mile-per-hour"
        case "mpg": "mile-per-gallon"
        case "C", "°C": "celsius"
        case "F", "°F": "fahrenheit"
        case "K": "kelvin"
        case "B": "byte"
        case "kB", "KB": "kilobyte"
        case "MB": "megabyte"
        case "GB": "gigabyte"
        case "TB": "terabyte"
        case "W": "watt"
        case "kW": "kilowatt"
        case "kWh": "kilowatt-hour"
        case "kcal": "kilocalorie"
        case "%": "percent"
        case "m²", "m2": "square-meter"
        case "km²", "km2": "square-kilometer"
        case "ha": "hectare"
        default: nil
        }
    }
}
