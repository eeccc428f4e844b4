import StandInJSON

/// An operation in GraphQL, read as far as a shop needs it: what is asked for, with what, and in which context.
struct GraphQLOperation {
    /// A field, or what stands for several: `...Name` and `... on Type`.
    indirect enum Selection {
        case field(Field)
        case spread(String)
        case inline(on: String, [Selection])
    }

    struct Field {
        var alias: String
        var name: String
        var arguments: [String: JSONText]
        var selections: [Selection]
    }

    struct Fragment {
        var type: String
        var selections: [Selection]
    }

    private(set) var isMutation = false
    private(set) var selections: [Selection] = []
    private(set) var fragments: [String: Fragment] = [:]
    /// Of `@inContext`.
    private(set) var context: [String: JSONText] = [:]

    init(_ text: String, _ variables: JSONText) throws {
        var parser = GraphQLParser(text, variables)
        while !parser.isAtEnd {
            switch parser.peek {
            case "{": selections = try parser.selections()
            case "fragment":
                _ = try parser.word()
                let name = try parser.word()
                try parser.expect("on")
                fragments[name] = Fragment(type: try parser.word(), selections: try parser.selections())
            case "query", "mutation":
                isMutation = try parser.word() == "mutation"
                if parser.isName { _ = try parser.word() }
                if parser.peek == "(" { try parser.declarations() }
                for (name, arguments) in try parser.directives() where name == "inContext" { context = arguments }
                selections = try parser.selections()
            default: throw GraphQLError(code: "parseError", message: "Parse error on \"\(parser.peek)\"")
            }
        }
        if let idle = parser.unusedVariable {
            throw GraphQLError(code: "variableNotUsed", message: "Variable $\(idle) is declared but not used")
        }
        var used: Set<String> = []
        collectSpreads(selections, into: &used)
        if let idle = fragments.keys.first(where: { !used.contains($0) }) {
            throw GraphQLError(code: "useAndDefineFragment", message: "Fragment \(idle) was defined, but not used")
        }
    }

    private func collectSpreads(_ selections: [Selection], into used: inout Set<String>) {
        for selection in selections {
            switch selection {
            case .field(let field): collectSpreads(field.selections, into: &used)
            case .inline(_, let selections): collectSpreads(selections, into: &used)
            case .spread(let name):
                guard used.insert(name).inserted else { continue }
                collectSpreads(fragments[name]?.selections ?? [], into: &used)
            }
        }
    }

    /// Each field counts one, and what is in a list as many times as the list may be long.
    func complexity() throws -> Int { try complexity(of: selections) }

    private func complexity(of selections: [Selection]) throws -> Int {
        try selections.reduce(0) { sum, selection in
            switch selection {
            case .spread(let name):
                guard let fragment = fragments[name] else {
                    throw GraphQLError(code: "undefinedFragment", message: "Fragment \(name) was used, but not defined")
                }
                return sum + (try complexity(of: fragment.selections))
            case .inline(_, let selections): return sum + (try complexity(of: selections))
            case .field(let field):
                return sum + 1 + (field.arguments["first"]?.number ?? 1) * (try complexity(of: field.selections))
            }
        }
    }

    /// The fields that hold for something of this type.
    func fields(_ selections: [Selection], of type: String) throws -> [Field] {
        try selections.flatMap { selection -> [Field] in
            switch selection {
            case .field(let field): return [field]
            case .inline(let on, let inner): return on == type ? try fields(inner, of: type) : []
            case .spread(let name):
                guard let fragment = fragments[name] else {
                    throw GraphQLError(code: "undefinedFragment", message: "Fragment \(name) was used, but not defined")
                }
                return fragment.type == type ? try fields(fragment.selections, of: type) : []
            }
        }
    }
}

/// What a shop says of an operation that it does not carry out.
struct GraphQLError: Error {
    var code: String
    var message: String
}

private struct GraphQLParser {
    private let tokens: [String]
    private var place = 0
    private let variables: JSONText
    private var declared: [String: String] = [:]
    private var used: Set<String> = []

