import Domain
import Text

extension AppState {
    /// Words that the one at the cursor of the command line may become.
    package var completion: Completion? {
        guard let prompt, prompt.purpose == .command else { return nil }
        if let current = prompt.completion { return current }
        let head = prompt.line[..<prompt.cursor]
        guard let space = head.firstIndex(of: " ") else {
            let names = CommandTable.commands.filter { $0.isWorth(offering: context(under: prompt)) }.map {
                SafeText($0.name + ($0.argument == nil ? "" : " "))
            }
            return Completion(start: 0, typed: SafeText(String(head)), among: names)
        }
        guard let argument = CommandTable.command(named: String(head[..<space]))?.argument else { return nil }
        let start = head[space...].firstIndex { $0 != " " } ?? prompt.cursor
        return Completion(start: start, typed: SafeText(String(head[start...])), among: words(for: argument))
    }

    /// Context of the keys before the line was opened.
    private func context(under prompt: Prompt) -> KeyContext {
        var below = self
        below.prompt = nil
        return below.context
    }

    private func words(for argument: Command.Argument) -> [SafeText] {
        switch argument {
        case .theme: themes.map { SafeText($0) }
        case .muting:
            watch?.chat.entries.reversed().lazy.filter { !$0.isMuted && !isOwn($0.message) }
                .prefix(200).map { "@" + $0.message.author } ?? []
        case .muted: mutes.entries
        case .place: schedule.shows.map(\.title) + hostNames
        case .words: hostNames + schedule.shows.map(\.title)
        }
    }

    private var hostNames: [SafeText] { schedule.shows.flatMap(\.hosts).map(\.name) }
}
