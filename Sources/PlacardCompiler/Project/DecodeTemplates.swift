import ByteText
import DocumentSchema
import PlacardPreview
import SourceDiagnostics

/// The templates of a project, each in a folder of `templates/`, in the order of their names.
func decodeTemplates(_ files: ProjectFiles, _ diagnostics: inout [Diagnostic]) -> [TemplateDefinition] {
    var templates: [TemplateDefinition] = []
    for file in files.below("templates/") where file.path.hasSuffix("/template.yaml") {
        let folder = parentFolder(file.path)
        let name = String(folder.dropFirst("templates/".utf8.count))
        guard isIdentifier(name) else {
            diagnostics.append(.invalidTemplateName(name, file.path))
            continue
        }
        let sheet = files[folder + "/style.css"].map { StyleSheet($0) }
        let read = readTemplate(file, name, folder, files, sheet)
        let beside = files.below(folder + "/").filter { $0.path != file.path }
        diagnostics += reviewed(
            read.diagnostics, of: file, keys: PlacardSchemas.template.root.keys, beside: Array(beside)
        ) { files in
            files.index(of: file.path).map { readTemplate(files.files[$0], name, folder, files, sheet).diagnostics }
                ?? []
        }
        guard let template = read.template else { continue }
        if let source = template.previewTemplate {
            diagnostics += checkPreviewTemplate(source, file: folder + "/preview.mustache")
        }
        if let sheet {
            diagnostics += sheet.diagnostics(file: folder + "/style.css")
            diagnostics += checkTargetSizes(
                sheet, mustache: template.previewTemplate ?? [], file: folder + "/style.css")
        }
        templates.append(template)
    }
    reportStrayTemplates(files, &diagnostics)
    return templates.sorted { utf8Less($0.name, $1.name) }
}

private func readTemplate(
    _ file: ProjectFiles.File, _ name: String, _ folder: String, _ files: ProjectFiles, _ sheet: StyleSheet?
) -> (template: TemplateDefinition?, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    guard let root = parseDocument(file.bytes, file.path, &diagnostics) else { return (nil, diagnostics) }
    diagnostics += validateTemplate(root, file: file.path)
    var decoder = TemplateDecoder(file: file.path)
    let template = decoder.decode(
        root, name: name, preview: files[folder + "/preview.mustache"], stylesheet: sheet)
    return (template, diagnostics + decoder.diagnostics)
}

/// The names of all folders of `templates/`, whether or not they could be read.
func templateFolders(_ files: ProjectFiles) -> Set<String> {
    let unreadable = files.problems.map(\.primary.file).filter { $0.hasPrefix("templates/") }
    // What could not be read may be a template's folder itself.
    let folders = (files.below("templates/").map(\.path) + unreadable).map { parentFolder($0)[...] }
    return Set((folders + unreadable.map { $0[...] }).map { String($0.dropFirst("templates/".utf8.count)) })
}

/// A folder of `templates/` that has no `template.yaml`, or a file with nearly the name of one that is read, would be
/// passed over in silence.
private func reportStrayTemplates(_ files: ProjectFiles, _ diagnostics: inout [Diagnostic]) {
    let names = ["template.yaml", "preview.mustache", "style.css"]
    var reported: Set<String> = []
    for file in files.below("templates/") {
        let folder = parentFolder(file.path)
        guard folder != "templates", !folder.hasPrefix("templates/_") else { continue }
        let name = String(file.path.dropFirst(folder.utf8.count + 1))
        let meant = names.contains(name) ? nil : nearMiss(name, among: names)
        let isThere =
            files[folder + "/template.yaml"] != nil || files.unread.covers(folder + "/template.yaml")
        if isThere, let meant {
            diagnostics.append(.unknownTemplateFile(file.path, meant: meant))
        }
        guard !isThere, reported.insert(folder).inserted else { continue }
        diagnostics.append(
            .missingTemplateFile(
                String(folder.dropFirst("templates/".utf8.count)), file.path,
                misnamed: meant == "template.yaml" ? name : nil))
    }
}
