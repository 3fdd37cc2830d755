/// What changed from an earlier version of a project, for the pages of the one that is built.
package struct PreviewChanges: Sendable {
    /// What it is compared with, as the user named it: `main`, `v1.4.0`.
    package var base: String
    /// What `placard.yaml` declares otherwise.
    package var declarations: [PreviewChangedValue]
    /// Files of templates, scenarios and images that are others: paths.
    package var files: [PreviewChangedFile]
    /// In the order of their ids.
    package var messages: [PreviewChange]
    /// What messages that are as they were look like with templates that are others.
    package var looks: [PreviewChangedLook]
    /// The text of `summary.md`.
    package var summary: [UInt8]
    /// The earlier version's own look.
    package var look: PreviewLook
    /// The earlier version's templates.
    package var templates: [PreviewTemplate]
    /// The images of the earlier version's messages among ``messages``.
    package var assets: [PreviewAsset]
    /// The languages of the message at an index into ``messages``, always the same; from any thread. The source comes first.
    package var languages: @Sendable (Int) -> [PreviewChangedLanguage]

    package init(
        base: String, declarations: [PreviewChangedValue], files: [PreviewChangedFile], messages: [PreviewChange],
        looks: [PreviewChangedLook] = [], summary: [UInt8], look: PreviewLook, templates: [PreviewTemplate],
        assets: [PreviewAsset],
        languages: @escaping @Sendable (Int) -> [PreviewChangedLanguage]
    ) {
        self.base = base
        self.declarations = declarations
        self.files = files
        self.messages = messages
        self.looks = looks
        self.summary = summary
        self.look = look
        self.templates = templates
        self.assets = assets
        self.languages = languages
    }
}

/// What became of something.
package enum PreviewChangeKind: String, Sendable, CaseIterable {
    case added, changed, removed
}

/// A value of one name in two versions.
package struct PreviewChangedValue: Sendable {
    package var name: String
    /// Nil where there was none.
    package var former: String?
    /// Nil where there is none.
    package var now: String?
    /// Both in one, where that is easier to read; empty where it is not.
    package var runs: [PreviewTextRun]

    package init(_ name: String, former: String?, now: String?, runs: [PreviewTextRun] = []) {
        self.name = name
        self.former = former
        self.now = now
        self.runs = runs
    }
}

/// A file that is new, other or gone.
package struct PreviewChangedFile: Sendable {
    package var path: String
    package var kind: PreviewChangeKind

    package init(path: String, kind: PreviewChangeKind) {
        self.path = path
        self.kind = kind
    }
}

/// A template that draws otherwise, by the example of a message that is as it was.
package struct PreviewChangedLook: Sendable {
    /// How many messages are drawn with it that are as they were.
    package var count: Int
    /// The message of the example.
    package var change: PreviewChange
    package var locale: PreviewLocale
    package var pair: PreviewCardPair

    package init(count: Int, change: PreviewChange, locale: PreviewLocale, pair: PreviewCardPair) {
        self.count = count
        self.change = change
        self.locale = locale
        self.pair = pair
    }
}

/// What became of a message, but for its cards.
package struct PreviewChange: Sendable {
    package var id: String
    /// Path of its source, as it is now, or was.
    package var file: String
    package var kind: PreviewChangeKind
    /// What the change is about, in single words: `audience`, `text`, `translation`, …
    package var aspects: [String]
    /// The message's title in its source language, as it is now, or was.
    package var title: String
    package var language: String
    package var isRightToLeft: Bool
    /// Names of its templates.
    package var formerTemplate: String?
    package var template: String?
    /// What a reviewer must know besides, a sentence each.
    package var warnings: [String]
    package var values: [PreviewChangedValue]
    /// Whether more or fewer users may see it; nil where its conditions are the same, or cannot be compared.
    package var audience: PreviewChangedAudience?
    package var addedVariables: [String]
    package var removedVariables: [String]
    /// Tags of the languages whose texts are others.
    package var locales: [String]

    package init(
        id: String, file: String, kind: PreviewChangeKind, aspects: [String] = [], title: String, language: String,
        isRightToLeft: Bool, formerTemplate: String? = nil, template: String? = nil, warnings: [String] = [],
        values: [PreviewChangedValue] = [], audience: PreviewChangedAudience? = nil, addedVariables: [String] = [],
        removedVariables: [String] = [], locales: [String] = []
    ) {
        self.locales = locales
        self.id = id
        self.file = file
        self.kind = kind
        self.aspects = aspects
        self.title = title
        self.language = language
        self.isRightToLeft = isRightToLeft
        self.formerTemplate = formerTemplate
        self.template = template
        self.warnings = warnings
        self.values = values
        self.audience = audience
        self.addedVariables = addedVariables
        self.removedVariables = removedVariables
    }

    /// `added`, `only audience`, `schedule, text`.
    package var subjects: String {
        if kind != .changed { return kind.rawValue }
        return aspects.count == 1 ? "only \(aspects[0])" : aspects.joined(separator: ", ")
    }
}

/// Who sees a message now and did not, and the other way round.
package struct PreviewChangedAudience: Sendable {
    /// `wider`, `narrower`, …
    package var direction: String
    /// One user for each direction that has one, and what becomes of that user.
    package var witnesses: [(words: String, user: String)]

    package init(direction: String, witnesses: [(words: String, user: String)]) {
        self.direction = direction
        self.witnesses = witnesses
    }
}

/// A message in one language, in both versions.
package struct PreviewChangedLanguage: Sendable {
    package var locale: PreviewLocale
    /// Nil where readers of this language see nothing else than before.
    package var kind: PreviewChangeKind?
    /// The state of the translation now; nil where the project has no such language any more.
    package var status: PreviewLocalization.Status?
    /// The texts that differ, as authors write them.
    package var texts: [PreviewChangedText]
    /// The cards that differ; one alone, that is in both versions, shows what a change is about that no card shows.
    package var pairs: [PreviewCardPair]

    package init(
        locale: PreviewLocale, kind: PreviewChangeKind?, status: PreviewLocalization.Status?,
        texts: [PreviewChangedText] = [], pairs: [PreviewCardPair] = []
    ) {
        self.locale = locale
        self.kind = kind
        self.status = status
        self.texts = texts
        self.pairs = pairs
    }
}

/// A text in two versions, as runs of words.
package struct PreviewChangedText: Sendable {
    /// What it is in its message: `title`, `+urgent/title`.
    package var name: String
    package var runs: [PreviewTextRun]

    package init(name: String, runs: [PreviewTextRun]) {
        self.name = name
        self.runs = runs
    }
}

/// Words that follow each other and had the same fate.
package struct PreviewTextRun: Sendable, Equatable {
    package var kind: Kind
    package var text: String

    package enum Kind: Sendable {
        case same
        /// In the earlier version alone.
        case gone
        /// In the later version alone.
        case new
    }

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}

/// A card before and after, words that differ between ``ChangeMarks/start`` and ``ChangeMarks/end``.
package struct PreviewCardPair: Sendable {
    /// Empty for the main card; else the variant.
    package var variant: String
    package var former: PreviewCard?
    package var now: PreviewCard?
    /// Whether all that differs in it differs in the main card, too.
    package var isLikeMain = false

    package init(variant: String, former: PreviewCard?, now: PreviewCard?) {
        self.variant = variant
        self.former = former
        self.now = now
    }
}
