// IP addresses and ranges (cel-go, ext/network.go).

extension Functions {
    static func network(_ builtin: Builtin, _ values: [CELValue]) throws(EvaluationError) -> CELValue? {
        switch (values.first, values.count) {
        case (.string(let text)?, 1): return try parse(builtin, text)
        case (.ip(let address)?, 1): return addressTest(builtin, address)
        case (.cidr(let range)?, 1):
            switch builtin {
            case .ip, .cidrIP: return .ip(range.address)
            case .masked: return .cidr(range.masked)
            case .prefixLength: return .int(Int64(range.prefixLength))
            default: return nil
            }
        case (.cidr(let range)?, 2): return try contains(builtin, range, values[1])
        default: return nil
        }
    }

    private static func address(_ text: String) throws(EvaluationError) -> IPAddress {
        guard let address = IPAddress(parsing: text) else { throw invalid("IP address", text) }
        return address
    }

    private static func range(_ text: String) throws(EvaluationError) -> CIDR {
        guard let range = CIDR(parsing: text) else { throw invalid("IP range", text) }
        return range
    }

    private static func parse(_ builtin: Builtin, _ text: String) throws(EvaluationError) -> CELValue? {
        switch builtin {
        case .ip: return .ip(try address(text))
        case .cidr: return .cidr(try range(text))
        case .isIP: return .bool(IPAddress(parsing: text) != nil)
        case .isCIDR: return .bool(CIDR(parsing: text) != nil)
        case .isCanonical: return .bool(sameString(try address(text).text, text))
        default: return nil
        }
    }

    private static func addressTest(_ builtin: Builtin, _ address: IPAddress) -> CELValue? {
        switch builtin {
        case .family: .int(Int64(address.family))
        case .isLoopback: .bool(address.isLoopback)
        case .isGlobalUnicast: .bool(address.isGlobalUnicast)
        case .isLinkLocalMulticast: .bool(address.isLinkLocalMulticast)
        case .isLinkLocalUnicast: .bool(address.isLinkLocalUnicast)
        case .isUnspecified: .bool(address.isUnspecified)
        default: nil
        }
    }

    private static func contains(
        _ builtin: Builtin, _ range: CIDR, _ other: CELValue
    ) throws(EvaluationError) -> CELValue? {
        switch (builtin, other) {
        case (.containsIP, .ip(let address)): return .bool(range.contains(address))
        case (.containsIP, .string(let text)): return .bool(range.contains(try address(text)))
        case (.containsCIDR, .cidr(let inner)): return .bool(range.contains(inner))
        case (.containsCIDR, .string(let text)): return .bool(range.contains(try self.range(text)))
        default: return nil
        }
    }
}
