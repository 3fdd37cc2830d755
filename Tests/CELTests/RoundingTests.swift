import ConformanceSupport
import Testing

@testable import CEL

/// The package's own rounding against the standard library's.
@Suite struct RoundingTests {
    @Test func agreesWithTheStandardLibrary() {
        var random = SplitMix(state: 3)
        var numbers: [Double] = [
            0, -0.0, 0.5, -0.5, 1.5, -1.5, 2.5, 0.49999999999999994, 0x1p52, 0x1p52 - 0.5, -0x1p53, 1e300, .infinity,
            -.infinity, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 2, 3, 4,
        ]
        for _ in 0..<20_000 {
            let number = Double(bitPattern: random.next())
            if !number.isNaN { numbers.append(number) }
            numbers.append(Double(Int64(truncatingIfNeeded: random.next()) >> 20) / 1024)
        }
        for number in numbers {
            #expect(number.integerPart.bitPattern == number.rounded(.towardZero).bitPattern)
            #expect(number.roundedDown.bitPattern == number.rounded(.down).bitPattern)
            #expect(number.roundedUp == number.rounded(.up))
            #expect(number.roundedAway == number.rounded(.toNearestOrAwayFromZero))
            let root = number.exactSquareRoot
            #expect(root == number.squareRoot() || (root.isNaN && number < 0), "\(number)")
        }
    }
}
