import Text

extension Prompt {
    func offers(_ intent: UserIntent) -> Bool { intent != .complete || purpose == .command }

    func hint(for intent: UserIntent) -> SafeText? {
        guard intent == .confirm else { return nil }
        return switch purpose {
        case .chat: "send"
        case .search: "done"
        case .command: "run"
        case .contact: "next"
        }
    }
}
