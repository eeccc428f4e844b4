import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    /// The line that is being written, and at its right what belongs to it: how long it is, why it came back, what it
    /// may become.
    mutating func drawPrompt(_ prompt: Prompt, _ state: AppState, in area: Rect) {
        let start = put(prompt.purpose.label, .accent, x: 1, row: 0, in: area)
        let right = area.width - 1
        let end: Int
        switch prompt.purpose {
        case .chat: end = drawChatFacts(prompt, state, right: right, in: area) - 1
        case .search: end = right
        case .contact(let field): end = drawFormFacts(field, prompt.note, right: right, in: area) - 1
        case .command:
            // The words begin at one place while the line is short, so that they can be read.
            let place = start + max(prompt.text.width + 3, min(16, area.width / 4))
            let words = state.completion.map { drawCompletion($0, x: place, in: area) } ?? false
            end = words ? place - 2 : right
        }
        drawLine(prompt, x: start, width: max(1, end - start), in: area)
    }

    /// The part around the cursor is shown when the line is longer than its place.
    private mutating func drawLine(_ prompt: Prompt, x: Int, width: Int, in area: Rect) {
        var shown = prompt.text
        var cursor = prompt.textBeforeCursor.width
        if cursor >= width {
            let tail = prompt.textBeforeCursor.suffix(fitting: width - 1)
            shown = tail + SafeText(keepingSpaces: String(prompt.text.string.dropFirst(prompt.cursor)))
            cursor = tail.width
        }
        grid.fill(Rect(x: area.x + x, y: area.y, width: width, height: 1).intersection(area), theme[.input])
        put(shown, .input, x: x, row: 0, in: area, width: width)
        grid.cursor = Point(x: area.x + x + cursor, y: area.y)
    }

    /// `wait 4 s  3/500`; returns the column where it begins.
    private mutating func drawChatFacts(_ prompt: Prompt, _ state: AppState, right: Int, in area: Rect) -> Int {
        let count = prompt.line.count
        let length = SafeText("\(count)/\(prompt.limit)")
        let at = putRight(length, prompt.limit - count <= 20 ? .warning : .dim, right: right, row: 0, in: area)
        let room = max(0, area.width / 2 - (right - at))
        let note: SafeText
        if let wait = state.chatWait {
            let words = SafeText("wait \((wait.milliseconds + 999) / 1000) s")
            note = Phrase.fullest(prompt.note.map { [$0 + ", " + words, words] } ?? [words], room: room)
        } else if let reason = prompt.note {
            note = Phrase.fullest([reason, "not sent"], room: room)
        } else {
            return at
        }
        return putRight(note, .warning, right: at - 2, row: 0, in: area)
    }

    /// How far the form is, and what is wrong with the line; returns the column where it begins.
    private mutating func drawFormFacts(
        _ field: ContactDetails.Field, _ problem: SafeText?, right: Int, in area: Rect
    ) -> Int {
        let fields = ContactDetails.Field.allCases
        let place = SafeText("\((fields.firstIndex(of: field) ?? 0) + 1)/\(fields.count)")
        let at = putRight(place, .dim, right: right, row: 0, in: area)
        let room = max(0, area.width / 2 - (right - at))
        let words = Phrase.fullest(
            problem.map { [$0, "not like that"] } ?? hints(of: field), room: room)
        return words.isEmpty ? at : putRight(words, problem == nil ? .dim : .warning, right: at - 2, row: 0, in: area)
    }

    /// An optional line can be skipped, and after the first there is a way back; the longest words first.
    private func hints(of field: ContactDetails.Field) -> [SafeText] {
        let isFirst = field == ContactDetails.Field.allCases.first
        if field.isRequired { return isFirst ? [] : ["↑ goes back", "↑ back"] }
        return ["Enter skips it, ↑ goes back", "Enter skips, ↑ back", "or Enter"]
    }

    /// As many of the words as fit, from the chosen one on where that would not be among them; `…` where some are left out.
    /// - Returns: whether there is one.
    private mutating func drawCompletion(_ completion: Completion, x: Int, in area: Rect) -> Bool {
        let words = completion.candidates.map { $0.string.last == " " ? SafeText($0.string.dropLast()) : $0 }
        guard !words.isEmpty, !completion.isDone else { return false }
        let right = area.width - 2
        func isLeft(of right: Int, _ shown: ClosedRange<Int>) -> Bool {
            let before = shown.lowerBound > 0 ? 2 : 0
            let after = shown.upperBound < words.count - 1 ? 3 : 0
            let width = words[shown].reduce(0) { $0 + $1.width + 2 } - 2
            return x + before + width + after <= right
        }
        var first = 0
        if let chosen = completion.chosen { while first < chosen, !isLeft(of: right, first...chosen) { first += 1 } }
        let start = first > 0 ? put("…", .dim, x: x, row: 0, in: area) + 1 : x
        var at = start
        for (index, word) in words.enumerated().dropFirst(first) {
            guard at == start || isLeft(of: right, first...index) else {
                put("…", .dim, x: at, row: 0, in: area)
                break
            }
            let room = right - at - (index < words.count - 1 ? 3 : 0)
            at = put(word, index == completion.chosen ? .badge : .dim, x: at, row: 0, in: area, width: room) + 2
        }
        return at > x + 2
    }
}

extension Prompt.Purpose {
    fileprivate var label: SafeText {
        switch self {
        case .chat: "› "
        case .search: "/ "
        case .command: ":"
        case .contact(let field): SafeText(field.label) + ": "
        }
    }
}

extension SafeText {
    /// The last clusters that take at most `cells` cells.
    fileprivate func suffix(fitting cells: Int) -> SafeText {
        var characters: [Character] = []
        var taken = 0
        for character in string.reversed() {
            let width = SafeText(keepingSpaces: String(character)).width
            guard taken + width <= cells else { break }
            taken += width
            characters.append(character)
        }
        return SafeText(keepingSpaces: String(characters.reversed()))
    }
}
