import Settings
import Text

/// What parts of a text mean, through its breaking into lines.
struct TextMarks {
    private let text: [Unicode.Scalar]
    /// By scalar; empty while nothing is marked.
    private var roles: [Role?] = []
    /// The scalar of the text that the next line begins with or after.
    private var position = 0

    init(of text: SafeText) { self.text = Array(text.string.unicodeScalars) }

    /// - Parameter range: in scalars; a later mark covers an earlier one.
    mutating func add(_ role: Role, _ range: Range<Int>) {
        if roles.isEmpty { roles = Array(repeating: nil, count: text.count) }
        for index in range.clamped(to: roles.indices) { roles[index] = role }
    }

    /// The next line of the text in runs of one meaning, cut between whole characters.
    mutating func parts(of line: SafeText) -> [(text: SafeText, role: Role?)] {
        guard !roles.isEmpty else { return [(line, nil)] }
        var parts: [(text: String, role: Role?)] = []
        for character in line.string {
            let role = take(character)
            if let last = parts.indices.last, parts[last].role == role {
                parts[last].text.append(character)
            } else {
                parts.append((String(character), role))
            }
        }
        return parts.map { (SafeText($0.text), $0.role) }
    }

    /// Goes past a character: spaces may have gone at a line's end, and an ellipsis stands for what is not there.
    private mutating func take(_ character: Character) -> Role? {
        guard let first = character.unicodeScalars.first else { return nil }
        while position < text.count, text[position] != first, text[position] == " " { position += 1 }
        guard position < text.count, text[position] == first else { return nil }
        defer { position += character.unicodeScalars.count }
        return roles[position]
    }
}
