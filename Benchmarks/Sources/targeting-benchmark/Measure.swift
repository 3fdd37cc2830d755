/// Durations in nanoseconds.
struct Samples {
    private var sorted: [Double]

    init(_ values: [Double]) { sorted = values.sorted() }

    var least: Double { sorted.first ?? 0 }
    var most: Double { sorted.last ?? 0 }

    /// The value that the given share of all is not above.
    func quantile(_ share: Double) -> Double {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
}

/// How long `work` takes, in nanoseconds.
func nanoseconds(_ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let begin = clock.now
    try work()
    let (seconds, attoseconds) = begin.duration(to: clock.now).components
    return Double(seconds) * 1e9 + Double(attoseconds) * 1e-9
}

/// Nanoseconds that `work` takes once, the best of some repetitions of about `milliseconds` each.
func best(repetitions: Int, milliseconds: Double, _ work: () -> Void) -> Double {
    var rounds = 1
    // Twice as many until a repetition is long enough for the clock.
    while nanoseconds({ for _ in 0..<rounds { work() } }) < milliseconds * 1e6 { rounds *= 2 }
    var samples: [Double] = []
    for _ in 0..<repetitions {
        samples.append(nanoseconds { for _ in 0..<rounds { work() } } / Double(rounds))
    }
    return Samples(samples).least
}
