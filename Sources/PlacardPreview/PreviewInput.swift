import SourceDiagnostics

/// Everything that the pages are made of: a compiled project, with sample values already in its texts.
///
/// Plain values, so that the preview depends on no stage of the compiler. Arrays of bytes are shared with
/// whoever made them, never copied.
package struct PreviewInput: Sendable {
    /// Shown in every page's title and header.
    package var title: String
    /// What the tool calls itself and its version, such as `Placard 1.0.0`; shown in the footer.
    package var generator: String
    /// The source locale first, then the others in the order that reviewers should see.
    package var locales: [PreviewLocale]
    package var templates: [PreviewTemplate]
    /// Sorted by id.
    package var messages: [PreviewMessage]
    /// Images, by the path that ``PreviewImage/asset`` names.
    package var assets: [PreviewAsset]
    /// The app's own look.
    package var look = PreviewLook()
    /// When messages show; nil where all always do.
    package var timeline: PreviewTimeline?
    /// The address of a script that comes before all others and may ask its own server for news; nil for pages that ask
    /// nobody.
    package var liveScript: String?
    /// What changed from an earlier version; nil where it is compared with none.
    package var changes: PreviewChanges?
    /// Messages that share caps, in the order of their names.
    package var groups: [PreviewGroup] = []
    /// With whom the message at an index competes; from any thread.
    package var conflicts: @Sendable (Int) -> [PreviewConflict] = { _ in [] }
    /// A user whom the message at an index is for, in words; empty where nothing is asked of users, or none is known.
    package var example: @Sendable (Int) -> String = { _ in "" }

    package init(
        title: String, generator: String, locales: [PreviewLocale], templates: [PreviewTemplate],
        messages: [PreviewMessage], assets: [PreviewAsset], timeline: PreviewTimeline? = nil
    ) {
        self.timeline = timeline
        self.title = title
        self.generator = generator
        self.locales = locales
        self.templates = templates
        self.messages = messages
        self.assets = assets
    }
}

/// A language that messages are shown in.
package struct PreviewLocale: Sendable {
    /// A canonical BCP 47 tag.
    package var tag: String
    /// For the reviewer, in English: `Brazilian Portuguese`. Falls back on the tag where empty.
    package var name: String
    package var isRightToLeft: Bool
    package var policy: Policy

    package enum Policy: Sendable, Hashable {
        case source, required, optional
        /// Made from the source's tree to find what was not translated or does not fit.
        case pseudo
    }

    package init(tag: String, name: String, isRightToLeft: Bool, policy: Policy) {
        self.tag = tag
        self.name = name
        self.isRightToLeft = isRightToLeft
        self.policy = policy
    }
}

/// How one kind of message is drawn.
package struct PreviewTemplate: Sendable {
    /// The template's folder name: ASCII letters, digits, `-` and `_`.
    package var name: String
    /// The surface by its name on the wire; decides where on the device's screen the message sits, by the rules for `.s-NAME` in
    /// `Resources/preview.css`.
    package var surface: String
    /// Draws a veil over the app behind.
    package var isBlocking: Bool
    /// Whether the app draws a button that closes it: `dismiss` has `button`.
    package var hasCloseButton: Bool
    /// The text of `preview.mustache`; `nil` takes a plain built-in one.
    package var mustache: [UInt8]?
    /// Its `style.css`; nil for none.
    package var style: StyleSheet?
    /// Path of `preview.mustache`, for diagnostics.
    package var file: String

    package init(
        name: String, surface: String, isBlocking: Bool, hasCloseButton: Bool = false, mustache: [UInt8]?,
        style: StyleSheet?, file: String
    ) {
        self.name = name
        self.surface = surface
        self.isBlocking = isBlocking
        self.hasCloseButton = hasCloseButton
        self.mustache = mustache
        self.style = style
        self.file = file
    }
}

