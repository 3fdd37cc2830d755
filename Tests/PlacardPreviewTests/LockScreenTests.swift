import Testing

@testable import PlacardPreview

/// The same input with a notification in every message; those of the last template are nothing else.
func withNotifications(_ input: PreviewInput, _ text: String) -> PreviewInput {
    var input = input
    input.templates[input.templates.count - 1].surface = "push"
    for message in input.messages.indices {
        for localization in input.messages[message].localizations.indices {
            for card in input.messages[message].localizations[localization].cards.indices {
                input.messages[message].localizations[localization].cards[card].push = PreviewPush(
                    title: text, body: text)
            }
        }
    }
    return input
}

@Suite struct LockScreenTests {
    private func page(_ input: PreviewInput, _ index: Int = 0) -> String {
        String(decoding: PreviewSite(input).messagePage(index).bytes, as: UTF8.self)
    }

    private func screens(_ html: String) -> [(classes: String, content: String)] {
        html.matches(of: #/<figure class="screen ([^"]*)"[^>]*>(.*?)</figure>/#.dotMatchesNewlines()).map {
            (String($0.output.1), String($0.output.2))
        }
    }

    @Test func aNotificationStandsBesideItsMessage() {
        let drawn = screens(page(withNotifications(sampleInput(messages: 1, locales: 1), "Ready & <b>")))
        #expect(drawn.map(\.classes) == ["s-banner auto", "s-push auto"])
        let lock = drawn[1].content
        #expect(lock.contains("<p class=\"title\">Ready &amp; &lt;b&gt;</p>"))
        #expect(lock.contains("note ios") && lock.contains("note android"))
        #expect(lock.ranges(of: "<p class=\"text\">Ready &amp; &lt;b&gt;</p>").count == 2)
    }

    @Test func aMessageThatIsNothingElseIsDrawnAsANotification() {
        let html = page(withNotifications(sampleInput(messages: 8, locales: 1), "Ready"), 7)
        #expect(screens(html).map(\.classes) == ["s-push auto"])
        #expect(!html.contains("On the lock screen"))
    }

    @Test func anAndroidNotificationSaysWhoseItIs() {
        var input = withNotifications(sampleInput(messages: 1, locales: 1), "Ready")
        input.title = "Coffee & Co"
        #expect(page(input).ranges(of: "<span class=\"app\" lang=\"en\">Coffee &amp; Co</span>").count == 1)
    }

    @Test func aLockScreenRunsInItsLanguage() {
        let html = page(withNotifications(sampleInput(messages: 1, locales: 5), "Ready"))
        #expect(screens(html).contains { $0.classes == "s-push rtl auto" })
        #expect(html.contains("<div class=\"lock\" dir=\"rtl\">"))
        #expect(html.contains("<div class=\"note ios\" lang=\"ar\">"))
    }

    @Test func aVariantThatNotifiesOtherwiseIsDrawn() {
        var input = withNotifications(sampleInput(messages: 1, locales: 1), "Ready")
        var urgent = sampleCard("Ready", variant: "urgent")
        urgent.push = PreviewPush(title: "Ready", body: "Hurry")
        var same = sampleCard("Ready", variant: "calm")
        same.push = PreviewPush(title: "Ready", body: "Ready")
        input.messages[0].localizations[0].cards += [urgent, same]
        let drawn = screens(page(input))
        // The message's own comes first; the variant without another one has none.
        #expect(
            drawn.filter { $0.classes == "s-push auto" }.map { $0.content.contains("Hurry") } == [false, true])
    }

    @Test func whatAPhoneShowsWithoutValuesStandsBelow() {
        var input = withNotifications(sampleInput(messages: 1, locales: 1), "Ready")
        #expect(!page(input).contains("without values"))
        input.messages[0].localizations[0].cards[0].push = PreviewPush(
            title: "Hi Zoë", body: "Code A-1", unfilledTitle: "Hi", unfilledBody: "<Come>")
        let lock = screens(page(input)).filter { $0.classes == "s-push auto" }.map(\.content).first ?? ""
        #expect(
            lock.matches(of: #/<p class="os" lang="en">([^<]*)</#).map { String($0.output.1) }
                == ["iOS", "Android", "iOS, without values", "Android, without values"])
        #expect(
            lock.matches(of: #/<p class="title">([^<]*)</#).map { String($0.output.1) } == [
                "Hi Zoë", "Hi Zoë", "Hi", "Hi",
            ])
        #expect(lock.ranges(of: "<p class=\"text\">&lt;Come&gt;</p>").count == 2)
    }

    @Test func whatAPhoneShowsWithoutValuesStandsOnceForAllVariants() {
        var input = withNotifications(sampleInput(messages: 1, locales: 1), "Ready")
        func push(_ body: String, unfilled: String = "Soon") -> PreviewPush {
            PreviewPush(title: "Ready", body: body, unfilledBody: unfilled)
        }
        input.messages[0].localizations[0].cards[0].push = push("In 2 minutes")
        var one = sampleCard("Ready", variant: "one")
        one.push = push("In 1 minute")
        var urgent = sampleCard("Ready", variant: "urgent")
        urgent.push = push("Hurry", unfilled: "Now")
        input.messages[0].localizations[0].cards += [one, urgent]
        let drawn = screens(page(input)).filter { $0.classes == "s-push auto" }.map(\.content)
        #expect(drawn.map { $0.contains("In 1 minute") } == [false, true, false])
        #expect(drawn.map { $0.contains("without values") } == [true, false, true])
    }

    @Test func aMessageWithoutOneHasNoLockScreen() {
        let html = page(sampleInput(messages: 1, locales: 2))
        #expect(!html.contains("class=\"lock\""))
        #expect(!html.contains("On the lock screen"))
    }
}
