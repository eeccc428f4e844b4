/// What can be asked for on the command line: every action that has a key on a page, and a few that need a word more.
package struct Command: Sendable {
    /// What stands after the name.
    package enum Argument: Sendable {
        case theme
        /// A word or words, or a person as `@name`; and one of those that are muted.
        case muting, muted
        case words
        /// A show by its id or title, or a host by name.
        case place

        /// As the help and complaints write it.
        package var placeholder: String {
            switch self {
            case .theme: "NAME"
            case .muting, .muted: "WORD or @NAME"
            case .words: "WORDS"
            case .place: "TITLE, ID or HOST"
            }
        }
    }

    package enum Meaning: Hashable, Sendable {
        case intent(UserIntent)
        case theme, mute, unmute, find, go, reload
    }

    package let name: String
    package let argument: Argument?
    package let help: String
    package let meaning: Meaning

    /// Whether it would mean something where the keys have this meaning.
    func isWorth(offering context: KeyContext) -> Bool {
        guard case .intent(let intent) = meaning else { return true }
        return IntentTable.bindings.contains { $0.intent == intent && $0.contexts.contains(context) }
    }
}

package enum CommandTable {
    /// Those with a word more first, then the intents in the order of their table.
    package static let commands: [Command] =
        [
            Command(name: "theme", argument: .theme, help: "Draw with another theme; Tab shows each", meaning: .theme),
            Command(
                name: "mute", argument: .muting, help: "Hide messages with these words, or of this person",
                meaning: .mute),
            Command(name: "unmute", argument: .muted, help: "Show them again", meaning: .unmute),
            Command(name: "find", argument: .words, help: "Search what is shown", meaning: .find),
            Command(name: "go", argument: .place, help: "Open a show, or a host's page", meaning: .go),
            Command(name: "reload", argument: nil, help: "Read config.toml and the themes again", meaning: .reload),
        ] + intents

    /// Where the command line can be opened.
    private static let places: Set<KeyContext> = [.list, .watch]

    private static var intents: [Command] {
        var seen: Set<UserIntent> = [.command]
        return IntentTable.bindings.filter { !$0.contexts.isDisjoint(with: places) }.compactMap { binding in
            guard seen.insert(binding.intent).inserted else { return nil }
            return Command(
                name: binding.intent.rawValue, argument: nil, help: binding.help, meaning: .intent(binding.intent))
        }
    }

    package static func command(named name: String) -> Command? { commands.first { $0.name == name } }
}
