import CEL
import CanonicalJSON
import ConformanceSupport
import Foundation

@testable import PlacardEngine

/// `murmur3(group:id) % normalizer + 1`, as Unleash normalizes.
func unleashBucket(group: String, id: String, of normalizer: Int, seed: UInt32 = 0) -> Int {
    Int(murmurHash3([UInt8]((group + ":" + id).utf8), seed: seed) % UInt32(normalizer)) + 1
}

/// Interprets a file of Unleash's client specification over our MurmurHash3.
///
/// Written from the specification's words (docs.getunleash.io, client specification): activation strategies,
/// constraints, and variants by weight.
struct UnleashSpecification {
    /// The seed of the hash that draws variants.
    static let variantSeed: UInt32 = 86_028_157

    let json: JSONValue
    let features: [String: JSONValue]

    init(_ json: JSONValue) {
        self.json = json
        var features: [String: JSONValue] = [:]
        for feature in json["state"]?["features"]?.array ?? [] {
            if let name = feature["name"]?.string { features[name] = feature }
        }
        self.features = features
    }

    func run(into run: ConformanceRun, _ path: String) {
        for test in json["tests"]?.array ?? [] {
            let name = test["toggleName"]?.string ?? ""
            let isEnabled = evaluate(name, test["context"] ?? [:]).isEnabled
            let key = path + "/" + (test["description"]?.string ?? "")
            run.record(key, failure: .bool(isEnabled) == test["expectedResult"] ? nil : "\(isEnabled)")
        }
        for test in json["variantTests"]?.array ?? [] {
            let name = test["toggleName"]?.string ?? ""
            let key = path + "/" + (test["description"]?.string ?? "")
            let variant = variant(name, test["context"] ?? [:])
            let wanted = test["expectedResult"] ?? .null
            let same = ["name", "payload", "enabled"].allSatisfy { variant[$0] == wanted[$0] }
            let flag = wanted["feature_enabled"] ?? wanted["featureEnabled"]
            let sameFlag = flag == nil || flag == variant["feature_enabled"]
            run.record(
                key, failure: same && sameFlag ? nil : variant.canonicalString + ", wanted " + wanted.canonicalString)
        }
    }

    // MARK: Strategies

    private func evaluate(_ name: String, _ context: JSONValue) -> (isEnabled: Bool, strategy: JSONValue?) {
        guard let feature = features[name], feature["enabled"] == true else { return (false, nil) }
        let strategies = feature["strategies"]?.array ?? []
        guard !strategies.isEmpty else { return (true, nil) }
        for strategy in strategies where isEnabled(strategy, feature: name, context) {
            return (true, strategy)
        }
        return (false, nil)
    }

    private func isEnabled(_ strategy: JSONValue, feature: String, _ context: JSONValue) -> Bool {
        let constraints = (strategy["constraints"]?.array ?? []) + segmentConstraints(strategy)
        guard constraints.allSatisfy({ holds($0, context) }) else { return false }
        let parameters = strategy["parameters"] ?? [:]
        func share(_ name: String) -> Int { Int(parameters[name]?.string ?? "") ?? parameters[name]?.integer ?? 0 }
        let group = parameters["groupId"]?.string ?? feature
        switch strategy["name"]?.string {
        case "default": return true
        case "userWithId":
            let ids = (parameters["userIds"]?.string ?? "").split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            return value("userId", context).map { ids.contains($0) } ?? false
        case "gradualRolloutUserId": return rolledOut(value("userId", context), group, share("percentage"))
        case "gradualRolloutSessionId": return rolledOut(value("sessionId", context), group, share("percentage"))
        // Random is certain at both ends only, and the specification asks no more.
        case "gradualRolloutRandom": return share("percentage") >= 100
        case "flexibleRollout":
            let stickiness = parameters["stickiness"]?.string ?? "default"
            return rolledOut(
                unit(stickiness, context) ?? (stickiness == "default" || stickiness == "random" ? "0" : nil), group,
                share("rollout"))
        default: return false
        }
    }

    private func segmentConstraints(_ strategy: JSONValue) -> [JSONValue] {
        let wanted = strategy["segments"]?.array ?? []
        let all = json["state"]?["segments"]?.array ?? []
        return wanted.flatMap { id in all.first { $0["id"] == id }?["constraints"]?.array ?? [["operator": "never"]] }
    }

    private func rolledOut(_ id: String?, _ group: String, _ share: Int) -> Bool {
        guard let id, !id.isEmpty else { return false }
        return share > 0 && unleashBucket(group: group, id: id, of: 100) <= share
    }

    private func unit(_ stickiness: String, _ context: JSONValue) -> String? {
        switch stickiness {
        case "default": value("userId", context) ?? value("sessionId", context)
        case "random": nil
        default: value(stickiness, context)
        }
    }

    private func value(_ name: String, _ context: JSONValue) -> String? {
        let found = context[name] ?? context["properties"]?[name]
        switch found {
        case .string(let text)?: return text
        case .number?, .bool?: return found?.canonicalString
        default: return nil
        }
    }

    // MARK: Variants

