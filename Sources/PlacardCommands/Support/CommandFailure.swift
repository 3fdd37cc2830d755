import DiagnosticRendering
import SourceDiagnostics

/// Why a command stopped, for a person.
struct CommandFailure: Error {
    /// Exit code when the project has diagnostics.
    static let diagnostics: Int32 = 1
    /// Exit code for arguments that make no sense, or a folder without a project.
    static let wrongUse: Int32 = 2
    /// Exit code when the tool or the machine failed.
    static let failure: Int32 = 3

    /// What is wrong, on one line, without a full stop.
    var message: OutputText
    /// What to do, a line each.
    var help: [OutputText]
    var exitCode: Int32

    init(_ message: OutputText, help: [OutputText] = [], exitCode: Int32 = CommandFailure.wrongUse) {
        self.message = message
        self.help = help
        self.exitCode = exitCode
    }

    /// Writes the failure to standard error.
    func report() {
        let style = Console.current.errorStyle
        var text: OutputText = "\(style.bold(style.red("error")))\(style.bold(": \(message)"))\n"
        for line in help { text += "  \(style.bold("help")): \(line)\n" }
        writeError(text)
    }
}

/// `name` is not among `known`: says so, with the one that was probably meant or with all of them.
func unknown(_ kind: String, _ name: String, known: [String], help: [OutputText] = []) -> CommandFailure {
    if let meant = nearMiss(name, among: known) {
        return CommandFailure("no \(kind) is called `\(name)`", help: ["did you mean \(meant)?"] + help)
    }
    let all: OutputText = known.isEmpty ? "there is none yet" : "there are: \(someOf(known))"
    return CommandFailure("no \(kind) is called `\(name)`", help: [all] + help)
}

/// Names with commas between; of very many the first, and how many more there are.
func someOf(_ names: [String], atMost limit: Int = 100) -> OutputText {
    let shown = names.prefix(limit).map { name -> OutputText in "\(name)" }.joined(separator: ", ")
    return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
}
