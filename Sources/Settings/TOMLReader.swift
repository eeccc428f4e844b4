import HTTPTransport

/// A parsed TOML file that is read with a complaint, naming the line, for everything that is not as expected.
struct TOMLReader {
    let root: TOMLTable
    let file: String
    /// For addresses whose host is written in another script.
    let hostNames: HostNames
    private(set) var problems: [ConfigProblem] = []
    /// Tells whether the file may hold limits on spending.
    var holdsBudget = false
    /// Tells whether a key that nobody knows may have been meant as such a limit.
    private(set) var mayMissBudget = false

    private init(root: TOMLTable, file: String, hostNames: HostNames) {
        self.root = root
        self.file = file
        self.hostNames = hostNames
    }

    static func open(
        _ text: String, file: String, hostNames: HostNames = .none
    ) -> Result<TOMLReader, ConfigProblem> {
        do throws(TOMLSyntaxError) {
            return .success(TOMLReader(root: try TOMLParser.parse(text), file: file, hostNames: hostNames))
        } catch {
            return .failure(ConfigProblem(file: file, line: error.line, message: error.message))
        }
    }

    mutating func string(_ node: TOMLNode, at path: [String], oneOf choices: [String] = []) -> String? {
        if case .string(let text) = node.value, choices.isEmpty || choices.contains(text) { return text }
        let listed = choices.map { "\"\($0)\"" }.joined(separator: ", ")
        mismatch(node, at: path, expected: choices.isEmpty ? "a text in quotes" : "one of " + listed)
        return nil
    }

    /// One text or a list of them: each entry that is one counts, and every other is told.
    mutating func strings(_ node: TOMLNode, at path: [String], expected: String) -> [String] {
        var nodes = [node]
        if case .array(let list, _) = node.value { nodes = list }
        return nodes.compactMap { node in
            if case .string(let text) = node.value, text.contains(where: { !$0.isWhitespace }) { return text }
            mismatch(node, at: path, expected: expected)
            return nil
        }
    }

    mutating func bool(_ node: TOMLNode, at path: [String]) -> Bool? {
        if case .bool(let value) = node.value { return value }
        mismatch(node, at: path, expected: "true or false")
        return nil
    }

    mutating func table(_ node: TOMLNode, at path: [String]) -> TOMLTable? {
        if case .table(let table) = node.value { return table }
        mismatch(node, at: path, expected: "a table")
        return nil
    }

    mutating func mismatch(_ node: TOMLNode, at path: [String], expected: String) {
        let name = path.map { String(quoted($0).dropFirst().dropLast()) }.joined(separator: ".")
        complain(node, "\(name) is \(Self.describe(node.value)); expected \(expected)")
    }

    mutating func unknown(_ key: String, _ node: TOMLNode, known: [String]) {
        let nearest = known.min { distance(key, $0) < distance(key, $1) }
        let advice =
            nearest.flatMap { distance(key, $0) <= 2 ? "did you mean \($0)?" : nil }
            ?? "expected one of " + known.sorted().joined(separator: ", ")
        let isMoney = holdsBudget && BudgetLookalike.isMeant(by: key, node)
        mayMissBudget = mayMissBudget || isMoney
        complain(
            node,
            "unknown key \(quoted(key)); \(advice)"
                + (isMoney ? "; it may be meant as a budget, so nothing is bought until it is mended" : ""))
    }

    /// The same for a key that is known where it stands, but has a value that only a limit has.
    mutating func noticeMoney(_ key: String, _ node: TOMLNode) {
        mayMissBudget = mayMissBudget || holdsBudget && BudgetLookalike.isMeant(by: key, node)
    }

    mutating func complain(_ node: TOMLNode, _ message: String) {
        problems.append(ConfigProblem(file: file, line: node.line, message: message))
    }

    private static func describe(_ value: TOMLNode.Value) -> String {
        switch value {
        case .string(let text): quoted(text)
        case .integer(let number): "\(number)"
        case .bool(let value): "\(value)"
        case .float(let number): "\(number)"
        case .table: "a table"
        case .array(let nodes, _): nodes.isEmpty ? "an empty list" : "a list"
        case .date: "a date or time"
        }
    }
}

/// Letters to change, add or leave out between two words.
func distance(_ one: String, _ other: String) -> Int {
    let (one, other) = (Array(one.utf8.prefix(40)), Array(other.utf8.prefix(40)))
    var row = Array(0...other.count)
    for (i, letter) in one.enumerated() {
        var corner = row[0]
        row[0] = i + 1
        for (j, candidate) in other.enumerated() {
            let change = corner + (letter == candidate ? 0 : 1)
            corner = row[j + 1]
            row[j + 1] = min(change, row[j] + 1, corner + 1)
        }
    }
    return row[other.count]
}
