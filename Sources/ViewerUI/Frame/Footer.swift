import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    /// The line of news or of writing, and under it the keys that work here.
    mutating func drawFooter(_ state: AppState, _ keymap: Keymap, in area: Rect) {
        if let prompt = state.prompt {
            drawPrompt(prompt, in: area.row(0))
        } else if let notice = state.notice {
            put(notice.text, role(of: notice.tone), x: 1, row: 0, in: area, width: area.width - 2)
        } else if let watch = state.watch, case .watch = state.page, !state.isHelpOpen {
            drawTicker(watch.ticker, in: area.row(0).inset(left: 1, right: 1))
        } else if !state.schedule.filter.isEmpty, state.page == nil, state.tab == .schedule || state.tab == .live,
            state.schedule.selected != nil
        {
            let back = keymap.name(of: .back, in: .list) + " shows all"
            let backAt = putRight(back, .dim, right: area.width - 1, row: 0, in: area)
            put("Matching “" + state.schedule.filter + "”", .accent, x: 1, row: 0, in: area, width: backAt - 3)
        } else if !state.isHelpOpen, state.page != nil || state.tab != .orders, let age = state.age {
            let wordings: [SafeText] = ["What is shown is from " + age + ".", "From " + age + "."]
            put(Phrase.fullest(wordings, room: area.width - 2), .stale, x: 1, row: 0, in: area)
        }
        drawKeys(state, keymap, in: area.row(1))
    }

    private func role(of tone: Notice.Tone) -> Role {
        switch tone {
        case .information: .text
        case .success: .ok
        case .warning: .warning
        case .problem: .error
        }
    }

    private mutating func drawPrompt(_ prompt: Prompt, in area: Rect) {
        let label: SafeText = prompt.purpose == .chat ? "› " : "/ "
        let left = prompt.limit - prompt.line.count
        let counter: SafeText = prompt.purpose == .chat && left <= 100 ? SafeText("\(left)") : ""
        let counterAt = putRight(counter, left <= 20 ? .warning : .dim, right: area.width - 1, row: 0, in: area)
        let start = put(label, .accent, x: 1, row: 0, in: area)
        let room = max(1, counterAt - 1 - start)
        // The part around the cursor is shown when the line is longer than its place.
        let before = prompt.textBeforeCursor
        var shown = prompt.text
        var cursor = before.width
        if cursor >= room {
            let tail = before.suffix(fitting: room - 1)
            shown = tail + SafeText(String(prompt.text.string.dropFirst(prompt.cursor)))
            cursor = tail.width
        }
        grid.fill(Rect(x: area.x + start, y: area.y, width: room, height: 1), theme[.input])
        put(shown, .input, x: start, row: 0, in: area, width: room)
        grid.cursor = Point(x: area.x + start + cursor, y: area.y)
    }

    private mutating func drawKeys(_ state: AppState, _ keymap: Keymap, in area: Rect) {
        let hints = keymap.hints(for: state)
        let helpAndBack = hints.suffix(2)
        let tailWidth = helpAndBack.reduce(0) { $0 + $1.key.width + $1.hint.width + 3 } - 2
        var x = 1
        for hint in hints.dropLast(2) {
            guard x + hint.key.width + 1 + hint.hint.width + 2 + tailWidth <= area.width else { break }
            x = putHint(hint, x: x, in: area)
        }
        for hint in helpAndBack where x + hint.key.width + 1 + hint.hint.width <= area.width {
            x = putHint(hint, x: x, in: area)
        }
    }

    private mutating func putHint(_ hint: Keymap.Hint, x: Int, in area: Rect) -> Int {
        let after = put(hint.key, .footerKey, x: x, row: 0, in: area)
        return put(" " + hint.hint, .footer, x: after, row: 0, in: area) + 2
    }
}

extension SafeText {
    /// The last clusters that take at most `cells` cells.
    fileprivate func suffix(fitting cells: Int) -> SafeText {
        var characters: [Character] = []
        var taken = 0
        for character in string.reversed() {
            let width = SafeText(String(character)).width
            guard taken + width <= cells else { break }
            taken += width
            characters.append(character)
        }
        return SafeText(String(characters.reversed()))
    }
}
