import PlacardBundle
import Testing

@testable import PlacardEngine

/// Draws are fair, independent of one another, and stable under growth.
@Suite struct DrawTests {
    private let units = (0..<40_000).map { "user-\($0)" }

    @Test func aKnownDrawStaysTheSame() {
        // Pinned: a change here moves every user of every experiment.
        let bytes = [UInt8]("rollout\u{1F}order-ready\u{1F}rider-17".utf8)
        #expect(Draw(.rollout, message: "order-ready", unit: "rider-17").hash == murmurHash3(bytes))
        #expect(murmurHash3([UInt8]("hello".utf8)) == 0x248B_FA47)
    }

    @Test(arguments: [0, 1, 100, 1000, 2500, 5000, 9999, 10_000] as [Int64])
    func shareIsKept(_ share: Int64) {
        let count = units.count { Draw(.rollout, message: "m", unit: $0).isWithin(share) }
        let expected = Double(units.count) * Double(share) / 10_000
        // Five standard deviations.
        let slack = 5 * (expected * (1 - Double(share) / 10_000)).squareRoot() + 0.5
        #expect(abs(Double(count) - expected) <= slack)
        if share == 0 { #expect(count == 0) }
        if share == 10_000 { #expect(count == units.count) }
    }

    @Test func raisingARolloutKeepsTheFirst() {
        for unit in units {
            let draw = Draw(.rollout, message: "m", unit: unit)
            if draw.isWithin(1000) { #expect(draw.isWithin(5000)) }
        }
    }

    /// Chi-squared over the four cells of two draws at one half each, with one degree of freedom.
    private func chiSquared(_ a: (String) -> Bool, _ b: (String) -> Bool) -> Double {
        var cells = [[0.0, 0.0], [0.0, 0.0]]
        for unit in units { cells[a(unit) ? 1 : 0][b(unit) ? 1 : 0] += 1 }
        let total = Double(units.count)
        var sum = 0.0
        for row in 0..<2 {
            for column in 0..<2 {
                let expected =
                    (cells[row][0] + cells[row][1]) * (cells[0][column] + cells[1][column]) / total
                sum += (cells[row][column] - expected) * (cells[row][column] - expected) / expected
            }
        }
        return sum
    }

    @Test func purposesAreIndependent() {
        for message in ["m", "order-ready", "free-month", "new-chapter"] {
            for (a, b) in [(DrawPurpose.rollout, DrawPurpose.holdout), (.rollout, .variant), (.holdout, .variant)] {
                let value = chiSquared(
                    { Draw(a, message: message, unit: $0).isWithin(5000) },
                    { Draw(b, message: message, unit: $0).isWithin(5000) })
                // p = 0.0001
                #expect(value < 15.14, "\(message): \(a) and \(b)")
            }
        }
    }

    @Test func messagesAreIndependent() {
        let value = chiSquared(
            { Draw(.rollout, message: "a", unit: $0).isWithin(5000) },
            { Draw(.rollout, message: "b", unit: $0).isWithin(5000) })
        #expect(value < 15.14)
    }

    @Test func variantsFollowTheirWeights() {
        let variants = [
            ExperimentVariant(id: "a", weight: 1), ExperimentVariant(id: "none", weight: 0),
            ExperimentVariant(id: "b", weight: 3),
        ]
        var counts: [String: Int] = [:]
        for unit in units {
            if let variant = Draw(.variant, message: "m", unit: unit).variant(of: variants) {
                counts[variant.id, default: 0] += 1
            }
        }
        #expect(counts["none"] == nil)
        let (a, b) = (counts["a"] ?? 0, counts["b"] ?? 0)
        let deviation: Double = (40_000.0 * 0.25 * 0.75).squareRoot()
        let distance: Double = Double(a) - 10_000
        #expect(distance.magnitude < 5 * deviation)
        #expect(a + b == units.count)
        #expect(Draw(.variant, message: "m", unit: "u").variant(of: []) == nil)
    }

    @Test func bucketsAreBounded() {
        for unit in units.prefix(2000) {
            let draw = Draw(.variant, message: "m", unit: unit)
            #expect((0..<7).contains(draw.bucket(of: 7)))
            #expect(draw.bucket(of: 0) == 0)
            #expect(draw.bucket(of: .max) >= 0)
            #expect(draw.bucket(of: -5) == 0)
        }
    }
}
