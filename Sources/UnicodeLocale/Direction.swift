/// The direction of text.
public enum Direction: UInt8, Hashable, Sendable {
    /// Left to right.
    case ltr
    /// Right to left.
    case rtl

    /// `ltr` or `rtl`, as in HTML's `dir` and in bundles.
    public var name: String { self == .ltr ? "ltr" : "rtl" }
}

extension LanguageTag {
    /// The direction of its text: that of its script, given or likely.
    ///
    /// It agrees with CLDR's layout data for every locale that has any (the generator of the tables checks that).
    /// Scripts written in columns, such as traditional Mongolian, count as left to right, as in HTML.
    public var direction: Direction {
        guard let script = canonical.maximized?.script ?? script else { return .ltr }
        return LineTable(LocaleData.rightToLeftScripts).contains(script) ? .rtl : .ltr
    }
}
