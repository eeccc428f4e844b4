/// One thing in a file of the user's that cannot be as it stands there.
package struct ConfigProblem: Error, Equatable, Sendable, CustomStringConvertible {
    package let file: String
    /// From 1; `nil` when it is about the file as a whole.
    package let line: Int?
    /// What was found and what was expected, in one line.
    package let message: String

    package init(file: String, line: Int?, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    /// `file:line: message`, which editors can jump to.
    package var description: String {
        line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
    }
}

extension [ConfigProblem] {
    /// The first of them in one line of at most `width` cells, if possible, and how many there are; nil where there is
    /// none.
    package func summary(width: Int) -> String? {
        guard let first else { return nil }
        let name = first.file.split(separator: "/").last.map(String.init) ?? first.file
        let place = first.line.map { "\(name):\($0)" } ?? name
        guard count > 1 else { return "\(place): \(first.message)" }
        let whole = "\(place): \(first.message) (1 of \(count); all are told when you quit)"
        return whole.count <= width ? whole : "\(place) (1 of \(count)): \(first.message)"
    }
}

/// What a user wrote, for a message: short, on one line, and without a character that a terminal would act on.
func quoted(_ text: String, atMost most: Int = 40) -> String {
    let scalars = text.unicodeScalars.prefix(most + 1)
    var shown = ""
    for scalar in scalars.prefix(most) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
            shown.unicodeScalars.append("\u{FFFD}")
        default: shown.unicodeScalars.append(scalar)
        }
    }
    return "\"\(shown)\(scalars.count > most ? "…" : "")\""
}
