import PlacardCompiler
import SourceDiagnostics

func compileProject(at folder: String, for purpose: CompilationPurpose, _ progress: Progress) throws(CommandFailure)
    -> Compilation
{
    Compilation(diagnostics: [], files: [:], messageCount: 0, localeCount: 0, output: nil)
}
func readDefinitions(at folder: String) throws(CommandFailure) -> Definitions {
    Definitions(project: .empty, templates: [], messages: [], files: [:])
}
func writeOutputFolder(_ output: BuildOutput, to folder: String) throws(CommandFailure) {
    do {
        try writeBuild(output, to: folder)
    } catch {
        switch error {
        case .notOurs: throw CommandFailure(error.message)
        case .failed: throw CommandFailure(error.message, exitCode: CommandFailure.failure)
        }
    }
}
#if CommandLine
    func availableSchemas(_ project: ProjectOptions) throws(CommandFailure) -> [NamedSchema] { [] }
#endif
