import AppCore
import ArgumentParser
import Domain
import ICalendar
import LiveAPI
import Text
import ViewerUI

struct Shows: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shows", abstract: "List the shows, live ones first.")

    @OptionGroup var server: ServerOptions
    @Flag(help: "Print the API's objects as JSON.") var json = false
    @Flag(name: .customLong("ics"), help: "Print a calendar that other programs read (iCalendar).") var isCalendar =
        false
    @Option(help: "Only shows in this state: scheduled, live, ended or cancelled.") var state: ShowState?
    @Option(help: "Only shows of the host with this id.") var host: String?
    @Option(help: "Only shows with this tag.") var tag: String?
    @Option(name: .customLong("find"), help: "Only shows whose title, hosts or tags contain this.") var search: String?

    func validate() throws {
        guard !json || !isCalendar else { throw ValidationError("expected one of --json and --ics") }
    }

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let host = try host.map { HostID(try session.choose($0)) }
        let filter = ShowFilter(state: state, host: host, tag: tag, search: search)
        guard !json else {
            if host == nil { try session.requireOneChannel(for: "--json") }
            return try Output.json(Page(items: try session.collect("the shows", .shows(filter))))
        }
        var shows: [(channel: ChannelSession, prefix: String, show: Show)] = []
        try session.forEachReachable(first: .shows(filter, cursor: nil), only: host != nil) {
            shows += try session.collect("the shows", .shows(filter)).map { (session.channel, session.prefix, $0) }
        }
        guard !isCalendar else {
            let events = shows.sorted { $0.show.startsAt < $1.show.startsAt }.map {
                CalendarEvent($0.show, of: $0.channel)
            }
            return Output.calendar(CalendarWriter.calendar(of: events, stamp: session.now))
        }
        for (_, prefix, show) in shows.sorted(by: { Self.liveFirst($0.show, $1.show) }) {
            let start = LocalTime(show.startsAt)
            let called = show.state == .cancelled ? ", called off" : ""
            let when = show.state == .live ? "● live" : "\(Phrase.shortDay(start)) \(Phrase.time(start))\(called)"
            Output.line("\(prefix)\(show.id)  \(when)  \(show.title)  –  \(Lines.names(show.hosts))")
        }
        if shows.isEmpty { Output.line("No shows.") }
    }

    static func liveFirst(_ a: Show, _ b: Show) -> Bool {
        (a.state == .live ? 0 : 1, a.startsAt) < (b.state == .live ? 0 : 1, b.startsAt)
    }
}

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Print one show with its line-up.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The show's id, as ‘vitrine shows’ prints it.") var id: String
    @Flag(help: "Print the deals that run in it, and nothing else.") var deals = false
    @Flag(help: "Print the API's object as JSON.") var json = false

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let detail = try session.answer(to: Question.show(ShowID(try session.choose(id))), while: "show \(id)")
        guard !json || deals else { return try Output.json(detail) }
        let offers = session.deals(in: detail.show)
        let lines = offers.map { offer in
            let title = detail.lineUp.first { $0.id == offer.product }?.title ?? SafeText(offer.product.rawValue)
            return "Deal: \(title) \(Phrase.deal(offer, in: nil, now: session.now))"
        }
        guard !deals else {
            return try Lines.deals(offers.map { Deal(show: detail.show.id, offer: $0) }, lines, json: json)
        }
        let start = LocalTime(detail.show.startsAt)
        Output.line("\(detail.show.id)  \(detail.show.title)  –  \(Lines.names(detail.show.hosts))")
        Output.line("\(detail.show.state.rawValue), \(Phrase.day(start)) \(Phrase.time(start))")
        if !detail.show.summary.isEmpty { Output.quote(detail.show.summary) }
        for line in lines { Output.line(line) }
        for product in detail.lineUp { Lines.product(product, prefix: session.prefix) }
    }
}

struct Hosts: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hosts", abstract: "List the hosts.")

    @OptionGroup var server: ServerOptions
    @Flag(help: "Print the API's objects as JSON.") var json = false
    @Option(name: .customLong("find"), help: "Only hosts whose name contains this.") var search: String?

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        func hosts() throws -> [Host] { try session.collect("the hosts", .hosts(search: search)) }
        guard !json else {
            try session.requireOneChannel(for: "--json")
            return try Output.json(Page(items: try hosts()))
        }
        try session.forEachReachable(first: .hosts(search: search, cursor: nil)) {
            for host in try hosts() {
                let followers = host.followers == nil ? "" : "  \(Phrase.count(host.followers)) followers"
                Output.line("\(session.prefix)\(host.id)  \(host.name)\(host.isVerified ? " ✓" : "")\(followers)")
            }
        }
    }
}

struct Products: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "products", abstract: "List the products with the SKUs to buy them by.")

    @OptionGroup var server: ServerOptions
    @Flag(help: "Print the API's objects as JSON.") var json = false
    @Option(help: "Only products of the show with this id.") var show: String?
    @Option(name: .customLong("find"), help: "Only products whose title or brand contains this.") var search: String?

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let show = try show.map { ShowID(try session.choose($0)) }
        func products() throws -> [Product] {
            try session.collect("the products", .products(search: search, show: show))
        }
        guard !json else {
            if show == nil { try session.requireOneChannel(for: "--json") }
            return try Output.json(Page(items: try products()))
        }
        var isEmpty = true
        try session.forEachReachable(first: .products(search: search, show: show, cursor: nil), only: show != nil) {
            // A large shop is printed as it comes.
            try session.forEachPage("the products", .products(search: search, show: show)) { page in
                isEmpty = isEmpty && page.isEmpty
                for product in page { Lines.product(product, prefix: session.prefix) }
            }
        }
        if isEmpty { Output.line("No products.") }
    }
}

