import Domain
import Text

extension AppState {
    mutating func actOnPrompt(_ intent: UserIntent, _ circumstances: Circumstances) -> [Effect] {
        guard let open = prompt else { return [] }
        switch intent {
        case .back:
            prompt = nil
            switch open.purpose {
            case .chat: watch?.draft = open.text
            case .search: endSearch(isGivenUp: true)
            case .command: break
            case .contact: contactForm = nil
            }
            return []
        case .confirm:
            prompt = nil
            remember(open)
            switch open.purpose {
            case .chat: return say(open)
            case .search: return []
            case .command: return run(command: open.text.string, circumstances)
            case .contact(let field): return fill(field, with: open.text.string)
            }
        case .complete, .completeBack:
            if let completion { prompt?.complete(completion, forward: intent == .complete) }
        case .up, .down:
            if case .contact(let field) = open.purpose {
                moveInForm(from: field, typed: open.text.string, by: intent == .up ? -1 : 1)
                return []
            }
            prompt?.recall(older: intent == .up, from: histories[open.purpose] ?? [])
            searchFollowsPrompt()
        default:
            _ = prompt?.edit(intent)
            searchFollowsPrompt()
        }
        return []
    }

    /// What is shown follows the search while it is being written.
    mutating func searchFollowsPrompt() {
        guard let prompt, prompt.purpose == .search else { return }
        setSearch(prompt.text)
    }

    /// So many lines of each kind are kept.
    private static let historyCapacity = 100

    private mutating func remember(_ line: Prompt) {
        // Where somebody lives is nobody's history.
        if case .contact = line.purpose { return }
        guard !line.text.string.allSatisfy(\.isWhitespace) else { return }
        var lines = histories[line.purpose] ?? []
        lines.removeAll { $0 == line.text }
        lines.append(line.text)
        histories[line.purpose] = lines.suffix(Self.historyCapacity)
    }
}
