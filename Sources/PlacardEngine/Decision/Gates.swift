import ByteText
import CEL
import MessageFormat
import PlacardBundle

// The gates in their order. Holdout and control come after all of them, so that their users are exactly those
// who would have seen the message.

extension DecisionRun {
    /// Takes a message of the event through the gates.
    mutating func candidate(_ prepared: PreparedMessage) -> CandidateOutcome {
        // Conditions hold when the event happens; the rest when the message would appear.
        let at = prepared.delay == 0 ? request.now : request.now.adding(milliseconds: prepared.delay)
        // Which gate says no matters to an explanation alone; a decision asks the cheapest first.
        if !isExplaining {
            if prepared.message.thread == nil, let reason = blocked(prepared, []) { return .failed(reason) }
            if let reason = rolledOut(prepared) { return .failed(reason) }
        }
        if let reason = conditions(prepared) { return .failed(reason) }
        if let schedule = prepared.message.schedule,
            let failure = schedule.failure(at: at, userZone: request.timeZone, clocks: &clocks)
        {
            return .failed(.schedule(failure))
        }
        let thread: String?
        switch threadKey(prepared) {
        case .success(let key): thread = key
        case .failure(let missing): return .failed(Reason(missing))
        }
        if let reason = closed(prepared.id, thread, at) { return .failed(reason) }
        if let reason = capped(prepared, at) { return .failed(reason) }
        if let reason = rolledOut(prepared) { return .failed(reason) }
        if let thread, let latest = request.history.latest(inThread: thread), latest.event > request.now {
            return .failed(.thread(key: thread, newer: latest.message))
        }
        let replaced = replaced(by: thread)
        if let reason = blocked(prepared, replaced) { return .failed(reason) }
        return finished(prepared, at, thread, replaced)
    }

    /// The last gates, which so few messages come to that they may cost something: there is a text, with its values.
    @inline(never)
    private func finished(
        _ prepared: PreparedMessage, _ at: Instant, _ thread: String?, _ replaced: [Showing]
    ) -> CandidateOutcome {
        guard let localized = texts[prepared.id], isWanted(prepared.message, in: localized.locale) else {
            return .failed(.locale(request.languages.first ?? texts.locale))
        }
        let variant = prepared.message.experiment.flatMap {
            Draw(.variant, message: prepared.id, unit: request.unit).variant(of: $0.variants)
        }
        switch render(prepared.message, localized, variant) {
        case .failure(let failure): return .failed(failure.reason)
        case .success(let content):
            return .passed(
                Candidate(
                    prepared: prepared, at: at, variant: variant, thread: thread,
                    replaces: replaced.map { $0.message }, content: content))
        }
    }

    /// Whether a message may be shown in a language to this reader: one that hides may not in a language that the reader
    /// does not ask for.
    private func isWanted(_ message: CatalogMessage, in locale: String) -> Bool {
        message.onMissing != .hide || request.languages.isEmpty || LocaleLookup.reads(locale, request.languages)
    }

    /// What shows now and is older in the thread: it makes room.
    private func replaced(by thread: String?) -> [Showing] {
        guard let thread, !request.showing.isEmpty else { return [] }
        return request.showing.filter { $0.thread.map { sameBytes($0, thread) } ?? false }
    }

    private mutating func conditions(_ prepared: PreparedMessage) -> Reason? {
        let conditions =
            prepared.conditions ?? Conditions(of: prepared.message, in: environment, keepsTrees: isExplaining)
        if let when = conditions.when, !when.holds(activation, work: conditionWork, spent: &work) {
            return .when(failure(of: when))
        }
        if let audience = conditions.audience, !audience.holds(activation, work: conditionWork, spent: &work) {
            return .audience(failure(of: audience))
        }
        return nil
    }

    private mutating func failure(of condition: Condition) -> ConditionFailure {
        isExplaining
            ? condition.failure(
                activation, in: environment, work: conditionWork, spent: &work, absences: absences)
            : ConditionFailure(source: condition.source, atoms: [], error: nil)
    }

    /// Why attributes have no value, by path, where something was given.
    private var absences: [String: String] {
        var result: [String: String] = [:]
        for note in request.context.notes + request.event.notes {
            if let text = note.absence { result[note.path] = text }
        }
        return result
    }

    private func closed(_ message: String, _ thread: String?, _ at: Instant) -> Reason? {
        if let dismissed = request.history.dismissal(of: message, thread: thread) {
            return .dismissed(at: dismissed)
        }
        if let reminder = request.history.reminder(of: message, thread: thread), at < reminder {
            return .reminder(notBefore: reminder)
        }
        return nil
    }

    /// Whether the message or its group has been shown as often as it may.
    ///
    /// What was withheld from a user counts for the message itself, as if it had been shown; for others it does not.
    private mutating func capped(_ prepared: PreparedMessage, _ at: Instant) -> Reason? {
        let rules = prepared.message.frequency
        guard !rules.isEmpty || prepared.group != nil else { return nil }
        let own = request.history.records[prepared.id]
        let start = request.sessionStart
        if let failure = usedUpRule(rules, now: at, sessionStart: start, count: { own?.count($0) ?? 0 }) {
            return .frequency(failure)
        }
        guard let group = prepared.group else { return nil }
        let shown = shown(of: group)
        return usedUpRule(group.rules, now: at, sessionStart: start) { window in
            saturatingAdd(shown.count(window), own?.withheldCount(window) ?? 0)
        }.map { .group(name: group.name, $0) }
    }

    /// What has been shown of a group, in order of time; gathered once for a decision.
    private mutating func shown(of group: PreparedGroup) -> GroupImpressions {
        if let known = groupImpressions[group.index] { return known }
        var all = GroupImpressions()
        for member in group.members {
            guard let record = request.history.records[member] else { continue }
            for impression in record.impressions where !impression.withheld { all.impressions.append(impression) }
            if record.earlier.shown > 0 { all.earlier.append((record.earlier.shown, record.earlier.until)) }
        }
        all.impressions.sort { $0.at < $1.at }
        groupImpressions[group.index] = all
        return all
    }

    private func rolledOut(_ prepared: PreparedMessage) -> Reason? {
        guard let rollout = prepared.message.rollout else { return nil }
        let draw = Draw(.rollout, message: prepared.id, unit: request.unit)
        return draw.isWithin(rollout) ? nil : .rollout(share: rollout, bucket: draw.bucket(of: Draw.shareScale))
    }

    /// What on the screen is in the way. The older messages of its own thread are not: they are replaced.
    ///
    /// A notification is not on the app's screen, so nothing is in its way, nor is it in the way of anything.
    private func blocked(_ prepared: PreparedMessage, _ replaced: [Showing]) -> Reason? {
        let surface = prepared.message.surface
        guard surface != .push else { return nil }
        for other in request.showing where other.surface != .push && !replaced.contains(other) {
            if other.blocking { return .blocked(by: other.message, surface: other.surface, blocking: true) }
            if other.surface == surface {
                return .blocked(by: other.message, surface: other.surface, blocking: false)
            }
        }
        return nil
    }

    private func threadKey(_ prepared: PreparedMessage) -> Result<String?, MissingValues> {
        switch prepared.message.thread {
        case nil: return .success(nil)
        case .plain(let key)?: return .success(key)
        case let thread?:
            let renderer = TextRenderer(
                locale: texts.locale, values: values, fallbacks: texts[prepared.id]?.fallbacks ?? SortedMap(),
                engine: engine, timeZone: request.timeZone)
            return renderer.plain(thread, isolating: false).map { $0 }
        }
    }
}
