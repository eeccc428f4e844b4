import AppCore
import Domain
import ShopAccess
import Text
import ViewerUI

extension Dialogue {
    /// - Parameter words: those behind the command's.
    /// - Throws: what could not be done, in words.
    func perform(_ command: LineCommand, _ words: [String]) throws {
        let arguments = session.joiningName(in: words)
        let rest = arguments.joined(separator: " ")
        switch command {
        case .shows: try listShows(rest)
        case .watch: try watch(rest)
        case .back:
            Output.line(show.map { "Left \($0.detail.show.title)." } ?? "You are in no show.")
            leaveShow()
        case .quiet: setQuiet(true)
        case .aloud: setQuiet(false)
        case .moments: try listMoments()
        case .remind: try remind(rest)
        case .products: try listProducts(rest)
        case .product: try showProduct(rest)
        case .reviews: try listReviews(rest)
        case .wish: try wish(rest)
        case .wishes: try listWishes()
        case .buy: try buy(arguments)
        case .say: try say(words.joined(separator: " "))
        case .hosts: try listHosts(rest)
        case .more: readOn()
        case .follow: try follow(rest, isFollowed: true)
        case .unfollow: try follow(rest, isFollowed: false)
        case .following: try listFollowed()
        case .address: try changeAddress(rest)
        case .orders: try listOrders()
        case .pay: try pay(rest)
        case .cancel: try cancel(rest)
        case .order: try showOrder(rest)
        case .sendBack: try sendBack(arguments)
        case .reorder: try reorder(rest)
        case .login: try logIn(rest)
        case .logout: try logOut(arguments)
        case .help: for command in LineCommand.allCases { Output.line(command.help) }
        case .quit: quit()
        }
    }

    /// The one of a list that was named by its number or its id.
    func named<Item>(_ name: String, in list: [Item], by id: (Item) -> String) -> Item? {
        if let item = list.first(where: { id($0) == name }) { return item }
        guard let number = Int(name), number >= 1, number <= list.count else { return nil }
        return list[number - 1]
    }

    /// The one of a list of what channels have, by its number or its id, with or without the channel's name before it.
    /// - Throws: where several channels have something of that id, and none is named.
    func listed<Item, Kind>(_ name: String, in list: [Item], by id: (Item) -> Identifier<Kind>) throws -> Item? {
        if let index = try index(of: name, in: list.map(id)) { return list[index] }
        guard let number = Int(name), number >= 1, number <= list.count else { return nil }
        return list[number - 1]
    }

    func index<Kind>(of name: String, in ids: [Identifier<Kind>]) throws -> Int? {
        let whole = ids.firstIndex { session.prefix(of: session.access(to: $0.channel)) + $0.rawValue == name }
        if let whole { return whole }
        let found = ids.indices.filter { ids[$0].rawValue == name }
        // Neither is guessed: which one is meant has to be said.
        if Set(found.map { ids[$0].channel }).count > 1 { _ = try session.choose(name) }
        return found.first
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

    func listShows(_ words: String) throws {
        let state = ShowState(rawValue: words.lowercased())
        let filter = ShowFilter(state: state, search: state == nil && !words.isEmpty ? words : nil)
        var found: [Show] = []
        try forEachChannel { found += try collect(.shows(filter), at: $0, while: "the shows") }
        shows = found.sorted(by: Show.isListedFirst)
        // What is over is found by asking for it.
        if words.isEmpty { shows.removeAll { $0.state == .ended || $0.state == .cancelled } }
        let today = LocalTime(now)
        let lines = shows.enumerated().map { index, show in
            let start = LocalTime(show.startsAt)
            let day = start.isSameDay(as: today) ? "Today" : Phrase.shortDay(start).string
            let when = show.state == .live ? "Live" : "\(day) \(Phrase.time(start))"
            let state = show.state == .ended || show.state == .cancelled ? ", \(show.state.rawValue)" : ""
            let hosts = LineText.names(show.hosts)
            return "\(index + 1). \(when)\(state): \(show.title), with \(hosts)\(place(show.id.channel))"
        }
        list(lines)
        if shows.isEmpty { Output.line("No shows.") }
    }

    private func watch(_ name: String) throws {
        guard !name.isEmpty else { throw UsageError("Which show? ‘watch 1’ is the first that ‘shows’ lists") }
        let next = try ShowLines(try showID(name), as: .dialogue, session)
        show = next
        goods = next.detail.lineUp.flatMap(\.goods)
        telling(orElse: leaveShow) { try next.run { !$0.hasBegun } }
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
            throw UsageError("There is no show \(name) in the list")
        }
        if let show = try listed(name, in: shows, by: \.id) { return show.id }
        let (channel, id) = try session.choose(name)
        return ShowID(id).placed(in: session.place(of: channel))
    }

