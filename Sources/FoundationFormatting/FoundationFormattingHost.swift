import MessageFormat

extension FormattingHost {
    /// A host that writes numbers and dates with Foundation's format styles, and so with ICU's data.
    ///
    /// Safe to use from several threads; formatters are made once for each locale and set of options and kept.
    package static let foundation = FormattingHost(
        formatNumber: { request in FoundationNumbers.shared.text(request) },
        formatDateTime: { request in FoundationDates.shared.text(request) })
}
