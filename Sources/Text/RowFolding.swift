/// Rows of a terminal that scrolls, broken by us: each that goes on with the line above begins with a mark.
///
/// A terminal breaks a line wherever its window ends, and the rest of a stranger's sentence would begin a row as a line
/// of ours does. So no row is longer than the window, and none but a line's first begins without the mark, which text
/// from outside does not hold (docs/decisions/0033).
package struct RowFolding: Sendable {
    /// U+2502: every font of a terminal has it.
    static let mark: Unicode.Scalar = "│"
    private static let beginning = "│ "
    /// Narrower than this, what is written is no longer text.
    private static let narrowest = 4

    /// The window's width in cells.
    private let columns: Int
    /// Characters that are neither of ASCII nor wide take two cells, as terminals of East Asia may draw them.
    private let isEastAsian: Bool

    package init(columns: Int, isEastAsian: Bool = false) {
        self.columns = max(columns, Self.narrowest)
        self.isEastAsian = isEastAsian
    }

    /// The rows of one line, at least one.
    /// - Parameter keepsAddresses: a web address longer than a row has one to itself and stays whole, so that it can be
    ///   opened; what is not ours to vouch for is broken all the same.
    package func rows(of line: SafeText, keepsAddresses: Bool = true) -> [String] {
        rows(of: line, from: "", keepsAddresses: keepsAddresses)
    }

    /// The rows of text that is not ours: each of them begins with the mark.
    package func quotedRows(of text: SafeText) -> [String] {
        rows(of: text, from: Self.beginning, keepsAddresses: true)
    }

    /// The same where there is no window, as one row.
    package static func quoted(_ text: SafeText) -> String { beginning + text.string }

    private func rows(of line: SafeText, from beginning: String, keepsAddresses: Bool) -> [String] {
        // The last column stays free: some terminals begin a row as soon as it is filled.
        let room = columns - 1
        var rows: [String] = []
        var row = beginning
        var used = cells(of: beginning)
        /// Cells before the row's own text.
        var start = used
        /// Spaces that come to stand there if a word does.
        var gap = Substring()
        func beginRow() {
            (row, gap) = (Self.beginning, "")
            used = cells(of: row)
            start = used
        }
        for word in line.string.words {
            if word.first == " " {
                gap = word
                // A line of ours may begin with spaces; after a break they are not needed any more.
                guard used == start else { continue }
                if rows.isEmpty, used + word.count < room {
                    row += word
                    used += word.count
                    start = used
                }
                gap = ""
                continue
            }
            let cells = cells(of: word)
            if used > start, used + gap.count + cells > room {
                rows.append(row)
                beginRow()
            }
            if used + gap.count + cells <= room {
                row += gap + word
                used += gap.count + cells
            } else if keepsAddresses, word.isAddress {
                rows.append(row + word)
                beginRow()
            } else {
                for character in word {
                    let cells = self.cells(of: character)
                    if used + cells > room, used > start {
                        rows.append(row)
                        beginRow()
                    }
                    row.append(character)
                    used += cells
                }
            }
            gap = ""
        }
        if used > start || rows.isEmpty { rows.append(row) }
        return rows
    }

    private func cells(of text: some StringProtocol) -> Int { text.reduce(0) { $0 + cells(of: $1) } }

    /// As many as any terminal may give it: too many end a row early, too few would let the terminal break it.
    private func cells(of letter: Character) -> Int { letter.unicodeScalars.reduce(0) { $0 + cells(of: $1) } }

    private func cells(of scalar: Unicode.Scalar) -> Int {
        guard scalar.value >= 0x7F else { return 1 }
        let found = ScalarClass(scalar)
        switch found.kind {
        case .mark: return Self.jamo.contains { $0 ~= scalar.value } ? 1 : 0
        case .variationSelector: return 1
        case .joiner, .invisible: return 0
        case .skinTone: return 2
        case .plain, .lineBreak, .control:
            let isDrawnWide = found.isPictographic || Self.wideSomewhere.contains { $0 ~= scalar.value }
            return isEastAsian || isDrawnWide ? 2 : max(found.width, 1)
        }
    }

    /// Vowels and final consonants, which join a letter in most terminals and stand alone in others.
    private static let jamo: [ClosedRange<UInt32>] = [0x1160...0x11FF, 0xD7B0...0xD7FF]
    /// Flags' letters and what fonts have for private use.
    private static let wideSomewhere: [ClosedRange<UInt32>] = [0x1F1E6...0x1F1FF, 0xE000...0xF8FF, 0xF0000...0x10FFFD]
}

extension String {
    /// Words and the spaces between them, in order; an amount with its currency is one word.
    fileprivate var words: [Substring] {
        var words: [Substring] = []
        var start = startIndex
        while start < endIndex {
            let isSpace = self[start] == " "
            let end = self[start...].firstIndex { ($0 == " ") != isSpace } ?? endIndex
            let word = self[start..<end]
            if words.count >= 2, words[words.count - 1] == " ", words[words.count - 2].goesOn(with: word) {
                let first = words[words.count - 2].startIndex
                words.removeLast(2)
                words.append(self[first..<end])
            } else {
                words.append(word)
            }
            start = end
        }
        return words
    }

}

extension Substring {
    /// `CHF` before `1`, and `1` before `546.00`.
    fileprivate func goesOn(with next: Substring) -> Bool {
        guard let digit = next.utf8.first(where: { $0 < 0x80 }), 0x30...0x39 ~= digit, let last = utf8.last else {
            return false
        }
        if 0x30...0x39 ~= last { return 0x30...0x39 ~= (next.utf8.first ?? 0) }
        return utf8.count == 3 && utf8.allSatisfy { 0x41...0x5A ~= $0 }
    }

    /// An address in nothing but the characters of addresses.
    fileprivate var isAddress: Bool {
        (hasPrefix("https://") || hasPrefix("http://")) && utf8.allSatisfy { 0x21...0x7E ~= $0 }
    }
}
