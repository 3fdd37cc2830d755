/// A variable and its type.
public struct VariableDeclaration: Hashable, Sendable {
    /// The name, possibly qualified: `user`, `com.example.x`.
    public var name: String
    /// The type of its values.
    public var type: CELType

    /// Declares a variable.
    public init(_ name: String, _ type: CELType) {
        self.name = name
        self.type = type
    }
}

/// A function that the host adds to the language.
public struct FunctionDeclaration: Sendable {
    /// One signature of a function.
    public struct Overload: Sendable {
        /// Unique within the environment.
        public var id: String
        /// For a method, the first parameter is the target.
        public var parameters: [CELType]
        /// What it gives.
        public var result: CELType
        /// Whether it is called as `target.name(…)`.
        public var isMember: Bool
        /// What it does; nil for a function that is only declared.
        public var implementation: (@Sendable ([CELValue]) -> Result<CELValue, EvaluationError>)?

        /// Declares an overload.
        public init(
            id: String, parameters: [CELType], result: CELType, isMember: Bool = false,
            implementation: (@Sendable ([CELValue]) -> Result<CELValue, EvaluationError>)? = nil
        ) {
            self.id = id
            self.parameters = parameters
            self.result = result
            self.isMember = isMember
            self.implementation = implementation
        }
    }

    /// The name, possibly qualified.
    public var name: String
    /// The signatures, which must not overlap.
    public var overloads: [Overload]

    /// Declares a function.
    public init(_ name: String, overloads: [Overload]) {
        self.name = name
        self.overloads = overloads
    }
}

/// A name that authors look for and that is not declared.
public struct AbsentName: Hashable, Sendable {
    /// The name, of a variable or a function.
    public var name: String
    /// What there is in its place, for the note of a diagnostic.
    public var note: String
    /// The declared name that is certainly meant; nil for none.
    public var replacement: String?

    /// Says what there is in place of a name.
    public init(_ name: String, note: String, replacement: String? = nil) {
        self.name = name
        self.note = note
        self.replacement = replacement
    }
}

/// What an expression may refer to besides the standard library.
public struct Declarations: Sendable {
    /// The variables; their order is that of the slots of an ``Activation``.
    public var variables: [VariableDeclaration]
    /// The functions.
    public var functions: [FunctionDeclaration]
    /// The object types.
    public var objectTypes: [ObjectType]
    /// Names that are not declared, with what diagnostics about them say.
    public var absentNames: [AbsentName] = []

    /// Collects declarations.
    public init(
        variables: [VariableDeclaration] = [], functions: [FunctionDeclaration] = [], objectTypes: [ObjectType] = []
    ) {
        self.variables = variables
        self.functions = functions
        self.objectTypes = objectTypes
    }
}
