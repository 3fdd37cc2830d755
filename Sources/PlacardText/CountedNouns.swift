import ByteText
import MessageFormat
import SourceDiagnostics
import UnicodeLocale

// `{$event.days} days` is right for most numbers, and wrong for 1; in other languages it is wrong for more of them, and their
// translators have no place to say so. A text for each form has one: `.match`. Which words are nouns in the plural only a list can
// tell: `{$level} unlocks` is none. Whether the number is ever small, the project's examples of it tell.

extension Message {
    /// Whole numbers that are followed by a noun in the plural, in texts that are not chosen by them.
    func countedNouns(
        _ patterns: [PatternText], _ source: [UInt8], _ environment: TextEnvironment
    ) -> [Diagnostic] {
        guard let nouns = nounsInPlural[environment.locale.language] else { return [] }
        var chosen: Set<String> = []
        if case .select(let matcher) = body { chosen = Set(matcher.selectors.map { root(of: $0.name) }) }
        var diagnostics: [Diagnostic] = []
        for pattern in patterns {
            for entry in pattern.scanned.contents {
                guard let name = variable(entry.content), !chosen.contains(root(of: name)),
                    let known = environment.variables[root(of: name)], known.type == .int || known.type == .uint,
                    known.examples.contains(where: { Int($0).map { $0 < 20 } ?? false }),
                    let noun = word(source, behind: entry.span.end),
                    nouns.contains(written(source, noun).lowercased())
                else { continue }
                diagnostics.append(
                    .countedNoun(written(source, noun), root(of: name), at: Span(entry.span.start, noun.end)))
                if diagnostics.count >= textDiagnosticLimit { return diagnostics }
            }
        }
        return diagnostics
    }

    /// The variable that is shown as a number.
    private func variable(_ content: SentinelContent) -> String? {
        guard case .expression(let expression) = content, case .variable(let variable)? = expression.operand,
            ["integer", "number"].contains(expression.function?.name ?? "integer")
        else { return nil }
        return variable.name
    }

    /// The word that stands one space behind `place`, at the end of emphasis too.
    private func word(_ source: [UInt8], behind place: Int) -> Span? {
        var start = place
        while start < source.count, source[start] == 0x2A, start - place < 2 { start += 1 }
        guard start < source.count, source[start] == 0x20 else { return nil }
        start += 1
        var end = start
        while end < source.count, end - start < 32, source[end].isASCIILetter || source[end] >= 0x80 { end += 1 }
        return end > start ? Span(start, end) : nil
    }
}

/// Nouns that apps count, in the plural.
private let nounsInPlural: [String: Set<String>] = [
    "en": [
        "days", "hours", "minutes", "seconds", "weeks", "months", "years", "points", "items", "messages", "people",
        "times",
        "orders", "products", "stars", "coins", "credits", "users", "friends", "photos", "files", "results", "comments",
        "likes", "notifications", "tickets", "seats", "guests", "nights", "lessons", "pages", "rewards", "badges",
        "gifts",
    ],
    "de": [
        "tage", "tagen", "stunden", "minuten", "sekunden", "wochen", "monate", "monaten", "jahre", "jahren", "punkte",
        "punkten",
        "nachrichten", "personen", "bestellungen", "produkte", "sterne", "fotos", "dateien", "nächte", "seiten",
    ],
    "fr": [
        "jours", "heures", "minutes", "secondes", "semaines", "ans", "années", "points", "articles", "messages",
        "personnes",
        "commandes", "produits", "étoiles", "photos", "fichiers", "nuits", "pages",
    ],
    "es": [
        "días", "horas", "minutos", "segundos", "semanas", "meses", "años", "puntos", "artículos", "mensajes",
        "personas",
        "veces", "pedidos", "productos", "estrellas", "fotos", "archivos", "noches", "páginas",
    ],
    "it": [
        "giorni", "ore", "minuti", "secondi", "settimane", "mesi", "anni", "punti", "articoli", "messaggi", "persone",
        "volte",
        "ordini", "prodotti", "stelle", "notti", "pagine",
    ],
    "pt": [
        "dias", "horas", "minutos", "segundos", "semanas", "meses", "anos", "pontos", "itens", "mensagens", "pessoas",
        "vezes",
        "pedidos", "produtos", "estrelas", "fotos", "noites", "páginas",
    ],
    "nl": [
        "dagen", "minuten", "seconden", "weken", "maanden", "jaren", "punten", "artikelen", "berichten", "personen",
        "bestellingen", "producten", "sterren", "nachten",
    ],
    "ru": [
        "дня", "дней", "часа", "часов", "минуты", "минут", "секунд", "недели", "недель", "месяца", "месяцев", "лет",
        "баллов",
        "балла", "очков", "товара", "товаров", "сообщений", "заказов", "заказа",
    ],
    "uk": [
        "дні", "днів", "години", "годин", "хвилини", "хвилин", "тижнів", "місяців", "років", "балів", "товарів",
        "повідомлень",
    ],
    "pl": [
        "dni", "godziny", "godzin", "minuty", "minut", "tygodni", "miesięcy", "lat", "punktów", "wiadomości",
        "zamówień",
    ],
]
