import PlacardBundle

/// What a message has to pass to be shown, in the order in which it is asked.
public enum Gate: String, Sendable, Equatable, CaseIterable {
    /// The event is the trigger's.
    case trigger
    /// The trigger's condition holds.
    case when
    /// The user is one of the audience.
    case audience
    /// The schedule is open.
    case schedule
    /// The user has not closed it for good, and does not want to be reminded later.
    case dismissed
    /// It has not been shown too often.
    case frequency
    /// Its group has not been shown too often.
    case group
    /// The rollout has reached the user.
    case rollout
    /// No newer message of its thread has been shown.
    case thread
    /// Nothing on the screen is in its way.
    case blocked
    /// There is a text in the user's language.
    case locale
    /// Every variable of its texts has a value or a fallback.
    case missingValue = "missing-value"
    /// No other message comes first.
    case lost
    /// The user is not held out.
    case holdout
    /// The user is not in a control that sees nothing.
    case control
    /// It is shown.
    case shown
}

/// Why a message is shown, or the first gate that it did not pass, with the values that decided.
public enum Reason: Sendable, Equatable {
    case trigger(event: String, wants: String)
    case when(ConditionFailure)
    case audience(ConditionFailure)
    case schedule(ScheduleFailure)
    /// The user closed it for good.
    case dismissed(at: Instant)
    /// The user asked to see it again, but not before that moment.
    case reminder(notBefore: Instant)
    case frequency(FrequencyFailure)
    case group(name: String, FrequencyFailure)
    /// The draw's bucket is not within the share.
    case rollout(share: Int64, bucket: Int64)
    /// A message of the same thread, of a later event, has been shown.
    case thread(key: String, newer: String)
    /// Something on the screen is in the way: because it blocks, or because it takes the surface.
    case blocked(by: String, surface: Surface, blocking: Bool)
    /// There is no text in that locale.
    case locale(String)
    /// These variables have neither a value nor a fallback.
    case missingValue([String])
    /// What these variables have, a value or a fallback, cannot be formatted where the text wants it.
    case unusableValue([String])
    /// Another message comes first.
    case lost(to: String, by: MessageOrder.Criterion)
    /// It would have been shown, but the user is held out.
    case holdout(share: Int64, bucket: Int64)
    /// It would have been shown, but the variant sees nothing.
    case control(variant: String)
    case shown(variant: String?)

    /// The gate's machine name, which scenarios and tools use.
    public var gate: Gate {
        switch self {
        case .trigger: .trigger
        case .when: .when
        case .audience: .audience
        case .schedule: .schedule
        case .dismissed, .reminder: .dismissed
        case .frequency: .frequency
        case .group: .group
        case .rollout: .rollout
        case .thread: .thread
        case .blocked: .blocked
        case .locale: .locale
        case .missingValue, .unusableValue: .missingValue
        case .lost: .lost
        case .holdout: .holdout
        case .control: .control
        case .shown: .shown
        }
    }

    /// Whether the message passed every gate but the draw of an experiment and the order.
    public var isEligible: Bool {
        switch self {
        case .lost, .holdout, .control, .shown: true
        default: false
        }
    }
}

extension Reason {
    init(_ missing: MissingValues) {
        self = missing.areUnusable ? .unusableValue(missing.names) : .missingValue(missing.names)
    }
}
