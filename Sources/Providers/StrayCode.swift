/// Code that stands in a description as text: shops take the tags of styles and scripts away, and leave what was between
/// them.
enum StrayCode {
    /// The lines that a person has written. A line that only might be code stays.
    static func removed(from lines: [Substring]) -> [Substring] {
        var kept: [Substring] = []
        var place = 0
        while place < lines.count {
            if isRule(lines[place]) || isScript(lines[place]) {
                place += 1
            } else if let end = endOfRule(lines, from: place) {
                place = end
            } else {
                kept.append(lines[place])
                place += 1
            }
        }
        return kept
    }

    /// `.a > b { color: red }`, once or more often.
    private static func isRule(_ line: Substring) -> Bool {
        guard line.last == "}" else { return false }
        let parts = line.split(separator: "}", omittingEmptySubsequences: true)
        return !parts.isEmpty
            && parts.allSatisfy { part in
                guard let open = part.lastIndex(of: "{") else { return part.allSatisfy(\.isWhitespace) }
                let inside = part[part.index(after: open)...].drop { $0 == "{" || $0 == " " }
                // `@media` holds rules of its own.
                let selectors = part[..<open].split(separator: "{")
                return !selectors.isEmpty && selectors.allSatisfy(isSelector)
                    && (inside.isEmpty || isDeclaration(inside))
            }
    }

    /// Lines that a rule is spread over.
    private static let longestRule = 40

    /// - Returns: the line behind a rule that begins here with its selector and goes on with declarations alone.
    private static func endOfRule(_ lines: [Substring], from start: Int) -> Int? {
        guard lines[start].last == "{", isSelector(lines[start].dropLast()) else { return nil }
        for place in (start + 1)..<max(start + 1, min(lines.count, start + longestRule)) {
            let line = lines[place]
            if line.first == "}" { return place + 1 }
            guard isDeclaration(line) else { return nil }
        }
        return nil
    }

    private static let tags: Set = [
        "a", "body", "div", "h1", "h2", "h3", "h4", "h5", "h6", "html", "img", "li", "ol", "p", "span", "table", "td",
        "th",
        "tr", "ul",
    ]

    /// Signs that a sentence before a brace has not, or the names of tags.
    private static func isSelector(_ text: Substring) -> Bool {
        let words = text.split(separator: " ")
        return !words.isEmpty
            && (text.contains { ".#@*>:[".contains($0) } || words.allSatisfy { tags.contains(String($0)) })
            && text.utf8.allSatisfy { byte in
                48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || " .#-_>+~:*[]=\"'(),@%".utf8.contains(byte)
            }
    }

    /// `color: red; margin: 0`
    private static func isDeclaration(_ text: Substring) -> Bool {
        guard let colon = text.firstIndex(of: ":") else { return false }
        let name = text[..<colon].drop { $0 == " " }
        return !name.isEmpty
            && name.utf8.allSatisfy { 97...122 ~= $0 || 65...90 ~= $0 || 48...57 ~= $0 || "-_ ".utf8.contains($0) }
    }

    private static let beginnings = [
        "var ", "let ", "const ", "function ", "function(", "window.", "document.", "jQuery(", "$(", "(function",
        "console.", "if (", "/*", "//",
    ]
    private static let marks = ["= ", "=\"", "='", "document.", "window.", "function", "=>", "();", "){", ") {"]

    private static func isScript(_ line: Substring) -> Bool {
        guard let last = line.last, ";})".contains(last), beginnings.contains(where: line.hasPrefix) else {
            return false
        }
        return marks.contains { line.contains($0) }
    }
}
