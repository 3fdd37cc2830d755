import UnicodeLocale

/// The forms of a plural as gettext has them: a formula that gives a number's form.
///
/// Source: the `Plural-Forms` of GNU gettext's manual and of its `plurals` table. A formula is only taken for a
/// language where it agrees with CLDR's rules on every number up to ``testedNumbers``.
struct PluralForms: Sendable {
    var formula: String
    /// CLDR's categories, in the order of the forms.
    var categories: [PluralCategory]

    init?(_ locale: LanguageTag) {
        let rules = PluralRules(.cardinal, locale: locale)
        let wanted = (0..<PluralForms.testedNumbers).map { rules.category(Int64($0)) }
        for (formula, form) in PluralForms.formulas {
            var categories: [Int: PluralCategory] = [:]
            let agrees = wanted.enumerated().allSatisfy { number, category in
                let known = categories.updateValue(category, forKey: form(number))
                return known == nil || known == category
            }
            // Each form is one category, and each category one form.
            guard agrees, Set(categories.values).count == categories.count, Set(wanted).count == categories.count else {
                continue
            }
            self.formula = formula
            self.categories = categories.sorted { $0.key < $1.key }.map(\.value)
            return
        }
        return nil
    }

    private static let testedNumbers = 1_000

    private static let formulas: [(String, @Sendable (Int) -> Int)] = [
        ("0", { _ in 0 }), ("(n != 1)", { $0 != 1 ? 1 : 0 }), ("(n > 1)", { $0 > 1 ? 1 : 0 }),
        (
            "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
            { n in n % 10 == 1 && n % 100 != 11 ? 0 : (2...4).contains(n % 10) && !(12...14).contains(n % 100) ? 1 : 2 }
        ),
        (
            "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
            { n in n == 1 ? 0 : (2...4).contains(n % 10) && !(12...14).contains(n % 100) ? 1 : 2 }
        ),
        ("(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2", { n in n == 1 ? 0 : (2...4).contains(n) ? 1 : 2 }),
        (
            "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
            { n in n < 3 ? n : (3...10).contains(n % 100) ? 3 : n % 100 >= 11 ? 4 : 5 }
        ),
        (
            "(n==1 ? 0 : (n==0 || (n%100>0 && n%100<20)) ? 1 : 2)",
            { n in n == 1 ? 0 : n == 0 || (1...19).contains(n % 100) ? 1 : 2 }
        ),
        (
            "(n%10==1 && (n%100<11 || n%100>19) ? 0 : n%10>=2 && n%10<=9 && (n%100<11 || n%100>19) ? 1 : 2)",
            { n in
                let isTeen = (11...19).contains(n % 100)
                return n % 10 == 1 && !isTeen ? 0 : n % 10 >= 2 && !isTeen ? 1 : 2
            }
        ),
        (
            "(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3)",
            { n in n % 100 == 1 ? 0 : n % 100 == 2 ? 1 : n % 100 == 3 || n % 100 == 4 ? 2 : 3 }
        ),
        ("(n==1 ? 0 : n==2 ? 1 : 2)", { n in n == 1 ? 0 : n == 2 ? 1 : 2 }),
        ("(n%10==1 && n%100!=11 ? 0 : 1)", { n in n % 10 == 1 && n % 100 != 11 ? 0 : 1 }),
        (
            "(n==1 ? 0 : n==2 ? 1 : n<7 ? 2 : n<11 ? 3 : 4)",
            { n in n == 1 ? 0 : n == 2 ? 1 : (3...6).contains(n) ? 2 : (7...10).contains(n) ? 3 : 4 }
        ),
    ]
}
