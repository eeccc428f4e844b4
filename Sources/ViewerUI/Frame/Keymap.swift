import AppCore
import TerminalKit
import Text

/// Which key means what in which context: the intent table's defaults, with what the user bound instead.
package struct Keymap: Sendable {
    package struct Hint: Hashable, Sendable {
        package var key: SafeText
        package var hint: SafeText
    }

    private var intents: [KeyContext: [KeyPress: UserIntent]] = [:]
    private var keys: [KeyContext: [UserIntent: [KeyPress]]] = [:]

    package init(_ bindings: KeyBindings = KeyBindings()) {
        for row in bindings.rows {
            for key in row.keys { intents[row.context, default: [:]][key] = row.intent }
            keys[row.context, default: [:]][row.intent, default: []] += row.keys
        }
    }

    package func intent(for key: KeyPress, in context: KeyContext) -> UserIntent? { intents[context]?[key] }

    /// The name of the first key of an intent, as screens show it.
    package func name(of intent: UserIntent, in context: KeyContext) -> SafeText {
        keys[context]?[intent]?.first.map(\.displayName) ?? "–"
    }

    /// What an input event asks for in a state; nil for what means nothing here.
    package func action(for event: InputEvent, in state: AppState, frame: Frame?) -> Action? {
        switch event {
        case .key(let key):
            if let intent = intent(for: key, in: state.context) { return .user(intent) }
            guard state.context == .prompt, let scalar = key.typed else { return nil }
            return .typed(String(Character(scalar)))
        case .paste(let text): return state.context == .prompt ? .typed(text.string) : nil
        case .mouse(let mouse): return action(for: mouse, in: state, frame: frame)
        case .resize(let size): return .resized(columns: size.columns, rows: size.rows)
        case .endOfInput: return .user(.quit)
        case .focus: return nil
        }
    }

    private func action(for mouse: MouseEvent, in state: AppState, frame: Frame?) -> Action? {
        guard state.context == .list || state.context == .watch else { return nil }
        switch mouse.kind {
        case .wheelUp: return .user(.up)
        case .wheelDown: return .user(.down)
        case .press(.left): return frame?.target(x: mouse.x, y: mouse.y).map { .clicked($0) }
        case .press: return nil
        }
    }

    /// The footer's keys for a state, help and back last.
    package func hints(for state: AppState) -> [Hint] {
        let context = state.context
        return IntentTable.bindings.compactMap { binding in
            guard binding.contexts.contains(context), let hint = binding.hint, state.offers(binding.intent) else {
                return nil
            }
            return Hint(
                key: name(of: binding.intent, in: context), hint: state.hint(for: binding.intent) ?? SafeText(hint))
        }
    }

    /// The rows of the help page for a context.
    package func helpRows(for context: KeyContext) -> [(keys: SafeText, help: SafeText)] {
        IntentTable.bindings.filter { $0.contexts.contains(context) }.map { binding in
            let names = (keys[context]?[binding.intent] ?? []).map(\.displayName.string)
            return (SafeText(names.joined(separator: " ")), SafeText(binding.help))
        }
    }
}

extension KeyPress {
    /// Short, as a keyboard would print it.
    package var displayName: SafeText {
        switch name {
        case "enter": "Enter"
        case "esc", "escape": "Esc"
        case "tab": "Tab"
        case "space": "Space"
        case "up": "↑"
        case "down": "↓"
        case "left": "←"
        case "right": "→"
        case "pgup": "PgUp"
        case "pgdn": "PgDn"
        case "home": "Home"
        case "end": "End"
        case let other: SafeText(other)
        }
    }
}

extension AppState {
    /// Whether a key would do something here: an advertised key that does nothing is a lie.
    fileprivate func offers(_ intent: UserIntent) -> Bool {
        switch intent {
        case .buy: capabilities.contains(.orders) && watch?.state != .scheduled
        case .write: capabilities.contains(.chat) && watch?.playhead.isReplay == false
        case .follow: capabilities.contains(.follows) && hostInFocus != nil
        case .hostPage: hostInFocus != nil && hostPage == nil && !(tab == .following && watch == nil)
        case .open: hostPage != nil || tab != .orders
        case .search: hostPage == nil && (tab == .schedule || tab == .live)
        case .confirm:
            if let buy { buy.confirmable(now: now, serverNow: serverNow) != nil || buy.isFinished } else { true }
        default: true
        }
    }

    /// Words for a key where the table's do not say what it would do here.
    fileprivate func hint(for intent: UserIntent) -> SafeText? {
        switch intent {
        case .follow: hostInFocus.map { follows.contains($0.id) ? "unfollow" : "follow" }
        case .confirm:
            if let buy {
                if buy.isFinished {
                    "close"
                } else {
                    buy.confirmable(now: now, serverNow: serverNow).map { "buy for " + Phrase.money($0.0.total) }
                }
            } else {
                prompt?.purpose == .search ? "done" : "send"
            }
        case .back:
            if let buy, buy.isFinished {
                "close"
            } else if buy != nil, case .buying? = buy?.stage {
                "leave it to Orders"
            } else if page == nil, tab == .schedule, context == .list, schedule.filter.isEmpty {
                "quit"
            } else {
                nil
            }
        default: nil
        }
    }
}

extension BuyState {
    fileprivate var isFinished: Bool {
        switch stage {
        case .placed, .unknown: true
        case .choosing, .buying: false
        }
    }
}
