import Domain

/// Products that were on air in a show that is over, each once, in a bounded number of lines.
struct Retelling {
    private static let limit = 30

    private var told: Set<ProductID> = []
    private var lines: [String] = []
    private var left = 0

    mutating func add(_ event: TimelineEvent, as line: (TimelineEvent) -> String?) {
        guard case .highlight(let ids) = event.kind else { return }
        var first = event
        let fresh = ids.filter { told.insert($0).inserted }
        first.kind = .highlight(fresh)
        guard !fresh.isEmpty, let line = line(first) else { return }
        if lines.count < Self.limit { lines.append(line) } else { left += 1 }
    }

    /// - Parameter hint: the command that tells all.
    func lines(hint: String) -> [String] {
        ["It is over. When each product first was on air:"] + lines + (left > 0 ? ["And \(left) more."] : [])
            + ["Everything that happened in it: ‘\(hint)’."]
    }
}
