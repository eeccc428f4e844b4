import Domain
import Text

extension AppState {
    /// Does what a line says, or says what was expected in its place.
    mutating func run(command line: String, _ circumstances: Circumstances) -> [Effect] {
        let words = line.split(separator: " ", maxSplits: 1)
        guard let name = words.first else { return [] }
        let argument = SafeText(words.dropFirst().first.map(Self.trimmed) ?? "")
        guard let command = CommandTable.command(named: String(name)) else {
            return complain("There is no command “" + SafeText(name) + "”; " + Self.advice(String(name)))
        }
        switch command.argument {
        case nil where !argument.isEmpty:
            return complain(SafeText(":\(command.name) stands alone; found “") + argument + "” after it.")
        case let expected? where argument.isEmpty:
            return complain(SafeText("Expected :\(command.name) \(expected.placeholder)."))
        default: return run(command, argument, circumstances)
        }
    }

    private mutating func run(
        _ command: Command, _ argument: SafeText, _ circumstances: Circumstances
    ) -> [Effect] {
        switch command.meaning {
        case .intent(let intent):
            guard command.isWorth(offering: context) else {
                let places = KeyContext.allCases.filter(command.isWorth(offering:)).map { $0.title.lowercased() }
                let words = places.joined(separator: ", ")
                return complain(SafeText(":\(command.name) means nothing here; it is for \(words)."))
            }
            return act(on: intent, circumstances)
        case .theme:
            guard themes.contains(argument.string) else {
                let known = SafeText(themes.joined(separator: ", "))
                return complain("There is no theme “" + argument + "”; expected one of " + known + ".")
            }
            choose(theme: argument.string)
        case .mute:
            let isNew = mutes.add(argument)
            let keeping: SafeText = "[chat] mute in config.toml keeps it."
            if isNew, let watch, watch.chat.hasNobody(called: argument) {
                tell("Nobody called " + argument + " has written here; muted all the same.", .warning)
            } else {
                tell(argument + (isNew ? " is muted; " + keeping : " is muted already."))
            }
            applyMutes()
        case .unmute:
            guard mutes.remove(argument) else {
                var known: SafeText = mutes.entries.first ?? ""
                for entry in mutes.entries.dropFirst() { known += ", " + entry }
                let expected = known.isEmpty ? "nothing is muted." : "expected one of " + known + "."
                return complain("“" + argument + "” is not muted; " + expected)
            }
            tell(argument + " is shown again.")
            applyMutes()
        case .find:
            guard let place = searchPlace, place == .chat || hasWhatToSearch else {
                return complain("There is nothing to search here.")
            }
            if place == .chat { watch?.chat.beginSearch() }
            setSearch(argument)
            if place == .chat, watch?.chat.match == nil { tell("Nothing in the chat has “" + argument + "”.") }
        case .go: return go(to: argument, circumstances)
        case .reload:
            tell("The settings are read again.")
            return [.readSettings]
        }
        return []
    }

    /// A show by its id or title, a host by name; part of a title is enough where only one show has it.
    private mutating func go(to place: SafeText, _ circumstances: Circumstances) -> [Effect] {
        let wanted = place.string.lowercased()
        func isNamed(_ text: SafeText) -> Bool { text.string.lowercased() == wanted }
        if let show = show(ShowID(place.string)) ?? nearestShow(where: { isNamed($0.title) }) {
            return open(show.id, circumstances)
        }
        if let host = schedule.shows.lazy.flatMap(\.hosts).first(where: { isNamed($0.name) })
            ?? follows.hosts.first(where: { isNamed($0.name) })
        {
            return open(HostPageState(host: host))
        }
        let needle = Needle(place)
        let titles = Set(schedule.shows.map(\.title).filter { needle.matches($0) })
        guard titles.count == 1, let show = nearestShow(where: { titles.contains($0.title) }) else {
            return complain(
                titles.isEmpty
                    ? "No show or host is called “" + place + "”; Tab goes through those that are known."
                    : "“" + place + "” is in \(titles.count) titles; Tab goes through them.")
        }
        return open(show.id, circumstances)
    }

    /// Of several showings the one that is live, else the next, else the last.
    private func nearestShow(where isMeant: (Show) -> Bool) -> Show? {
        let shows = schedule.shows.filter(isMeant)
        return shows.first { $0.state == .live }
            ?? shows.filter { $0.state == .scheduled }.min { $0.startsAt < $1.startsAt }
            ?? shows.max { $0.startsAt < $1.startsAt }
    }

    private mutating func complain(_ text: SafeText) -> [Effect] {
        tell(text, .warning)
        return []
    }

    /// The commands that begin as this one does, else where to find them all.
    private static func advice(_ name: String) -> SafeText {
        let near = CommandTable.commands.map(\.name).filter { $0.hasPrefix(name.prefix(2)) }.prefix(5)
        let words = near.joined(separator: ", ")
        return SafeText(words.isEmpty ? "Tab after : goes through those there are." : "expected perhaps \(words).")
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
