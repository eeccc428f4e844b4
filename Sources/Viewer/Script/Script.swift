import TerminalKit
import Text

/// Keys and waits, a step a line: a bug report, a test and a picture in the documentation are one thing.
///
///     key b
///     type hello
///     wait text "Order placed" 20s
///     wait gone "Asking"
///     wait 500ms
///     resize 80x24
///     screen after-buying
package struct Script: Sendable {
    package enum Step: Hashable, Sendable {
        case key(KeyPress)
        case type(String)
        case paste(String)
        case waitText(String, within: Duration)
        case waitGone(String, within: Duration)
        case pause(Duration)
        case resize(Size)
        case screen(String)
    }

    package struct Line: Hashable, Sendable {
        package let number: Int
        package let source: String
        package let step: Step
    }

    /// A line that cannot be read.
    package struct Problem: Error, CustomStringConvertible {
        package let line: Int
        package let message: String
        package var description: String { "line \(line): \(message)" }
    }

    package let lines: [Line]

    /// How long a wait for text lasts where the line does not say.
    package static let patience = Duration.seconds(10)

    package init(_ text: String) throws(Problem) {
        var lines: [Line] = []
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let source = raw.trimmingSpaces
            guard !source.isEmpty, !source.hasPrefix("#") else { continue }
            guard let step = Step(source) else {
                throw Problem(
                    line: index + 1,
                    message:
                        "“\(source)” is no step; expected key NAME, type TEXT, paste TEXT, wait text \"TEXT\" [TIME], "
                        + "wait gone \"TEXT\" [TIME], wait TIME, resize COLUMNSxROWS or screen NAME")
            }
            lines.append(Line(number: index + 1, source: source, step: step))
        }
        self.lines = lines
    }
}

extension Script.Step {
    init?(_ source: String) {
        let word = source.prefix { $0 != " " }
        let rest = source.dropFirst(word.count).trimmingSpaces
        switch word {
        case "key":
            guard let key = KeyPress(rest) else { return nil }
            self = .key(key)
        case "type": self = .type(Self.unquoted(rest)?.text ?? rest)
        case "paste": self = .paste(Self.unquoted(rest)?.text ?? rest)
        case "resize":
            guard let size = Size(parsing: rest) else { return nil }
            self = .resize(size)
        case "screen":
            guard !rest.isEmpty, !rest.contains("/") else { return nil }
            self = .screen(rest)
        case "wait":
            let kind = rest.prefix { $0 != " " }
            guard kind == "text" || kind == "gone" else {
                guard let pause = Duration(parsing: rest) else { return nil }
                self = .pause(pause)
                return
            }
            guard let (text, after) = Self.unquoted(rest.dropFirst(4).trimmingSpaces), !text.isEmpty else { return nil }
            guard let limit = after.isEmpty ? Script.patience : Duration(parsing: after) else { return nil }
            self = kind == "text" ? .waitText(text, within: limit) : .waitGone(text, within: limit)
        default: return nil
        }
    }

    /// Text in double quotes, and what follows it.
    private static func unquoted(_ text: String) -> (text: String, rest: String)? {
        guard text.first == "\"", let end = text.dropFirst().firstIndex(of: "\"") else { return nil }
        return (String(text[text.index(after: text.startIndex)..<end]), text[text.index(after: end)...].trimmingSpaces)
    }
}

extension Size {
    /// `120x36`.
    package init?(parsing text: String) {
        let parts = text.split(separator: "x")
        guard parts.count == 2, let columns = Int(parts[0]), let rows = Int(parts[1]), (1...1000).contains(columns),
            (1...1000).contains(rows)
        else { return nil }
        self.init(columns: columns, rows: rows)
    }
}

extension Duration {
    /// `500ms`, `2s`, `1.5s`, `3m`.
    package init?(parsing text: String) {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        guard let value = Double(digits), value.isFinite, value >= 0, value < 86_400_000 else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": self = .milliseconds(Int64(value))
        case "s", "": self = .milliseconds(Int64(value * 1000))
        case "m": self = .milliseconds(Int64(value * 60_000))
        default: return nil
        }
    }
}

extension StringProtocol {
    var trimmingSpaces: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
