import Domain
import Text
import ViewerUI

extension Dialogue {
    /// - Throws: what could not be done, in words.
    func perform(_ word: Word, _ arguments: [String]) throws {
        let rest = arguments.joined(separator: " ")
        switch word {
        case .shows: try listShows(rest)
        case .watch: try watch(rest)
        case .back:
            Output.line(show.map { "Left \($0.detail.show.title)." } ?? "You are in no show.")
            show = nil
        case .quiet: setQuiet(true)
        case .aloud: setQuiet(false)
        case .remind: try remind(rest)
        case .products: try listProducts(rest)
        case .buy: try buy(arguments)
        case .say: try say(rest)
        case .hosts: try listHosts(rest, isFollowed: false)
        case .more: readOn()
        case .follow: try follow(rest, isFollowed: true)
        case .unfollow: try follow(rest, isFollowed: false)
        case .following: try listHosts(isFollowed: true)
        case .address: try changeAddress()
        case .orders: try listOrders()
        case .pay: try pay(rest)
        case .cancel: try cancel(rest)
        case .order: try showOrder(rest)
        case .sendBack: try sendBack(arguments)
        case .reorder: try reorder(rest)
        case .help: for word in Word.allCases { Output.line(word.help) }
        case .quit: quit()
        }
    }

    /// The one of a list that was named by its number or its id.
    func named<Item>(_ name: String, in list: [Item], by id: (Item) -> String) -> Item? {
        if let item = list.first(where: { id($0) == name }) { return item }
        guard let number = Int(name), number >= 1, number <= list.count else { return nil }
        return list[number - 1]
    }

    /// Prints the first page of a list.
    func list(_ lines: [String]) {
        unread = Pages(lines)
        for line in unread.next() { Output.line(line) }
    }

    private func readOn() {
        let page = unread.next()
        for line in page.isEmpty ? ["That was all."] : page { Output.line(line) }
    }

    // MARK: Shows

    private func listShows(_ words: String) throws {
        let state = ShowState(rawValue: words.lowercased())
        let filter = ShowFilter(state: state, search: state == nil && !words.isEmpty ? words : nil)
        shows = try session.collect("the shows", .shows(filter)).sorted(by: Shows.liveFirst)
        // What is over is found by asking for it.
        if words.isEmpty { shows.removeAll { $0.state == .ended || $0.state == .cancelled } }
        let today = LocalTime(session.now)
        let lines = shows.enumerated().map { index, show in
            let start = LocalTime(show.startsAt)
            let day = start.isSameDay(as: today) ? "Today" : Phrase.shortDay(start).string
            let when = show.state == .live ? "Live" : "\(day) \(Phrase.time(start))"
            let state = show.state == .ended || show.state == .cancelled ? ", \(show.state.rawValue)" : ""
            return "\(index + 1). \(when)\(state): \(show.title), with \(Lines.names(show.hosts))"
        }
        list(lines)
        if shows.isEmpty { Output.line("No shows.") }
    }

    private func watch(_ name: String) throws {
        guard !name.isEmpty else { throw Misuse("Which show? ‘watch 1’ is the first that ‘shows’ lists") }
        let next = try FollowedShow(try showID(name), as: .dialogue, session)
        show = next
        goods = next.detail.lineUp.flatMap(\.goods)
        advanceShow(yields: false)
        next.isHeld = isQuiet
        guard show != nil, input.isTerminal else { return }
        Output.line(
            isQuiet ? "Quiet: Enter says what has happened." : "Enter holds the show while you type, and lets it go on."
        )
    }

    /// The show that is meant, by its number in the list, which is fetched where there is none yet, or by its id.
    func showID(_ name: String) throws -> ShowID {
        if shows.isEmpty, Int(name) != nil { try listShows("") }
        if let number = Int(name), number < 1 || number > shows.count {
            throw Misuse("There is no show \(number) in the list")
        }
        return named(name, in: shows) { $0.id.rawValue }?.id ?? ShowID(name)
    }

    private func setQuiet(_ isQuiet: Bool) {
        self.isQuiet = isQuiet
        show?.isHeld = isQuiet
        if !isQuiet { show?.tellWaiting() }
        Output.line(isQuiet ? "Quiet: in a show, Enter says what has happened." : "Shows are heard as they happen.")
    }

    private func say(_ text: String) throws {
        guard let show else { throw Misuse("You are in no show") }
        guard !text.isEmpty else { throw Misuse("Say what?") }
        _ = try session.answer(to: .postMessage(show.detail.show.id, text: text), while: "your message")
        Output.line("Sent.")
    }

    // MARK: Hosts

    private func listHosts(_ words: String = "", isFollowed: Bool) throws {
        hosts =
            isFollowed
            ? try session.answer(to: Question.follows, while: "the hosts you follow")
            : try session.collect("the hosts", .hosts(search: words.isEmpty ? nil : words))
        list(hosts.enumerated().map { "\($0 + 1). \($1.name), \(Phrase.count($1.followers)) followers" })
        if hosts.isEmpty { Output.line("No hosts.") }
    }

    private func follow(_ name: String, isFollowed: Bool) throws {
        let presenters = show?.detail.show.hosts ?? []
        if name.isEmpty, presenters.isEmpty { throw Misuse("Which host? ‘hosts’ lists them") }
        if hosts.isEmpty, Int(name) != nil { try listHosts(isFollowed: !isFollowed) }
        if let number = Int(name), number < 1 || number > hosts.count {
            throw Misuse("There is no host \(number) in the list")
        }
        let host = name.isEmpty ? presenters.first : named(name, in: hosts) { $0.id.rawValue }
        let change = FollowChange(session: session, host: host?.id ?? HostID(name), isFollowed: isFollowed)
        Output.line(change.words(try change.make() + hosts + presenters))
    }
}

/// A word that was typed where it means nothing, or without what it needs.
struct Misuse: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
