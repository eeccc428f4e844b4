import AppCore
import Settings
import Text

/// What parts of a text mean, through its breaking into lines.
struct TextMarks {
    private let text: [Unicode.Scalar]
    /// What is said of a part: how it looks, and where it leads.
    struct Mark: Hashable {
        var role: Role?
        var address: SafeText?
    }

    /// By scalar; empty while nothing is marked.
    private var marks: [Mark] = []
    /// The scalar of the text that the next line begins with or after.
    private var position = 0

    init(of text: SafeText) { self.text = Array(text.string.unicodeScalars) }

    /// - Parameter range: in scalars; a later mark covers an earlier one.
    mutating func add(_ role: Role, _ range: Range<Int>) {
        mark(range) { $0.role = role }
    }

    /// A link looks like one and leads to its address, whatever else is marked in it.
    mutating func add(_ link: Link) {
        mark(link.range) { $0 = Mark(role: .link, address: link.address) }
    }

    private mutating func mark(_ range: Range<Int>, _ change: (inout Mark) -> Void) {
        if marks.isEmpty { marks = Array(repeating: Mark(), count: text.count) }
        for index in range.clamped(to: marks.indices) { change(&marks[index]) }
    }

    /// The next line of the text in runs of one meaning, cut between whole characters.
    mutating func parts(of line: SafeText) -> [(text: SafeText, mark: Mark)] {
        guard !marks.isEmpty else { return [(line, Mark())] }
        var parts: [(text: String, mark: Mark)] = []
        for character in line.string {
            let mark = take(character)
            if let last = parts.indices.last, parts[last].mark == mark {
                parts[last].text.append(character)
            } else {
                parts.append((String(character), mark))
            }
        }
        return parts.map { (SafeText(keepingSpaces: $0.text), $0.mark) }
    }

    /// Goes past a character: spaces may have gone at a line's end, and an ellipsis stands for what is not there.
    private mutating func take(_ character: Character) -> Mark {
        guard let first = character.unicodeScalars.first else { return Mark() }
        while position < text.count, text[position] != first, text[position] == " " { position += 1 }
        guard position < text.count, text[position] == first else { return Mark() }
        defer { position += character.unicodeScalars.count }
        return marks[position]
    }
}
