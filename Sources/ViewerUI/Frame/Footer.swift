import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    /// The line of news or of writing, and under it the keys that work here.
    mutating func drawFooter(_ state: AppState, _ keymap: Keymap, in area: Rect) {
        if let prompt = state.prompt {
            drawPrompt(prompt, state, in: area.row(0))
        } else if let notice = state.notice {
            let key = notice.key.map { " " + keymap.name(of: $0.intent, in: state.context) + " " + $0.words } ?? ""
            put(notice.text + key, role(of: notice.tone), x: 1, row: 0, in: area, width: area.width - 2)
        } else if let search = state.searchInSight, !state.isHelpOpen {
            drawSearch(search.text, in: search.place, state, keymap, in: area.row(0))
        } else if !state.isHelpOpen, !drawConnection(state, keymap, in: area.row(0)), let watch = state.watch,
            case .watch = state.page
        {
            drawTicker(watch.ticker, in: area.row(0).inset(left: 1, right: 1))
        }
        drawKeys(state, keymap, in: area.row(1))
    }

    /// How old what is shown is, and when the server is asked again.
    /// - Returns: false where there is nothing to say of it.
    private mutating func drawConnection(_ state: AppState, _ keymap: Keymap, in area: Rect) -> Bool {
        let channel = state.connectionInSight
        let words = ConnectionWords(state.shops[channel].connection, at: state.now)
        let wordings = words.row(
            age: state.tellsItsAge ? nil : state.age, key: keymap.key(for: .refresh, in: state.context))
        guard !wordings.isEmpty else { return false }
        let title: SafeText = state.hasSeveralChannels ? state.named(channel) + ": " : ""
        let x = put(title, .stale, x: 1, row: 0, in: area, width: max(0, area.width / 3))
        let end = put(Phrase.fullest(wordings, room: area.width - 1 - x), .stale, x: x, row: 0, in: area)
        if state.shops[channel].connection.isAway {
            clickable(.intent(.refresh), Rect(x: area.x + 1, y: area.y, width: end - 1, height: 1))
        }
        return true
    }

    func role(of tone: Notice.Tone) -> Role {
        switch tone {
        case .information: .text
        case .success: .ok
        case .warning: .warning
        case .problem: .error
        }
    }

    /// What is searched for, and how to go on.
    private mutating func drawSearch(
        _ text: SafeText, in place: SearchPlace, _ state: AppState, _ keymap: Keymap, in area: Rect
    ) {
        let back = state.context == .watch ? keymap.name(of: .back, in: .watch) : keymap.name(of: .leave, in: .list)
        let keys: SafeText
        let words: SafeText
        if place == .chat {
            keys = back + " ends it"
            words = (state.watch?.chat.match == nil ? "Nothing in the chat has “" : "In the chat “") + text + "”"
        } else {
            keys = back + " shows all"
            words = "Matching “" + text + "”"
        }
        let keysAt = putRight(keys, .dim, right: area.width - 1, row: 0, in: area)
        put(words, .accent, x: 1, row: 0, in: area, width: keysAt - 3)
    }

    /// As many as fit, in the order of the table, which is that of need; help and the way back always have their place.
    mutating func drawKeys(_ state: AppState, _ keymap: Keymap, in area: Rect) {
        let hints = keymap.hints(for: state).fitted(to: area.width)
        let ways = hints.filter { $0.isWayOut }
        let tailWidth = ways.reduce(0) { $0 + $1.key.width + $1.hint.width + 3 } - 2
        var x = 1
        for hint in hints where !hint.isWayOut {
            guard x + hint.key.width + 1 + hint.hint.width + 2 + tailWidth <= area.width else { continue }
            x = putHint(hint, x: x, in: area)
        }
        for hint in ways where x + hint.key.width + 1 + hint.hint.width <= area.width {
            x = putHint(hint, x: x, in: area)
        }
    }

    private mutating func putHint(_ hint: Keymap.Hint, x: Int, in area: Rect) -> Int {
        let after = put(hint.key, .footerKey, x: x, row: 0, in: area)
        let end = put(" " + hint.hint, .footer, x: after, row: 0, in: area)
        clickable(.intent(hint.intent), Rect(x: area.x + x, y: area.y, width: end - x, height: 1))
        return end + 2
    }
}

extension AppState {
    /// The orders say themselves from when they are, and so do the card and the line-up.
    fileprivate var tellsItsAge: Bool {
        if case .watch = page { true } else { page == nil && tab == .orders }
    }
}

extension Keymap.Hint {
    /// Help, and the way back.
    fileprivate var isWayOut: Bool { [.help, .back, .leave].contains(intent) }
}
