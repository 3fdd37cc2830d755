import ByteText

/// What links say that say nothing of where they lead, by language: the verb of clicking, a word for the place, a word for more.
///
/// Those who use a screen reader go through a page's links one by one, without the sentences around them (WCAG 2.2, success
/// criteria 2.4.4 and 2.4.9). Such lists are in Lighthouse's audit `link-text`, too; this one has the languages that apps are
/// translated to most.
enum VagueWords {
    /// Whether the whole text of a link says nothing, in a language or in English, which other languages borrow from.
    ///
    /// - Parameters:
    ///   - label: the link's words.
    ///   - locale: a tag of BCP 47.
    static func contain(_ label: String, in locale: String) -> Bool {
        // The longest entry is shorter.
        guard label.utf8.count <= 64 else { return false }
        let words = comparable(label)
        let language = locale.prefix { $0 != "-" }
        return byLanguage["en"]?.contains(words) == true || byLanguage[String(language)]?.contains(words) == true
    }

    /// Small letters, one space between words, no marks around them.
    private static func comparable(_ label: String) -> String {
        // Scalars, as letters with their marks would be put together for nothing: of what has a mark, the letter is kept.
        var words = label.unicodeScalars[...]
        while let first = words.first, isBesideWords(first) { words.removeFirst() }
        while let last = words.last, isBesideWords(last) { words.removeLast() }
        let small = String(words).lowercased()
        return small.utf8.allSatisfy { $0 > 0x20 } ? small : small.split { $0.isWhitespace }.joined(separator: " ")
    }