    init(_ text: String, _ variables: JSONText) {
        tokens = Self.tokens(text)
        self.variables = variables
    }

    /// What is declared has to be used, too.
    var unusedVariable: String? { declared.keys.first { !used.contains($0) } }
    var isAtEnd: Bool { place >= tokens.count }
    var peek: String { isAtEnd ? "" : tokens[place] }
    var isName: Bool { peek.first.map { $0.isLetter || $0 == "_" } ?? false }

    private static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace || first == "," {
                rest.removeFirst()
            } else if first.isLetter || first == "_" || first == "-" || first.isNumber {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
                tokens.append(String(word))
                rest.removeFirst(word.count)
            } else if first == "\"" {
                let word = rest.dropFirst().prefix { $0 != "\"" }
                tokens.append("\"" + word)
                rest.removeFirst(min(rest.count, word.count + 2))
            } else if rest.hasPrefix("...") {
                tokens.append("...")
                rest.removeFirst(3)
            } else {
                tokens.append(String(first))
                rest.removeFirst()
            }
        }
        return tokens
    }

    mutating func word() throws -> String {
        guard !isAtEnd else { throw GraphQLError(code: "parseError", message: "Unexpected end of document") }
        defer { place += 1 }
        return tokens[place]
    }

    mutating func expect(_ token: String) throws {
        let found = try word()
        guard found == token else {
            throw GraphQLError(code: "parseError", message: "Expected \"\(token)\", actual: \"\(found)\"")
        }
    }

    /// `($name: Type!, …)`: what is declared may be used, and what must be there must be.
    mutating func declarations() throws {
        try expect("(")
        while peek != ")" {
            try expect("$")
            let name = try word()
            try expect(":")
            var type = ""
            while peek != "$", peek != ")" { type += try word() }
            declared[name] = type
            if type.hasSuffix("!"), variables[name] == nil {
                throw GraphQLError(
                    code: "INVALID_VARIABLE",
                    message: "Variable $\(name) of type \(type) was provided invalid value")
            }
        }
        try expect(")")
    }

    mutating func directives() throws -> [(String, [String: JSONText])] {
        var directives: [(String, [String: JSONText])] = []
        while peek == "@" {
            _ = try word()
            directives.append((try word(), try arguments()))
        }
        return directives
    }

    private mutating func arguments() throws -> [String: JSONText] {
        guard peek == "(" else { return [:] }
        _ = try word()
        var arguments: [String: JSONText] = [:]
        while peek != ")" {
            let name = try word()
            try expect(":")
            arguments[name] = try value()
        }
        try expect(")")
        return arguments
    }

    private mutating func value() throws -> JSONText {
        let token = try word()
        switch token {
        case "$":
            let name = try word()
            guard declared[name] != nil else {
                throw GraphQLError(
                    code: "variableNotDefined", message: "Variable $\(name) is used but not declared")
            }
            used.insert(name)
            return variables[name] ?? .null
        case "[":
            var list: [JSONText] = []
            while peek != "]" { list.append(try value()) }
            try expect("]")
            return .array(list)
        case "true", "false": return .truth(token == "true")
        case "null": return .null
        default:
            if token.hasPrefix("\"") { return .string(String(token.dropFirst())) }
            return Int(token).map { .number($0) } ?? .string(token)
        }
    }

    mutating func selections() throws -> [GraphQLOperation.Selection] {
        try expect("{")
        var selections: [GraphQLOperation.Selection] = []
        while peek != "}" {
            if peek == "..." {
                _ = try word()
                if peek == "on" {
                    _ = try word()
                    selections.append(.inline(on: try word(), try self.selections()))
                } else {
                    selections.append(.spread(try word()))
                }
                continue
            }
            var name = try word()
            let alias = name
            if peek == ":" {
                _ = try word()
                name = try word()
            }
            let arguments = try arguments()
            _ = try directives()
            selections.append(
                .field(
                    .init(
                        alias: alias, name: name, arguments: arguments,
                        selections: peek == "{" ? try self.selections() : [])))
        }
        try expect("}")
        return selections
    }
}
