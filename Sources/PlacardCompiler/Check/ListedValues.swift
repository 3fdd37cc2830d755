import LocatedYAML
import PlacardBundle
import SourceDiagnostics

/// The diagnostics of a message's front matter, with a way out for `audience: [DE, FR]`: values alone, which one attribute has.
func withMeantAttribute(
    _ diagnostics: [Diagnostic], _ layer: FrontMatterLayer, _ project: ProjectDefinition
) -> [Diagnostic] {
    guard diagnostics.contains(where: { $0.id == "schema/wrong-type" && $0.fixIts.isEmpty }),
        let node = layer.node["audience"], node.isFlow, let items = node.sequence, !items.isEmpty
    else { return diagnostics }
    let values = items.compactMap { $0.scalar?.text }
    guard values.count == items.count else { return diagnostics }
    let owners = project.context.flatMap { group in
        group.attributes.filter { attribute in
            attribute.type == .string && values.allSatisfy { attribute.values.contains($0) }
        }.map { group.name + "." + $0.name }
    }
    guard owners.count == 1 else { return diagnostics }
    let condition = "\(owners[0]) in [" + values.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    return diagnostics.map { diagnostic in
        guard diagnostic.id == "schema/wrong-type", diagnostic.fixIts.isEmpty,
            diagnostic.primary.file == layer.file, diagnostic.primary.span == node.span
        else { return diagnostic }
        var diagnostic = diagnostic
        diagnostic.notes = ["they are values of `\(owners[0])`: `\(condition)`"]
        diagnostic.fixIts = [
            FixIt(
                "write `\(condition)`", edits: [Edit(file: layer.file, node.span, "'" + condition + "'")], .unsafe)
        ]
        return diagnostic
    }
}
