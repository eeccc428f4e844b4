import Domain
import GRDB
import ICalendar
import ProgramTesting
import TestThreads
import Testing

/// The subcommands: what they print for programs, and the numbers they end with.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct CommandLineTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    @Test func listsAreTheAPIsObjects() async throws {
        let shows = try shopper.run("shows", "--json").decode(List<ShowShape>.self).items
        #expect(shows.count >= 30)
        let live = shows.filter { $0.state == "live" }
        #expect(live.count >= 3)
        #expect(shows.allSatisfy { $0.startsAt.hasSuffix("Z") && !$0.hosts.isEmpty })
        let one = try shopper.run("show", live[0].id, "--json").decode(ShowShape.self)
        #expect(one.title == live[0].title)
        let hosts = try shopper.run("hosts", "--json").decode(List<HostShape>.self).items
        #expect(hosts.count >= 10)
        let products = try shopper.run("products", "--json").decode(List<ProductShape>.self).items
        #expect(products.count >= 60)
        #expect(Set(products.flatMap(\.variants).map(\.price.currency)).isSuperset(of: ["USD", "EUR", "CHF", "JPY"]))
        // Lines for people have one for each.
        #expect(try shopper.run("shows").output.split(separator: "\n").count == shows.count)
    }

    @Test func theShowsAreACalendarToo() throws {
        let server = try TestServer { shop in
            // The first that is to come is called off.
            try shop.execute(
                sql: """
                    UPDATE shows SET state = 'cancelled', snapshot = json_set(snapshot, '$.state', 'cancelled')
                    WHERE id = (SELECT id FROM shows WHERE state = 'scheduled' ORDER BY starts_at LIMIT 1)
                    """)
        }
        let shopper = try Shopper(server: server.origin)
        let shows = try shopper.run("shows", "--json").decode(List<ShowShape>.self).items
        let feed = try CalendarFeed(parsing: Array(try shopper.run("shows", "--ics").output.utf8))
        let events = feed.occurrences(from: .distantPast, to: .distantFuture, localZone: .utc, limit: 1000).events
        #expect(feed.problems.isEmpty && events.count == shows.count)
        #expect(Set(events.map(\.id)) == Set(shows.map { "\($0.id)@127.0.0.1" }))
        let calledOff = shows.filter { $0.state == "cancelled" }
        #expect(calledOff.count == 1 && events.filter(\.isCancelled).map(\.title.string) == calledOff.map(\.title))
        #expect(
            events.allSatisfy { $0.sequence == ($0.isCancelled ? 1 : 0) && $0.endsAt ?? .distantPast > $0.startsAt })
        let some = try shopper.run("shows", "--ics", "--state", "cancelled").output
        #expect(some.ranges(of: "BEGIN:VEVENT").count == 1 && some.hasSuffix("END:VCALENDAR\r\n"))
        #expect(try shopper.run("shows", "--ics", "--json").ending == .exit(2))
    }

    /// What the API says and what a command prints are the same, to the last name.
    @Test func nothingIsAddedToTheAPIsObjectsAndNothingLost() async throws {
        let shows = try #require(try await server.json("/v1/shows")["items"])
        let printed = try shopper.run("shows", "--json").decode(JSONValue.self)["items"]?.items ?? []
        #expect(!shows.items.isEmpty && shows.items.allSatisfy(printed.contains))
        for state in ["live", "ended"] {
            let show = try #require(shows.items.first { $0["state"] == .text(state) }?["id"]?.string)
            let detail = try await server.json("/v1/shows/\(show)")
            #expect(try shopper.run("show", show, "--json").decode(JSONValue.self) == detail)
        }
        for list in ["hosts", "products"] {
            let before = try #require(try await server.json("/v1/" + list)["items"]).items
            let printed = try shopper.run(list, "--json").decode(JSONValue.self)["items"]?.items ?? []
            // The world goes on meanwhile: what is sold between the two questions is another object.
            let after = try #require(try await server.json("/v1/" + list)["items"]).items
            let same = before.filter(after.contains)
            #expect(same.count > before.count / 2 && same.allSatisfy(printed.contains), "\(list)")
        }
        let ended = try #require(shows.items.first { $0["state"] == .text("ended") }?["id"]?.string)
        let events = try #require(try await server.json("/v1/shows/\(ended)/timeline/0")["events"]).items
        let lines = try shopper.run("watch", ended, "--json").output.split(separator: "\n")
        #expect(!events.isEmpty)
        #expect(try lines.prefix(events.count).map { try JSONLine.decode(JSONValue.self, from: String($0)) } == events)
    }

    @Test func followingIsKept() throws {
        let host = try #require(try shopper.run("hosts", "--json").decode(List<HostShape>.self).items.last)
        #expect(try shopper.run("follow", host.id, "--json").decode(List<HostShape>.self).items.map(\.id) == [host.id])
        #expect(try server.count("follows") == 1)
        let script = try shopper.write(
            "wait text \"LIVE NOW\" 60s\nkey 3\nwait text \"\(host.name)\" 60s\n", to: "following.script")
        #expect(try shopper.run("--script", script).status == 0)
        #expect(try shopper.run("unfollow", host.id, "--json").decode(List<HostShape>.self).items.isEmpty)
        #expect(try server.count("follows") == 0)
        #expect(try shopper.run("follow", "nobody").ending == .exit(1))
    }

    /// A deal that runs in a live show is listed, and is in the total of whoever names no show.
    @Test func aDealIsListedAndReachesTheTotalWithoutAShow() async throws {
        struct Deal: Decodable {
            let show: String
            let product: String
            let percentOff: Int
        }
        let shows = try shopper.run("shows", "--state", "live", "--json").decode(List<ShowShape>.self).items
        let deals = try shows.flatMap {
            try shopper.run("show", $0.id, "--deals", "--json").decode(List<Deal>.self).items
        }
        let deal = try #require(deals.first)
        #expect(try shopper.run("show", deal.show).output.contains("\nDeal: "))
        let told = try shopper.run("product", deal.product)
        let title = try #require(shows.first { $0.id == deal.show }?.title)
        #expect(
            told.output.contains("\nDeal: −\(deal.percentOff) % until ") && told.output.contains(" in \(title), at "))
        let product = try shopper.run("product", deal.product, "--json").decode(ProductShape.self)
        let variant = try #require(product.variants.first { ($0.stock ?? 0) > 2 })
        let plain = try shopper.run("buy", variant.sku)
        #expect(plain.output.hasPrefix("Deal: −\(deal.percentOff) % until ") && plain.output.contains(" in \(title)."))
        let named = try shopper.run("buy", variant.sku, "--show", deal.show)
        // A total's minutes are the clock's, and not compared.
        func totals(_ outcome: Outcome) -> [Substring] {
            outcome.output.split(separator: "\n").filter {
                $0.contains(" −\(deal.percentOff) %:") || $0.hasPrefix("Total")
            }.compactMap { $0.split(separator: ", valid for").first }
        }
        #expect(totals(plain).count == 2)
        #expect(totals(plain) == totals(named))
    }

    @Test func anOrderIsPlacedAndListed() throws {
        let variant = try shopper.variant()
        let order = try shopper.run(
            "buy", variant.sku, "--quantity", "2", "--max-total", "99999.00".suffixed(for: variant.price), "--yes",
            "--json"
        ).decode(OrderShape.self)
        #expect(order.lines == [.init(sku: variant.sku, quantity: 2)])
        #expect(order.status == "awaiting_shipment")
        #expect(order.total.currency == variant.price.currency && order.total.amount >= 2 * variant.price.amount)
        #expect(!order.id.isEmpty && order.key.count >= 32)
        let listed = try shopper.run("orders", "--json").decode(List<OrderShape>.self).items
        #expect(listed.map(\.id) == [order.id])
        #expect(try server.stock(of: variant.sku) == (variant.stock ?? 0) - 2)
        #expect(try server.count("orders") == 1)
    }

    @Test func aBudgetIsKeptBeforeAnythingIsSent() throws {
        let variant = try shopper.variant()
        let currency = variant.price.currency
        func limit(_ line: String) throws {
            _ = try shopper.write("[budget]\n\(line)\n", to: "config/vitrine/config.toml")
        }
        func buy() throws -> Outcome {
            try shopper.run("buy", variant.sku, "--max-total", "99999.00".suffixed(for: variant.price), "--yes")
        }
        try limit("per_order = { \(currency) = 1 }")
        let refused = try buy()
        #expect(refused.ending == .exit(1) && refused.complaint.contains("over your budget of"))
        try limit("per_order = { \(currency) = 1.5 }")
        #expect(try buy().ending == .exit(1))
        #expect(try server.count("orders") == 0)
        try limit("per_order = { \(currency) = 99999 }")
        #expect(try buy().ending == .exit(0))
        try limit("per_day = { \(currency) = 1 }")
        #expect(try buy().ending == .exit(1), "what was bought today counts")
        #expect(try server.count("orders") == 1)
    }

    /// A slip of the pen in what guards money stops buying, on the screen, in the dialogue and by command.
    @Test(
        .serialized,
        arguments: [
            "[Budget]\nper_order = { CHF = 1 }", "[budget]\nper_mounth = { CHF = 1 }", "per_order = { CHF = 1 }",
        ])
    func aMisspeltBudgetBuysNothing(_ lines: String) throws {
        _ = try shopper.write(lines + "\n", to: "config/vitrine/config.toml")
        let words = "nothing is bought until it is"
        let variant = try shopper.variant()
        let refused = try shopper.run(
            "buy", variant.sku, "--max-total", "99999.00".suffixed(for: variant.price), "--yes")
        #expect(refused.ending == .exit(1) && refused.errors.contains(words), "\(refused.errors)")
        let said = try shopper.run(["--plain"], input: "buy \(variant.sku)\nyes\n")
        #expect((said.output + said.errors).contains(words), "\(said)")
        let script = try shopper.write(
            """
            wait text "LIVE NOW" 60s
            wait text "● live" 60s
            key enter
            wait text "★" 60s
            key b
            wait text "Your budget in" 60s
            key enter
            """, to: "misspelt.script")
        let screen = try shopper.run("--script", script, "--size", "120x36")
        #expect(screen.ending == .exit(0), "\(screen)")
        #expect(try server.count("orders") == 0)
    }

    @Test func refusalsAreOneAndBuyNothing() throws {
        let variant = try shopper.variant()
        let most = "99999.00".suffixed(for: variant.price)
        let tooLow = try shopper.run(
            "buy", variant.sku, "--max-total", "1.00".suffixed(for: variant.price), "--yes")
        #expect(tooLow.ending == .exit(1))
        #expect(tooLow.complaint.contains("more than your maximum"))
        let declined = try shopper.run(
            "buy", variant.sku, "--max-total", most, "--payment", "pm-card-declined", "--yes")
        #expect(declined.ending == .exit(1))
        #expect(declined.complaint.contains("declined"), "\(declined.errors)")
        let scarce = try shopper.variant(stock: 1...4)
        let soldOut = try shopper.run(
            "buy", scarce.sku, "--quantity", "9", "--max-total", "99999.00".suffixed(for: scarce.price), "--yes")
        #expect(soldOut.ending == .exit(1), "\(soldOut)")
        let unasked = try shopper.run("buy", variant.sku, "--max-total", most)
        #expect(unasked.ending == .exit(2))
        #expect(unasked.complaint.contains("--yes"))
        #expect(try shopper.run("buy", variant.sku, "--max-total", "a lot", "--yes").ending == .exit(2))
        #expect(try shopper.run("buy", variant.sku, "--max-total", most, "--quantity", "0", "--yes").ending == .exit(2))
        #expect(try shopper.run("buy", "NO-SUCH-SKU", "--max-total", most, "--yes").ending == .exit(1))
        for outcome in [tooLow, declined, soldOut] { #expect(!outcome.complaint.contains("\n")) }
        #expect(try server.count("orders") == 0)
        #expect(try server.stock(of: variant.sku) == variant.stock)
    }

    @Test func withoutAServerItIsTheNetwork() throws {
        try server.stop()
        for command in [
            ["shows"], ["show", "p-1"], ["hosts"], ["products"], ["follow", "h"], ["unfollow", "h"],
            ["buy", "X", "--max-total", "1.00", "--yes"], ["watch", "p-1", "--plain"],
        ] {
            let outcome = try shopper.run(command)
            #expect(outcome.ending == .exit(3), "\(command) \(outcome)")
            #expect(outcome.complaint.hasPrefix("vitrine: ") && !outcome.complaint.contains("\n"), "\(outcome)")
        }
    }

    @Test func watchingPrintsEventsAsTheyHappen() async throws {
        let show = try await server.liveShow()
        let outcome = try shopper.run("watch", show.id.rawValue, "--json", "--for", "2")
        #expect(outcome.ending == .exit(0))
        #expect(outcome.errors == "")
        let events = try outcome.output.split(separator: "\n").map {
            try JSONLine.decode(EventShape.self, from: String($0))
        }
        #expect(!events.isEmpty)
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.sequence + 1 == $1.sequence })
        let plain = try shopper.run("watch", show.id.rawValue, "--plain", "--for", "2")
        #expect(plain.output.contains(show.title.string))
        #expect(try shopper.run("watch", "no-such-show", "--plain").ending == .exit(1))
    }

    @Test func aScriptDrivesTheViewerWithoutATerminal() throws {
        let buying = try shopper.write(
            """
            wait text "LIVE NOW" 60s
            wait text "● live" 60s
            key enter
            wait text "★" 60s
            key b
            wait text "Enter buy for" 60s
            key enter
            wait text "Order placed" 60s
            """, to: "buying.script")
        let picture = shopper.home.path + "/screen.txt"
        let bought = try shopper.run("--script", buying, "--save-screen", picture, "--size", "80x24")
        #expect(bought.ending == .exit(0), "\(bought)")
        #expect(try server.count("orders") == 1)
        let rows = try TextFiles.rows(of: picture)
        #expect(rows.count == 24)
        #expect(rows.contains { $0.contains("Order placed") })

        let unmet = try shopper.write("wait text \"LIVE NOW\" 20s\nwait text \"pigs fly\" 300ms\n", to: "unmet.script")
        let outcome = try shopper.run("--script", unmet, "--size", "100x30")
        #expect(outcome.ending == .exit(1))
        #expect(outcome.output.contains("LIVE NOW"))
        #expect(outcome.output.split(separator: "\n", omittingEmptySubsequences: false).count == 31)
        #expect(outcome.complaint.contains("line 2") && outcome.complaint.contains("pigs fly"))

        let wrong = try shopper.write("key b\nfly\n", to: "wrong.script")
        let problem = try shopper.run("--script", wrong)
        #expect(problem.ending == .exit(2))
        #expect(problem.complaint.contains("line 2"))
    }
}
