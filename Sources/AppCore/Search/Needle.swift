import Text

/// What is looked for in text, whatever its capitals.
package struct Needle: Hashable, Sendable {
    private let scalars: [Unicode.Scalar]

    package init(_ text: SafeText) { scalars = text.string.unicodeScalars.map(\.folded) }

    package var isEmpty: Bool { scalars.isEmpty }

    /// Whether it stands in one of some texts; an empty one stands in all.
    package func matches(_ texts: SafeText...) -> Bool {
        isEmpty || texts.contains { !ranges(in: $0, atMost: 1).isEmpty }
    }

    /// Where it stands, from the start on, in scalars; no two overlap.
    /// - Parameter asWord: only where letters and digits go on at neither end; scripts without spaces have no such ends.
    package func ranges(in text: SafeText, asWord: Bool = false, atMost most: Int = .max) -> [Range<Int>] {
        guard !isEmpty else { return [] }
        let hay = text.string.unicodeScalars.map(\.folded)
        var found: [Range<Int>] = []
        var start = 0
        while start + scalars.count <= hay.count, found.count < most {
            let end = start + scalars.count
            if hay[start] == scalars[0], hay[start..<end].elementsEqual(scalars),
                !asWord || isWord(hay, start..<end)
            {
                found.append(start..<end)
                start = end
            } else {
                start += 1
            }
        }
        return found
    }

    private func isWord(_ hay: [Unicode.Scalar], _ range: Range<Int>) -> Bool {
        let goesOnBefore = range.lowerBound > 0 && hay[range.lowerBound - 1].joins(hay[range.lowerBound])
        let goesOnAfter = range.upperBound < hay.count && hay[range.upperBound - 1].joins(hay[range.upperBound])
        return !goesOnBefore && !goesOnAfter
    }
}

extension Unicode.Scalar {
    /// The small letter, where that is one scalar: offsets stay those of the text.
    fileprivate var folded: Unicode.Scalar {
        if isASCII { return 0x41...0x5A ~= value ? Unicode.Scalar(UInt8(value) | 0x20) : self }
        let mapping = properties.lowercaseMapping.unicodeScalars
        return mapping.count == 1 ? mapping[mapping.startIndex] : self
    }

    /// Whether the next scalar belongs to the same word. Wide letters are of scripts that put no spaces between words.
    fileprivate func joins(_ next: Unicode.Scalar) -> Bool { isOfWord && next.isOfWord }

    private var isOfWord: Bool {
        if isASCII { return properties.isAlphabetic || 0x30...0x39 ~= value || value == 0x5F }
        return (properties.isAlphabetic || properties.numericType != nil) && TextWidth.of(self) == 1
    }
}
