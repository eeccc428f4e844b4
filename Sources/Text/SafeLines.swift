/// Safe text of several lines, such as a description with its headings, lists and tables. Each line is made safe by itself,
/// so that a line break from outside is a line here, and nothing else.
package struct SafeLines: Sendable, Hashable {
    /// None of them is empty.
    package let lines: [SafeText]

    package init(_ lines: [SafeText]) { self.lines = lines.filter { !$0.isEmpty } }

    package init(_ line: SafeText) { self.init([line]) }

    /// Breaks the text at its line ends.
    package init(_ untrusted: String) {
        self.init(untrusted.split(whereSeparator: \.isNewline).map { SafeText($0) })
    }

    package var isEmpty: Bool { lines.isEmpty }

    /// The lines with a line end between each two.
    package var string: String { lines.map(\.string).joined(separator: "\n") }

    /// All of it in one line.
    package var oneLine: SafeText {
        guard let first = lines.first else { return .empty }
        return lines.dropFirst().reduce(first) { $0 + " " + $1 }
    }

    /// Each line, broken where it is wider than `width`.
    package func wrapped(width: Int) -> [SafeText] { lines.flatMap { $0.wrapped(width: width) } }
}

extension SafeLines: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(value) }
}

extension SafeLines: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(string)
    }
}
