extension SafeText {
    /// What to put where text had to be cut.
    package static let ellipsis: SafeText = "…"

    /// The text cut to at most `cells` cells between letters (grapheme clusters), the last cell being `…` where something is missing.
    package func clipped(to cells: Int, ellipsis: Bool = true) -> SafeText {
        guard width > cells else { return self }
        guard cells > 0 else { return .empty }
        let room = ellipsis ? cells - 1 : cells
        let head = prefix(cells: room)
        return ellipsis ? head.withoutTrailingSpaces + .ellipsis : head
    }

    var withoutTrailingSpaces: SafeText {
        guard string.utf8.last == 0x20 else { return self }
        let spaces = string.utf8.reversed().prefix { $0 == 0x20 }.count
        let end = string.utf8.index(string.endIndex, offsetBy: -spaces)
        return SafeText(clean: String(string[..<end]), width: width - spaces)
    }

    private func prefix(cells: Int) -> SafeText {
        withBytes { bytes in
            if isASCII { return SafeText(clean: UTF8Reader(bytes).string(0..<cells), width: cells) }
            var clusters = ClusterReader(bytes)
            var used = 0
            var end = 0
            var next = 0
            while let cluster = clusters.next() {
                next = cluster.range.upperBound
                guard used + cluster.glyph.width <= cells else { break }
                used += cluster.glyph.width
                end = next
            }
            let cut = GraphemeCut(before: end, in: UnsafeBufferPointer(rebasing: bytes[..<next]))
            return SafeText(clean: UTF8Reader(bytes).string(0..<cut.offset), width: cut.cells)
        }
    }
}
