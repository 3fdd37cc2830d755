import CanonicalJSON

/// `preview.json`: every page with the states that its fragment can name, for tools that take screenshots.
struct ViewList {
    let input: PreviewInput

    func bytes() -> [UInt8] {
        let messages = input.messages.map { message in
            JSONValue.object([
                "id": .string(message.id), "path": .string("m/\(message.id).html"),
                "variants": .array(variants(message).map { .string($0) }),
            ])
        }
        let value = JSONValue.object([
            "schema": .string("placard/preview/1"),
            "locales": .array(input.locales.map { .string($0.tag) }),
            "themes": .array([.string("light"), .string("dark")]),
            "messages": .array(messages),
        ])
        return value.canonicalBytes
    }

    private func variants(_ message: PreviewMessage) -> [String] {
        var names: [String] = []
        for localization in message.localizations {
            for card in localization.cards where !card.variant.isEmpty && !names.contains(card.variant) {
                names.append(card.variant)
            }
        }
        return names
    }
}
