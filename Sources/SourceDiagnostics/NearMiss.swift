/// The one name among `candidates` that `name` was probably meant to be; nil when there is none or more than one.
///
/// A near miss is within one edit for names of up to four scalars, two for longer and three from ten on
/// (insertion, deletion, substitution, or two neighbours swapped), or equal but for case.
public func nearMiss(_ name: String, among candidates: some Sequence<String>) -> String? {
    let limit = nearMissLengthLimit
    let wanted = Array(name.unicodeScalars.prefix(limit + 1))
    guard wanted.count <= limit else { return nil }
    let allowed = wanted.count <= 2 ? 0 : wanted.count <= 4 ? 1 : wanted.count < 10 ? 2 : 3
    var best: String?
    var bestDistance = Int.max
    var ambiguous = false
    for candidate in candidates where candidate != name {
        let other = Array(candidate.unicodeScalars.prefix(limit + 1))
        let distance: Int
        if sameButForCase(wanted, other) {
            distance = 0
        } else if abs(other.count - wanted.count) <= allowed {
            distance = editDistance(wanted, other)
            guard distance <= allowed else { continue }
        } else {
            continue
        }
        if distance < bestDistance {
            best = candidate
            bestDistance = distance
            ambiguous = false
        } else if distance == bestDistance, candidate != best {
            ambiguous = true
        }
    }
    return ambiguous ? nil : best
}

/// Names longer than this get no suggestion.
let nearMissLengthLimit = 64

private func sameButForCase(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { lowercased($0) == lowercased($1) }
}

private func lowercased(_ scalar: Unicode.Scalar) -> UInt32 {
    (0x41...0x5A).contains(scalar.value) ? scalar.value + 32 : scalar.value
}

/// The optimal string alignment distance.
func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in a.indices {
        var current = [i + 1]
        current.reserveCapacity(b.count + 1)
        for j in b.indices {
            var distance = min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                distance = min(distance, beforePrevious[j - 1] + 1)
            }
            current.append(distance)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[b.count]
}
