import SourceDiagnostics

extension QuickScanner {
    /// Deeper brackets are left to libyaml.
    private static let flowDepth = 16

    /// Reads the flow collection that begins here, up to its closing bracket on the same line.
    mutating func flowCollection(depth: Int) -> Bool {
        guard depth < QuickScanner.flowDepth else { return false }
        let isMapping = bytes[position] == 0x7B
        let closing: UInt8 = isMapping ? 0x7D : 0x5D
        events.append(QuickEvent(isMapping ? .mappingStart : .sequenceStart, position, position + 1, isFlow: true))
        position += 1
        while let byte = flowByte() {
            if byte == closing {
                events.append(QuickEvent(isMapping ? .mappingEnd : .sequenceEnd, position, position + 1))
                position += 1
                return true
            }
            if isMapping {
                guard flowKey() else { return false }
            }
            guard flowNode(depth: depth), let next = flowByte() else { return false }
            if next == 0x2C {
                position += 1
            } else if next != closing {
                return false
            }
        }
        return false
    }

    /// The next byte that is no space; nil at the end of the line, where a collection is left to libyaml.
    private mutating func flowByte() -> UInt8? {
        while position < end, bytes[position] == 0x20 { position += 1 }
        return position < end && bytes[position] != 0x0A ? bytes[position] : nil
    }

    /// A key, its colon and the spaces behind.
    private mutating func flowKey() -> Bool {
        guard let key = flowScalar(), isKeyLength(key), isColon(at: position) else { return false }
        events.append(key)
        position += 1
        return flowByte() != nil
    }

    /// A value: what is empty is left to libyaml.
    private mutating func flowNode(depth: Int) -> Bool {
        if bytes[position] == 0x5B || bytes[position] == 0x7B { return flowCollection(depth: depth + 1) }
        guard let scalar = flowScalar() else { return false }
        events.append(scalar)
        return true
    }

    /// The scalar here, which ends at a colon, a comma or a closing bracket.
    private mutating func flowScalar() -> QuickEvent? {
        let first = bytes[position]
        if first == 0x22 || first == 0x27 { return quoted(by: first) }
        guard canBeginPlain() else { return nil }
        let start = position
        var offset = position
        loop: while offset < end {
            switch bytes[offset] {
            case 0x2C, 0x5D, 0x7D: break loop
            // An opening bracket, or the end of the line.
            case 0x5B, 0x7B, 0x0A: return nil
            case 0x23 where bytes[offset - 1] == 0x20: return nil
            case 0x3A:
                guard offset + 1 < end else { return nil }
                switch bytes[offset + 1] {
                case 0x20:
                    guard bytes[offset - 1] != 0x20 else { return nil }
                    break loop
                // libyaml refuses a colon before these.
                case 0x2C, 0x3F, 0x5B, 0x5D, 0x7B, 0x7D, 0x0A: return nil
                default: break
                }
            default: break
            }
            offset += 1
        }
        while bytes[offset - 1] == 0x20 { offset -= 1 }
        position = offset
        return QuickEvent(.scalar, start, offset)
    }
}
