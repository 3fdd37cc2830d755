import CanonicalJSON
import DiagnosticRendering
import PlacardBundle
import PlacardCompiler
import SourceDiagnostics

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a command is about to do with a project.
enum CompilationPurpose {
    /// Diagnostics alone.
    case check
    /// Diagnostics, and what a build writes.
    case build
    /// Translations beside their sources.
    case translations

    fileprivate var analysis: AnalysisLevel {
        switch self {
        case .check: .full
        case .build: .cheap
        case .translations: .none
        }
    }
}

/// A project after all stages, as far as commands care.
struct CompiledProject {
    /// In the order in which they are reported.
    var diagnostics: [Diagnostic]
    /// The bytes of the files that diagnostics are about, by path.
    var files: [String: [UInt8]]
    var messageCount: Int
    var localeCount: Int
    /// What a build writes; nil when there are errors, or none was asked for.
    var output: BuildOutput?
    /// What all of it comes from.
    var compilation: Compilation
}

/// Reads and compiles a project.
///
/// - Parameters:
///   - now: seconds from 1970, that schedules are held against; nil for the clock's.
///   - keepsUnits: whether translations are looked at by themselves.
///   - allowsIncomplete: whether what translations lack are warnings in every locale.
///   - unsaved: a file whose bytes are others than the disk's.
///   - base: gives the version that a build tells the changes from; it needs `keepsUnits`.
func compileProject(
    at location: ProjectLocation, for purpose: CompilationPurpose, _ progress: Progress, now: Int64? = nil,
    keepsUnits: Bool = false, allowsIncomplete: Bool = false, unsaved: ProjectFiles.File? = nil,
    base: ((Compilation) -> ComparedBase)? = nil
) throws(CommandFailure) -> CompiledProject {
    progress.stage("Reading the project")
    var files = try load(location)
    if let unsaved { files = files.replacing(unsaved.path, with: unsaved.bytes) }
    return compileProject(
        files, for: purpose, progress, now: now, keepsUnits: keepsUnits, allowsIncomplete: allowsIncomplete, base: base)
}

/// Compiles a project that has been read.
///
/// - Parameters:
///   - now: seconds from 1970, that schedules are held against; nil for the clock's.
///   - keepsUnits: whether translations are looked at by themselves.
///   - allowsIncomplete: whether what translations lack are warnings in every locale.
///   - base: gives the version that a build tells the changes from; it needs `keepsUnits`.
func compileProject(
    _ files: ProjectFiles, for purpose: CompilationPurpose, _ progress: Progress, now: Int64?, keepsUnits: Bool,
    allowsIncomplete: Bool = false, base: ((Compilation) -> ComparedBase)? = nil
) -> CompiledProject {
    progress.stage("Compiling \(counted(files.files.count, "file"))")
    let compilation = compile(
        files, knownDiagnostics: embeddedDiagnosticPages.keys.sorted(), analysis: purpose.analysis,
        now: now ?? Int64(Date().timeIntervalSince1970), keepsUnits: keepsUnits, allowsIncomplete: allowsIncomplete)
    var project = CompiledProject(
        diagnostics: compilation.diagnostics, files: sources(of: compilation.diagnostics, in: files),
        messageCount: compilation.messages.count, localeCount: compilation.locales.count, output: nil,
        compilation: compilation)
    if purpose == .build, !compilation.hasErrors {
        project.output = BuildOutput(
            compilation, title: "Placard", generator: "Placard \(placardVersion)", base: base?(compilation))
    }
    return project
}

/// Keeps a value as long as the process lives, for a command that is about to end: the system takes all memory back at
/// once, where taking apart thousands of messages is work.
func keepUntilExit(_ value: any Sendable) {
    _ = Unmanaged.passRetained(Kept(value))
}

private final class Kept: Sendable {
    let value: any Sendable

    init(_ value: any Sendable) {
        self.value = value
    }
}

/// Writes a build, or says why not; how many files it has.
func writeOutputFolder(
    _ output: BuildOutput, to folder: String, options: OutputOptions
) throws(CommandFailure) -> Int {
    do {
        return try writeBuild(output, to: folder, options: options)
    } catch {
        let help = error.help.map { line -> OutputText in "\(line)" }
        switch error {
        case .notOurs, .inTheWay: throw CommandFailure("\(error.message)", help: help)
        case .busy, .failed, .full, .unreadable:
            throw CommandFailure("\(error.message)", help: help, exitCode: CommandFailure.failure)
        }
    }
}

/// What a project declares, for the commands that write new files.
struct Definitions {
    var project: ProjectDefinition
    var templates: [TemplateDefinition]
    /// Those that could be read, in the order of their ids.
    var messages: [MessageDefinition]
    var compiled: [CompiledMessage]
    var files: ProjectFiles

    /// The path of a message's source file, whether or not it could be compiled.
    func messageFile(_ id: String) -> String? {
        files.files.first { $0.path.hasPrefix("content/") && $0.path.hasSuffix("/\(id).md") }?.path
    }
}

/// Reads what a project declares; diagnostics are for `placard check`, and do not matter here.
func readDefinitions(at location: ProjectLocation) throws(CommandFailure) -> Definitions {
    let files = try load(location)
    let compilation = compile(files, knownDiagnostics: embeddedDiagnosticPages.keys.sorted())
    return Definitions(
        project: compilation.project, templates: compilation.templates,
        messages: compilation.messages.map { $0.definition }, compiled: compilation.messages, files: files)
}

func load(_ location: ProjectLocation) throws(CommandFailure) -> ProjectFiles {
    do {
        return try loadProject(at: location.folder, followsLinks: location.followsLinks)
    } catch {
        throw CommandFailure("\(error.folder) has no placard.yaml")
    }
}

/// The bytes of every file that a label or an edit names.
func sources(of diagnostics: [Diagnostic], in files: ProjectFiles) -> [String: [UInt8]] {
    var result: [String: [UInt8]] = [:]
    for diagnostic in diagnostics {
        let labels = [diagnostic.primary.file] + diagnostic.secondary.map { $0.file }
        for path in labels + diagnostic.fixIts.flatMap({ $0.edits.map { $0.file } }) where result[path] == nil {
            result[path] = files[path]
        }
    }
    return result
}

/// `1 file`, `2 files`.
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
