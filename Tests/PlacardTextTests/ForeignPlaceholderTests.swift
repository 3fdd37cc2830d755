import PlacardMarkdown
import PlacardText
import SourceDiagnostics
import Testing
import UnicodeLocale

/// Placeholders of other systems: each is found, and the fix gives a text whose readers see the value.
@Suite struct ForeignPlaceholderTests {
    private static let kinds: [TextKind] = [.plain, .inline, .document(conversation: false)]

    private func environment() throws -> TextEnvironment {
        TextEnvironment(
            variables: [
                "user.first_name": TextVariable(type: .string, isGuaranteed: false, fallback: "there"),
                "user.plan": TextVariable(type: .string, isGuaranteed: true, values: ["free", "premium"]),
                "user.days": TextVariable(type: .int, isGuaranteed: true),
                "event.days": TextVariable(type: .int, isGuaranteed: true),
                "event.price": TextVariable(type: .double, isGuaranteed: true),
                "user.tags": TextVariable(type: .list, isGuaranteed: true),
            ], links: LinkPolicy(schemes: ["https"], hosts: ["*.example.com"]), locale: try LanguageTag("en"))
    }

    @Test(arguments: [
        ("Hi {{user.first_name}}!", "Hi {$user.first_name}!"),
        ("{{user.first_name}}, hi", "{$user.first_name}, hi"),
        ("{{ first_name }}", "{$user.first_name}"),
        ("Hi {{{first_name}}}", "Hi {$user.first_name}"),
        ("Hi {{- customer.first_name -}}", "Hi {$user.first_name}"),
        ("Hi {{ user.first_name | default: \"there\" }}.", "Hi {$user.first_name}."),
        ("Hi {{user.first_name|default:'you'|upcase}}.", "Hi {$user.first_name}."),
        ("Hi {{${first_name} | default: 'there'}}.", "Hi {$user.first_name}."),
        ("You are {{custom_attribute.${plan}}}.", "You are {$user.plan}."),
        ("Hi ${user.first_name}, welcome", "Hi {$user.first_name}, welcome"),
        ("Hi ${firstName}", "Hi {$user.first_name}"), ("Hi #{first_name}", "Hi {$user.first_name}"),
        ("Hi %{first_name}", "Hi {$user.first_name}"), ("Hi @{first_name}", "Hi {$user.first_name}"),
        ("Hi {first_name}", "Hi {$user.first_name}"), ("Hi { FirstName }", "Hi { $user.first_name }"),
        ("Hi {First Name}", "Hi {$user.first_name}"), ("Hi {first_name|there}", "Hi {$user.first_name}"),
        ("Hi {!Contact.FirstName}", "Hi {$user.first_name}"), ("Only {days} left", "Only {$event.days} left"),
        ("Hi %(first_name)s", "Hi {$user.first_name}"), ("Hi %FIRST_NAME%!", "Hi {$user.first_name}!"),
        ("Hi %%first_name%%", "Hi {$user.first_name}"), ("Hi %first_name%", "Hi {$user.first_name}"),
        ("Hi [[first_name]]", "Hi {$user.first_name}"), ("Hi *|FNAME|*", "Hi {$user.first_name}"),
        ("Hi <%= user.first_name %>", "Hi {$user.first_name}"), ("Hi <%= @first_name %>", "Hi {$user.first_name}"),
        ("Hi $first_name.", "Hi {$user.first_name}."), ("Hi {$first_name}", "Hi {$user.first_name}"),
        ("Hi {$user.firstName}", "Hi {$user.first_name}"), ("Well done :tada:", "Well done 🎉"),
        ("Well done :tada::rocket:", "Well done 🎉🚀"), ("(:+1:)", "(👍)"),
        ("Hi ${{ user.first_name }}!", "Hi {$user.first_name}!"), ("Hi $${first_name}!", "Hi {$user.first_name}!"),
        ("Hi {user.first_name}}!", "Hi {$user.first_name}!"), ("Hi {{user.first_name}!", "Hi {$user.first_name}!"),
        ("{{first_name}, hi", "{$user.first_name}, hi"), ("Hi {{{$user.first_name}}}!", "Hi {$user.first_name}!"),
        ("Hi {$first_name}} ok", "Hi {$user.first_name} ok"), ("Hi {{$user.first_name} ok", "Hi {$user.first_name} ok"),
        ("Hi {$event.days :integer}} ok", "Hi {$event.days :integer} ok"),
        ("Hi {{$event.days :integer} ok", "Hi {$event.days :integer} ok"),
        ("Hi {first_name, welcome", "Hi {$user.first_name}, welcome"), ("Hi ${first_name", "Hi {$user.first_name}"),
        ("Hi first_name} ok", "Hi {$user.first_name} ok"), ("Hi first_name}}!", "Hi {$user.first_name}!"),
        ("Hi $first_name} ok", "Hi {$user.first_name} ok"), ("Hi {$$first_name}", "Hi {$user.first_name}"),
        ("Hi {$ first_name }", "Hi {$user.first_name}"), ("Hi {first_name$}", "Hi {$user.first_name}"),
        ("Hi ${$user.first_name}", "Hi {$user.first_name}"), ("Hi $(first_name)", "Hi {$user.first_name}"),
        ("Hi \\(first_name)", "Hi {$user.first_name}"), ("Hi <<first_name>>", "Hi {$user.first_name}"),
        ("Hi ((first_name))", "Hi {$user.first_name}"), ("Hi ##first_name##", "Hi {$user.first_name}"),
        ("Hi [first_name]!", "Hi {$user.first_name}!"), ("Hi <user.first_name>", "Hi {$user.first_name}"),
        ("Hi <name>!", "Hi {$user.first_name}!"), ("Hi ${first_name || 'you'}", "Hi {$user.first_name}"),
        ("Hi {{ first_name or \"you\" }}", "Hi {$user.first_name}"), ("Done :tadaa:", "Done 🎉"),
        ("{event.days, number} days", "{$event.days :number} days"),
        ("{days, number, integer} days", "{$event.days :integer} days"),
    ])
    func becomesAValue(_ text: String, _ wanted: String) throws {
        let environment = try environment()
        for kind in Self.kinds {
            let first = FixedText(text, kind, environment)
            #expect(!first.diagnostics.isEmpty, "\(text)")
            let fixed = first.allFixed(kind, environment)
            #expect(fixed.source == wanted, "\(kind)")
            #expect(fixed.diagnostics.isEmpty, "\(fixed.diagnostics.map(\.message))")
            let isValue = fixed.shown.contains("\"type\":\"variable\"")
            #expect(isValue || wanted.unicodeScalars.contains { $0.properties.isEmoji && $0.value > 0x2000 })
        }
    }