    private static func isBesideWords(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return !UInt8(scalar.value).isASCIILetter && !UInt8(scalar.value).isASCIIDigit }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
            return false
        default: return true
        }
    }

    private static let byLanguage: [String: Set<String>] = [
        "ar": [
            "هنا", "اضغط هنا", "انقر هنا", "المزيد", "اقرأ المزيد", "معرفة المزيد", "اعرف المزيد", "رابط", "هذا الرابط",
        ],
        "cs": [
            "zde", "tady", "klikněte zde", "klikněte sem", "více", "více informací", "zjistit více", "číst dále",
            "odkaz",
        ],
        "da": ["her", "klik her", "tryk her", "mere", "læs mere", "mere info", "se mere", "link"],
        "de": [
            "hier", "hier klicken", "klicken sie hier", "klick hier", "klicke hier", "tippe hier", "hier tippen",
            "mehr",
            "mehr erfahren", "mehr dazu", "mehr infos", "mehr informationen", "weiter", "weiterlesen", "link",
            "diesen link",
        ],
        "el": ["εδώ", "κάντε κλικ εδώ", "πατήστε εδώ", "περισσότερα", "διαβάστε περισσότερα", "μάθετε περισσότερα"],
        "en": [
            "here", "right here", "click", "click here", "click this", "tap", "tap here", "press here", "this",
            "this link",
            "link", "go", "more", "more info", "more information", "read more", "see more", "learn more",
            "find out more",
            "details", "info", "information",
        ],
        "es": [
            "aquí", "aqui", "acá", "haz clic aquí", "haga clic aquí", "pulsa aquí", "toca aquí", "clic aquí", "más",
            "ver más",
            "leer más", "saber más", "más información", "más info", "enlace", "este enlace",
        ],
        "fi": [
            "tästä", "täältä", "tässä", "klikkaa tästä", "klikkaa tätä", "lisää", "lue lisää", "lisätietoja", "linkki",
        ],
        "fr": [
            "ici", "cliquez ici", "clique ici", "appuyez ici", "touchez ici", "plus", "en savoir plus", "lire la suite",
            "lire plus", "voir plus", "plus d’infos", "plus d'infos", "plus d’informations", "plus d'informations",
            "lien",
            "ce lien",
        ],
        "he": ["כאן", "לחץ כאן", "לחצו כאן", "עוד", "קרא עוד", "קראו עוד", "מידע נוסף", "קישור"],
        "hi": ["यहाँ", "यहां", "यहाँ क्लिक करें", "यहां क्लिक करें", "और", "और जानें", "और पढ़ें", "अधिक जानकारी"],
        "hu": [
            "itt", "ide", "kattints ide", "kattintson ide", "több", "tovább", "bővebben", "tudj meg többet", "link",
        ],
        "id": [
            "di sini", "klik di sini", "ketuk di sini", "selengkapnya", "baca selengkapnya", "pelajari lebih lanjut",
            "tautan",
        ],
        "it": [
            "qui", "clicca qui", "fai clic qui", "tocca qui", "premi qui", "altro", "di più", "scopri di più",
            "leggi di più",
            "leggi tutto", "maggiori informazioni", "più informazioni", "link", "questo link",
        ],
        "ja": [
            "こちら", "ここ", "こちらから", "ここをクリック", "こちらをクリック", "ここをタップ", "こちらをタップ", "もっと見る", "もっと読む", "続きを読む", "続き", "詳細",
            "詳しくはこちら", "詳細はこちら", "リンク",
        ],
        "ko": ["여기", "여기를 클릭", "여기를 클릭하세요", "여기를 누르세요", "클릭", "더 보기", "더보기", "자세히", "자세히 보기", "자세히 알아보기", "링크"],
        "nb": ["her", "klikk her", "trykk her", "mer", "les mer", "mer info", "se mer", "lenke"],
        "nl": [
            "hier", "klik hier", "tik hier", "meer", "lees meer", "meer info", "meer informatie", "meer lezen", "link",
            "deze link",
        ],
        "no": ["her", "klikk her", "trykk her", "mer", "les mer", "mer info", "se mer", "lenke"],
        "pl": [
            "tu", "tutaj", "kliknij", "kliknij tu", "kliknij tutaj", "stuknij tutaj", "dotknij tutaj", "więcej",
            "czytaj więcej",
            "dowiedz się więcej", "zobacz więcej", "więcej informacji", "link", "ten link",
        ],
        "pt": [
            "aqui", "clique aqui", "clica aqui", "toque aqui", "toca aqui", "mais", "saiba mais", "saber mais",
            "leia mais",
            "ler mais", "veja mais", "ver mais", "mais informações", "link", "este link",
        ],
        "ro": [
            "aici", "click aici", "dă click aici", "apasă aici", "mai mult", "mai multe", "citește mai mult",
            "află mai multe",
        ],
        "ru": [
            "здесь", "тут", "сюда", "нажмите здесь", "нажмите сюда", "кликните здесь", "ещё", "еще", "подробнее",
            "узнать больше",
            "узнать подробнее", "читать далее", "читать дальше", "больше", "ссылка", "эта ссылка", "по ссылке",
        ],
        "sv": ["här", "klicka här", "tryck här", "mer", "läs mer", "mer info", "mer information", "se mer", "länk"],
        "th": ["ที่นี่", "คลิกที่นี่", "แตะที่นี่", "เพิ่มเติม", "อ่านเพิ่มเติม", "ดูเพิ่มเติม", "ลิงก์"],
        "tr": [
            "burada", "buraya", "buraya tıklayın", "buraya tıkla", "buraya dokunun", "tıklayın", "daha fazla", "devamı",
            "devamını oku", "daha fazla bilgi",
        ],
        "uk": [
            "тут", "сюди", "натисніть тут", "натисніть сюди", "ще", "більше", "детальніше", "докладніше",
            "дізнатися більше",
            "читати далі", "посилання", "за посиланням",
        ],
        "vi": [
            "tại đây", "ở đây", "nhấp vào đây", "nhấn vào đây", "bấm vào đây", "thêm", "xem thêm", "đọc thêm",
            "tìm hiểu thêm",
        ],
        "zh": [
            "这里", "此处", "点击这里", "点击此处", "点这里", "更多", "查看更多", "了解更多", "阅读更多", "更多信息", "详情", "链接", "這裡", "此處", "點擊這裡",
            "點擊此處", "點這裡", "瞭解更多", "了解詳情", "閱讀更多", "更多資訊", "詳情", "連結",
        ],
    ]
}