    private func setQuiet(_ isQuiet: Bool) {
        self.isQuiet = isQuiet
        show?.isHeld = isQuiet
        if !isQuiet { show?.tellWaiting() }
        Output.line(isQuiet ? "Quiet: in a show, Enter says what has happened." : "Shows are heard as they happen.")
    }

    private func say(_ text: String) throws {
        guard let show else { throw UsageError("You are in no show") }
        guard !text.isEmpty else { throw UsageError("Say what?") }
        let id = show.detail.show.id
        _ = try session.ask(.postMessage(id, text: text), at: session.access(to: id.channel), while: "your message")
        Output.line("Sent.")
    }

    /// Lists the products that were on air in the show, and when.
    private func listMoments() throws {
        guard let show else { throw UsageError("You are in no show") }
        let id = show.detail.show.id
        let moments = try session.ask(
            Question.moments(id), at: session.access(to: id.channel), while: "what was on air")
        let titles = Dictionary(show.detail.lineUp.map { ($0.id, $0.title) }) { $1 }
        list(
            moments.map { moment in
                let names = moment.products.map { titles[$0]?.string ?? $0.rawValue }
                return "\(Phrase.time(moment.at, from: now))  \(names.joined(separator: "; "))"
            })
        if moments.isEmpty { Output.line("Nothing was on air yet.") }
    }

    // MARK: Hosts

    private func listHosts(_ words: String) throws {
        let search = words.isEmpty ? nil : words
        var found: [Host] = []
        try forEachChannel { found += try collect(.hosts(search: search), at: $0, while: "the hosts") }
        list(found)
    }

    private func listFollowed() throws {
        var found: [Host] = []
        try forEachChannel(where: { session.channels.count == 1 || $0.shop.provider.capabilities.contains(.follows) }) {
            found += try session.ask(Question.follows, at: $0, while: "the hosts you follow")
        }
        list(found)
    }

    private func list(_ found: [Host]) {
        hosts = found
        list(
            hosts.enumerated().map {
                "\($0 + 1). \($1.name), \(Phrase.count($1.followers)) followers\(place($1.id.channel))"
            })
        if hosts.isEmpty { Output.line("No hosts.") }
    }

    private func follow(_ name: String, isFollowed: Bool) throws {
        let presenters = show?.detail.show.hosts ?? []
        if name.isEmpty, presenters.isEmpty { throw UsageError("Which host? ‘hosts’ lists them") }
        if hosts.isEmpty, Int(name) != nil { if isFollowed { try listHosts("") } else { try listFollowed() } }
        if let number = Int(name), number < 1 || number > hosts.count {
            throw UsageError("There is no host \(name) in the list")
        }
        let host = try name.isEmpty ? presenters.first : listed(name, in: hosts, by: \.id)
        let id =
            try host?.id
            ?? {
                let (channel, id) = try session.choose(name)
                return HostID(id).placed(in: session.place(of: channel))
            }()
        let (followed, known) = try session.follow(id, isFollowed)
        let hosts = [known].compactMap { $0 } + followed + hosts + presenters
        Output.line(Session.words(for: id, isFollowed, hosts))
    }
}
