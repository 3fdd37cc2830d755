import ByteText

/// What every byte passes on its way out: a last look at what has been put together, whatever it was put together of.
///
/// Pieces that are harmless each may not be so together. GitHub's runner takes a line that begins with `::`, whatever
/// white space stands before it, and any line with `##[`, for a command to itself
/// (`ActionCommand.TryParseV2` and `TryParse` of actions/runner). What must not stand there is written otherwise,
/// as the form of the text has it.
struct Cleaning {
    private let form: OutputText.Form
    private var output: [UInt8] = []
    private var mark = CommandMark()
    /// Whether nothing but white space stands on the line.
    private var isStart = true
    private var previous: UInt32?

    init(_ form: OutputText.Form) {
        self.form = form
    }

    mutating func run(_ raw: [UInt8]) -> [UInt8] {
        output.reserveCapacity(raw.count + raw.count / 64)
        raw.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                index = plain(bytes, from: index)
                guard index < bytes.count else { break }
                index += bytes[index] < 0x80 ? ascii(bytes, index) : beyondASCII(bytes, index)
            }
        }
        return output
    }

    /// Takes the bytes that nothing can be wrong with, of which nearly every text consists; where they end.
    private mutating func plain(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard !mark.isOpen, bytes[start] != 0x20 else { return start }
        var end = start
        while end < bytes.count, bytes[end] >= 0x20, bytes[end] < 0x7F, bytes[end] != 0x23, bytes[end] != 0x3A,
            bytes[end] != 0x5B
        { end += 1 }
        guard end > start else { return start }
        output.append(contentsOf: bytes[start..<end])
        previous = UInt32(bytes[end - 1])
        isStart = false
        return end
    }

    /// Takes a byte of ASCII, or an escape sequence of ours; how many bytes that were.
    private mutating func ascii(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        let byte = bytes[index]
        var length = 1
        switch byte {
        case 0x0A:
            output.append(byte)
            isStart = true
        case 0x09, 0x20: output.append(byte)
        case 0..<0x20, 0x7F:
            length = ownSequence(bytes, index)
            if length > 0 {
                output.append(contentsOf: bytes[index..<index + length])
            } else {
                replace(Unicode.Scalar(byte))
                length = 1
            }
        case 0x3A where isStart && form != .commands && beginsCommand(bytes, index):
            replace(Unicode.Scalar(byte))
        case 0x5B where mark.completes(byte):
            replace(Unicode.Scalar(byte))
        default:
            output.append(byte)
            isStart = false
        }
        // Colours are nothing to those who look for commands.
        if length == 1, byte != 0x5B { _ = mark.completes(byte) }
        previous = UInt32(byte)
        return length
    }

    /// Whether two colons stand at `index`. Three and a space, before the path of another file in the human form, begin no
    /// command, whatever follows: its name would be a colon.
    private func beginsCommand(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        let rest = bytes[index...]
        return rest.starts(with: "::".utf8) && !rest.starts(with: "::: ".utf8)
    }

    /// Takes a scalar beyond ASCII, or a byte that belongs to none; how many bytes that were.
    private mutating func beyondASCII(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        _ = mark.completes(bytes[index])
        guard let (scalar, length) = decode(bytes, index) else {
            replace(invalid: bytes[index])
            previous = nil
            return 1
        }
        if isOwnIsolate(scalar.value) || !isHidden(scalar.value, after: previous) {
            output.append(contentsOf: bytes[index..<index + length])
            isStart = isStart && (scalar.properties.isWhitespace || isOwnIsolate(scalar.value))
            previous = scalar.value
        } else {
            replace(scalar)
            previous = nil
        }
        return length
    }

    /// The isolates that ``visible(_:limit:isolated:)`` and ``LineCells`` put around a text with right-to-left letters,
    /// and an end to each. Those that others wrote have become names before.
    private func isOwnIsolate(_ value: UInt32) -> Bool {
        (form == .words || form == .commands) && (value == 0x2066 || value == 0x2068 || value == 0x2069)
    }

    /// The length of the colour, or of the erasing of a line, that begins at `index`; 0 when none does.
    private func ownSequence(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        guard form == .words else { return 0 }
        if bytes[index...].starts(with: OutputText.erasing) { return OutputText.erasing.count }
        guard bytes[index] == 0x1B, index + 1 < bytes.count, bytes[index + 1] == 0x5B else { return 0 }
        var end = index + 2
        while end < bytes.count, bytes[end].isASCIIDigit || bytes[end] == 0x3B { end += 1 }
        return end < bytes.count && bytes[end] == 0x6D && end - index <= 8 ? end - index + 1 : 0
    }

    private mutating func replace(_ scalar: Unicode.Scalar) {
        isStart = false
        switch form {
        case .words, .commands: output.append(contentsOf: (visibleForm(of: scalar) ?? codePoint(scalar)).utf8)
        case .xml:
            // A colon and a bracket are nothing but a sign to runners, and stay what they are to XML.
            output.append(
                contentsOf: scalar.isASCII && scalar.value > 0x20 && scalar.value != 0x7F
                    ? "&#\(scalar.value);".utf8
                    : xmlEscaped(String(scalar)).utf8)
        case .json:
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                output.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
            }
        }
    }

    private mutating func replace(invalid byte: UInt8) {
        isStart = false
        switch form {
        case .words, .commands: output.append(contentsOf: "<\(String(byte, radix: 16, uppercase: true))>".utf8)
        case .json, .xml: output.append(contentsOf: "\u{FFFD}".utf8)
        }
    }

    private func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (Unicode.Scalar, Int)? {
        var iterator = bytes[index..<min(bytes.count, index + 4)].makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        guard case .valid(let encoded) = parser.parseScalar(from: &iterator) else { return nil }
        return (Unicode.UTF8.decode(encoded), encoded.count)
    }
}
