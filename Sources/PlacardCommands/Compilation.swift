import CanonicalJSON
import PlacardCompiler
import SourceDiagnostics

/// What a command is about to do with a project.
enum CompilationPurpose {
    /// Findings alone.
    case check
    /// Findings, and what a build writes.
    case build
}

/// A project after all stages.
struct Compilation {
    /// In the order in which they are reported.
    var diagnostics: [Diagnostic]
    /// The bytes of the files that findings are about, by path.
    var files: [String: [UInt8]]
    var messageCount: Int
    var localeCount: Int
    /// What a build writes; nil when there are errors, or none was asked for.
    var output: BuildOutput?

    /// How many files a build writes.
    var fileCount: Int {
        output.map { 1 + $0.targets.count + $0.preview.count } ?? 0
    }
}

/// What a project declares, for the commands that write new files.
struct Definitions {
    var project: ProjectDefinition
    var templates: [TemplateDefinition]
    /// Those that could be read, in the order of their ids.
    var messages: [MessageDefinition]
    var files: [String: [UInt8]]

    /// The path of a message's source file, whether or not it could be read.
    func messageFile(_ id: String) -> String? {
        files.keys.sorted().first { $0.hasPrefix("content/") && ($0.hasSuffix("/\(id).md")) }
    }
}
