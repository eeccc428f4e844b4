/// What `vitrine doctor` found, in sections, for a person's eye and for programs. Every word in it passes the redactor.
package struct DoctorReport: Sendable, Equatable {
    /// A fact as programs read it.
    package enum Value: Sendable, Equatable {
        case text(String)
        case number(Int)
        case flag(Bool)
        case list([String])
        /// It could not be found out, or there is none.
        case none
    }

    /// One subject.
    package struct Section: Sendable, Equatable {
        package let name: String
        package private(set) var facts: [(name: String, value: Value)] = []
        /// What a person reads, a line each.
        package private(set) var lines: [String] = []
        /// What is wrong and what to do about it, a line each.
        package private(set) var problems: [String] = []

        init(_ name: String) { self.name = name }

        mutating func fact(_ name: String, _ value: Value) { facts.append((name, value.redacted)) }
        mutating func say(_ line: String) { lines.append(Redactor.text(line)) }
        mutating func complain(_ line: String) { problems.append(Redactor.text(line)) }

        package static func == (a: Self, b: Self) -> Bool {
            a.name == b.name && a.lines == b.lines && a.problems == b.problems
                && a.facts.elementsEqual(b.facts) { $0.name == $1.name && $0.value == $1.value }
        }
    }

    package let sections: [Section]

    package init(_ sections: [Section]) { self.sections = sections }

    package var isWell: Bool { sections.allSatisfy(\.problems.isEmpty) }

    /// One screen.
    /// - Parameter columns: how wide it is; nil breaks no line.
    package func text(columns: Int? = nil) -> [String] {
        let width = (sections.map(\.name.count).max() ?? 0) + 2
        let columns = columns ?? .max
        var rows: [String] = []
        for section in sections {
            for (index, line) in section.lines.enumerated() {
                rows += Self.wrapped(line, after: index == 0 ? section.name : "", indent: width, columns: columns)
            }
        }
        rows.append("")
        for section in sections {
            for problem in section.problems {
                rows += Self.wrapped("\(section.name): \(problem)", after: "!", indent: 2, columns: columns)
            }
        }
        return isWell ? rows + ["All is well."] : rows
    }

    /// Breaks between words; one that is longer than a line, a path for instance, is left whole.
    private static func wrapped(_ line: String, after head: String, indent: Int, columns: Int) -> [String] {
        var rows: [String] = []
        var row = head + String(repeating: " ", count: max(0, indent - head.count))
        var hasWord = false
        for word in line.split(separator: " ") {
            if hasWord, row.count + 1 + word.count > columns {
                rows.append(row)
                row = String(repeating: " ", count: indent)
                hasWord = false
            }
            row += (hasWord ? " " : "") + word
            hasWord = true
        }
        return rows + [row]
    }
}

extension DoctorReport.Value {
    fileprivate var redacted: Self {
        switch self {
        case .text(let text): .text(Redactor.text(text))
        case .list(let list): .list(list.map(Redactor.text))
        case .number, .flag, .none: self
        }
    }
}

extension DoctorReport: Encodable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    private struct Problem: Encodable {
        let about: String
        let words: String
    }

    package func encode(to encoder: any Encoder) throws {
        var root = encoder.container(keyedBy: Key.self)
        try root.encode(isWell, forKey: Key("ok"))
        let problems = sections.flatMap { section in section.problems.map { Problem(about: section.name, words: $0) } }
        try root.encode(problems, forKey: Key("problems"))
        for section in sections {
            var members = root.nestedContainer(keyedBy: Key.self, forKey: Key(section.name))
            for fact in section.facts {
                switch fact.value {
                case .text(let text): try members.encode(text, forKey: Key(fact.name))
                case .number(let number): try members.encode(number, forKey: Key(fact.name))
                case .flag(let flag): try members.encode(flag, forKey: Key(fact.name))
                case .list(let list): try members.encode(list, forKey: Key(fact.name))
                case .none: try members.encodeNil(forKey: Key(fact.name))
                }
            }
        }
    }
}
