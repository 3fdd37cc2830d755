/// The values of the declared variables for one evaluation, in slots.
public struct Activation: Sendable {
    var values: [CELValue?]
    private let tables: Environment.Tables

    /// No variable has a value yet.
    public init(_ environment: Environment) {
        tables = environment.tables
        values = [CELValue?](repeating: nil, count: tables.declarations.variables.count)
    }

    /// The slot of a variable, to set it many times without a look-up; nil when it is not declared.
    public func slot(of name: String) -> Int? { tables.variables[name] }

    /// The value of a declared variable; setting one that is not declared has no effect.
    public subscript(_ name: String) -> CELValue? {
        get { tables.variables[name].flatMap { values[$0] } }
        set { if let slot = tables.variables[name] { values[slot] = newValue } }
    }

    /// The value in a slot; a slot that does not exist has none, and setting it has no effect.
    public subscript(slot slot: Int) -> CELValue? {
        get { values.indices.contains(slot) ? values[slot] : nil }
        set { if values.indices.contains(slot) { values[slot] = newValue } }
    }
}
