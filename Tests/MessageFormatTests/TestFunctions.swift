import MessageFormat

// The functions that the suite defines for tests alone (upstream's `test/README.md`).

extension FunctionRegistry {
    /// The specification's functions with `:test:function`, `:test:select` and `:test:format`.
    static let testing = FunctionRegistry.standard
        .adding(.testing("test:function", formats: true, selects: true))
        .adding(.testing("test:select", formats: false, selects: true))
        .adding(.testing("test:format", formats: true, selects: false))
}

extension MessageFunction {
    fileprivate static func testing(_ name: String, formats: Bool, selects: Bool) -> MessageFunction {
        MessageFunction(FunctionSignature(name: name, selection: selects ? .custom : .none)) { call in
            resolve(&call, formats: formats, selects: selects)
        }
    }

    private static func resolve(_ call: inout FunctionCall, formats: Bool, selects: Bool) -> ResolvedValue? {
        guard let number = call.operand?.value?.decimal else {
            call.report(.badOperand)
            return nil
        }
        var settings = Settings(inheriting: call.operand)
        if let option = call.option("decimalPlaces") {
            guard let places = option.digitSize, places <= 1 else {
                call.report(.badOption)
                return nil
            }
            settings.decimalPlaces = places
        }
        if let option = call.option("fails") {
            switch option.string {
            case "never": break
            case "select": settings.failsSelect = true
            case "format": settings.failsFormat = true
            case "always":
                settings.failsSelect = true
                settings.failsFormat = true
            default: call.report(.badOption)
            }
        }
        let fixed = settings
        var value = CustomValue(type: "test", value: .decimal(number), options: fixed.options, locale: "und")
        if formats {
            value.format = { fixed.failsFormat ? .failure(.badOption) : .success(fixed.parts(number)) }
        }
        if selects {
            value.select = { keys in
                fixed.failsSelect ? .failure(.badOption) : .success(fixed.matches(number, keys))
            }
        }
        return ResolvedValue(.custom(value))
    }

    private struct Settings: Sendable {
        var decimalPlaces = 0
        var failsFormat = false
        var failsSelect = false

        init(inheriting operand: ResolvedValue?) {
            guard case .custom(let custom)? = operand?.kind, custom.type == "test" else { return }
            for option in custom.options {
                switch option.name {
                case "decimalPlaces": decimalPlaces = option.digitSize ?? 0
                case "failsFormat": failsFormat = true
                case "failsSelect": failsSelect = true
                default: break
                }
            }
        }

        var options: [ResolvedOption] {
            var options = [ResolvedOption("decimalPlaces", .integer(Int64(decimalPlaces)))]
            if failsFormat { options.append(ResolvedOption("failsFormat", .bool(true))) }
            if failsSelect { options.append(ResolvedOption("failsSelect", .bool(true))) }
            return options
        }

        func parts(_ number: DecimalValue) -> [CustomValue.Part] {
            var digits = DigitOptions()
            digits.minimumFractionDigits = decimalPlaces
            digits.maximumFractionDigits = decimalPlaces
            digits.roundingMode = .trunc
            let rounded = RoundedNumber(number, digits)
            var parts: [CustomValue.Part] = []
            func text(_ digits: [UInt8]) -> String { digits.map { String($0) }.joined() }
            if number.isNegative { parts.append(.init(type: "neg", value: "-")) }
            parts.append(.init(type: "int", value: text(rounded.integer)))
            if decimalPlaces > 0 {
                parts.append(.init(type: "dot", value: "."))
                parts.append(.init(type: "frac", value: text(rounded.fraction)))
            }
            return parts
        }

        func matches(_ number: DecimalValue, _ keys: [String]) -> [String] {
            guard number.text == "1" else { return [] }
            return (decimalPlaces == 1 ? ["1.0", "1"] : ["1"]).filter { keys.contains($0) }
        }
    }
}