    private func variant(_ name: String, _ context: JSONValue) -> JSONValue {
        let (isEnabled, strategy) = evaluate(name, context)
        let disabled: JSONValue = ["name": "disabled", "enabled": false, "feature_enabled": .bool(isEnabled)]
        guard isEnabled else { return disabled }
        var variants = features[name]?["variants"]?.array ?? []
        var group = name
        var stickiness = variants.first?["stickiness"]?.string
        if let own = strategy?["variants"]?.array, !own.isEmpty {
            // A strategy's variants take its group and, unless they say otherwise, its stickiness.
            variants = own
            group = strategy?["parameters"]?["groupId"]?.string ?? name
            stickiness = own.first?["stickiness"]?.string ?? strategy?["parameters"]?["stickiness"]?.string
        }
        guard let chosen = choose(variants, group, stickiness ?? "default", context) else { return disabled }
        var result: JSONObject = ["name": chosen["name"] ?? "", "enabled": true, "feature_enabled": true]
        result["payload"] = chosen["payload"]
        return .object(result)
    }

    private func choose(
        _ variants: [JSONValue], _ group: String, _ stickiness: String, _ context: JSONValue
    ) -> JSONValue? {
        for variant in variants {
            let isOverridden = (variant["overrides"]?.array ?? []).contains { override in
                guard let name = override["contextName"]?.string, let value = value(name, context) else { return false }
                return (override["values"]?.array ?? []).contains(.string(value))
            }
            if isOverridden { return variant }
        }
        let total = variants.reduce(0) { $0 + ($1["weight"]?.integer ?? 0) }
        guard total > 0 else { return nil }
        let id = unit(stickiness, context) ?? (stickiness == "default" ? value("remoteAddress", context) : nil)
        let bucket = unleashBucket(group: group, id: id ?? "0", of: total, seed: UnleashSpecification.variantSeed)
        var running = 0
        for variant in variants {
            running += variant["weight"]?.integer ?? 0
            if bucket <= running { return variant }
        }
        return nil
    }

    // MARK: Constraints

    private func holds(_ constraint: JSONValue, _ context: JSONValue) -> Bool {
        let result = satisfied(constraint, context)
        return constraint["inverted"] == true ? !result : result
    }

    private func satisfied(_ constraint: JSONValue, _ context: JSONValue) -> Bool {
        let actual = value(constraint["contextName"]?.string ?? "", context)
        let ignoresCase = constraint["caseInsensitive"] == true
        func folded(_ text: String) -> String { ignoresCase ? text.lowercased() : text }
        let values = (constraint["values"]?.array ?? []).compactMap { $0.string }
        let single = constraint["value"]?.string ?? ""
        switch constraint["operator"]?.string {
        case "IN": return actual.map { values.contains($0) } ?? false
        case "NOT_IN": return actual.map { !values.contains($0) } ?? true
        case "STR_STARTS_WITH":
            return actual.map { text in values.contains { folded(text).hasPrefix(folded($0)) } } ?? false
        case "STR_ENDS_WITH":
            return actual.map { text in values.contains { folded(text).hasSuffix(folded($0)) } } ?? false
        case "STR_CONTAINS":
            return actual.map { text in values.contains { folded(text).contains(folded($0)) } } ?? false
        case "NUM_EQ": return numbers(actual, single) { $0 == $1 }
        case "NUM_GT": return numbers(actual, single) { $0 > $1 }
        case "NUM_GTE": return numbers(actual, single) { $0 >= $1 }
        case "NUM_LT": return numbers(actual, single) { $0 < $1 }
        case "NUM_LTE": return numbers(actual, single) { $0 <= $1 }
        case "DATE_AFTER": return dates(actual ?? value("currentTime", context), single) { $0 > $1 }
        case "DATE_BEFORE": return dates(actual ?? value("currentTime", context), single) { $0 < $1 }
        case "SEMVER_EQ": return versions(actual, single) { $0 == $1 }
        case "SEMVER_GT": return versions(actual, single) { $0 > $1 }
        case "SEMVER_GTE": return versions(actual, single) { $0 >= $1 }
        case "SEMVER_LT": return versions(actual, single) { $0 < $1 }
        case "SEMVER_LTE": return versions(actual, single) { $0 <= $1 }
        default: return false
        }
    }

    private func numbers(_ a: String?, _ b: String, _ compare: (Double, Double) -> Bool) -> Bool {
        guard let a = a.flatMap({ Double($0) }), let b = Double(b) else { return false }
        return compare(a, b)
    }

    private func dates(_ a: String?, _ b: String, _ compare: (Date, Date) -> Bool) -> Bool {
        func date(_ text: String) -> Date? {
            let formatter = ISO8601DateFormatter()
            if let date = formatter.date(from: text) { return date }
            formatter.formatOptions.insert(.withFractionalSeconds)
            return formatter.date(from: text)
        }
        guard let a = a.flatMap(date), let b = date(b) else { return false }
        return compare(a, b)
    }

    private func versions(_ a: String?, _ b: String, _ compare: (SemanticVersion, SemanticVersion) -> Bool) -> Bool {
        guard let a = a.flatMap({ SemanticVersion(parsing: $0) }), let b = SemanticVersion(parsing: b) else {
            return false
        }
        return compare(a, b)
    }
}
