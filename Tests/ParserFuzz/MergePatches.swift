import CanonicalJSON

/// A target and a patch, a line each: whatever they are, nothing is read beyond them; where both are canonical, the result is that of
/// RFC 7396 on values, and the patch that is made leads from one to the other.
func mergePatch(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
    guard lines.count == 2 else { return }
    let (target, patch) = (lines[0], lines[1])
    let result = try? MergePatch.apply(patch, to: target)
    let made = try? MergePatch.make(from: target, to: patch)
    let list = KeyedList("messages", by: "id")
    if let object = try? list.object(of: target) { _ = try? list.list(of: object) }
    guard let value = try? JSONValue(parsing: target), value.canonicalBytes == target,
        let change = try? JSONValue(parsing: patch), change.canonicalBytes == patch
    else { return }
    require(result == merged(value, change).canonicalBytes, "a merge patch gives something else")
    if let made { require((try? MergePatch.apply(made, to: target)) == patch, "a patch that was made leads elsewhere") }
}

/// `MergePatch` of RFC 7396, section 2, as it stands there.
private func merged(_ target: JSONValue?, _ patch: JSONValue) -> JSONValue {
    guard let changes = patch.object else { return patch }
    var object = target?.object ?? JSONObject()
    for change in changes.members {
        object[change.key] = change.value.isNull ? nil : merged(object[change.key], change.value)
    }
    return .object(object)
}
