import CEL
import CanonicalJSON
import PlacardBundle
import PlacardEngine

/// Cases that a client in any language is held to (Documentation/Protocol.md, section 12), as this engine answers them.
package struct ProtocolVectors: Sendable {
    /// What `schema` of the document says.
    package static let schema = "placard/vectors/1"

    /// The bundle that the cases are about.
    package let bundle: Bundle
    /// The cases; the same project gives the same document.
    package let json: JSONValue
    /// How many decisions are among them.
    package let decisionCount: Int

    /// - Parameter compilation: a project without errors.
    /// - Throws: ``BundleError`` if the bundle cannot be read back, which would be a defect of this package.
    package init(_ compilation: Compilation) throws {
        bundle = emitBundle(compilation)
        let engine = try ProjectEngine(bundle)
        let decisions = decisionVectors(compilation, engine, locales: bundle.manifest.localeLookup)
        decisionCount = decisions.count
        json = [
            "schema": .string(ProtocolVectors.schema),
            "draws": .array(drawVectors(compilation.messages.map(\.definition.id))),
            "locales": .array(localeVectors(bundle.manifest)),
            "times": .array(timeVectors()),
            "versions": .array(versionVectors()),
            "links": .array(linkVectors(engine.engine.catalog.links)),
            "patches": .array(patchVectors(bundle)),
            "decisions": .array(decisions),
        ]
    }
}

/// `purpose`, `message` and `unit` to `hash` and the bucket of 10,000.
private func drawVectors(_ messages: [String]) -> [JSONValue] {
    let units = ["", "1", "user-1", "user-2", "rider-17", "ünï-çødé-🎉", String(repeating: "long", count: 40)]
    return messages.prefix(20).flatMap { message in
        DrawPurpose.allCases.flatMap { purpose in
            units.map { unit -> JSONValue in
                let draw = Draw(purpose, message: message, unit: unit)
                return [
                    "purpose": .string(purpose.rawValue), "message": .string(message), "unit": .string(unit),
                    "hash": .number(Double(draw.hash)), "bucket": .number(Double(draw.bucket(of: Draw.shareScale))),
                ]
            }
        }
    }
}

/// `languages` to `locale` and the reader's own languages.
private func localeVectors(_ manifest: Manifest) -> [JSONValue] {
    let lookup = manifest.localeLookup
    let others = [
        "af", "ar-EG", "az-Arab", "be", "bs", "ca", "da", "de-AT", "de-CH", "el", "en-AU", "en-GB", "en-IN",
        "en-US-u-hc-h23",
        "es", "es-419", "es-ES", "es-MX", "et", "eu", "fa", "fi", "fil", "fr-CA", "fr-CH", "gl", "gsw", "he", "hi",
        "hr", "id",
        "in", "is", "it", "iw", "ja-JP", "ko", "ms", "nb", "nn", "no", "nl-BE", "pl-PL", "pt", "pt-AO", "pt-BR",
        "pt-PT", "ro",
        "ru", "sh", "sr", "sr-Latn", "sr-Latn-ME", "sv", "th", "tl", "tr", "uk-UA", "ur", "vi", "x-private", "yi", "zh",
        "zh-CN", "zh-Hant", "zh-HK", "zh-TW", "zz", "not a tag", "",
    ]
    let lists =
        [[]] + (manifest.locales.names + others).map { [$0] }
        + [
            ["xx", "de"], ["not a tag", "fr-CA"], ["nn", "da", "en-GB"], ["gsw", "ja"], ["pt-PT", "fr"],
            ["ko", "zh", "ja"],
        ]
    return lists.map { languages in
        let choice = lookup.choice(for: languages)
        return ["languages": strings(languages), "locale": .string(choice.locale), "own": strings(choice.languages)]
    }
}

