extension SafeText {
    /// The text in lines of at most `width` cells: broken at spaces, between ideographs, and inside words that are
    /// wider than a line. At most `maxLines`, the last ending in `…` where something is missing. No width, no lines.
    package func wrapped(width: Int, maxLines: Int = .max) -> [SafeText] {
        guard width > 0, maxLines > 0 else { return [] }
        guard self.width > width else { return [self] }
        return withBytes { bytes in
            var wrapper = LineWrapper(bytes: bytes, width: width, maxLines: maxLines)
            return wrapper.lines()
        }
    }
}

/// Greedy line breaking in one pass: the last place to break is remembered, nothing else is kept.
private struct LineWrapper {
    let bytes: UnsafeBufferPointer<UInt8>
    let width: Int
    let maxLines: Int

    private var result: [SafeText] = []
    private var start = 0
    /// Cells of the line so far, with its spaces.
    private var used = 0
    /// Where the line ends if it is broken at its last opportunity, and where the next one begins then.
    private var breakEnd = 0
    private var breakNext = 0
    private var breakEndCells = 0
    private var breakNextCells = 0

    init(bytes: UnsafeBufferPointer<UInt8>, width: Int, maxLines: Int) {
        self.bytes = bytes
        self.width = width
        self.maxLines = maxLines
    }

    mutating func lines() -> [SafeText] {
        var clusters = ClusterReader(bytes)
        var previous: Glyph?
        while let cluster = clusters.next() {
            let glyph = cluster.glyph
            if glyph.isSpace {
                takeSpace(cluster, afterSpace: previous?.isSpace ?? false)
            } else {
                if let previous, LineBreaking.canBreak(between: previous, and: glyph) {
                    noteBreak(at: cluster, afterSpace: previous.isSpace)
                }
                guard makeRoom(for: cluster) else { return result }
                used += glyph.width
            }
            previous = glyph
        }
        if used > 0 { append(to: bytes.count, cells: used) }
        return result.isEmpty ? [.empty] : result
    }

    private mutating func takeSpace(_ cluster: Cluster, afterSpace: Bool) {
        if used == 0 {
            // No line begins with spaces: they would look like the rest of something.
            start = cluster.range.upperBound
            return
        }
        if !afterSpace {
            breakEnd = cluster.range.lowerBound
            breakEndCells = used
        }
        used += 1
        breakNext = cluster.range.upperBound
        breakNextCells = used
    }

    private mutating func noteBreak(at cluster: Cluster, afterSpace: Bool) {
        if !afterSpace {
            breakEnd = cluster.range.lowerBound
            breakEndCells = used
        }
        breakNext = cluster.range.lowerBound
        breakNextCells = used
    }

    /// Ends lines until the cluster fits; false when there may be no further line.
    private mutating func makeRoom(for cluster: Cluster) -> Bool {
        while used + cluster.glyph.width > width, used > 0 {
            if result.count + 1 == maxLines {
                result.append(SafeText(string(to: bytes.count)).clipped(to: width))
                return false
            }
            if breakEnd > start, breakEndCells <= width {
                append(to: breakEnd, cells: breakEndCells)
                start = breakNext
                used -= breakNextCells
            } else {
                breakInside(before: cluster)
            }
            breakEnd = start
            breakNext = start
        }
        return true
    }

    /// Ends the line in the middle of a word, but never of a letter, unless the letter is wider than the line.
    private mutating func breakInside(before cluster: Cluster) {
        let line = UnsafeBufferPointer(rebasing: bytes[start..<cluster.range.upperBound])
        var end = GraphemeCut(before: cluster.range.lowerBound - start, in: line)
        if end.offset == 0 { end = GraphemeCut(offset: cluster.range.lowerBound - start, cells: used) }
        append(to: start + end.offset, cells: end.cells)
        start += end.offset
        used -= end.cells
    }

    private mutating func append(to end: Int, cells: Int) {
        let line = SafeText(clean: string(to: end), width: cells)
        result.append(line.withoutTrailingSpaces.clipped(to: width))
    }

    private func string(to end: Int) -> String { UTF8Reader(bytes).string(start..<max(end, start)) }
}
