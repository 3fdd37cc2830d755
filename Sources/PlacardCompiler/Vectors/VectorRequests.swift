import CanonicalJSON
import PlacardBundle
import PlacardEngine

/// Requests about one message, each of which asks at the edge of one gate.
struct VectorRequests {
    private let base: VectorRequest
    private let message: CatalogMessage
    private let catalog: Catalog
    private let locales: [String]

    /// - Parameter base: a request of a user of the audience.
    init(_ base: VectorRequest, _ message: CatalogMessage, _ catalog: Catalog, locales: [String]) {
        self.base = base
        self.message = message
        self.catalog = catalog
        self.locales = locales
    }

    var all: [VectorRequest] {
        [base] + absent + languages + schedule + units + history + frequency + group + screen
    }

    /// Each attribute that the user has in turn without a value, and with one of another type.
    private var absent: [VectorRequest] {
        var requests: [VectorRequest] = []
        for group in base.context.object?.members ?? [] {
            for attribute in group.value.object?.members ?? [] {
                let name = group.key + "." + attribute.key
                func with(_ value: JSONValue?, _ what: String) -> VectorRequest {
                    base.changed("\(name) \(what)") { request in
                        var context = request.context.object ?? [:]
                        var attributes = group.value.object ?? [:]
                        attributes[attribute.key] = value
                        context[group.key] = .object(attributes)
                        request.context = .object(context)
                    }
                }
                requests += [with(nil, "absent"), with([:], "of another type")]
            }
        }
        for property in base.properties.object?.members ?? [] {
            requests.append(
                base.changed("event.\(property.key) absent") { request in
                    var properties = request.properties.object ?? [:]
                    properties[property.key] = nil
                    request.properties = .object(properties)
                })
        }
        return requests + [base.changed("another event") { $0.event = "no such event" }]
    }

    private var languages: [VectorRequest] {
        (locales + ["no", "es-MX", "zh-TW", "de-CH", "xx"]).map { language in
            base.changed("reads \(language)") { $0.languages = [language] }
        }
    }

    /// A millisecond before and at each edge of the schedule, in two zones, and a week of days and hours.
    private var schedule: [VectorRequest] {
        guard let schedule = message.schedule else { return [] }
        var requests: [VectorRequest] = []
        let delay = message.trigger.delay ?? 0
        for zone in ["Europe/Paris", "Pacific/Auckland"] {
            let clock = { (local: String) in if case .named(let name) = schedule.timezone { name } else { local } }(
                zone)
            func at(_ instant: Instant, _ what: String) -> VectorRequest {
                base.changed("\(what) in \(zone)") { request in
                    request.now = instant.adding(milliseconds: -delay)
                    request.timezone = zone
                }
            }
            for (edge, name) in [(schedule.start, "start"), (schedule.end, "end")] {
                guard let moment = edge.flatMap({ moment($0, clock) }) else { continue }
                requests += [
                    at(moment.adding(milliseconds: -1), "before the \(name)"), at(moment, "at the \(name)"),
                ]
            }
            guard schedule.hours != nil || !schedule.days.isEmpty else { continue }
            let midnight = base.now.seconds - (base.now.seconds % 86_400 + 86_400) % 86_400
            var minutes: [Int64] = [12 * 60]
            if let hours = schedule.hours { minutes = [hours.start - 1, hours.start, hours.end - 1, hours.end] }
            for day in 0..<(schedule.days.isEmpty ? 2 : 7) {
                for minute in minutes {
                    let seconds = midnight + Int64(day) * 86_400 + minute * 60
                    let civil = LocalDateTime(secondsSinceEpoch: seconds)
                    guard let moment = moment(.civil(civil), clock) else { continue }
                    requests.append(at(moment, "at \(civil.description)"))
                }
            }
        }
        return requests + [base.changed("in an unknown zone") { $0.timezone = "Nowhere/Land" }]
    }

    private func moment(_ time: ScheduleTime, _ zone: String) -> Instant? {
        switch time {
        case .instant(let seconds): Instant(seconds: seconds)
        case .civil(let civil): TimeZones.foundation.resolve(civil, in: zone).map { Instant(seconds: $0.boundary) }
        }
    }

