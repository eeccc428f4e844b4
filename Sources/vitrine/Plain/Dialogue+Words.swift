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
        case .products: try listProducts(rest)
        case .buy: try buy(arguments)
        case .say: try say(rest)
        case .hosts: list(try session.collect("the hosts", .hosts(search: rest.isEmpty ? nil : rest)))
        case .follow: try follow(rest, isFollowed: true)
        case .unfollow: try follow(rest, isFollowed: false)
        case .following: list(try session.answer(to: Question.follows, while: "the hosts you follow"))
        case .orders: try listOrders()
        case .cancel: try cancel(rest)
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

    // MARK: Shows

    private func listShows(_ words: String) throws {
        let state = ShowState(rawValue: words.lowercased())
        let filter = ShowFilter(state: state, search: state == nil && !words.isEmpty ? words : nil)
        shows = try session.collect("the shows", .shows(filter)).sorted(by: Shows.liveFirst)
        // What is over is found by asking for it.
        if words.isEmpty { shows.removeAll { $0.state == .ended || $0.state == .cancelled } }
        let today = LocalTime(session.now)
        for (index, show) in shows.enumerated() {
            let start = LocalTime(show.startsAt)
            let day = start.isSameDay(as: today) ? "Today" : Phrase.shortDay(start).string
            let when = show.state == .live ? "Live" : "\(day) \(Phrase.time(start))"
            let state = show.state == .ended || show.state == .cancelled ? ", \(show.state.rawValue)" : ""
            Output.line("\(index + 1). \(when)\(state): \(show.title), with \(Lines.names(show.hosts))")
        }
        if shows.isEmpty { Output.line("No shows.") }
    }

    private func watch(_ name: String) throws {
        guard !name.isEmpty else { throw Misuse("Which show? ‘watch 1’ is the first that ‘shows’ lists") }
        if shows.isEmpty, Int(name) != nil { try listShows("") }
        if let number = Int(name), number < 1 || number > shows.count {
            throw Misuse("There is no show \(number) in the list")
        }
        let id = named(name, in: shows) { $0.id.rawValue }?.id ?? ShowID(name)
        show = try FollowedShow(id, as: .plain, session)
        goods = show?.detail.lineUp.flatMap(\.goods) ?? []
        advanceShow()
    }

    private func say(_ text: String) throws {
        guard let show else { throw Misuse("You are in no show") }
        guard !text.isEmpty else { throw Misuse("Say what?") }
        _ = try session.answer(to: .postMessage(show.detail.show.id, text: text), while: "your message")
        Output.line("Sent.")
    }

    // MARK: Hosts

    private func list(_ list: [Host]) {
        hosts = list
        for (index, host) in hosts.enumerated() {
            Output.line("\(index + 1). \(host.name), \(Phrase.count(host.followers)) followers")
        }
        if hosts.isEmpty { Output.line("No hosts.") }
    }

    private func follow(_ name: String, isFollowed: Bool) throws {
        let presenters = show?.detail.show.hosts ?? []
        if name.isEmpty, presenters.isEmpty { throw Misuse("Which host? ‘hosts’ lists them") }
        let host = name.isEmpty ? presenters.first : named(name, in: hosts) { $0.id.rawValue }
        let change = FollowChange(session: session, host: host?.id ?? HostID(name), isFollowed: isFollowed)
        Output.line(change.words(try change.make() + hosts + presenters))
    }

    // MARK: Orders

    private func listOrders() throws {
        let book = OrderBook(session: session)
        let unresolved = try book.findOut()
        for intent in unresolved { Lines.unresolved(intent) }
        orders = try book.current()
        for (index, order) in orders.enumerated() { Lines.order(order, number: index + 1) }
        if orders.isEmpty, unresolved.isEmpty { Output.line("No orders.") }
    }

    private func cancel(_ name: String) throws {
        guard !name.isEmpty else { throw Misuse("Which order? ‘orders’ lists them") }
        let id = named(name, in: orders) { $0.id.rawValue }?.id ?? OrderID(name)
        let order = try OrderBook(session: session).cancel(id)
        Output.line("Order \(order.id): \(Phrase.status(order.status)).")
    }
}

/// A word that was typed where it means nothing, or without what it needs.
struct Misuse: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
