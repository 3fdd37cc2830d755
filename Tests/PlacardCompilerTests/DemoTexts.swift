import CanonicalJSON
import Foundation
import MessageFormat
import PlacardBundle
import PlacardCompiler
import PlacardEngine
import Testing
import UnicodeLocale

/// The bundle of a project, the demo's unless another is named, read as an app reads it: every message can be drawn in every
/// language with any values.
struct DemoTexts {
    let project: ProjectDefinition
    let catalog: Catalog
    /// The locale files, in the order of the project's locales.
    let locales: [LocaleFile]
    /// What a phone shows of a notification where no value is known, by message and locale: `order-ready/fr`.
    let alerts: [String: JSONValue]
    private let platform: EnginePlatform

    init() throws {
        try self.init(compile(try loadProject(at: repository.path)))
    }

    init(_ compilation: Compilation) throws {
        let bundle = emitBundle(compilation)
        var bytes: [String: [UInt8]] = [:]
        for target in bundle.targets { bytes[target.path] = target.bytes }
        func read(_ path: String) throws -> JSONValue { try JSONValue(parsing: #require(bytes[path])) }
        project = compilation.project
        var alerts: [String: JSONValue] = [:]
        for file in emitPush(compilation) where file.path.hasSuffix(".apns.json") {
            let payload = try JSONValue(parsing: file.bytes)
            alerts[String(file.path.dropLast(".apns.json".count))] = payload["aps"]?["alert"]
        }
        self.alerts = alerts
        catalog = try Catalog(json: read(bundle.manifest.catalog.path))
        locales = try compilation.locales.map { locale in
            try LocaleFile(json: read(#require(bundle.manifest.locales[locale]).target.path))
        }
        platform = try ProjectEngine(bundle).engine.platform
    }

    /// One set of values: by variable, as `event.items`.
    typealias Values = [String: JSONValue]

    /// The first example of each variable that a message can read, else its default or its first declared value.
    func examples(for message: CatalogMessage) -> Values {
        var values: Values = [:]
        func add(_ group: String, _ attributes: DeclaredList<AttributeDefinition>) {
            for attribute in attributes {
                let first: JSONValue? = attribute.values.first.map { .string($0) }
                let version: JSONValue? = attribute.type == .version ? "3.4.0" : nil
                values[group + "." + attribute.name] =
                    attribute.examples.first ?? attribute.defaultValue ?? first ?? version
            }
        }
        for group in project.context { add(group.name, group.attributes) }
        add("event", event(message)?.properties ?? [])
        return values
    }

    /// The values that a variable can have, when it is declared with a list.
    func declaredValues(of variable: String, in message: CatalogMessage) -> [String] {
        for group in project.context {
            for attribute in group.attributes where group.name + "." + attribute.name == variable {
                return attribute.values
            }
        }
        return event(message)?.properties.first { "event." + $0.name == variable }?.values ?? []
    }

    private func event(_ message: CatalogMessage) -> EventDefinition? {
        project.events.first { $0.name == message.trigger.event }
    }

    /// The message as a client draws it, whoever it is meant for and whenever; nil when it cannot be drawn.
    ///
    /// - Parameter variant: the experiment's variant that is drawn, if any.
    func draw(_ message: CatalogMessage, _ variant: String?, _ values: Values, in texts: LocaleFile) -> RenderedMessage?
    {
        var message = message
        message.audience = nil
        message.trigger = Trigger(event: message.trigger.event)
        message.schedule = nil
        message.frequency = []
        message.group = nil
        message.rollout = nil
        message.experiment = variant.map { id in
            let found = message.experiment?.variants.first { $0.id == id }
            return Experiment(variants: [
                ExperimentVariant(id: id, weight: 1, fields: found?.fields ?? [:], actions: found?.actions)
            ])
        }
        let engine = Engine(
            Catalog(context: catalog.context, events: catalog.events, links: catalog.links, messages: [message]),
            platform: platform)
        let decision = engine.decide(
            DecisionRequest(
                event: engine.event(message.trigger.event, object(values, "event")),
                context: engine.context(
                    .object(JSONObject(project.context.map { .init(key: $0.name, value: object(values, $0.name)) }))),
                unit: "reader", now: Instant(milliseconds: 0)),
            texts: LocaleTexts(texts))
        return decision.shown?.content
    }

    private func object(_ values: Values, _ group: String) -> JSONValue {
        var object = JSONObject()
        for (name, value) in values where name.hasPrefix(group + ".") {
            object[String(name.dropFirst(group.count + 1))] = value
        }
        return .object(object)
    }
}

extension LocalizedContent {
    /// Every text in it.
    var texts: [BundleText] {
        var texts: [BundleText] = []
        for field in fields {
            switch field.value {
            case .text(let text), .image(let text): texts.append(text)
            case .body(let body): texts += [body.text].compactMap { $0 }
            case .list(let items): texts += items.map(\.text)
            }
        }
        texts += actions.map(\.value)
        for step in steps ?? [] {
            texts += [step.title] + [step.body.text].compactMap { $0 } + step.choices.map(\.label)
        }
        if let push { texts += [push.title].compactMap { $0 } + [push.body] }
        return texts
    }
}

extension BundleText {
    /// The text as a message; nil when it has no placeholder.
    var message: Message? {
        guard case .message(let json) = self else { return nil }
        return try? Message(json: json)
    }
}
