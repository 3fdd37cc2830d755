/// A unit that is being read.
struct XLIFFUnit {
    var id: String
    /// One, or one for each case of its variants.
    private(set) var texts: [Text] = []
    /// Where in ``texts`` each case is.
    private var places: [String: Int] = [:]
    /// What chooses among the variants; empty where there are none.
    var selectors: [String] = []
    var codes: [String: String] = [:]
    var data: [String: String] = [:]
    /// In XLIFF 2 texts stand in segments, and in what is between them.
    var isSegmented = false
    var parts = 0
    var segments = 0
    var segmentIDs: Set<String> = []
    var codeIDs: Set<String> = []
    /// What is wrong with it; what was found first.
    private(set) var problem: String?

    init(id: String) { self.id = id }

    /// Notes that it cannot be taken.
    ///
    /// - Parameter reason: on one line, without a full stop.
    mutating func refuse(_ reason: String) { problem = problem ?? reason }

    /// What the segments of a unit say, or those for one case.
    struct Text {
        /// `few`; nil where there are no variants.
        var variant: String?
        var source = ""
        /// The parts of the target, each with its place.
        var target: [(order: Int, text: String)] = []
        var hasAllTargets = true
        var needsReview = false
        var problem: String?
    }

    /// A segment that is being read, or what stands between two.
    struct Segment {
        var variant: String?
        var needsReview = false
        /// Whether something is wrong with the unit itself, or with what stands before it.
        var isInBrokenUnit = false
        var source: String?
        var target: String?
        var order: Int?
        var isDouble = false
    }

    /// Takes in a segment, or what stands between two of them.
    ///
    /// - Parameter isText: whether it is to be translated.
    mutating func add(_ segment: Segment, isText: Bool) {
        let variant = segment.variant ?? ""
        let place = places[variant] ?? texts.count
        if place == texts.count {
            places[variant] = place
            texts.append(Text(variant: segment.variant))
        }
        if let source = segment.source {
            if segment.isDouble { refuse("two sources or targets stand where one is to be") }
            texts[place].source += source
            let target = segment.target ?? (isText ? "" : source)
            if isText, target.isEmpty { texts[place].hasAllTargets = false }
            texts[place].target.append((segment.order ?? parts, target))
        } else {
            refuse("a source is missing")
        }
        if segment.needsReview { texts[place].needsReview = true }
        // What is wrong with one case is none of the others' business.
        if segment.variant != nil, !segment.isInBrokenUnit, problem != nil {
            texts[place].problem = texts[place].problem ?? problem
            problem = nil
        }
    }
}