struct ProductCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "product", abstract: "Print one product with the forms it comes in.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The product's id, as ‘vitrine products’ prints it, or the address of its page.") var id: String
    @Flag(help: "Print the deals on it that run in live shows, and nothing else.") var deals = false
    @Flag(help: "Print the API's object as JSON.") var json = false

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let product = try session.product(id)
        guard !json || deals else { return try Output.json(product) }
        let running = session.showsWithDeals().flatMap { show in
            show.offers.filter { $0.product == product.id }.map { (show: show.show, offer: $0) }
        }
        let lines = running.map {
            "Deal: \(Phrase.deal($0.offer, in: $0.show.title, now: session.now)), at checkout"
        }
        guard !deals else {
            return try Lines.deals(running.map { Deal(show: $0.show.id, offer: $0.offer) }, lines, json: json)
        }
        Output.line("\(product.id)  \(Lines.heading(product))")
        for line in lines { Output.line(line) }
        for line in product.summary.lines { Output.quote(line) }
        for line in FormsTable(product: product).lines { Output.line(line.string) }
        if let example = FormToChoose(product: product).example, example.stock != 0 {
            Output.line(session.hintToBuy(example.sku, of: product))
        }
    }
}

extension ShowState: ExpressibleByArgument {}

/// Lines that several commands print.
enum Lines {
    static func names(_ hosts: [Host]) -> String { hosts.map(\.name.string).joined(separator: " & ") }

    static func heading(_ product: Product) -> String {
        "\(product.title)\(product.brand.isEmpty ? "" : "  –  \(product.brand)")"
    }

    /// Deals alone, as lines or as the API's offers.
    static func deals(_ deals: [Deal], _ lines: [String], json: Bool) throws {
        guard !json else { return try Output.json(Page(items: deals.map { WrittenDeal(deal: $0) })) }
        for line in lines.isEmpty ? ["No deals."] : lines { Output.line(line) }
    }

    static func product(_ product: Product, prefix: String = "") {
        let price = product.variants.isEmpty ? "  \(Phrase.price(of: product))" : ""
        Output.line("\(prefix)\(product.id)  \(heading(product))\(price)")
        if let elsewhere = product.elsewhere {
            Output.line("  \(elsewhere.explanation)\(elsewhere.page.map { " " + SafeText($0).string } ?? "")")
        }
        let from = product.hasDearerForms ? "from " : ""
        for variant in product.variants {
            let options = variant.options.isEmpty ? "" : "  " + variant.options.map(\.string).joined(separator: ", ")
            let stock = Phrase.stock(of: variant).map { "  \($0)" } ?? ""
            let rule = variant.quantities.words.map { "  \($0)" } ?? ""
            Output.line("  \(prefix)\(variant.sku)  \(from)\(Phrase.money(variant.price))\(options)\(stock)\(rule)")
        }
    }

    static func order(_ order: Order, prefix: String = "") { Output.line(prefix + words(order)) }

    /// In one line, and in more where there is something to say of it, or to pay.
    static func words(_ order: Order, number: Int? = nil) -> String {
        let placed = LocalTime(order.placedAt)
        let what = order.lines.map { "\($0.quantity) × \($0.title) (\($0.sku))" }.joined(separator: ", ")
        let when = "\(Phrase.shortDay(placed)) \(Phrase.time(placed))"
        let facts = [
            order.id.rawValue + (order.hasNumber || order.isHandedOver ? "" : " (no number yet)"), when, what,
            Phrase.money(order.total).string, Phrase.status(of: order).string,
        ]
        let remarks = order.remarks.map { "\n  \($0)" }.joined()
        let checkout = order.paymentPage.map { page in
            let end = page.expiresAt.map { ", until \(Phrase.dayAndTime(LocalTime($0)))" } ?? ""
            let aim =
                order.awaitsTransfer ? "the shop's page:" : order.isHandedOver ? "to be bought at" : "to be paid at"
            return "\n  \(aim) \(page.address)\(end)"
        }
        let expected = order.status.isUnderWay ? Phrase.arrival(of: order).map { "  \($0)" } ?? "" : ""
        let line = facts.joined(separator: "  ") + expected
        return (number.map { "\($0). " } ?? "") + line + remarks + (checkout ?? "")
    }

    /// What may have been bought, or came to nothing, in one line.
    static func words(_ intent: OrderIntent) -> String {
        let begun = LocalTime(intent.createdAt)
        return [
            "\(Phrase.shortDay(begun)) \(Phrase.time(begun))", "\(intent.quantity) × \(intent.title) (\(intent.sku))",
            "\(Phrase.money(intent.maximumTotal)) at most", Phrase.state(of: intent).string,
        ].joined(separator: "  ")
    }
}
