/// A long list in lines, a page at a time.
struct Pages {
    /// As many as can be read aloud without losing one's place.
    private static let length = 20

    private var lines: ArraySlice<String> = []
    private var count = 0

    init() {}

    init(_ lines: [String]) {
        self.lines = lines[...]
        count = lines.count
    }

    /// The next page, with a last line that says how to go on; nothing where all has been read.
    mutating func next() -> [String] {
        let page = lines.prefix(Self.length)
        lines = lines.dropFirst(Self.length)
        guard !lines.isEmpty else { return Array(page) }
        return page + ["\(lines.startIndex) of \(count). ‘more’ goes on."]
    }
}
