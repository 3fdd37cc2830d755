import ByteText

// IP addresses and ranges (cel-go, ext/network.go).

extension Function {
    static let network: [Function] = [
        Function(
            "ip", "(string) -> net.IP", fixedWork: 48, isConversion: true,
            checkConstant: ConstantArguments.notation(
                "IP address", "an IP address is written as `192.168.0.1` or `2001:db8::1`"
            ) {
                IPAddress(parsing: $0) != nil
            }
        ) { (values, _) throws(EvaluationError) in
            guard let text = values.text(0) else { return nil }
            return .ip(try address(text))
        },
        Function("ip", "net.CIDR.() -> net.IP") { (values, _) throws(EvaluationError) in
            values.addressRange(0).map { .ip($0.address) }
        },
        Function(
            "cidr", "(string) -> net.CIDR", fixedWork: 48, isConversion: true,
            checkConstant: ConstantArguments.notation(
                "IP range", "an IP range is written as `10.0.0.0/8` or `2001:db8::/32`"
            ) {
                CIDR(parsing: $0) != nil
            }
        ) { (values, _) throws(EvaluationError) in
            guard let text = values.text(0) else { return nil }
            return .cidr(try range(text))
        },
        Function("isIP", "(string) -> bool", fixedWork: 48) { (values, _) throws(EvaluationError) in
            values.text(0).map { .bool(IPAddress(parsing: $0) != nil) }
        },
        Function("isCIDR", "(string) -> bool", fixedWork: 48) { (values, _) throws(EvaluationError) in
            values.text(0).map { .bool(CIDR(parsing: $0) != nil) }
        },
        Function("ip.isCanonical", "(string) -> bool", fixedWork: 48) { (values, _) throws(EvaluationError) in
            guard let text = values.text(0) else { return nil }
            return .bool(sameBytes(try address(text).text, text))
        },
        Function("family", "net.IP.() -> int") { (values, _) throws(EvaluationError) in
            values.address(0).map { .int(Int64($0.family)) }
        },
        test("isLoopback") { $0.isLoopback },
        test("isGlobalUnicast") { $0.isGlobalUnicast },
        test("isLinkLocalMulticast") { $0.isLinkLocalMulticast },
        test("isLinkLocalUnicast") { $0.isLinkLocalUnicast },
        test("isUnspecified") { $0.isUnspecified },
        Function("containsIP", "net.CIDR.(net.IP) -> bool; net.CIDR.(string) -> bool", fixedWork: 48) {
            (values, _) throws(EvaluationError) in
            guard let whole = values.addressRange(0) else { return nil }
            if let text = values.text(1) { return .bool(whole.contains(try address(text))) }
            return values.address(1).map { .bool(whole.contains($0)) }
        },
        Function("containsCIDR", "net.CIDR.(net.CIDR) -> bool; net.CIDR.(string) -> bool", fixedWork: 48) {
            (values, _) throws(EvaluationError) in
            guard let whole = values.addressRange(0) else { return nil }
            if let text = values.text(1) { return .bool(whole.contains(try range(text))) }
            return values.addressRange(1).map { .bool(whole.contains($0)) }
        },
        Function("masked", "net.CIDR.() -> net.CIDR", fixedWork: 48) { (values, _) throws(EvaluationError) in
            values.addressRange(0).map { .cidr($0.masked) }
        },
        Function("prefixLength", "net.CIDR.() -> int") { (values, _) throws(EvaluationError) in
            values.addressRange(0).map { .int(Int64($0.prefixLength)) }
        },
    ]

    private static func test(_ name: String, _ holds: @escaping @Sendable (IPAddress) -> Bool) -> Function {
        Function(name, "net.IP.() -> bool") { (values, _) throws(EvaluationError) in
            values.address(0).map { .bool(holds($0)) }
        }
    }

    private static func address(_ text: String) throws(EvaluationError) -> IPAddress {
        guard let address = IPAddress(parsing: text) else { throw .invalid("IP address", text) }
        return address
    }

    private static func range(_ text: String) throws(EvaluationError) -> CIDR {
        guard let range = CIDR(parsing: text) else { throw .invalid("IP range", text) }
        return range
    }
}