    @Test func argumentsOfICUBecomeAMatch() throws {
        let environment = try environment()
        func fixed(_ text: String, _ kind: TextKind = .document(conversation: false)) -> FixedText {
            FixedText(text, kind, environment).allFixed(kind, environment)
        }
        let plural = fixed("Only {event.days, plural, =0 {no days} one {# day} other {# days}} left.")
        #expect(
            plural.source == """
                .input {$event.days :integer}
                .match $event.days
                0 {{Only no days left.}}
                one {{Only {$event.days} day left.}}
                * {{Only {$event.days} days left.}}
                """)
        #expect(plural.diagnostics.isEmpty)
        let select = fixed("{plan, select, free {Try it} premium {Enjoy it} other {Hello}}!")
        #expect(
            select.source
                == ".input {$user.plan :string}\n.match $user.plan\nfree {{Try it!}}\npremium {{Enjoy it!}}\n* {{Hello!}}"
        )
        #expect(select.diagnostics.isEmpty)
        let ordinal = fixed(
            "The {days, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} day", .plain)
        #expect(
            ordinal.source.hasPrefix(".input {$event.days :integer select=ordinal} .match $event.days one {{The {$"))
        #expect(ordinal.diagnostics.isEmpty)
        let blocks = fixed("# News\n\n{days, plural, one {A day} other {# days}} left.\n\nBye.")
        #expect(
            blocks.source.contains(
                "one {{\n# News\n\nA day left.\n\nBye.\n}}\n* {{\n# News\n\n{$event.days} days left."))
        #expect(blocks.diagnostics.isEmpty)
        // What cannot be told is left to the author.
        for text in [
            "{days, plural, one {{x} y} other {z}}", "{days, plural, one {x}}", "{plan, plural, one {x} other {y}}",
            "{nothing, plural, one {x} other {y}}", "{days, plural, offset:1 one {x} other {y}}",
            // A key that the variable never is would lose its text.
            "{days, plural, one {x} few {y} other {z}}", "{plan, select, male {He} female {She} other {They}}",
            "{plan, select, free {a} other {b}} {days, plural, one {c} other {d}} {user.days, plural, one {e} other {f}}",
        ] {
            let found = FixedText(text, .document(conversation: false), environment).diagnostics
            #expect(found.contains { $0.severity == .error }, "\(text)")
            #expect(found.allSatisfy { $0.fixIts.isEmpty }, "\(text)")
        }
    }

    @Test func severalArgumentsOfICUBecomeOneMatch() throws {
        let environment = try environment()
        func fixed(_ text: String) -> FixedText {
            FixedText(text, .document(conversation: false), environment).allFixed(
                .document(conversation: false), environment)
        }
        let both = fixed(
            "{plan, select, free {Try} other {Get}} {days, plural, one {# day} other {# days}} of {price}.")
        #expect(
            both.source == """
                .input {$user.plan :string}
                .input {$event.days :integer}
                .match $user.plan $event.days
                free one {{Try {$event.days} day of {$event.price}.}}
                free * {{Try {$event.days} days of {$event.price}.}}
                * one {{Get {$event.days} day of {$event.price}.}}
                * * {{Get {$event.days} days of {$event.price}.}}
                """)
        #expect(both.diagnostics.isEmpty)
        let same = fixed("{days, plural, one {# day} other {# days}}, {days, plural, =0 {none} one {it} other {them}}")
        #expect(
            same.source == """
                .input {$event.days :integer}
                .match $event.days
                one {{{$event.days} day, it}}
                0 {{{$event.days} days, none}}
                * {{{$event.days} days, them}}
                """)
        #expect(same.diagnostics.isEmpty)
        // English has no `zero`: it is the number.
        let zero = fixed("{days, plural, zero {none} one {# day} other {# days}}")
        #expect(zero.source.contains("\n0 {{none}}\n"))
        #expect(zero.diagnostics.isEmpty)
    }

    @Test(
        arguments: [
            ("Hello %s, %d of %1$s and %@ or %.2f, %02d, %ld", 7), ("{% if user.plan == \"free\" %}Try{% endif %}", 2),
            ("{{#if user}}Hi{{/if}}", 2), ("It is {{ states('sensor.x') }}", 1), ("Hi [[Nobody Knows]]", 1),
            ("Hi *|NOBODY|*", 1), ("<% if x %>Hi<% end %>", 2), ("Hi %NOBODY%", 1), ("Order {0} of {1}", 2),
            // The sign may be a currency's.
            ("You save ${{event.price}}", 1), ("You save ${price}", 1),
        ] as [(String, Int)])
    func isFoundWithoutAFix(_ text: String, _ count: Int) throws {
        let environment = try environment()
        for kind in Self.kinds {
            let found = FixedText(text, kind, environment).diagnostics
            #expect(found.count == count, "\(text): \(found.map(\.message))")
            #expect(found.allSatisfy { $0.id == "text/foreign-placeholder" || $0.id == "text/unmarked-variable" })
            let isShownAlone = { (fix: FixIt) in fix.applicability == .displayOnly }
            #expect(found.allSatisfy { $0.fixIts.allSatisfy(isShownAlone) && !$0.notes.isEmpty })
        }
    }

    @Test(arguments: [
        "50% sale", "100 % sure", "Save 20%, today", "100%s", "5%d", "50%OFF%", "It is 10:30:00", "a::b::c", "at 9:30:",
        ":) :-) ;) :D :P :/ :tada", "Note: this: that", "https://www.example.com/a:tada:b", "C:\\temp",
        "5 * 3 * 2", "(a) [b] {|c|}", "1:100:1", "12:00:", "x :a y: z", "$5 or US$10", "$", "100 %", "%",
        "if (a < b && c > d) return;", "a[i][j] = m[[1, 2]];", "std::vector::size", "[[1]](https://www.example.com)",
        "{|%s|} {|:tada:|} {|$event.days|}", "`%s :tada: *|X|* [[x]]`", "\\{\\{user.first_name\\}\\}", "100 %.",
        "10 %s", "It is 5 %d", "{{Hello}}", "{$event.days}% off", "{{You have {$event.days} days.}} Thank you!",
        "{{Thank you}} all", "~50%", "*50%*", "${$event.price}", "${$event.days}", "\\${$user.plan}", "`${$user.plan}`",
        "[plan]", "[first_name](https://www.example.com)", "(plan)", "((x))", "$(x)", "<https://www.example.com>",
        "#1 #2",
        "{{Plan is {$event.days}}}", "{{{$event.days}}}", "\\{{$event.days}\\}",
        "[a](https://www.example.com/%C3%A9)", "<https://www.example.com/a?b=%d>",
    ])
    func isNoFalseAlarm(_ text: String) throws {
        let found = FixedText(text, .document(conversation: false), try environment()).diagnostics
            .filter {
                $0.id == "text/foreign-placeholder" || $0.id == "text/shortcode" || $0.id == "text/unmarked-variable"
            }
        if text == "10 %s" || text == "It is 5 %d" {
            #expect(found.count == 1)
        } else {
            #expect(found.map(\.message) == [], "\(text)")
        }
    }

    @Test func aNameThatNoEmojiHasIsSaid() throws {
        let found = FixedText("Hi :party_parrot:, bye", .plain, try environment()).diagnostics
        #expect(found.map(\.message) == ["no emoji is named `:party_parrot:`, and readers see the letters"])
        #expect(found.allSatisfy { $0.fixIts.isEmpty })
    }

    /// A `}` alone is one that readers see after the fix, and may be half of something else: only behind a `\{` it is certain.
    @Test(arguments: [
        ("Sizes S to XL}", FixIt.Applicability.unsafe, "Sizes S to XL\\}"),
        ("The set \\{1, 2}", .safe, "The set \\{1, 2\\}"), ("\\{{$event.days}}", .safe, "\\{{$event.days}\\}"),
    ])
    func aBraceAloneIsEscaped(_ text: String, _ applicability: FixIt.Applicability, _ wanted: String) throws {
        let environment = try environment()
        let first = FixedText(text, .plain, environment)
        #expect(first.diagnostics.flatMap(\.fixIts).map(\.applicability) == [applicability])
        #expect(first.allFixed(.plain, environment).source == wanted)
    }

    @Test func aListIsNoValueToShow() throws {
        let found = FixedText("Hi {{user.tags}} {tags}", .plain, try environment()).diagnostics
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.fixIts.allSatisfy { $0.applicability == .displayOnly } })
    }

    @Test(arguments: [
        ("`${HOME}` and `{folder}`", "`$\\{HOME\\}` and `\\{folder\\}`"),
        ("`{\"log\": {\"a\": 1}}`", "`\\{\"log\": \\{\"a\": 1\\}\\}`"), ("`{{ x }}`", "`\\{\\{ x \\}\\}`"),
        (
            "```\ncd {folder}\nexport X=${HOME}/{a,b} {$event.days}\n```",
            "```\ncd \\{folder\\}\nexport X=$\\{HOME\\}/\\{a,b\\} {$event.days}\n```"
        ),
        ("`if (x) {` and `}`", "`if (x) \\{` and `\\}`"), ("`%{http_code}` `#{x}`", "`%\\{http_code\\}` `#\\{x\\}`"),
        ("`{% if x %}`", "`\\{% if x %\\}`"), ("`{n, plural, other {x}}`", "`\\{n, plural, other \\{x\\}\\}`"),
    ])
    func codeKeepsItsBraces(_ text: String, _ wanted: String) throws {
        let environment = try environment()
        let kind = TextKind.document(conversation: false)
        let first = FixedText(text, kind, environment)
        #expect(!first.diagnostics.isEmpty)
        let fixed = first.allFixed(kind, environment)
        #expect(fixed.source == wanted)
        #expect(fixed.diagnostics.isEmpty, "\(fixed.diagnostics.map(\.message))")
        guard !wanted.contains("$event") else { return }
        // The reader copies what the author wrote.
        let code = text.filter { $0 != "`" && $0 != "\n" }
        let shown = fixed.shown.replacing("\\\"", with: "\"").replacing("\\n", with: "")
        #expect(shown == "\"\(code)\"")
    }

    @Test func thePlaceOfAFallbackIsPartOfTheFix() throws {
        var environment = try environment()
        environment.variables["user.city"] = TextVariable(type: .string, isGuaranteed: false)
        environment.fallbackPlace = FallbackPlace(
            file: "a.md", offset: 9, before: "variables: {", after: "}\n", names: ["user.zip"])
        let text = "In {{ city | default: 'it''s here' }}"
        let fix = FixedText(text, .plain, environment).diagnostics.first?.fixIts.first
        #expect(fix?.edits.count == 2)
        #expect(fix?.edits.last == Edit(file: "a.md", Span(at: 9), "variables: {user.city: {fallback: 'it'}}\n"))
        // Words that nobody wrote are the author's to write; an empty text would be none.
        for text in [
            "In {{ city }}", "In {{ city | default: '' }}", "In {city}", "In $user.city", "In $user.city} now",
        ] {
            let found = FixedText(text, .plain, environment).diagnostics
            #expect(found.flatMap(\.fixIts).map(\.edits.count) == [1], "\(text)")
            let note =
                "it may have no value, and what is shown then is yours to write: `variables: {user.city: {fallback: …}}`"
            #expect(found.first?.notes.contains(note) == true, "\(text)")
        }
        // One that has a value, or a fallback already, needs none.
        #expect(
            FixedText("{plan} {first_name}", .plain, environment).diagnostics.allSatisfy {
                $0.fixIts[0].edits.count == 1
            })
    }
}
