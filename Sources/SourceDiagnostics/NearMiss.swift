/// The one name among `candidates` that `name` was probably meant to be; nil when there is none or more than one.
///
/// A near miss is within one edit for names of up to four scalars, two for longer and three from ten on
/// (insertion, deletion, substitution, or two neighbours swapped), or equal but for case. Of many candidates the first
/// 2,048 are looked at, and the first 256 of the same letters compared, so that the time for many names among many grows with their sum and not with their product.
public func nearMiss(_ name: String, among candidates: some Sequence<String>) -> String? {
    let limit = nearMissLengthLimit
    let wanted = Array(name.unicodeScalars.prefix(limit + 1))
    guard wanted.count <= limit else { return nil }
    let allowed = wanted.count <= 2 ? 0 : wanted.count <= 4 ? 1 : wanted.count < 10 ? 2 : 3
    let (length, letters) = (name.utf8.count, asciiLetters(name))
    var best: String?
    var bestDistance = Int.max
    var ambiguous = false
    var compared = 0
    for candidate in candidates.prefix(nearMissCandidateLimit) {
        // Most names are neither as long nor of the same letters: an edit adds one and takes one at most.
        guard abs(candidate.utf8.count - length) <= 4 * max(allowed, 1),
            (asciiLetters(candidate) ^ letters).nonzeroBitCount <= 2 * allowed, candidate != name
        else { continue }
        compared += 1
        guard compared <= nearMissComparisonLimit else { break }
        let other = Array(candidate.unicodeScalars.prefix(limit + 1))
        let distance: Int
        if sameButForCase(wanted, other) {
            distance = 0
        } else if abs(other.count - wanted.count) <= allowed {
            distance = editDistance(wanted, other, atMost: allowed)
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

/// How many candidates are looked at.
let nearMissCandidateLimit = 2048

/// How many of them, of the same letters but for an edit or two, are compared letter by letter.
let nearMissComparisonLimit = 256

/// A set of the ASCII characters in `text`, in which upper and lower case are the same and some others too.
private func asciiLetters(_ text: String) -> UInt64 {
    var letters: UInt64 = 0
    for byte in text.utf8 where byte < 0x80 {
        letters |= 1 << UInt64((byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) & 63)
    }
    return letters
}

private func sameButForCase(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { lowercased($0) == lowercased($1) }
}

private func lowercased(_ scalar: Unicode.Scalar) -> UInt32 {
    (0x41...0x5A).contains(scalar.value) ? scalar.value + 32 : scalar.value
}

/// The optimal string alignment distance; some number above `limit` when it is more than that.
func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atMost limit: Int = .max) -> Int {
    // What both begin and end with needs no edit.
    var start = 0
    while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
    var end = 0
    while end < min(a.count, b.count) - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
    let a = a[start..<(a.count - end)]
    let b = b[start..<(b.count - end)]
    let limit = min(limit, max(a.count, b.count))
    guard abs(a.count - b.count) <= limit else { return limit + 1 }
    let width = b.count + 1
    // Three rows, each beside the one before; of each no more is filled in than what may come to `limit`.
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: 3 * width) { cells in
        cells.initialize(repeating: limit + 1)
        for column in 0...min(b.count, limit) { cells[column] = column }
        var (beforePrevious, previous, current) = (2 * width, 0, width)
        for row in 1..<(a.count + 1) {
            let i = a.startIndex + row - 1
            let columns = max(1, row - limit)..<(min(b.count, row + limit) + 1)
            cells[current + columns.lowerBound - 1] = columns.lowerBound == 1 ? row : limit + 1
            var least = cells[current + columns.lowerBound - 1]
            for column in columns {
                let j = b.startIndex + column - 1
                var distance = min(
                    cells[previous + column - 1] + (a[i] == b[j] ? 0 : 1), cells[previous + column] + 1,
                    cells[current + column - 1] + 1)
                if row > 1, column > 1, a[i] == b[j - 1], a[i - 1] == b[j] {
                    distance = min(distance, cells[beforePrevious + column - 2] + 1)
                }
                cells[current + column] = distance
                least = min(least, distance)
            }
            if columns.upperBound < width { cells[current + columns.upperBound] = limit + 1 }
            // No later row has less than the least of this one.
            if least > limit { return least }
            (beforePrevious, previous, current) = (previous, current, beforePrevious)
        }
        return cells[previous + b.count]
    }
}
