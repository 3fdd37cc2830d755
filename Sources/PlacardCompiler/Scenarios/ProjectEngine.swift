import CanonicalJSON
import FoundationFormatting
import MessageFormat
import PlacardBundle
import PlacardEngine
import UnicodeLocale

#if canImport(FoundationInternationalization)
    import FoundationEssentials
    import FoundationInternationalization
#else
    import Foundation
#endif

/// The engine over a compiled project: what a client of its bundle would decide.
package struct ProjectEngine: Sendable {
    package let engine: Engine
    private let manifest: Manifest
    private let locales: LocaleLookup
    private let files: [String: LocaleTexts]

    /// Prepares the engine from the very bytes that clients read.
    ///
    /// - Throws: ``BundleError`` if the bundle cannot be read back, which would be a defect of this package.
    package init(_ bundle: Bundle) throws {
        manifest = bundle.manifest
        locales = bundle.manifest.localeLookup
        var bytes: [String: [UInt8]] = [:]
        for target in bundle.targets { bytes[target.path] = target.bytes }
        let catalog = try Catalog(json: JSONValue(parsing: bytes[manifest.catalog.path] ?? []))
        engine = Engine(
            catalog, platform: EnginePlatform(timeZones: .foundation, formatting: .foundation))
        var files: [String: LocaleTexts] = [:]
        for entry in manifest.locales {
            let json = try JSONValue(parsing: bytes[entry.value.target.path] ?? [])
            files[entry.name] = LocaleTexts(try LocaleFile(json: json))
        }
        self.files = files
    }

    /// The texts of the source locale.
    var sourceTexts: LocaleTexts { texts(of: manifest.source) }

    /// What comes of a scenario, with the reason of every message.
    package func explain(_ scenario: Scenario) -> Decision {
        let choice = choice(scenario)
        return engine.explain(request(scenario, choice), texts: texts(of: choice.locale))
    }

    /// The locale whose texts a scenario's user reads.
    package func locale(of scenario: Scenario) -> String {
        choice(scenario).locale
    }

    private func choice(_ scenario: Scenario) -> LocaleChoice {
        choice(for: scenario.locale.map { [$0] } ?? [])
    }

    /// What a reader of these languages gets, most wanted first.
    func choice(for languages: [String]) -> LocaleChoice { locales.choice(for: languages) }

    /// The texts of one locale of the bundle.
    func texts(of locale: String) -> LocaleTexts {
        files[locale] ?? LocaleTexts(LocaleFile(locale: locale, messages: [:]))
    }

    private func request(_ scenario: Scenario, _ choice: LocaleChoice) -> DecisionRequest {
        var history = History()
        for impression in scenario.history {
            let message = impression.message.value
            history.recordImpression(of: message, at: Instant(milliseconds: impression.shown))
            if let dismissed = impression.dismissed {
                history.recordDismissal(of: message, at: Instant(milliseconds: dismissed))
            }
        }
        return DecisionRequest(
            event: engine.event(scenario.event.value, .object(scenario.properties)),
            context: engine.context(.object(scenario.context)), unit: scenario.unit,
            now: Instant(milliseconds: scenario.now),
            timeZone: scenario.timezone, history: history,
            sessionStart: scenario.session.map { Instant(milliseconds: $0) }, languages: choice.languages)
    }
}

extension TimeZones {
    /// The IANA database of the system, through Foundation.
    package static let foundation = TimeZones { zone, seconds in
        TimeZone(identifier: zone).map {
            Int64($0.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
        }
    }
}
