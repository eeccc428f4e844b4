/// TOML 1.0 (toml.io), but for dates with a space in them. It takes any bytes and ends: nothing in a text, its depth
/// included, can stop the program.
struct TOMLParser {
    var input: TOMLScanner
    private let root = TOMLTable(.header)

    static func parse(_ text: String) throws(TOMLSyntaxError) -> TOMLTable {
        var parser = TOMLParser(input: TOMLScanner(text))
        try parser.parseDocument()
        return parser.root
    }

    private init(input: TOMLScanner) {
        self.input = input
    }

    private mutating func parseDocument() throws(TOMLSyntaxError) {
        var table = root
        // Some editors begin a file with a byte order mark.
        input.skip("\u{FEFF}")
        while true {
            try input.skipBlankLines()
            guard let next = input.peek else { return }
            if next == UInt8(ascii: "[") {
                table = try parseHeader()
            } else {
                try parsePair(into: table, depth: 0)
            }
            try input.endLine()
        }
    }

    /// `[a.b]` or `[[a.b]]`.
    private mutating func parseHeader() throws(TOMLSyntaxError) -> TOMLTable {
        let line = input.line
        input.skip("[")
        let isList = input.skip("[")
        let path = try parseKey()
        guard input.skip("]"), !isList || input.skip("]") else { throw input.error("expected ] after a table's name") }
        let parent = try descend(path.dropLast(), line)
        let key = path[path.count - 1]
        let table = TOMLTable(.header)
        switch (parent[key]?.value, isList) {
        case (nil, false): parent.set(key, TOMLNode(value: .table(table), line: line))
        case (nil, true):
            let node = TOMLNode(value: .table(table), line: line)
            parent.set(key, TOMLNode(value: .array([node], isOpen: true), line: line))
        case (.array(let nodes, isOpen: true)?, true):
            let node = TOMLNode(value: .table(table), line: line)
            parent.set(key, TOMLNode(value: .array(nodes + [node], isOpen: true), line: parent[key]?.line ?? line))
        case (.table(let known)?, false) where known.origin == .implied:
            known.origin = .header
            return known
        default: throw taken(key, in: parent, line)
        }
        return table
    }

    /// The table at that path, with what is missing on the way.
    private func descend(_ path: ArraySlice<String>, _ line: Int) throws(TOMLSyntaxError) -> TOMLTable {
        var table = root
        for key in path {
            switch table[key]?.value {
            case nil:
                let next = TOMLTable(.implied)
                table.set(key, TOMLNode(value: .table(next), line: line))
                table = next
            case .table(let next)? where next.origin != .inline: table = next
            case .array(let nodes, isOpen: true)?:
                guard case .table(let next)? = nodes.last?.value else { throw taken(key, in: table, line) }
                table = next
            default: throw taken(key, in: table, line)
            }
        }
        return table
    }

    /// `a.b = value`.
    private mutating func parsePair(into table: TOMLTable, depth: Int) throws(TOMLSyntaxError) {
        let line = input.line
        let path = try parseKey()
        guard input.skip("=") else { throw input.error("expected = after a key") }
        input.skipSpaces()
        var table = table
        for key in path.dropLast() {
            switch table[key]?.value {
            case nil:
                let next = TOMLTable(.dotted)
                table.set(key, TOMLNode(value: .table(next), line: line))
                table = next
            case .table(let next)? where next.origin == .dotted: table = next
            default: throw taken(key, in: table, line)
            }
        }
        let key = path[path.count - 1]
        guard table[key] == nil else { throw taken(key, in: table, line) }
        let value = try parseValue(depth: depth)
        table.set(key, TOMLNode(value: value, line: line))
    }

    /// At least one part.
    private mutating func parseKey() throws(TOMLSyntaxError) -> [String] {
        var parts: [String] = []
        repeat {
            // Values end by recursion too, when they are let go.
            guard parts.count < 32 else { throw input.error("a key has too many parts") }
            input.skipSpaces()
            switch input.peek {
            case UInt8(ascii: "\"")?: parts.append(try input.basicString())
            case UInt8(ascii: "'")?: parts.append(try input.literalString())
            default:
                let part = input.take { byte in
                    switch byte {
                    case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                    default: false
                    }
                }
                guard !part.isEmpty else { throw input.error("expected a key") }
                parts.append(part)
            }
            input.skipSpaces()
        } while input.skip(".")
        return parts
    }

    private mutating func parseValue(depth: Int) throws(TOMLSyntaxError) -> TOMLNode.Value {
        guard depth < 32 else { throw input.error("lists and tables are nested too deeply") }
        switch input.peek {
        case UInt8(ascii: "\"")?:
            return .string(input.starts(with: "\"\"\"") ? try input.longBasicString() : try input.basicString())
        case UInt8(ascii: "'")?:
            return .string(input.starts(with: "'''") ? try input.longLiteralString() : try input.literalString())
        case UInt8(ascii: "[")?: return try parseArray(depth: depth)
        case UInt8(ascii: "{")?: return try parseInlineTable(depth: depth)
        default: return try input.bareValue()
        }
    }

    private mutating func parseArray(depth: Int) throws(TOMLSyntaxError) -> TOMLNode.Value {
        input.skip("[")
        var nodes: [TOMLNode] = []
        while true {
            try input.skipBlankLines()
            if input.skip("]") { return .array(nodes, isOpen: false) }
            let line = input.line
            nodes.append(TOMLNode(value: try parseValue(depth: depth + 1), line: line))
            try input.skipBlankLines()
            if input.skip("]") { return .array(nodes, isOpen: false) }
            guard input.skip(",") else { throw input.error("expected , or ] in a list") }
        }
    }

    private mutating func parseInlineTable(depth: Int) throws(TOMLSyntaxError) -> TOMLNode.Value {
        input.skip("{")
        let table = TOMLTable(.inline)
        input.skipSpaces()
        if input.skip("}") { return .table(table) }
        while true {
            try parsePair(into: table, depth: depth + 1)
            input.skipSpaces()
            if input.skip("}") { return .table(table) }
            guard input.skip(",") else { throw input.error("expected , or } in a table") }
        }
    }

    private func taken(_ key: String, in table: TOMLTable, _ line: Int) -> TOMLSyntaxError {
        let first = table[key].map { " in line \($0.line)" } ?? ""
        return TOMLSyntaxError(line: line, message: "\(quoted(key)) is already given\(first)")
    }
}
