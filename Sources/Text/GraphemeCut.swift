/// The last place to cut safe text, up to some offset, that parts neither a glyph nor what a reader sees as one letter:
/// a flag, an Indic syllable, a letter of several Hangul consonants take several glyphs.
struct GraphemeCut {
    /// In bytes; 0 where what comes first reaches beyond the limit.
    private(set) var offset = 0
    /// Cells before the offset.
    private(set) var cells = 0

    init(offset: Int, cells: Int) {
        self.offset = offset
        self.cells = cells
    }

    /// - Parameters:
    ///   - limit: the end of a glyph.
    ///   - bytes: from the beginning of a letter at least to the first scalar after `limit`, which may belong to the one
    ///     before it.
    init(before limit: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        var clusters = ClusterReader(bytes)
        let units = text.utf8
        var letter = text.startIndex
        var used = 0
        while let cluster = clusters.next(), cluster.range.upperBound <= limit {
            let end = cluster.range.upperBound
            used += cluster.glyph.width
            // A String of our own making is UTF-8, whose distances are differences.
            while letter < text.endIndex, units.distance(from: units.startIndex, to: letter) < end {
                letter = text.index(after: letter)
            }
            guard units.distance(from: units.startIndex, to: letter) == end else { continue }
            offset = end
            cells = used
        }
    }
}
