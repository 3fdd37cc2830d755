import CEL
import MessageFormat
import PlacardBundle

// The gates in their order. Holdout and control come after all of them, so that their users are exactly those
// who would have seen the message.

extension DecisionRun {
    /// Takes a message of the event through the gates.
    mutating func candidate(_ prepared: PreparedMessage) -> CandidateOutcome {
        let message = prepared.message
        // Conditions hold when the event happens; the rest when the message would appear.
        let at = request.now.adding(milliseconds: message.trigger.delay ?? 0)
        if let reason = conditions(prepared) { return .failed(reason) }
        if let schedule = message.schedule,
            let failure = schedule.failure(at: at, userZone: request.timeZone, zones: engine.platform.timeZones)
        {
            return .failed(.schedule(failure))
        }
        let thread: String?
        switch threadKey(message) {
        case .success(let key): thread = key
        case .failure(let missing): return .failed(.missingValue(missing.names))
        }
        if let reason = closed(message, thread, at) ?? worn(prepared, at) ?? rolledOut(message) {
            return .failed(reason)
        }
        if let thread, let latest = request.history.latest(inThread: thread), latest.event > request.now {
            return .failed(.thread(key: thread, newer: latest.message))
        }
        let replaces =
            thread.map { thread in request.showing.filter { $0.thread.map { sameBytes($0, thread) } ?? false } } ?? []
        if let reason = blocked(message, replaces) { return .failed(reason) }
        guard let localized = texts.messages[message.id] else { return .failed(.locale(texts.locale)) }
        let variant = message.experiment.flatMap {
            Draw(.variant, message: message.id, unit: request.unit).variant(of: $0.variants)
        }
        switch render(message, localized, variant) {
        case .failure(let failure): return .failed(failure.reason)
        case .success(let content):
            return .passed(
                Candidate(
                    prepared: prepared, at: at, variant: variant, thread: thread,
                    replaces: replaces.map { $0.message }, content: content))
        }
    }

    private func conditions(_ prepared: PreparedMessage) -> Reason? {
        if let when = prepared.when, !when.holds(activation) { return .when(failure(of: when)) }
        if let audience = prepared.audience, !audience.holds(activation) { return .audience(failure(of: audience)) }
        return nil
    }

    private func failure(of condition: Condition) -> ConditionFailure {
        isExplaining
            ? condition.failure(activation) : ConditionFailure(source: condition.source, atoms: [], error: nil)
    }

    private func closed(_ message: CatalogMessage, _ thread: String?, _ at: Instant) -> Reason? {
        if let dismissed = request.history.dismissal(of: message.id, thread: thread) {
            return .dismissed(at: dismissed)
        }
        if let reminder = request.history.reminder(of: message.id, thread: thread), at < reminder {
            return .reminder(notBefore: reminder)
        }
        return nil
    }

    /// Whether the message or its group has been shown as often as it may.
    ///
    /// What was withheld from a user counts for the message itself, as if it had been shown; for others it does not.
    private mutating func worn(_ prepared: PreparedMessage, _ at: Instant) -> Reason? {
        let message = prepared.message
        guard !message.frequency.isEmpty || prepared.group != nil else { return nil }
        let own = request.history.impressions(of: message.id)
        if let failure = usedUpRule(
            message.frequency, impressions: [own], now: at, sessionStart: request.sessionStart)
        {
            return .frequency(failure)
        }
        guard let group = prepared.group else { return nil }
        let withheld = own.isEmpty ? [] : own.filter { $0.withheld }
        return usedUpRule(
            group.rules, impressions: [shown(of: group), withheld], now: at, sessionStart: request.sessionStart
        ).map { .group(name: group.name, $0) }
    }

    /// What has been shown of a group, in order of time; gathered once for a decision.
    private mutating func shown(of group: PreparedGroup) -> [History.Impression] {
        if let known = groupImpressions[group.index] { return known }
        var all: [History.Impression] = []
        for member in group.members {
            for impression in request.history.impressions(of: member) where !impression.withheld {
                all.append(impression)
            }
        }
        all.sort { $0.at < $1.at }
        groupImpressions[group.index] = all
        return all
    }

    private func rolledOut(_ message: CatalogMessage) -> Reason? {
        guard let rollout = message.rollout else { return nil }
        let draw = Draw(.rollout, message: message.id, unit: request.unit)
        return draw.isWithin(rollout) ? nil : .rollout(share: rollout, bucket: draw.bucket(of: Draw.shareScale))
    }

    /// What on the screen is in the way. The older messages of its own thread are not: they are replaced.
    ///
    /// A notification is not on the app's screen, so nothing is in its way, nor is it in the way of anything.
    private func blocked(_ message: CatalogMessage, _ replaced: [Showing]) -> Reason? {
        guard message.surface != .push else { return nil }
        for other in request.showing where other.surface != .push && !replaced.contains(other) {
            if other.blocking { return .blocked(by: other.message, surface: other.surface, blocking: true) }
            if other.surface == message.surface {
                return .blocked(by: other.message, surface: other.surface, blocking: false)
            }
        }
        return nil
    }

    private func threadKey(_ message: CatalogMessage) -> Result<String?, MissingValues> {
        switch message.thread {
        case nil: return .success(nil)
        case .plain(let key)?: return .success(key)
        case let thread?:
            let renderer = TextRenderer(
                locale: texts.locale, values: values, fallbacks: texts.messages[message.id]?.fallbacks ?? SortedMap(),
                engine: engine, timeZone: request.timeZone)
            return renderer.plain(thread, isolating: false).map { $0 }
        }
    }
}
