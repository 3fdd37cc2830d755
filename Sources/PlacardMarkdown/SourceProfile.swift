import SourceDiagnostics

/// What one look at a text's bytes tells before it is parsed: where its lines begin, which constructs it may hold,
/// and whether it stays within the limits.
struct SourceProfile {
    /// Offset of each line's first byte.
    var lineStarts: [Int32] = [0]
    var mayHoldTable = false
    var holdsTilde = false
    var mayHoldAutolink = false
    var holdsBracket = false
    /// The first limit that is exceeded, with the place where it is.
    var excess: Excess?

    struct Excess: Equatable {
        enum Limit: Equatable {
            case bytes, blockNesting, delimiters, brackets, nullCharacter
        }

        var limit: Limit
        var span: Span
    }

    init(_ source: UnsafeBufferPointer<UInt8>, limits: MarkdownLimits) {
        guard source.count <= limits.bytes else {
            excess = Excess(limit: .bytes, span: Span(limits.bytes, source.count))
            return
        }
        scanBytes(source, limits)
        if excess == nil { scanNesting(source, limits) }
    }

    private mutating func scanBytes(_ source: UnsafeBufferPointer<UInt8>, _ limits: MarkdownLimits) {
        var delimiters = 0
        var brackets = 0
        var index = 0
        var lineIsBlank = true
        let count = source.count
        while index < count {
            let byte = source[index]
            index += 1
            guard byteIsNotable[Int(byte)] else {
                lineIsBlank = false
                continue
            }
            switch byte {
            case 0x0A, 0x0D:
                if byte == 0x0D, index < count, source[index] == 0x0A { index += 1 }
                lineStarts.append(Int32(truncatingIfNeeded: index))
                if lineIsBlank { brackets = 0 }
                lineIsBlank = true
                continue
            case 0x20, 0x09: continue
            case 0:
                excess = Excess(limit: .nullCharacter, span: Span(index - 1, index))
                return
            case 0x2A, 0x5F: delimiters += 1
            case 0x7E:
                delimiters += 1
                holdsTilde = true
            case 0x5B, 0x5D:
                delimiters += 1
                brackets += byte == 0x5B ? 1 : 0
                holdsBracket = true
            case 0x7C: mayHoldTable = true
            case 0x3A:
                if index < count, source[index] == 0x2F { mayHoldAutolink = true }
                if index < count, source[index] == 0x2D { mayHoldTable = true }
                if index >= 2, source[index - 2] == 0x2D { mayHoldTable = true }
            case 0x40: mayHoldAutolink = true
            default:  // w
                if index + 1 < count, source[index] == 0x77, source[index + 1] == 0x77 { mayHoldAutolink = true }
            }
            lineIsBlank = false
            if delimiters > limits.delimiters {
                excess = Excess(limit: .delimiters, span: Span(index - 1, index))
                return
            }
            if brackets > limits.brackets {
                excess = Excess(limit: .brackets, span: Span(index - 1, index))
                return
            }
        }
    }

    /// Bounds how deep block quotes and lists can be nested, from the markers that lead each line.
    ///
    /// A line opens at most one container for each of its markers, and continues at most as many as its `>` and half
    /// its columns of white space can; a lazy line continues more, but opens none.
    private mutating func scanNesting(_ source: UnsafeBufferPointer<UInt8>, _ limits: MarkdownLimits) {
        var deepest = 0
        for start in lineStarts {
            let (markers, columns, end) = leadingMarkers(source, Int(start))
            guard markers > 0 else { continue }
            deepest = max(deepest, markers + min(deepest, columns / 2))
            if deepest > limits.blockNesting {
                excess = Excess(limit: .blockNesting, span: Span(Int(start), end))
                return
            }
        }
    }

    /// Counts what may be markers of block quotes and list items at the start of a line, and the columns around them.
    private func leadingMarkers(
        _ source: UnsafeBufferPointer<UInt8>, _ start: Int
    ) -> (markers: Int, columns: Int, end: Int) {
        var index = start
        var columns = 0
        var markers = 0
        while index < source.count {
            switch source[index] {
            case 0x20: columns += 1
            case 0x09: columns += 4
            case 0x3E: markers += 1
            case 0x2A, 0x2B, 0x2D:
                guard isSpaceOrEnd(source, index + 1) else { return (markers, columns, index) }
                markers += 1
            case 0x30...0x39:
                let end = index + digitRun(source, index)
                guard end < source.count, source[end] == 0x2E || source[end] == 0x29, isSpaceOrEnd(source, end + 1)
                else { return (markers, columns, index) }
                markers += 1
                index = end
            default: return (markers, columns, index)
            }
            index += 1
        }
        return (markers, columns, index)
    }

    private func isSpaceOrEnd(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard index < source.count else { return true }
        return source[index] == 0x20 || source[index] == 0x09 || source[index] == 0x0A || source[index] == 0x0D
    }

    private func digitRun(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        var end = index
        while end < source.count, end - index < 10, source[end] >= 0x30, source[end] <= 0x39 { end += 1 }
        return end - index
    }
}

/// Bytes that the profile looks at more closely.
private let byteIsNotable: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for byte in "\0\n\r \t*_~[]|:@w".utf8 { table[Int(byte)] = true }
    return table
}()
