/// Names for a person to choose from, with commas between; of many the first `limit`, so that the diagnostics of a file do not
/// grow with the square of its size.
public func listed(_ names: some Collection<String>, atMost limit: Int = 24) -> String {
    let shown = names.prefix(limit).joined(separator: ", ")
    return names.count > limit ? shown + ", …" : shown
}
