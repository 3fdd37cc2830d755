import ByteText
import CanonicalJSON

/// `preview.json`: every page with the states that its fragment can name and that of its translation to each locale, for
/// tools that take screenshots or count.
struct ViewList {
    let site: PreviewSite

    /// Canonical JSON (RFC 8785): members in the order of their names.
    func bytes() -> [UInt8] {
        var json = ByteBuffer(capacity: 256 + site.summaries.count * 96)
        json.append(html: "{")
        if site.input.changes != nil { json.append(html: "\"changes\":\"changes.html\",") }
        json.append(html: "\"locales\":")
        list(site.input.locales, into: &json) { appendCanonical(string: $0.tag, to: &$1) }
        json.append(html: ",\"messages\":")
        list(site.summaries, into: &json) { message, json in
            json.append(html: "{")
            if let change = site.changes[message.id] {
                json.append(html: "\"change\":")
                appendCanonical(string: change.kind.rawValue, to: &json)
                json.append(0x2C)
            }
            json.append(html: "\"id\":")
            appendCanonical(string: message.id, to: &json)
            json.append(html: ",\"path\":")
            appendCanonical(string: "m/\(message.id).html", to: &json)
            json.append(html: ",\"translations\":")
            list(message.statuses, into: &json) { status, json in
                json.append(0x22)
                json.append(html: status.state)
                json.append(0x22)
            }
            json.append(html: ",\"variants\":")
            list(message.variants, into: &json) { appendCanonical(string: $0, to: &$1) }
            json.append(html: "}")
        }
        json.append(html: ",\"schema\":\"placard/preview/1\",\"themes\":[\"light\",\"dark\"]}")
        return json.bytes
    }

    private func list<Element>(
        _ elements: [Element], into json: inout ByteBuffer, _ element: (Element, inout ByteBuffer) -> Void
    ) {
        json.append(0x5B)
        for index in elements.indices {
            if index > 0 { json.append(0x2C) }
            element(elements[index], &json)
        }
        json.append(0x5D)
    }
}
