import ByteText

// The Plural, Gender and Select module of XLIFF 2.2 (OASIS, part 2): `pgs:switch` of a unit says what chooses among its segments,
// `pgs:case` of a segment what it is for. The module has no elements.

/// The module's namespace.
let variantNamespace = "urn:oasis:names:tc:xliff:pgs:1.0"

/// What may stand before the colon of a switch.
package let variantSelectors = ["plural", "ordinal", "gender", "select"]

/// The case for all values that have none of their own.
package let otherCase = "other"

/// Whether a segment may be for `value` where `selector` chooses: numbers and CLDR's categories for numbers, any word for what is
/// chosen by name.
///
/// Source: XLIFF 2.2, part 2, "Plural, Gender, and Select Module", `case`.
package func isCase(_ value: some StringProtocol, of selector: some StringProtocol) -> Bool {
    guard !value.isEmpty, !value.unicodeScalars.contains(where: \.properties.isWhitespace) else { return false }
    guard selector == "plural" || selector == "ordinal" else { return true }
    if ["zero", "one", "two", "few", "many", otherCase].contains(String(value)) { return true }
    let digits = (value.first == "-" ? value.dropFirst() : value[...]).utf8.split(
        separator: 0x2E, omittingEmptySubsequences: false)
    return digits.count <= 2 && digits.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCIIDigit } }
}

/// The selectors of a switch, `["gender", "plural"]` of `gender:host plural:count`.
///
/// - Returns: nil where it is no switch.
func selectors(ofSwitch value: String) -> [String]? {
    let items = words(value)
    let selectors = items.map { String($0.prefix { $0 != ":" }) }
    guard !items.isEmpty,
        zip(items, selectors).allSatisfy({ variantSelectors.contains($1) && $0.utf8.count > $1.utf8.count + 1 })
    else { return nil }
    return selectors
}

/// A case as it is written, with one space between its values; nil where it is none for these selectors.
func normalizedCase(_ value: String, of selectors: [String]) -> String? {
    let values = words(value)
    guard values.count == selectors.count, zip(values, selectors).allSatisfy({ isCase($0, of: $1) }) else { return nil }
    return values.joined(separator: " ")
}

private func words(_ value: String) -> [Substring] {
    value.split { $0 == " " || $0.isNewline || $0 == "\t" }
}

/// The name of a variant, by the id that it shares with others.
func variantName(_ id: String, _ variant: String?) -> String {
    variant.map { id.replacing("{#}", with: "{\($0)}") } ?? id
}
