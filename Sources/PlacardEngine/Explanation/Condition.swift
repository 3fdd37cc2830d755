import CEL
import SourceDiagnostics

/// A condition of a message: its expression, compiled once, or why it cannot be.
///
/// A class, so that asking a thousand of them copies none.
final class Condition: Sendable {
    let source: String
    private let evaluator: Evaluator?
    /// What explains it; nil where it is compiled anew for that.
    private let program: Program?
    /// The first defect of an expression that does not compile.
    let defect: String?

    /// - Parameter keepsTree: whether to be ready to explain, which takes several times the memory.
    init(_ source: String, in environment: Environment, keepsTree: Bool) {
        self.source = source
        let (program, diagnostics) = environment.compile(source, expecting: .bool)
        evaluator = program?.evaluator
        self.program = keepsTree ? program : nil
        defect = program == nil ? diagnostics.first { $0.severity == .error }?.message ?? "it does not compile" : nil
    }

    /// Whether the condition holds; an error is no, and so is more than `work` units of work. What it takes is added to
    /// `spent`.
    func holds(_ activation: Activation, work: Int, spent: inout Int) -> Bool {
        guard let evaluator, case .success(true) = evaluator.evaluateBool(activation, work: work, spent: &spent)
        else { return false }
        return true
    }

    /// Why the condition does not hold, or that it takes more than `work` units of work.
    ///
    /// - Parameters:
    ///   - environment: what it was compiled in.
    ///   - absences: why attributes have no value, by path, where it is not that there is none.
    ///   - spent: gets the units that it takes added.
    func failure(
        _ activation: Activation, in environment: Environment, work: Int, spent: inout Int,
        absences: [String: String] = [:]
    ) -> ConditionFailure {
        guard evaluator != nil, let program = program ?? environment.compile(source, expecting: .bool).0 else {
            return ConditionFailure(source: source, atoms: [], error: defect)
        }
        switch program.evaluateBool(activation, work: work, spent: &spent) {
        case .success(true): return ConditionFailure(source: source, atoms: [], error: nil)
        case .success(false):
            let explanation = Explanation(
                checked: program.checked, activation: activation, work: work, absences: absences)
            defer { spent += explanation.spent }
            return ConditionFailure(
                source: source, atoms: explanation.reasons(for: program.checked.expression.root, wanted: true),
                error: nil)
        case .failure(let error) where error.isLimit:
            return ConditionFailure(source: source, atoms: [], error: error.message)
        case .failure(let error):
            let explanation = Explanation(
                checked: program.checked, activation: activation, work: work, absences: absences)
            defer { spent += explanation.spent }
            let absent = explanation.absentFields(program.checked.expression.root)
            return ConditionFailure(
                source: source, atoms: absent.map { explanation.absence($0) },
                error: absent.isEmpty ? error.message : nil)
        }
    }
}

/// Why an expression does not hold.
public struct ConditionFailure: Sendable, Equatable {
    /// The expression.
    public var source: String
    /// What would have to be different, each on its own: `user.country is "FR", wants "US" or "CA"`.
    public var atoms: [String]
    /// The run-time error, when no value explains it.
    public var error: String?

    /// In words, on one line.
    public var text: String {
        if let error { return shortened(error) }
        return atoms.isEmpty ? shortened(source) + " is false" : atoms.joined(separator: "; ")
    }
}
