import AppCore
import TerminalKit
import Text

/// Which key means what in which context: the intent table's defaults, with what the user bound instead.
package struct Keymap: Sendable {
    package struct Hint: Hashable, Sendable {
        package var key: SafeText
        package var hint: SafeText
        package var intent: UserIntent
        /// The product that the key is about; it stands in a place of a fixed width. nil where the key is about none.
        package var product: SafeText?
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
        key(for: intent, in: context) ?? "–"
    }

    /// As `name`; nil where no key has that meaning.
    func key(for intent: UserIntent, in context: KeyContext) -> SafeText? {
        keys[context]?[intent]?.first.map(\.displayName)
    }

    /// What an input event asks for in a state; nil for what means nothing here.
    /// - Parameter frame: what is on the screen; a key answers that.
    package func action(for event: InputEvent, in state: AppState, frame: Frame?) -> Action? {
        switch event {
        case .key(let key):
            if let intent = intent(for: key, in: state.context) {
                return state.isAnswerable(intent, on: frame) ? .user(intent) : nil
            }
            // A pane with nothing left to decide lets keys through to what is behind it.
            if state.buyStage?.isFinished == true, state.context == .buy,
                let intent = intent(for: key, in: state.contextBehindPane)
            {
                return .user(intent)
            }
            guard state.context == .prompt, let scalar = key.typed else { return nil }
            return .typed(String(Character(scalar)))
        case .paste(let text): return state.context == .prompt ? .typed(text.string) : nil
        case .mouse(let mouse): return action(for: mouse, in: state, on: frame)
        case .resize(let size): return .resized(columns: size.columns, rows: size.rows)
        case .endOfInput: return .user(.quit)
        case .focus(let hasFocus): return .focusChanged(hasFocus)
        }
    }

    /// So many rows of the chat go by with one step of the wheel.
    private static let wheelStep = 3

    private func action(for mouse: MouseEvent, in state: AppState, on frame: Frame?) -> Action? {
        guard let target = frame?.target(x: mouse.x, y: mouse.y) else { return nil }
        switch (mouse.kind, target) {
        case (.wheelUp, _): return .scrolled(target, by: -Self.wheelStep)
        case (.wheelDown, _): return .scrolled(target, by: Self.wheelStep)
        // Only a key buys, and only a key sends back.
        case (.press(.left), .intent(.confirm)) where state.context == .buy || state.context == .order: return nil
        case (.press(.left), .intent(let intent)): return state.isAnswerable(intent, on: frame) ? .user(intent) : nil
        case (.press(.left), _): return .clicked(target)
        case (.press, _): return nil
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
                key: hintedKeys(of: binding.intent, in: context),
                hint: state.hint(for: binding.intent) ?? SafeText(hint),
                intent: binding.intent, product: state.productNamed(by: binding.intent))
        }
    }

    /// Keys that belong together share a hint.
    private func hintedKeys(of intent: UserIntent, in context: KeyContext) -> SafeText {
        let partner: UserIntent? =
            switch intent {
            case .right: .left
            case .down: .up
            default: nil
            }
        return (partner.map { name(of: $0, in: context) } ?? "") + name(of: intent, in: context)
    }

    /// The rows of the help page for a context.
    package func helpRows(for context: KeyContext) -> [(keys: SafeText, help: SafeText)] {
        IntentTable.bindings.filter { $0.contexts.contains(context) }.map { binding in
            let names = (keys[context]?[binding.intent] ?? []).map(\.displayName.string)
            return (SafeText(names.joined(separator: " ")), SafeText(binding.help))
        }
    }
}

extension Keymap {
    /// The rows of the help page for the command line: those that are more than an action's id.
    package static var commandRows: [(keys: SafeText, help: SafeText)] {
        CommandTable.commands.compactMap { command in
            if case .intent = command.meaning { return nil }
            let argument = command.argument.map { " " + $0.placeholder } ?? ""
            return (SafeText(":" + command.name + argument), SafeText(command.help))
        } + [("anything else", "What a key of these pages does, by its id in docs/keys.md; Tab goes through them")]
    }
}

extension KeyPress {
    /// Short, as a keyboard would print it: `Enter`, `↑`, `Ctrl-B`, `Alt-b`, `F1`.
    package var displayName: SafeText {
        var prefix = ""
        if modifiers.contains(.control) { prefix += "Ctrl-" }
        if modifiers.contains(.alt) { prefix += "Alt-" }
        if modifiers.contains(.shift) { prefix += "Shift-" }
        switch key {
        case .up: return SafeText(prefix + "↑")
        case .down: return SafeText(prefix + "↓")
        case .left: return SafeText(prefix + "←")
        case .right: return SafeText(prefix + "→")
        case .pageUp: return SafeText(prefix + "PgUp")
        case .pageDown: return SafeText(prefix + "PgDn")
        case .character(let scalar) where scalar != " ":
            // Control does not tell capitals apart; everywhere else `g` and `G` are two keys.
            return SafeText(prefix + (modifiers.contains(.control) ? String(scalar).uppercased() : String(scalar)))
        default:
            let name = KeyPress(key).name
            return SafeText(prefix + name.prefix(1).uppercased() + name.dropFirst())
        }
    }
}

extension AppState {
    /// A purchase is confirmed by its total, and a total that is not on the screen is no total; help ends with its last page.
    fileprivate func isAnswerable(_ intent: UserIntent, on frame: Frame?) -> Bool {
        switch (context, intent) {
        case (.buy, .confirm):
            guard let buy, buy.stage == .choosing, case .ready(let quote) = buy.quote else { return true }
            return frame?.shownTotal == quote.total && frame?.shownQuote == quote.id
        case (.help, .down), (.help, .pageDown): return frame?.hasMoreHelp ?? true
        default: return true
        }
    }
}
