import DiagnosticRendering
import SourceDiagnostics

/// The page of a diagnostic from `Documentation/Diagnostics`, or for an area, such as `cel`, a line for each of its pages.
///
/// - Throws: for what is neither, with what was probably meant.
func diagnosticPage(_ id: String) throws(CommandFailure) -> OutputText {
    if let page = embeddedDiagnosticPages[id] { return OutputText(lines: page) }
    let known = embeddedDiagnosticPages.keys.sorted()
    let area = id.hasSuffix("/") ? id : id + "/"
    let ofArea = known.filter { $0.hasPrefix(area) }
    if !ofArea.isEmpty { return listing(ofArea) }
    let meant = meantIDs(id, among: known)
    guard meant.isEmpty else {
        throw CommandFailure("no diagnostic is called `\(id)`", help: ["did you mean \(orList(meant))?"])
    }
    let prefix = id.split(separator: "/").first.map { $0 + "/" } ?? ""
    let related = known.filter { $0.hasPrefix(prefix) }
    guard related.isEmpty else { throw unknown("diagnostic", id, known: related) }
    let areas = Set(known.compactMap { $0.split(separator: "/").first.map(String.init) }).sorted()
    throw CommandFailure(
        "no diagnostic is called `\(id)`",
        help: ["the areas are: \(someOf(areas))", "placard check --explain AREA lists the diagnostics of one"])
}

/// The ids that somebody may have meant: a near miss, or without the area the whole name, nearly the name or a part of it.
private func meantIDs(_ id: String, among known: [String]) -> [String] {
    if let near = nearMiss(id, among: known) { return [near] }
    func name(_ id: String) -> String { id.lastIndex(of: "/").map { String(id[id.index(after: $0)...]) } ?? id }
    let wanted = name(id)
    let same = known.filter { name($0) == wanted }
    if !same.isEmpty { return same }
    if let near = nearMiss(wanted, among: Set(known.map(name)).sorted()) { return known.filter { name($0) == near } }
    // A word of a name, such as `fallback`.
    let holding = wanted.utf8.count < 4 ? [] : known.filter { name($0).contains(wanted) }
    return holding.count <= listedLimit ? holding : []
}

/// How many ids are offered in the place of one that is not there.
private let listedLimit = 8

private func orList(_ names: [String]) -> OutputText {
    guard let last = names.last, names.count > 1 else { return someOf(names) }
    return "\(someOf(names.dropLast())) or \(last)"
}

/// Each id with the first sentence of its page.
private func listing(_ ids: [String]) -> OutputText {
    let width = ids.map(\.utf8.count).max() ?? 0
    return ids.map { id -> OutputText in
        let space = String(repeating: " ", count: width - id.utf8.count + 2)
        return "\(id)\(space)\(summary(of: id))\n"
    }.joined()
}

/// The first sentence of a page.
private func summary(of id: String) -> String {
    let lines = (embeddedDiagnosticPages[id] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    let paragraph = lines.drop { $0.hasPrefix("#") || $0.isEmpty }.prefix { !$0.isEmpty }.joined(separator: " ")
    return paragraph.split(separator: ". ").first.map { $0.hasSuffix(".") ? String($0) : $0 + "." } ?? ""
}
