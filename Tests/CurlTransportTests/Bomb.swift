/// A gzip stream that grows: each 13 bits of it become 258 bytes.
enum Bomb {
    /// The stream is cut off after the last run, which no reader gets to that stops in time.
    static func gzip(decodedBytes: Int) -> [UInt8] {
        var writer = BitWriter(bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
        // One final block with the fixed code: the literal 0, then runs of 258 at distance 1.
        writer.write([1, 1, 0])
        writer.write([0, 0, 1, 1, 0, 0, 0, 0])
        for _ in 0..<decodedBytes / 258 { writer.write([1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]) }
        return writer.bytes
    }

    private struct BitWriter {
        var bytes: [UInt8]
        var free = 0

        mutating func write(_ bits: [UInt8]) {
            for bit in bits {
                if free == 0 {
                    bytes.append(0)
                    free = 8
                }
                bytes[bytes.count - 1] |= bit << (8 - free)
                free -= 1
            }
        }
    }
}
