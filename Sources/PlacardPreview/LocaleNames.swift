/// The English name of a locale, as far as this short list goes; else the tag itself.
///
/// For reviewers' eyes only. Taken from CLDR's English display names.
func localeName(_ tag: String) -> String {
    if let name = localeNames[tag] { return name }
    let parts = tag.split(separator: "-", omittingEmptySubsequences: true).map(String.init)
    guard let first = parts.first, let language = localeNames[first], parts.count > 1 else { return tag }
    return "\(language) (\(parts.dropFirst().joined(separator: ", ")))"
}

private let localeNames: [String: String] = [
    "ar": "Arabic", "ar-XB": "Pseudo: right to left", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "de-AT": "Austrian German", "de-CH": "Swiss High German",
    "el": "Greek",
    "en": "English", "en-AU": "Australian English", "en-CA": "Canadian English", "en-GB": "British English",
    "en-US": "American English", "en-XA": "Pseudo: accents", "es": "Spanish", "es-419": "Latin American Spanish",
    "es-ES": "European Spanish", "es-MX": "Mexican Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fil": "Filipino", "fr": "French", "fr-CA": "Canadian French", "fr-CH": "Swiss French",
    "ga": "Irish",
    "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian",
    "kk": "Kazakh", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "ms": "Malay", "nb": "Norwegian Bokmål",
    "nl": "Dutch", "nl-BE": "Flemish", "pl": "Polish", "pt": "Portuguese", "pt-BR": "Brazilian Portuguese",
    "pt-PT": "European Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese", "zh-Hans": "Simplified Chinese",
    "zh-Hant": "Traditional Chinese",
]

extension PreviewLocale {
    /// Its name in English.
    var displayName: String { name.isEmpty ? localeName(tag) : name }

    /// How the path of a message's file in this language ends.
    package func fileEnding(of message: String) -> String { policy == .source ? "\(message).md" : ".\(tag).md" }
}