/// An image file.
package struct PreviewAsset: Sendable {
    /// Relative, with `/`, such as `coffee/cup.png`; written to `assets/` under the same name.
    package var path: String
    package var bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// A message with all that a reviewer wants to know of it.
package struct PreviewMessage: Sendable {
    package var id: String
    /// A name in ``PreviewInput/templates``.
    package var template: String
    /// The folder below `content/`, such as `rides`; empty at the top.
    package var folder: String
    /// Who sees it: an expression, or `everyone`.
    package var audience: PreviewFact
    /// The event that shows it; empty when the app asks for it.
    package var trigger: String
    /// When it shows, in a few words, for the index: `1 Dec – 24 Dec`.
    package var window: String
    /// Trigger, audience, schedule, frequency, group, priority, rollout, experiment, …: what is set, in reading order.
    package var facts: [PreviewFact]
    /// One for each of ``PreviewInput/locales``, in the same order.
    package var localizations: [PreviewLocalization]
    /// What comes of it in the project's scenarios with its event, in the order of their names.
    package var outcomes: [PreviewOutcome]
    /// The files it was made from, the source locale's first.
    package var sources: [PreviewSource]
    /// Diagnostics in any of its files.
    package var diagnostics: [Diagnostic]

    package init(
        id: String, template: String, folder: String, audience: PreviewFact, trigger: String, window: String,
        facts: [PreviewFact], outcomes: [PreviewOutcome] = [], localizations: [PreviewLocalization],
        sources: [PreviewSource], diagnostics: [Diagnostic]
    ) {
        self.id = id
        self.template = template
        self.folder = folder
        self.audience = audience
        self.trigger = trigger
        self.window = window
        self.facts = facts
        self.outcomes = outcomes
        self.localizations = localizations
        self.sources = sources
        self.diagnostics = diagnostics
    }
}

/// What comes of a message in one scenario: a user, an event, a clock and a history.
package struct PreviewOutcome: Sendable {
    /// The scenario's name, and what it is about; either may be empty.
    package var scenario: String
    package var summary: String
    package var isShown: Bool
    /// What decides, in words, the gate first: `audience: user.country is "FR", wants "US"`.
    package var reason: String

    package init(scenario: String, summary: String, isShown: Bool, reason: String) {
        self.scenario = scenario
        self.summary = summary
        self.isShown = isShown
        self.reason = reason
    }
}

/// One row of a message's facts.
package struct PreviewFact: Sendable {
    package var label: String
    package var value: String
    package var style: Style

    package enum Style: Sendable, Hashable {
        case text
        /// An expression or an id: set in a fixed width, line breaks kept.
        case code
    }

    package init(_ label: String, _ value: String, style: Style = .text) {
        self.label = label
        self.value = value
        self.style = style
    }
}

/// A file as its author wrote it.
package struct PreviewSource: Sendable {
    /// Relative to the project; the ``Label/file`` of diagnostics that point into it.
    package var path: String
    package var text: [UInt8]

    package init(path: String, text: [UInt8]) {
        self.path = path
        self.text = text
    }
}

/// A message in one locale.
package struct PreviewLocalization: Sendable {
    package var status: Status
    /// The language that the texts are really in (a fallback's).
    package var language: String
    package var isRightToLeft: Bool
    /// The first is what most users see; more for an experiment's variants and for plural or select variants.
    /// Empty where the message is not shown in this locale.
    package var cards: [PreviewCard]

    package enum Status: UInt8, Sendable, Hashable, CaseIterable {
        case ok
        /// There, but nothing is recorded of the text that it was made from: it may be up to date or not.
        case untracked
        /// Word for word its source.
        case identical
        /// Translated from an older source text.
        case outdated
        /// Lacks texts, so that the message is shown in another language.
        case incomplete
        /// Shown in another language, for want of a translation.
        case fallback
        /// Not shown in this locale at all.
        case missing
        /// Has an error.
        case error
    }

    package init(status: Status, language: String, isRightToLeft: Bool, cards: [PreviewCard]) {
        self.status = status
        self.language = language
        self.isRightToLeft = isRightToLeft
        self.cards = cards
    }
}
