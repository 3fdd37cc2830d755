import CanonicalJSON
import PlacardBundle

extension Reason {
    /// The values that decided, for machines: an object whose members depend on the gate.
    public var details: JSONObject {
        switch self {
        case .trigger(let event, let wants): ["event": .string(event), "wants": .string(wants)]
        case .when(let failure), .audience(let failure): failure.details
        case .schedule(let failure): failure.details
        case .dismissed(let at): ["at": .string(at.description)]
        case .reminder(let notBefore): ["notBefore": .string(notBefore.description)]
        case .frequency(let failure): failure.details
        case .group(let name, let failure): adding("group", .string(name), to: failure.details)
        case .rollout(let share, let bucket), .holdout(let share, let bucket):
            ["share": .number(Double(share)), "bucket": .number(Double(bucket))]
        case .thread(let key, let newer): ["thread": .string(key), "newer": .string(newer)]
        case .blocked(let by, let surface, let blocking):
            ["by": .string(by), "surface": .string(surface.rawValue), "blocking": .bool(blocking)]
        case .locale(let locale): ["locale": .string(locale)]
        case .missingValue(let names), .unusableValue(let names): ["variables": .array(names.map { .string($0) })]
        case .lost(let to, let criterion): ["to": .string(to), "by": .string(criterion.rawValue)]
        case .control(let variant): ["variant": .string(variant)]
        case .shown(let variant): variant.map { ["variant": .string($0)] } ?? [:]
        }
    }

    /// The reason as JSON: its gate, its values, and the words.
    public var json: JSONValue {
        ["gate": .string(gate.rawValue), "values": .object(details), "text": .string(explanation)]
    }
}

private func adding(_ key: String, _ value: JSONValue, to object: JSONObject) -> JSONObject {
    var object = object
    object[key] = value
    return object
}

extension ConditionFailure {
    fileprivate var details: JSONObject {
        var object: JSONObject = ["expression": .string(source), "failing": .array(atoms.map { .string($0) })]
        if let error { object["error"] = .string(error) }
        return object
    }
}

extension FrequencyFailure {
    fileprivate var details: JSONObject {
        ["rule": .string(rule.text), "count": .number(Double(count))]
    }
}

extension ScheduleFailure {
    fileprivate var details: JSONObject {
        switch self {
        case .notStarted(let start, let zone): ["start": .string(start.description), "timezone": .string(zone)]
        case .ended(let end, let zone): ["end": .string(end.description), "timezone": .string(zone)]
        case .day(let today, let days, let zone):
            [
                "day": .string(today.name), "days": .array(days.map { .string($0.name) }),
                "timezone": .string(zone),
            ]
        case .hours(let hours, let now, let zone):
            [
                "hours": .string(hours.description), "now": .string(now.description), "timezone": .string(zone),
            ]
        case .unknownZone(let zone): ["timezone": .string(zone)]
        }
    }
}
