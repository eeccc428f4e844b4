import Domain

/// Tells what may have been meant as a limit on spending among the keys that nobody knows.
///
/// A limit that does not count because of a slip of the pen is worse than none: the user relies on it. So the question is
/// answered generously, and a yes stops buying until the file is mended.
enum BudgetLookalike {
    private static let words = ["budget", "spend", "allowance", "limit"]
    /// Alone.
    private static let maxima: Set = ["max", "maximum", "most", "cap"]
    /// After `per` or `max`.
    private static let measures = [
        "order", "purchase", "day", "week", "month", "year", "total", "amount", "price", "cost",
    ]
    private static let periods = Budget.Period.allCases.map { plain($0.rawValue) }
    /// Letters that may be wrong.
    private static let slips = 2
    private static let deepest = 4

    /// - Parameter node: what stands under the key; a table is looked into.
    static func isMeant(by key: String, _ node: TOMLNode) -> Bool { isMeant(by: key, node, depth: 0) }

    private static func isMeant(by key: String, _ node: TOMLNode, depth: Int) -> Bool {
        if hasName(key) || isAmount(depth == 0 ? key : key.uppercased(), node) { return true }
        guard depth < deepest else { return false }
        return children(node.value).contains { isMeant(by: $0.key, $0.node, depth: depth + 1) }
    }

    private static func children(_ value: TOMLNode.Value) -> [(key: String, node: TOMLNode)] {
        switch value {
        case .table(let table): table.entries
        case .array(let nodes, _): nodes.flatMap { children($0.value) }
        case .string, .integer, .float, .bool, .date: []
        }
    }

    private static func hasName(_ key: String) -> Bool {
        let key = plain(key)
        return words.contains { key.contains($0) } || maxima.contains(key) || distance(key, "budget") <= slips
            || periods.contains { distance(key, $0) <= slips }
            || (key.hasPrefix("per") || key.hasPrefix("max")) && measures.contains { key.contains($0) }
    }

    /// `CHF = "200.00"`.
    private static func isAmount(_ key: String, _ node: TOMLNode) -> Bool {
        guard Money.isCurrencyCode(key) else { return false }
        switch node.value {
        case .integer, .float: return true
        case .string(let text):
            let isFigure = text.utf8.allSatisfy { 0x30...0x39 ~= $0 || " .,'_-+".utf8.contains($0) }
            return isFigure && text.utf8.contains { 0x30...0x39 ~= $0 }
        case .bool, .date, .array, .table: return false
        }
    }

    /// Small letters, and nothing that stands between words.
    private static func plain(_ key: String) -> String { key.lowercased().filter { $0.isLetter || $0.isNumber } }
}
