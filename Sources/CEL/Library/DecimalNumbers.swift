/// A double as a decimal text with the fewest digits that read back as it: `123.456`, `1e+21`.
func decimalText(_ number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity" }
    let (digits, exponent) = shortestDigits(number.magnitude)
    guard (-6...21).contains(exponent) else {
        var bytes: [UInt8] = number.sign == .minus ? [0x2D] : []
        bytes.append(digits[0])
        if digits.count > 1 {
            bytes.append(0x2E)
            bytes += digits[1...]
        }
        bytes += exponent > 0 ? "e+".utf8 : "e-".utf8
        let power = String((exponent - 1).magnitude)
        if power.utf8.count < 2 { bytes.append(0x30) }
        bytes += power.utf8
        return String(decoding: bytes, as: UTF8.self)
    }
    return plainText(number)
}

/// A finite double as a decimal text without an exponent, however long.
func plainText(_ number: Double) -> String {
    guard number.isFinite else { return decimalText(number) }
    let (digits, exponent) = shortestDigits(number.magnitude)
    var bytes: [UInt8] = number.sign == .minus ? [0x2D] : []
    if exponent <= 0 {
        bytes += "0".utf8
        if digits != [0x30] {
            bytes.append(0x2E)
            bytes += repeatElement(0x30, count: -exponent)
            bytes += digits
        }
    } else if exponent >= digits.count {
        bytes += digits
        bytes += repeatElement(0x30, count: exponent - digits.count)
    } else {
        bytes += digits[..<exponent]
        bytes.append(0x2E)
        bytes += digits[exponent...]
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// The shortest digits d₁d₂… of a double, whose value is 0.d₁d₂… × 10^exponent; zero is `0` with exponent 0.
func shortestDigits(_ number: Double) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    var point: Int?
    var power = 0
    var negative = false
    var inExponent = false
    for byte in number.description.utf8 {
        switch byte {
        case 0x30...0x39 where inExponent: power = power * 10 + Int(byte - 0x30)
        case 0x30...0x39: digits.append(byte)
        case 0x2E: point = digits.count
        case 0x65: inExponent = true
        case 0x2D: negative = inExponent
        default: break
        }
    }
    var exponent = (point ?? digits.count) + (negative ? -power : power)
    let leading = digits.prefix { $0 == 0x30 }.count
    digits.removeFirst(leading)
    exponent -= leading
    while digits.last == 0x30 { digits.removeLast() }
    return digits.isEmpty ? ([0x30], 0) : (digits, exponent)
}

/// The exact decimal expansion of a double, to be rounded to any number of digits.
///
/// A double is m × 2^e, so that it has an exact decimal expansion; rounding that half to even is what the string
/// extension asks of `%f` and `%e`.
struct ExactDecimal {
    /// The digits, most significant first, as numbers 0 to 9.
    private var digits: [UInt8]
    /// How many of them stand before the point; may be negative or more than there are.
    private var point: Int

    /// - Parameter magnitude: finite and not negative.
    init(_ magnitude: Double) {
        var mantissa = magnitude.significandBitPattern
        var exponent = Int(magnitude.exponentBitPattern) - 1075
        if magnitude.exponentBitPattern == 0 { exponent = -1074 } else { mantissa |= 1 << 52 }
        // Base 10^9 limbs, least significant first.
        var limbs: [UInt64] = [mantissa % 1_000_000_000, mantissa / 1_000_000_000]
        var fraction = 0
        while exponent > 0 {
            let step = min(exponent, 30)
            ExactDecimal.multiply(&limbs, by: 1 << UInt64(step))
            exponent -= step
        }
        // m / 2^k = m × 5^k / 10^k.
        while exponent < 0 {
            let step = min(-exponent, 12)
            var factor: UInt64 = 1
            for _ in 0..<step { factor *= 5 }
            ExactDecimal.multiply(&limbs, by: factor)
            exponent += step
            fraction += step
        }
        var text: [UInt8] = []
        for limb in limbs {
            var rest = limb
            for _ in 0..<9 {
                text.append(UInt8(rest % 10))
                rest /= 10
            }
        }
        while text.count > 1, text.last == 0 { text.removeLast() }
        digits = text.reversed()
        point = digits.count - fraction
    }

    private static func multiply(_ limbs: inout [UInt64], by factor: UInt64) {
        var carry: UInt64 = 0
        for index in limbs.indices {
            let product = limbs[index] * factor + carry
            limbs[index] = product % 1_000_000_000
            carry = product / 1_000_000_000
        }
        while carry > 0 {
            limbs.append(carry % 1_000_000_000)
            carry /= 1_000_000_000
        }
    }

    /// Keeps `count` digits from the front, rounding half to even.
    private mutating func round(to count: Int) {
        guard count < digits.count else { return }
        guard count >= 0 else {
            digits = [0]
            point = 1
            return
        }
        let dropped = digits[count...]
        let first = dropped.first ?? 0
        let tail = dropped.dropFirst().contains { $0 != 0 }
        let isOdd = count > 0 && digits[count - 1] % 2 == 1
        let up = first > 5 || (first == 5 && (tail || isOdd))
        digits = Array(digits[..<count])
        guard up else { return }
        var index = count - 1
        while index >= 0 {
            if digits[index] < 9 {
                digits[index] += 1
                return
            }
            digits[index] = 0
            index -= 1
        }
        digits.insert(1, at: 0)
        point += 1
    }

    /// `123.500` for a precision of 3.
    func fixed(_ precision: Int) -> [UInt8] {
        var copy = self
        copy.round(to: copy.point + precision)
        var result: [UInt8] = []
        for position in 0..<max(0, copy.point) { result.append(copy.digit(position) + 0x30) }
        if copy.point <= 0 { result = [0x30] }
        guard precision > 0 else { return result }
        result.append(0x2E)
        for offset in 0..<precision { result.append(copy.digit(copy.point + offset) + 0x30) }
        return result
    }

    private func digit(_ position: Int) -> UInt8 {
        digits.indices.contains(position) ? digits[position] : 0
    }

    /// `1.235e+02` for a precision of 3.
    func scientific(_ precision: Int) -> [UInt8] {
        var copy = self
        let isZero = !digits.contains { $0 != 0 }
        copy.round(to: 1 + precision)
        var result = [copy.digit(0) + 0x30]
        if precision > 0 {
            result.append(0x2E)
            for offset in 1...precision { result.append(copy.digit(offset) + 0x30) }
        }
        let exponent = isZero ? 0 : copy.point - 1
        result += [0x65, exponent < 0 ? 0x2D : 0x2B]
        let power = String(exponent.magnitude)
        if power.utf8.count < 2 { result.append(0x30) }
        return result + Array(power.utf8)
    }
}
