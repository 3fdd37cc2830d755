// Rounding and the square root without the C library's math functions, which a program without C does not link.

extension Double {
    /// The integer part; keeps the sign of zero.
    var integerPart: Double {
        guard magnitude < 0x1p52 else { return self }
        let whole = Double(Int64(self))
        return whole == 0 ? (sign == .minus ? -0.0 : 0.0) : whole
    }

    /// The greatest integer that is not above.
    var roundedDown: Double {
        let whole = integerPart
        return whole > self ? whole - 1 : whole
    }

    /// The least integer that is not below.
    var roundedUp: Double {
        let whole = integerPart
        return whole < self ? whole + 1 : whole
    }

    /// The nearest integer; halves go away from zero.
    var roundedAway: Double {
        guard magnitude < 0x1p52 else { return self }
        let whole = integerPart
        guard (self - whole).magnitude >= 0.5 else { return whole }
        return sign == .minus ? whole - 1 : whole + 1
    }

    /// The square root, correctly rounded; of a negative number it is not a number.
    ///
    /// Digit by digit in base 2: 54 bits of the root of the significand, of which the last rounds. The exact root is
    /// never half way between two doubles, because the square of a number with 54 bits has its last bit set.
    var exactSquareRoot: Double {
        guard self > 0, isFinite else { return self == 0 || (self > 0) ? self : .nan }
        let normal = isNormal ? self : self * 0x1p54
        var exponent = Int(normal.exponentBitPattern) - 1023 - (isNormal ? 0 : 54)
        var significand = normal.significandBitPattern | 1 << 52
        if exponent & 1 != 0 {
            significand <<= 1
            exponent -= 1
        }
        var root: UInt64 = 0
        var rest: UInt64 = 0
        for step in 0..<54 {
            let bits = step < 27 ? significand >> UInt64(52 - 2 * step) & 3 : 0
            rest = rest << 2 | bits
            let trial = root << 2 | 1
            root <<= 1
            if rest >= trial {
                rest -= trial
                root |= 1
            }
        }
        let rounded = (root >> 1) + (root & 1)
        return Double(sign: .plus, exponent: (exponent - 52) / 2 - 26, significand: Double(rounded))
    }
}
