import ByteText
import CEL
import PlacardBundle

extension Engine {
    /// Decides what an event brings up: goes down the order and stops at the first message that shows.
    ///
    /// - Parameters:
    ///   - request: the event, and what is known of the user.
    ///   - texts: the texts of the user's locale.
    /// - Returns: the message, rendered, and the exposures to report. A holdout's user gets what comes next in the order.
    public func decide(_ request: DecisionRequest, texts: LocaleTexts) -> Decision {
        var run = DecisionRun(engine: self, request: request, texts: texts, isExplaining: false)
        for place in events[request.event.name]?.candidates ?? [] {
            run.consider(place)
            if run.shown != nil { break }
        }
        return run.decision
    }

    /// Decides as ``decide(_:texts:)`` does, and says of every message of the catalog why it is shown or not.
    public func explain(_ request: DecisionRequest, texts: LocaleTexts) -> Decision {
        var run = DecisionRun(engine: self, request: request, texts: texts, isExplaining: true)
        for place in events[request.event.name]?.candidates ?? [] { run.consider(place) }
        for place in slots.indices {
            let wanted = names[slots[place].event]
            if !sameBytes(wanted, request.event.name) {
                run.note(place, .trigger(event: request.event.name, wants: wanted))
            }
        }
        return run.decision
    }

    /// Whether `message` would pass every gate but the order: what static analysis asks of a witness.
    ///
    /// - Returns: nil when it is eligible, else the first gate that it fails.
    public func failure(of message: String, _ request: DecisionRequest, texts: LocaleTexts) -> Reason? {
        guard let prepared = place(of: message).flatMap({ self.message(at: $0) }) else { return nil }
        guard sameBytes(prepared.message.trigger.event, request.event.name) else {
            return .trigger(event: request.event.name, wants: prepared.message.trigger.event)
        }
        var run = DecisionRun(engine: self, request: request, texts: texts, isExplaining: true)
        switch run.candidate(prepared) {
        case .failed(let reason): return reason
        case .passed: return nil
        }
    }
}

/// One decision as it is made.
struct DecisionRun {
    let engine: Engine
    let request: DecisionRequest
    let texts: LocaleTexts
    /// Whether reasons are wanted in full.
    let isExplaining: Bool
    /// What conditions were compiled in.
    let environment: Environment
    let activation: Activation
    /// The units of work that each condition may take.
    let conditionWork: Int
    /// The units that they have taken.
    var work = 0
    let values: RenderingValues
    var clocks: ClockReader
    /// What has been shown of each group, by its place; nil until it is asked for.
    var groupImpressions: [GroupImpressions?]
    private(set) var shown: ShownMessage?
    private var shownOrder: MessageOrder?
    private var exposures: [Exposure] = []
    /// By the message's place; of every message when explaining, else of those that came to the end of the gates.
    private var reasons: [(place: Int, reason: Reason)] = []

    init(engine: Engine, request: DecisionRequest, texts: LocaleTexts, isExplaining: Bool) {
        self.engine = engine
        self.request = request
        self.texts = texts
        self.isExplaining = isExplaining
        clocks = ClockReader(engine.platform.timeZones)
        groupImpressions = [GroupImpressions?](repeating: nil, count: engine.catalog.groups.count)
        environment = engine.events[request.event.name]?.environment ?? engine.environment
        var activation = Activation(environment)
        for (slot, group) in request.context.groups.enumerated() { activation[slot: slot] = .object(group) }
        activation[slot: request.context.groups.count] = .object(request.event.properties)
        self.activation = activation
        conditionWork = engine.events[request.event.name]?.conditionWork ?? Engine.leastConditionWork
        values = RenderingValues(context: request.context, event: request.event)
    }

    var decision: Decision {
        // Messages stand in the order of their ids, so that their places sort the verdicts.
        let verdicts = reasons.sorted { $0.place < $1.place }.map { entry in
            Verdict(message: engine.slots[entry.place].id, reason: entry.reason)
        }
        return Decision(
            shown: shown, exposures: exposures, verdicts: verdicts, notes: request.context.notes + request.event.notes,
            work: work)
    }

    mutating func note(_ place: Int, _ reason: Reason) {
        reasons.append((place, reason))
    }

    /// Looks at the next message of the order.
    mutating func consider(_ place: Int) {
        guard let prepared = engine.message(at: place) else { return }
        switch candidate(prepared) {
        case .failed(let reason): if isExplaining { note(place, reason) }
        case .passed(let candidate): note(place, resolve(candidate))
        }
    }

    /// What becomes of a message that is eligible: it loses, is withheld, or is shown.
    private mutating func resolve(_ candidate: Candidate) -> Reason {
        let message = candidate.prepared.message
        if let shown, let shownOrder {
            return .lost(to: shown.message.id, by: shownOrder.precedes(candidate.prepared.order).by)
        }
        if let holdout = message.experiment?.holdout {
            let draw = Draw(.holdout, message: message.id, unit: request.unit)
            if draw.isWithin(holdout) {
                exposures.append(Exposure(message: message.id, arm: .holdout, withheld: true, at: candidate.at))
                return .holdout(share: holdout, bucket: draw.bucket(of: Draw.shareScale))
            }
        }
        if let variant = candidate.variant {
            exposures.append(
                Exposure(
                    message: message.id, arm: .variant(variant.id), withheld: variant.withheld, at: candidate.at))
            if variant.withheld { return .control(variant: variant.id) }
        }
        shownOrder = candidate.prepared.order
        shown = ShownMessage(
            message: message, at: candidate.at, event: request.now, variant: candidate.variant?.id,
            thread: candidate.thread, replaces: candidate.replaces, content: candidate.content)
        return .shown(variant: candidate.variant?.id)
    }
}

/// A message that passed every gate.
struct Candidate {
    let prepared: PreparedMessage
    let at: Instant
    let variant: ExperimentVariant?
    let thread: String?
    let replaces: [String]
    let content: RenderedMessage
}

/// Whether a message passed the gates. Most do not, so that what little a failure says is not to travel in the space of a
/// whole message.
enum CandidateOutcome {
    indirect case passed(Candidate)
    case failed(Reason)
}
