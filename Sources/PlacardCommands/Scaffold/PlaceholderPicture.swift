/// A grey square, 96 pixels wide, as a PNG file (ISO/IEC 15948): what stands where a message needs an image until
/// there is one.
func placeholderPicture() -> [UInt8] {
    let side = 96
    // One bit a pixel, a palette of two greys, rows without a filter: a frame around a plain field.
    var rows: [UInt8] = []
    for y in 0..<side {
        rows.append(0)
        for byte in 0..<side / 8 {
            let isEdge = y < 4 || y >= side - 4
            let sides: UInt8 = byte == 0 ? 0xF0 : byte == side / 8 - 1 ? 0x0F : 0
            rows.append(isEdge ? 0xFF : sides)
        }
    }
    let header = bigEndian(UInt32(side)) + bigEndian(UInt32(side)) + [1, 3, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        + chunk("IHDR", header) + chunk("PLTE", [0xE4, 0xE4, 0xE7, 0x9C, 0x9C, 0xA5]) + chunk("IDAT", zlib(rows))
        + chunk("IEND", [])
}

private func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return bigEndian(UInt32(data.count)) + body + bigEndian(crc32(body))
}

/// The zlib format (RFC 1950) with one stored block (RFC 1951, section 3.2.4), which holds up to 65,535 bytes.
private func zlib(_ data: [UInt8]) -> [UInt8] {
    let count = UInt16(truncatingIfNeeded: data.count)
    let lengths = [count, ~count].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    return [0x78, 0x01, 0x01] + lengths + data + bigEndian(adler32(data))
}

private func adler32(_ data: [UInt8]) -> UInt32 {
    var a: UInt32 = 1
    var b: UInt32 = 0
    for byte in data {
        a = (a + UInt32(byte)) % 65_521
        b = (b + a) % 65_521
    }
    return b << 16 | a
}

private func crc32(_ data: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in data {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
}

private func bigEndian(_ value: UInt32) -> [UInt8] {
    [UInt8(value >> 24), UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
}
