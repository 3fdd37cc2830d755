import Testing

@testable import SourceDiagnostics

@Suite struct NearMissTests {
    @Test(
        arguments: [
            ("contry", ["country", "segments"], "country"), ("ocuntry", ["country"], "country"),
            ("Country", ["country", "countr"], "country"), ("cnt", ["cont", "count"], "cont"), ("ab", ["ac"], nil),
            ("count", ["counts", "mount"], nil), ("first_nmae", ["first_name", "last_name"], "first_name"),
            ("fisrt_nmea", ["first_name"], "first_name"), ("été", ["ete", "étés"], "étés"), ("a", ["A"], "A"),
            ("abcdefghij", ["abcdefgxyz", "abcdefwxyz"], "abcdefgxyz"), ("same", ["same"], nil),
        ] as [(String, [String], String?)])
    func aNearNameIsFound(_ name: String, _ candidates: [String], _ wanted: String?) {
        #expect(nearMiss(name, among: candidates) == wanted)
    }

    @Test func comparisonsAreBounded() {
        // As long as the name and of its letters, and further from it than a slip.
        func others(_ count: Int) -> [String] { Array(repeating: "yrtnuoc_fo_esuoh", count: count) }
        #expect(nearMiss("house_of_contry", among: others(255) + ["house_of_country"]) == "house_of_country")
        #expect(nearMiss("house_of_contry", among: others(256) + ["house_of_country"]) == nil)
    }

    /// By the definition of the distance, without any shortcut.
    private func slow(_ a: ArraySlice<Unicode.Scalar>, _ b: ArraySlice<Unicode.Scalar>) -> Int {
        guard let last = a.last else { return b.count }
        guard let other = b.last else { return a.count }
        let (restA, restB) = (a.dropLast(), b.dropLast())
        var best = min(slow(restA, restB) + (last == other ? 0 : 1), slow(restA, b) + 1, slow(a, restB) + 1)
        if let beforeA = restA.last, let beforeB = restB.last, beforeA == other, beforeB == last {
            best = min(best, slow(restA.dropLast(), restB.dropLast()) + 1)
        }
        return best
    }

    @Test func shortcutsKeepTheDistance() {
        let letters: [Unicode.Scalar] = ["a", "b", "c"]
        func word(_ number: Int) -> [Unicode.Scalar] {
            var number = number
            var word: [Unicode.Scalar] = []
            while number > 0 {
                word.append(letters[number % 3])
                number /= 3
            }
            return word
        }
        for first in stride(from: 0, to: 243, by: 5) {
            for second in stride(from: 1, to: 243, by: 7) {
                let (a, b) = (word(first), word(second))
                let distance = slow(a[...], b[...])
                #expect(editDistance(a, b) == distance)
                #expect(min(editDistance(a, b, atMost: 2), 3) == min(distance, 3))
            }
        }
    }

    @Test func ofManyNamesTheNearestIsFound() {
        let names = (0..<3000).map { "name_\($0)" }
        #expect(nearMiss("nmae_100", among: names) == "name_100")
        // Behind the limit nothing is looked for.
        #expect(nearMiss("nmae_2999", among: ["x"] + names) == nil)
    }
}
