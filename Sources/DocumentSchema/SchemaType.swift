import CanonicalJSON

// One description of a document, as data. The validator, the JSON Schema for editors and the
// reference page are all made from it, so that they cannot disagree.

/// What a value may be.
package indirect enum SchemaType: Sendable {
    /// Anything at all.
    case any
    /// Text that people read, of any kind and length; not empty.
    case text
    /// Text that people read, or `""` to say that there is none.
    case textOrNone
    /// A string with a syntax of its own.
    case string(StringFormat)
    case bool
    /// An integer in a range.
    case int(ClosedRange<Int>)
    case number
    /// One of several words.
    case enumeration([EnumerationCase])
    /// A list; `unique` when no item may come twice.
    case list(of: SchemaType, count: ClosedRange<Int>, unique: Bool)
    /// A mapping whose keys the author chooses.
    case map(key: StringFormat, value: SchemaType, minimum: Int)
    /// A mapping with given keys.
    case object(SchemaObject)
    /// Mappings told apart by the value of one key.
    case variants(key: String, [SchemaVariant])
    /// Told apart by kind: a scalar, a list or a mapping.
    case oneOf([SchemaType])
    /// The one value `true`.
    case onlyTrue
    /// A value that joins with what is inherited, or `{replace: …}` with one that stands in its place.
    case replaceable(SchemaType)

    /// A value, or `[]` to say that there is none.
    case orNone(SchemaType)

    /// The key of a ``replaceable(_:)`` value that does not join.
    package static let replaceKey = "replace"

    /// The mapping that says so.
    static func replacement(_ type: SchemaType) -> SchemaObject {
        SchemaObject(
            "a replacement",
            [
                SchemaProperty(
                    replaceKey, type, required: true, "What stands in place of that of `_defaults.yaml`", example: "")
            ])
    }

    /// A list of any length.
    package static func list(of element: SchemaType) -> SchemaType {
        .list(of: element, count: 0...Int.max, unique: false)
    }

    /// A mapping of any size.
    package static func map(key: StringFormat, value: SchemaType) -> SchemaType {
        .map(key: key, value: value, minimum: 0)
    }

    /// Words without explanations.
    package static func words(_ words: [String]) -> SchemaType {
        .enumeration(words.map { EnumerationCase($0) })
    }
}

/// One word of an enumeration.
package struct EnumerationCase: Sendable {
    package var name: String
    /// What it means; may be empty.
    package var summary: String

    package init(_ name: String, _ summary: String = "") {
        self.name = name
        self.summary = summary
    }
}

/// One kind of mapping among several: the one whose discriminating key has the value ``name``.
package struct SchemaVariant: Sendable {
    package var name: String
    package var object: SchemaObject

    package init(_ name: String, _ object: SchemaObject) {
        self.name = name
        self.object = object
    }
}

/// A mapping with given keys.
package struct SchemaObject: Sendable {
    /// What it is, for messages: `an action`.
    package var name: String
    package var summary: String
    package var properties: [SchemaProperty] {
        didSet { indexProperties() }
    }
    /// The properties by name, once there are so many that looking through them takes its time.
    private var index: [String: Int] = [:]
    /// Keys of which exactly one must be there; empty for no such rule.
    package var exactlyOne: [String]
    /// The names of ``properties``.
    package var keys: Set<String> { Set(properties.map { $0.name }) }
    /// What a key that is not among ``properties`` may hold; nil when there may be none.
    package var additional: SchemaType?
    /// The key that a text alone in place of the mapping is meant for; nil for the only required one.
    package var mainKey: String?
    /// Why a key that belongs elsewhere is refused, by key: `translations carry texts only`.
    package var misplaced: [MisplacedKeys]
    /// What to do in place of keys that other tools have, and that are none here.
    package var advice: [KeyAdvice]

    package init(
        _ name: String, summary: String = "", _ properties: [SchemaProperty], exactlyOne: [String] = [],
        mainKey: String? = nil, additional: SchemaType? = nil, misplaced: [MisplacedKeys] = [], advice: [KeyAdvice] = []
    ) {
        self.name = name
        self.summary = summary
        self.properties = properties
        self.exactlyOne = exactlyOne
        self.mainKey = mainKey
        self.additional = additional
        self.misplaced = misplaced
        self.advice = advice
        indexProperties()
    }

    /// The property of that name; nil when there is none.
    package func property(_ name: String) -> SchemaProperty? {
        index.isEmpty ? properties.first { $0.name == name } : index[name].map { properties[$0] }
    }

    private mutating func indexProperties() {
        guard properties.count > 64 else {
            index = [:]
            return
        }
        index = Dictionary(properties.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }
}

/// Keys that are known, but belong somewhere else.
package struct MisplacedKeys: Sendable {
    package var keys: [String]
    /// Where they belong: `the source file`.
    package var home: String

    package init(_ keys: [String], home: String) {
        self.keys = keys
        self.home = home
    }
}

/// Keys that other tools have, for what is said in another way here.
package struct KeyAdvice: Sendable {
    /// In small letters, without `_` and `-`.
    package var words: Set<String>
    /// The way that it is said here, as a note.
    package var note: String
    /// Whether nothing is lost when the key goes.
    package var isNeedless: Bool

    package init(_ words: Set<String>, _ note: String, isNeedless: Bool = false) {
        self.words = words
        self.note = note
        self.isNeedless = isNeedless
    }
}

/// One key of a mapping.
package struct SchemaProperty: Sendable {
    package var name: String
    package var type: SchemaType
    package var isRequired: Bool
    /// One or two sentences for editors and the reference.
    package var summary: String
    /// The value as an author writes it in YAML, on one line.
    package var example: String
    package var defaultValue: JSONValue?

    package init(
        _ name: String, _ type: SchemaType, required: Bool = false, _ summary: String, example: String,
        default defaultValue: JSONValue? = nil
    ) {
        self.name = name
        self.type = type
        isRequired = required
        self.summary = summary
        self.example = example
        self.defaultValue = defaultValue
    }
}

/// A whole kind of document.
package struct DocumentSchema: Sendable {
    /// What `placard schema` calls it: `project`, `message:banner`.
    package var name: String
    package var title: String
    /// The files it describes: `content/**/*.md`.
    package var files: String
    package var root: SchemaObject

    package init(name: String, title: String, files: String, root: SchemaObject) {
        self.name = name
        self.title = title
        self.files = files
        self.root = root
    }
}
