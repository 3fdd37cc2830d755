import Testing

@testable import LinearRegex

/// What a match or a compilation counts is what it does, and it ends when that is more than it may take.
@Suite struct StepTests {
    /// The pattern that keeps a thousand instructions alive at each byte.
    private let hostile = "[ab]*a[ab]{1000}c"

    private func text(_ length: Int) -> String {
        var state: UInt64 = 7
        var bytes: [UInt8] = []
        for _ in 0..<length {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            bytes.append(state >> 40 & 1 == 0 ? 0x61 : 0x62)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Steps that a match takes when it may take any number.
    private func steps(_ regex: Regex, _ text: String) -> Int {
        var left = Int.max
        _ = regex.matches(text, steps: &left)
        return Int.max - left
    }

    @Test func aMatchEndsWhenItsStepsAreSpent() throws {
        let regex = try Regex(hostile)
        #expect(!regex.hasAutomaton)
        var left = 1_000_000
        #expect(regex.matches(text(90_000), steps: &left) == nil)
        // No more than a byte's worth is taken on top.
        #expect(left < 0 && left >= -2 * regex.stepsPerByte)
        #expect(steps(regex, text(4_000)) > 4_000 * 500)
    }

    @Test func aTableTakesAStepForAByteThatItReads() throws {
        let regex = try Regex("^a*b")
        #expect(regex.hasAutomaton)
        #expect(steps(regex, "aaab" + text(1_000)) == 4)
        #expect(steps(regex, String(repeating: "a", count: 1_000)) == 1_000)
        var left = 999
        #expect(regex.matches(String(repeating: "a", count: 1_000), steps: &left) == nil)
        #expect(left == -1)
        left = 1_000
        #expect(regex.matches(String(repeating: "a", count: 1_000), steps: &left) == false)
        #expect(left == 0)
    }

    @Test(arguments: ["[ab]*a[ab]{200}c", "(a|b)*a(a|b){30}$", "\\b[ab]{300}\\b", "^(a?){100}b", "(x+x+)+y"])
    func whatIsCountedIsWhatIsAlive(_ pattern: String) throws {
        let regex = try Regex(pattern)
        for length in [0, 1, 50, 600] {
            let text = text(length)
            var counted = Int.max
            text.utf8.withContiguousStorageIfAvailable { bytes in
                _ = Simulation.matches(regex.program, bytes, steps: &counted)
            }
            let alive = aliveInAll(regex.program, Array(text.utf8))
            #expect(Int.max - counted >= Steps.visit * alive, "\(pattern) on \(length) bytes")
        }
    }

    /// How many instructions that read a byte are alive before each byte, summed up: found by sets, apart from what is
    /// tested.
    private func aliveInAll(_ program: RegexProgram, _ bytes: [UInt8]) -> Int {
        func closure(_ starts: [Int32], _ before: Neighbour, _ after: Neighbour) -> Set<Int32> {
            var found: Set<Int32> = []
            var open = starts
            while let next = open.popLast() {
                guard found.insert(next).inserted else { continue }
                let instruction = program.instructions[Int(next)]
                switch instruction.kind {
                case .split: open += [instruction.first, instruction.second]
                case .assertion:
                    if Assertion(rawValue: UInt8(instruction.second))?.holds(before: before, after: after) == true {
                        open.append(instruction.first)
                    }
                case .match, .bytes: break
                }
            }
            return found
        }
        var total = 0
        var starts = [program.start]
        var before = Neighbour.edge
        for byte in bytes {
            let alive = closure(starts, before, Neighbour(byte))
            if alive.contains(where: { program.instructions[Int($0)].kind == .match }) { return total }
            let readers = alive.filter { program.instructions[Int($0)].kind == .bytes }
            total += readers.count
            starts = readers.compactMap { program.next(program.instructions[Int($0)], byte) }
            if !program.isAnchored { starts.append(program.start) }
            if starts.isEmpty { return total }
            before = Neighbour(byte)
        }
        return total
    }

    @Test func aBudgetChangesNoAnswer() throws {
        for pattern in ["[ab]*a[ab]{200}c", "b{3}", "(a|b)*a(a|b){30}$", "abba|baab", "\\bab", "^b"] {
            let regex = try Regex(pattern)
            for length in [0, 3, 40, 400] {
                let text = text(length)
                for budget in [0, 1, 10, 1_000, 100_000, 10_000_000] {
                    var left = budget
                    let answer = regex.matches(text, steps: &left)
                    #expect(answer == nil || answer == regex.matches(text), "\(pattern), \(length), \(budget)")
                    #expect((answer == nil) == (left < 0), "\(pattern), \(length), \(budget)")
                }
            }
        }
    }

    @Test(arguments: [
        "\\pL", "\\p{Greek}", "(?i:\\pL)", "[^\\pL]", "(?i:k)", "[[:alpha:]]", "[[:", "(?:x|\\pL)", "x{1000}",
        "(?:){1000}", ".",
        "(?P<name>x)", "a|", "(a", "\\Qa\\E", "[a-z0-9]",
    ]) func compilationCountsWhatItMakes(_ part: String) {
        // What is eight times as long takes at least four times as much (small tables are tried, which counts, too), and ends in a budget that is too small for it.
        func taken(_ count: Int, _ budget: Int) -> (steps: Int, isSpent: Bool) {
            var left = budget
            do {
                _ = try Regex(String(repeating: part, count: count), steps: &left)
                return (budget - left, false)
            } catch {
                return (budget - left, error.isOutOfSteps)
            }
        }
        let few = taken(20, 1 << 40)
        let many = taken(160, 1 << 40)
        #expect(many.steps >= 4 * few.steps)
        #expect(few.steps >= 20 * part.utf8.count)
        let spent = taken(160, many.steps / 2)
        #expect(spent.isSpent)
        #expect(spent.steps < many.steps + 1_000_000)
    }

    @Test func aPatternOfSomebodyElseEndsInTime() {
        for part in ["(?i)k", "\\PL", "[^\\pL\\pN]", "(\\pL{9}|a)", "[[:", "(?i:\\pL)"] {
            let pattern = String(repeating: part, count: Regex.patternLengthLimit / part.utf8.count)
            var left = 1_000_000
            do {
                _ = try Regex(pattern, steps: &left)
                Issue.record("\(part) is compiled")
            } catch {
                #expect(error.isOutOfSteps, "\(part): \(error.message)")
            }
            #expect(left > -1_000_000, "\(part)")
        }
    }
}