    private var units: [VectorRequest] {
        guard message.rollout != nil || message.experiment != nil else { return [] }
        return (2...24).map { number in base.changed("user-\(number)") { $0.unit = "user-\(number)" } }
    }

    private var at: Instant { base.now.adding(milliseconds: message.trigger.delay ?? 0) }

    /// The key of the message's thread where it is the same for everybody.
    private var thread: String? { if case .plain(let key)? = message.thread { key } else { nil } }

    private var history: [VectorRequest] {
        func with(_ kind: HistoryEntry.Kind, _ instant: Instant, _ what: String) -> VectorRequest {
            base.changed(what) { request in
                request.history = [
                    HistoryEntry(
                        kind, message.id, at: instant, thread: thread, event: kind == .shown ? base.now : nil)
                ]
            }
        }
        var requests = [
            with(.dismissed, at.adding(seconds: -86_400), "closed for good"),
            with(.reminder, at.adding(milliseconds: 1), "put off for a millisecond more"),
            with(.reminder, at, "put off until now"),
            with(.shown, base.now.adding(seconds: -1), "just shown"),
            with(.withheld, base.now.adding(seconds: -1), "just withheld"),
        ]
        if let thread {
            requests.append(
                base.changed("its thread is ahead") { request in
                    request.history = [
                        HistoryEntry(.latest, message.id, at: base.now.adding(milliseconds: 1), thread: thread)
                    ]
                })
        }
        return requests
    }

    /// As many impressions as a rule allows, and one fewer, at the edge of its window.
    private func usedUp(_ rule: FrequencyRule, by shown: String, _ what: String) -> [VectorRequest] {
        func with(_ count: Int64, _ instant: Instant, _ what: String) -> VectorRequest {
            base.changed(what) { request in
                request.session = base.now.adding(seconds: -600)
                request.history = (0..<min(count, 50)).map { _ in HistoryEntry(.shown, shown, at: instant) }
            }
        }
        let (inside, outside): (Instant, Instant?) =
            switch rule.window {
            case .total: (at.adding(seconds: -400 * 86_400), nil)
            case .session: (base.now.adding(seconds: -600), base.now.adding(milliseconds: -600_001))
            case .seconds(let seconds):
                (at.adding(seconds: -seconds).adding(milliseconds: 1), at.adding(seconds: -seconds))
            }
        var requests = [
            with(rule.count, inside, "\(what): used up"), with(rule.count - 1, inside, "\(what): one left"),
            with(rule.count, at.adding(seconds: 86_400), "\(what): used up in the future"),
        ]
        if let outside { requests.append(with(rule.count, outside, "\(what): out of the window")) }
        return requests
    }

    private var frequency: [VectorRequest] {
        message.frequency.enumerated().flatMap { index, rule in usedUp(rule, by: message.id, "rule \(index + 1)") }
    }

    private var group: [VectorRequest] {
        guard let name = message.group, let group = catalog.groups[name] else { return [] }
        let other = catalog.messages.first { $0.group == name && $0.id != message.id }?.id ?? message.id
        return group.frequency.enumerated().flatMap { index, rule in
            usedUp(rule, by: other, "rule \(index + 1) of its group, by \(other)")
        }
    }

    /// What is on the screen: nothing in the way, something on the same surface, something that blocks.
    private var screen: [VectorRequest] {
        func with(_ showing: Showing, _ what: String) -> VectorRequest {
            base.changed(what) { $0.showing = [showing] }
        }
        let elsewhere: Surface = message.surface == .banner ? .card : .banner
        var requests = [
            with(Showing(message: "other", surface: elsewhere), "another surface is taken"),
            with(Showing(message: "other", surface: message.surface), "its surface is taken"),
            with(Showing(message: "other", surface: elsewhere, blocking: true), "the screen is blocked"),
            with(Showing(message: "other", surface: .push, blocking: true), "a notification is there"),
        ]
        if let thread {
            requests.append(
                with(
                    Showing(message: "other", surface: message.surface, blocking: true, thread: thread),
                    "an older one of its thread shows"))
        }
        return requests
    }
}
