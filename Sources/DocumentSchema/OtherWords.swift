// Content systems, notification services and generators of sites have other words for what is said here, and who comes from one
// of them writes those first.

/// What other tools call a key, in small letters and without `_` and `-`; where a word is in several, the first that is missing
/// is meant.
private let otherWords: [(key: String, words: Set<String>)] = [
    ("label", ["text", "title", "name", "caption", "buttontext", "buttonlabel"]),
    ("url", ["link", "href", "uri", "deeplink", "destination", "goto", "open", "openurl", "target"]),
    ("dismiss", ["close", "cancel", "closes", "hide"]),
    ("remind", ["snooze", "later", "remindin", "remindlater", "remindafter", "delay"]),
    ("request", ["permission", "ask"]),
    ("actions", ["buttons", "button", "cta", "ctas", "action", "choices", "links"]),
    ("title", ["headline", "heading", "header", "subject"]),
    ("src", ["url", "file", "path", "source", "href", "filename", "image"]),
    ("alt", ["alttext", "alternative", "caption", "description", "text"]),
    (
        "start",
        [
            "from", "startdate", "starttime", "startsat", "startat", "starts", "begin", "begins", "since", "after",
            "validfrom", "publishat",
        ]
    ),
    (
        "end",
        [
            "to", "until", "till", "enddate", "endtime", "endsat", "endat", "ends", "stop", "expires", "expiresat",
            "expiry", "validto", "validuntil", "before",
        ]
    ),
    ("timezone", ["tz", "zone"]),
    ("days", ["weekdays", "day", "dayofweek", "daysofweek"]),
    ("hours", ["time", "times", "between", "timeofday"]),
    (
        "audience",
        [
            "targeting", "target", "targets", "segment", "segments", "filter", "filters", "condition", "conditions",
            "users", "who", "if", "rules", "eligibility", "showto",
        ]
    ),
    ("trigger", ["on", "triggers", "triggeredby"]),
    ("template", ["type", "kind", "layout", "component"]),
    ("event", ["name", "on", "type", "trigger"]),
    ("when", ["if", "condition", "filter", "where"]),
    ("delay", ["wait", "after"]),
    ("frequency", ["limit", "limits", "cap", "frequencycap", "capping", "repeat", "maximpressions"]),
    ("priority", ["weight", "importance", "rank"]),
    ("rollout", ["percentage", "percent", "share", "sample", "traffic"]),
    ("experiment", ["abtest", "ab", "test"]),
    ("holdout", ["controlgroup"]),
    ("variables", ["vars", "placeholders", "fallbacks", "defaults"]),
    ("fallback", ["default", "fallbacktext", "otherwise", "else", "value"]),
    ("push", ["notification", "pushnotification"]),
    ("image", ["picture", "img", "photo", "icon", "illustration", "hero"]),
    ("body", ["text", "message", "content", "description"]),
    ("tone", ["style", "severity", "level"]),
    ("accent", ["color", "colour", "backgroundcolor", "themecolor"]),
    ("notes", ["description", "comment", "comments", "note", "translatornotes"]),
    ("reason", ["because", "why", "comment"]),
    ("message", ["id", "messageid", "campaign"]),
    ("shown", ["at", "seen", "time", "date", "shownat", "seenat"]),
    ("id", ["name", "key", "slug", "identifier"]),
    ("text", ["label", "title", "body", "message", "value"]),
    // placard.yaml and templates.
    ("source", ["sourcelocale", "sourcelanguage", "defaultlocale", "defaultlanguage", "baselocale", "language"]),
    ("locales", ["languages", "translations", "langs", "targets"]),
    ("context", ["attributes", "properties", "variables", "given", "user"]),
    ("events", ["triggers"]),
    ("hosts", ["domains", "host", "allowedhosts"]),
    ("schemes", ["protocols", "scheme", "allowedschemes"]),
    ("policy", ["required", "mode"]),
    ("type", ["kind"]),
    ("values", ["enum", "options", "allowed", "oneof", "choices"]),
    ("default", ["fallback"]),
    ("optional", ["nullable"]),
    ("examples", ["example", "samples", "sample"]),
    ("max", ["maxlength", "maximum", "limit", "length"]),
    ("min", ["minlength", "minimum"]),
    ("fields", ["properties", "inputs"]),
    ("timeout", ["duration", "autodismiss"]),
    // Scenarios.
    ("description", ["name", "title", "summary"]),
    ("unit", ["userid", "user"]),
    ("locale", ["language", "lang"]),
    ("now", ["time", "date", "at", "clock"]),
    ("event", ["trigger", "on"]),
    ("expect", ["expected", "expects", "then", "assert"]),
    ("shows", ["show", "message"]),
    ("hidden", ["hides", "hide", "notshown"]),
    ("shown", ["at", "date", "time"]),
]

/// The missing key that other tools call `name`; nil where none is.
///
/// - Parameter missing: keys that may be meant.
func keyOfOtherTools(_ name: String, among missing: [String]) -> String? {
    let word = plainWord(name)
    return missing.first { plainWord($0) == word }
        ?? otherWords.first { $0.words.contains(word) && missing.contains($0.key) }?.key
}

/// The value that other tools call `word`; nil where none is.
func valueOfOtherTools(_ word: String, among values: [String]) -> String? {
    let meanings: [(value: String, words: Set<String>)] = [
        ("allow", ["off", "ignore", "ignored", "disable", "disabled", "none", "silent"]),
        ("warning", ["warn", "1"]), ("error", ["err", "deny", "2"]), ("hide", ["skip", "omit", "hidden", "drop"]),
        ("optional", ["true", "yes", "enabled"]), ("required", ["mandatory", "must"]),
        ("trigger", ["event"]), ("audience", ["targeting", "segment"]), ("frequency", ["limit", "capped", "cap"]),
    ]
    let plain = plainWord(word)
    return meanings.first { $0.words.contains(plain) && values.contains($0.value) }?.value
}

/// `startDate`, `start_date` and `start-date` are one word.
func plainWord(_ name: String) -> String {
    String(decoding: name.utf8.filter { $0 != 0x5F && $0 != 0x2D }, as: UTF8.self).lowercased()
}
