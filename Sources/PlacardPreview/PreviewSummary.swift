import ByteText
import SourceDiagnostics

/// What is known of a message before anything is said of it.
package struct PreviewEntry: Sendable {
    package var id: String
    /// A name in ``PreviewInput/templates``.
    package var template: String
    /// The folder below `content/`; empty at the top.
    package var folder: String

    package init(id: String, template: String, folder: String) {
        self.id = id
        self.template = template
        self.folder = folder
    }
}

/// What the pages about all messages say of one of them.
///
/// An object, as pages about all messages ask it for this and that.
package final class PreviewSummary: Sendable {
    package let id: String
    /// A name in ``PreviewInput/templates``.
    package let template: String
    /// The folder below `content/`; empty at the top.
    package let folder: String
    /// Who sees it: the expression, or `everyone`.
    package let audience: PreviewFact
    /// The event that triggers it; empty where none does.
    package let trigger: String
    /// Which of these events, in words; empty for all.
    package let condition: String
    /// When it shows, in a few words.
    package let window: String
    /// The title of its main card in the source locale; nil where it has none.
    package let title: String?
    /// The language and the direction of the title.
    package let language: String
    package let isRightToLeft: Bool
    /// One for each of ``PreviewInput/locales``, in the same order.
    package let statuses: [PreviewLocalization.Status]
    /// What tells its further cards apart, each once, in the order of the locales.
    package let variants: [String]
    /// What it is found by beside its texts: its conditions, its group, where it leads.
    package let conditions: String
    /// The name of its group; empty where it is in none.
    package let group: String
    /// What comes of it in the project's scenarios with its event.
    package let outcomes: [PreviewOutcome]
    package let diagnostics: [Diagnostic]
    /// Diagnostics in any of its files.
    package let errors: Int
    package let warnings: Int

    package init(
        id: String, template: String, folder: String, audience: PreviewFact, trigger: String,
        condition: String = "", window: String, title: String?, language: String, isRightToLeft: Bool,
        statuses: [PreviewLocalization.Status], variants: [String], conditions: String = "",
        group: String = "", outcomes: [PreviewOutcome] = [], diagnostics: [Diagnostic]
    ) {
        self.id = id
        self.template = template
        self.folder = folder
        self.audience = audience
        self.trigger = trigger
        self.condition = condition
        self.window = window
        self.title = title
        self.language = language
        self.isRightToLeft = isRightToLeft
        self.statuses = statuses
        self.variants = variants
        self.conditions = conditions
        self.group = group
        self.outcomes = outcomes
        self.diagnostics = diagnostics
        errors = diagnostics.count { $0.severity == .error }
        warnings = diagnostics.count { $0.severity == .warning }
    }

    /// The summary of a message that is there as a whole.
    package convenience init(_ message: PreviewMessage, conditions: String = "") {
        var variants: [String] = []
        for localization in message.localizations {
            for card in localization.cards where !card.variant.isEmpty && !variants.contains(card.variant) {
                variants.append(card.variant)
            }
        }
        self.init(
            id: message.id, template: message.template, folder: message.folder, audience: message.audience,
            trigger: message.trigger, window: message.window,
            title: message.localizations.first?.cards.first?.title,
            language: message.localizations.first?.language ?? "en",
            isRightToLeft: message.localizations.first?.isRightToLeft ?? false,
            statuses: message.localizations.map(\.status), variants: variants, conditions: conditions,
            diagnostics: message.diagnostics)
    }

    func count(_ severity: Severity) -> Int {
        switch severity {
        case .error: errors
        case .warning: warnings
        case .note: 0
        }
    }

    /// Which of its events show it: `on <code>order_ready</code> if the count is at least 1`; nothing where none does.
    ///
    /// - Parameter opening: what stands before that.
    func writeEvent(after opening: StaticString, into page: inout ByteBuffer) {
        guard !trigger.isEmpty else { return }
        page.append(html: opening)
        page.append(html: "on <code>")
        page.appendEscaped(trigger)
        page.append(html: "</code>")
        guard !condition.isEmpty else { return }
        page.append(0x20)
        page.appendEscaped(condition)
    }
}
