import Text

/// Neighbouring cells of one row that lead to one address.
package struct LinkSpan: Hashable, Sendable {
    package let row: Int
    package let columns: Range<Int>
    package let address: SafeText
    /// What stands there: a terminal keeps a link with the character it was written with.
    fileprivate let cells: [Cell]

    package var area: Rect { Rect(x: columns.lowerBound, y: row, width: columns.count, height: 1) }
}

extension CellGrid {
    /// A cell has four bits for the place of its address. More addresses than that on one screen are only text.
    private static let mostLinks = 15

    /// The number for cells that lead to an address; 0 where there are too many.
    package mutating func link(to address: SafeText) -> Int {
        if let index = links.firstIndex(of: address) { return index + 1 }
        guard links.count < Self.mostLinks else { return 0 }
        links.append(address)
        return links.count
    }

    /// The links of the screen, from the top.
    package var linkSpans: [LinkSpan] {
        guard !links.isEmpty else { return [] }
        return (0..<size.rows).flatMap { y in
            styleRuns(row: y).compactMap { run in
                guard run.style.link > 0, run.style.link <= links.count else { return nil }
                let columns = run.start..<(run.start + run.length)
                return LinkSpan(
                    row: y, columns: columns, address: links[run.style.link - 1],
                    cells: columns.map { x in
                        Cell(glyph: self[x, y].glyph, style: self[x, y].style.linked(0))
                    })
            }
        }
    }

    /// The links that another grid had and this one has not, and those that are new in this one.
    package func changedLinks(since other: CellGrid) -> (stale: [LinkSpan], fresh: [LinkSpan]) {
        let (before, now) = (other.linkSpans, linkSpans)
        guard before != now else { return ([], []) }
        let (known, kept) = (Set(before), Set(now))
        return (before.filter { !kept.contains($0) }, now.filter { !known.contains($0) })
    }

    /// Takes over the addresses of another grid whose cells it has.
    package mutating func adoptLinks(of other: CellGrid) { links = other.links }
}
