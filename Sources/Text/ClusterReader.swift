/// A cluster of safe text: what a cell shows of it, and where its bytes are.
struct Cluster {
    let glyph: Glyph
    let range: Range<Int>
}

/// Reads safe text cluster by cluster; a cluster is everything that shares one glyph's cells.
struct ClusterReader {
    private var reader: UTF8Reader

    init(_ bytes: UnsafeBufferPointer<UInt8>) { reader = UTF8Reader(bytes) }

    mutating func next() -> Cluster? {
        let start = reader.offset
        guard let base = reader.next() else { return nil }
        if base < 0x80, reader.isAtASCII { return Cluster(glyph: Glyph(base, width: 1), range: start..<reader.offset) }
        let found = ScalarClass(base)
        // Safe text begins with a spacing scalar, and so does every cluster of it.
        var glyph = Glyph(base, width: max(found.width, 1))
        var isEmoji = found.isPictographic || found.kind == .skinTone
        var isJoined = false
        while let value = reader.peek, value >= 0x80 {
            let found = ScalarClass(value)
            switch found.kind {
            case .plain where isJoined, .skinTone where isJoined || isEmoji:
                isEmoji = true
                isJoined = false
            case .plain, .skinTone: return Cluster(glyph: glyph, range: start..<reader.offset)
            case .mark: glyph.add(mark: value)
            case .joiner: isJoined = true
            case .variationSelector, .lineBreak, .control, .invisible: break
            }
            _ = reader.next()
        }
        return Cluster(glyph: glyph, range: start..<reader.offset)
    }
}
