import CanonicalJSON
import PlacardBundle

/// `old` and `patch` to `new`: texts of the files called `name`, from release to release.
func patchVectors(_ bundle: Bundle) -> [JSONValue] {
    let made = [bundle.manifest.catalog] + bundle.manifest.locales.map(\.value.target)
    return made.prefix(3).compactMap { patchOfNextRelease($0, bundle) }
        + fixedCases.compactMap { name, old, patch in
            vector(name, Array(old.utf8), Array(patch.utf8))
        }
}

/// A file, and what it is once its first message is gone and its last is another.
private func patchOfNextRelease(_ entry: TargetEntry, _ bundle: Bundle) -> JSONValue? {
    guard let name = entry.targetName, let old = bundle.targets.first(where: { $0.path == entry.path })?.bytes,
        case .object(var file)? = try? JSONValue(parsing: old)
    else { return nil }
    switch file["messages"] {
    case .array(let messages)?: file["messages"] = .array(messages.dropFirst().map { edited($0) })
    case .object(let messages)?:
        let last = messages.members.last?.key
        file["messages"] = .object(
            JSONObject(
                messages.members.dropFirst().map { member in
                    JSONObject.Member(
                        key: member.key, value: member.key == last ? edited(member.value) : member.value)
                }))
    default: return nil
    }
    guard let patch = BundlePatch.make(from: old, to: JSONValue.object(file).canonicalBytes, name: name) else {
        return nil
    }
    return vector(name, old, patch)
}

/// A message with a member that no client knows, and is to keep.
private func edited(_ message: JSONValue) -> JSONValue {
    guard case .object(var members) = message else { return message }
    members["unknown"] = ["list": [.null, 1], "text": "é \u{1F600}"]
    return .object(members)
}

private func vector(_ name: String, _ old: [UInt8], _ patch: [UInt8]) -> JSONValue? {
    guard let new = BundlePatch.apply(patch, to: old, name: name) else { return nil }
    func text(_ bytes: [UInt8]) -> JSONValue { .string(String(decoding: bytes, as: UTF8.self)) }
    return ["name": .string(name), "old": text(old), "patch": text(patch), "new": text(new)]
}

/// What the patches of real files may not show: names whose order differs in UTF-8 and UTF-16, what is not there and goes, nulls in
/// lists, values of other kinds.
private let fixedCases: [(name: String, old: String, patch: String)] = [
    (
        "catalog.json", "{\"messages\":[{\"id\":\"a\"},{\"id\":\"\u{FB33}\"}]}",
        "{\"messages\":{\"b\":null,\"\u{1F600}\":{\"id\":\"\u{1F600}\"}}}"
    ),
    ("catalog.json", #"{"links":{"schemes":["https"]},"messages":[]}"#, #"{"links":{"hosts":["a"],"schemes":[]}}"#),
    (
        "en.json", "{\"\u{FB33}\":1,\"a\":{\"b\":1}}",
        "{\"\u{1F600}\":2,\"a\":{\"b\":{\"c\":[null,{\"d\":null}]},\"e\":null}}"
    ),
    ("en.json", #"{"a":[{"b":1}],"c":{"d":1}}"#, #"{"a":{"b":{"c":null}},"c":"\\\"\n\u000f"}"#),
]
