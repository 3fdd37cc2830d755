import CanonicalJSON

/// What makes a message come up.
public struct Trigger: Sendable, Equatable {
    /// The name of a declared event.
    public var event: String
    /// A condition over the context and `event`, as CEL source.
    public var when: String?
    /// Milliseconds from the event until the message shows.
    public var delay: Int64?

    /// A trigger on `event`.
    public init(event: String, when: String? = nil, delay: Int64? = nil) {
        self.event = event
        self.when = when
        self.delay = delay
    }
}

/// How users are split, and who sees nothing so that the effect can be measured.
public struct Experiment: Sendable, Equatable {
    /// The variants in the order that the draw walks them.
    public var variants: [ExperimentVariant]
    /// The share of users that see nothing of the message, in hundredths of a percent.
    public var holdout: Int64?

    /// An experiment; no variants when only a holdout is wanted.
    public init(variants: [ExperimentVariant] = [], holdout: Int64? = nil) {
        self.variants = variants
        self.holdout = holdout
    }

    /// The weights have a sum that a draw can be made of.
    func checkWeights() throws(BundleError) {
        var weight: Int64 = 0
        for variant in variants { weight += variant.weight }
        guard variants.isEmpty || weight > 0 else {
            throw BundleError(path: "/variants", "the weights of the variants are all zero")
        }
        guard weight <= Experiment.weightLimit else {
            throw BundleError(path: "/variants", "the weights of the variants are more than \(Experiment.weightLimit)")
        }
    }

    /// The largest sum of weights, so that a draw of 32 bits is fair to each.
    public static let weightLimit: Int64 = 1_000_000
}

/// One arm of an experiment.
public struct ExperimentVariant: Sendable, Equatable {
    /// Its name, unique in the message.
    public var id: String
    /// Its share of the sum of all weights.
    public var weight: Int64
    /// Whether this arm sees nothing: a control without a message, whose exposure counts all the same.
    public var withheld: Bool
    /// The values of fields that differ from the message's own.
    public var fields: SortedMap<FieldValue>
    /// The actions in place of the message's own, where they differ.
    public var actions: [BundleAction]?

    /// An arm that is drawn with `weight`.
    public init(
        id: String, weight: Int64, withheld: Bool = false, fields: SortedMap<FieldValue> = [:],
        actions: [BundleAction]? = nil
    ) {
        self.id = id
        self.weight = weight
        self.withheld = withheld
        self.fields = fields
        self.actions = actions
    }
}
