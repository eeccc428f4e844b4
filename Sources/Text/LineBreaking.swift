/// Where a line may end without a space: after a hyphen, and beside ideographs but for what must stay with them.
enum LineBreaking {
    static func canBreak(between left: Glyph, and right: Glyph) -> Bool {
        if left.isSpace { return true }
        if left.width == 1, right.width == 1 { return left.base == "-" && right.base.properties.isAlphabetic }
        return !contains(right.base, in: LineBreakTable.neverFirst)
            && !contains(left.base, in: LineBreakTable.neverLast)
    }

    private static func contains(_ scalar: Unicode.Scalar, in ranges: [ClosedRange<UInt32>]) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(scalar.value)
    }
}