/// `zone` and `civil` to the `moment` that stands for it as a boundary.
private func timeVectors() -> [JSONValue] {
    let cases = [
        ("UTC", "2026-12-01T09:00:00"), ("Europe/Paris", "2026-03-29T01:59:59"),
        ("Europe/Paris", "2026-03-29T02:00:00"),
        ("Europe/Paris", "2026-03-29T02:30:00"), ("Europe/Paris", "2026-03-29T03:00:00"),
        ("Europe/Paris", "2026-10-25T02:30:00"), ("Europe/Paris", "2026-10-25T03:00:00"),
        ("America/New_York", "2026-03-08T02:15:00"), ("America/New_York", "2026-11-01T01:15:00"),
        ("Australia/Lord_Howe", "2026-04-05T01:45:00"), ("Australia/Lord_Howe", "2026-10-04T02:15:00"),
        ("America/Sao_Paulo", "2018-11-04T00:00:00"), ("Pacific/Apia", "2011-12-30T12:00:00"),
        ("Asia/Kolkata", "2026-12-24T18:00:00"), ("Asia/Kathmandu", "2026-01-01T00:00:00"),
        ("Pacific/Kiritimati", "2026-12-31T23:59:59"), ("Africa/Monrovia", "1971-06-01T00:00:00"),
        ("America/Anchorage", "2026-02-28T23:59:59"), ("Nowhere/Land", "2026-12-01T09:00:00"),
    ]
    return cases.compactMap { zone, civil -> JSONValue? in
        guard case .civil(let time)? = ScheduleTime(civil) else { return nil }
        let moment = TimeZones.foundation.resolve(time, in: zone)?.boundary
        return [
            "zone": .string(zone), "civil": .string(civil), "moment": moment.map { .number(Double($0)) } ?? .null,
        ]
    }
}

/// `text`, as an app reports it, to the version without its build metadata.
private func versionVectors() -> [JSONValue] {
    let texts = [
        "3.4.0", "3.4", "3", "v3.4.0", "V3.4", " 3.4.0 ", "3.4.0.981", "3.4.0 (981)", "3.4.0-beta.2",
        "3.4.0-beta.2+build.7",
        "03.04.00", "3.4-beta", "3.4.0-", "3.4.x", "", "v", "-1.0.0", "3..0", "3.4.0+", "3.4.0 beta",
        "18446744073709551615.0.0",
        "18446744073709551616.0.0", "3.4.0-01", "3.4.0-rc.1.11", "1.0.0+a.b-c", "10.15.7", "２.0.0",
    ]
    return texts.map { text in
        let version = SemanticVersion(reported: text)?.text.split(separator: "+", maxSplits: 1).first
        return ["text": .string(text), "version": version.map { .string(String($0)) } ?? .null]
    }
}

/// `url` to whether the rules of the bundle allow it.
private func linkVectors(_ rules: LinkRules) -> [JSONValue] {
    let hosts = rules.hosts.map { $0.hasPrefix("*.") ? "shop" + $0.dropFirst() : $0 } + ["example.com", "evil.example"]
    var urls = [
        "", "x", "https:", "https:/example.com", "https://", "//example.com/", "javascript:alert(1)", "JavaScript:x",
    ]
    urls += ["data:text/html,x", "file:///etc/passwd", "intent://x#Intent;end", "mailto:a@b.example", "tel:+33123"]
    for scheme in rules.schemes + ["https", "ftp"] {
        for host in hosts.prefix(4) {
            urls += [
                "\(scheme)://\(host)/a?b=c#d", "\(scheme)://\(host):443/", "\(scheme)://u@\(host)/",
                "\(scheme)://\(host)",
            ]
        }
    }
    for host in hosts.prefix(2) {
        urls += [
            "https://\(host):65535/", "https://\(host):65536/", "https://\(host):0/", "https://\(host):/",
            "https://\(host):x/",
            "https://.\(host)/", "https://\(host)/a b", "https://\(host)\\@evil.example/", "https://\(host)/\"",
            "https://é.example/",
            "https://[::1]/", "https://%65xample.com/", "HTTPS://\(host)/",
        ]
    }
    var seen: Set<String> = []
    return urls.filter { seen.insert($0).inserted }.map { ["url": .string($0), "allowed": .bool(rules.allows($0))] }
}

func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
