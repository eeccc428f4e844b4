extension Symbol {
    /// The text and its correction, in the order in which they are laid out. `text` is within `capacity`.
    func codewords(of text: [UInt8]) -> [UInt8] { interleaved(data(of: text)) }

    /// Byte mode, the length, the text, and padding to the symbol's end.
    func data(of text: [UInt8]) -> [UInt8] {
        var data: [UInt8] = []
        var (pending, bits) = (0, 0)
        func append(_ value: Int, bits count: Int) {
            pending = pending << count | value
            bits += count
            while bits >= 8 {
                bits -= 8
                data.append(UInt8(truncatingIfNeeded: pending >> bits))
                pending &= (1 << bits) - 1
            }
        }
        append(0b0100, bits: 4)
        append(text.count, bits: lengthBits)
        for byte in text { append(Int(byte), bits: 8) }
        // Four bits end the text; after a mode of four and whole bytes they fill the last codeword as well.
        append(0, bits: 4)
        var padding: UInt8 = 0xEC
        while data.count < dataCodewords {
            data.append(padding)
            padding ^= 0xEC ^ 0x11
        }
        return data
    }

    /// Data are dealt to blocks, the longer ones last, and codewords are taken from all of them in turn.
    private func interleaved(_ data: [UInt8]) -> [UInt8] {
        let short = dataCodewords / blocks
        let longBlocks = dataCodewords % blocks
        var rest = data[...]
        var parts: [[UInt8]] = []
        for block in 0..<blocks {
            let count = block < blocks - longBlocks ? short : short + 1
            parts.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        let corrections = parts.map { GaloisField.correction(of: $0, count: correctionPerBlock) }
        var codewords: [UInt8] = []
        for place in 0...short { codewords += parts.compactMap { $0.indices.contains(place) ? $0[place] : nil } }
        for place in 0..<correctionPerBlock { codewords += corrections.map { $0[place] } }
        return codewords
    }
}
