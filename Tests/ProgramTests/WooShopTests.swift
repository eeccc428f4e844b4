import Foundation
import ProgramTesting
import TestThreads
import Testing
import WooStandIn

/// The real program at a WooCommerce shop of both versions, from looking around to an order and what became of it.
@Suite(.ownThread, .timeLimit(.minutes(5))) struct WooShopTests {
    static let versions = [StandInShop.Rules(isOld: true), StandInShop.Rules(isOld: false)]

    @Test(.serialized, arguments: versions)
    func isLookedAroundIn(_ rules: StandInShop.Rules) throws {
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        let all = try shopper.run("products")
        #expect(all.output.contains("Wool scarf"), "\(all)")
        // Old shops tell the most for one order, and how many are left only once they are few.
        #expect(all.output.contains("41  USD 120.00  S  " + (rules.isOld ? "at most 4 to an order" : "4 left")))
        #expect(all.output.contains("42  USD 180.00  L  sold out"))
        let found = try shopper.run("products", "--find", "tea")
        #expect(found.output.contains("Tea bowl") && !found.output.contains("scarf"))
        #expect(try shopper.run("hosts").output.contains("Stand-in & Sons"))
        #expect(place.shop.log.allSatisfy { $0.hasPrefix("GET ") })
    }

    @Test(.serialized, arguments: versions)
    func isBoughtFromByCommands(_ rules: StandInShop.Rules) throws {
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        let early = try shopper.run("buy", "41", "--max-total", "200")
        #expect(early.status == 1 && early.complaint.contains("address"), "\(early)")
        let told = try shopper.tellAddress()
        #expect(told.status == 0 && told.output.contains("1 Main Street"), "\(told)")
        let soldOut = try shopper.run("buy", "42", "--max-total", "200", "--yes")
        #expect(soldOut.status == 1 && soldOut.complaint.contains("out of stock"), "\(soldOut)")
        let asked = try shopper.run("buy", "41", "--max-total", "200")
        #expect(asked.complaint.contains("it would cost USD 125.00"), "\(asked)")
        #expect(asked.output.contains("Flat rate: USD 5.00\n") && asked.output.contains("Total: USD 125.00, valid"))
        let bought = try shopper.run("buy", "41", "--max-total", "125", "--payment", "cod", "--yes")
        #expect(bought.status == 0 && bought.output.contains("Order placed."), "\(bought)")
        #expect(place.shop.orders.map(\.total) == [12_500])
        let order = place.shop.orders[0]
        #expect(bought.output.contains("\(order.id)  "))
        place.shop.setStatus("completed", of: order.id)
        let later = try shopper.run("order", String(order.id))
        #expect(later.output.contains(rules.isOld ? "awaiting shipment" : "completed"), "\(later)")
        #expect(try shopper.run("orders").output.contains("Tea bowl (S)"))
        #expect(place.shop.orders.count == 1)
    }

    @Test(.serialized, arguments: versions)
    func aLostReplyIsFoundAndNothingBoughtTwice(_ rules: StandInShop.Rules) throws {
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        place.shop.arm(.loseReply, at: "POST /checkout")
        let bought = try shopper.run("buy", "31", "--max-total", "100", "--yes")
        #expect(bought.status == 0 && bought.output.contains("Order placed."), "\(bought)")
        #expect(place.shop.orders.count == 1)
        #expect(place.shop.log.filter { $0 == "POST /checkout" }.count == 1)
        #expect(try shopper.run("orders").output.contains("Wool scarf"))
    }

    @Test(.serialized, arguments: versions)
    func whatIsHeldUpStaysUnknown(_ rules: StandInShop.Rules) throws {
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        place.shop.arm(.loseRequest, at: "POST /checkout")
        let bought = try shopper.run("buy", "31", "--max-total", "100", "--yes")
        #expect(bought.status == 3 && bought.complaint.contains("perhaps bought"), "\(bought)")
        let again = try shopper.run("buy", "31", "--max-total", "100", "--yes")
        #expect(again.complaint.contains("you may have bought it already"), "\(again)")
        #expect(place.shop.log.filter { $0 == "POST /checkout" }.count == 1)
        place.shop.deliverLate()
        #expect(try shopper.run("orders").output.contains("Wool scarf"))
        #expect(place.shop.orders.count == 1)
    }

    /// The shop has made the order, and not taken the payment: no success, and no second order by itself.
    @Test(.serialized, arguments: versions)
    func aRefusedPaymentIsNoSuccess(_ rules: StandInShop.Rules) throws {
        var rules = rules
        rules.refusing = .init("Not at this address.")
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        let refused = try shopper.run("buy", "31", "--max-total", "100", "--payment", "cod", "--yes")
        let order = try #require(place.shop.orders.first)
        let page = "\(place.origin)/checkout/order-pay/\(order.id)/?pay_for_order=true&key=\(order.key)"
        #expect(refused.status == 1 && refused.complaint.contains("not paid: Not at this address."), "\(refused)")
        #expect(refused.output.contains("to be paid at \(page)") && !refused.output.contains("Order placed"))
        let again = try shopper.run("buy", "31", "--max-total", "100", "--yes")
        #expect(again.status == 1 && again.complaint.contains("order \(order.id) of it is not paid yet"), "\(again)")
        #expect(place.shop.orders.count == 1)
        let listed = try shopper.run("orders")
        #expect(listed.output.contains("not paid") && listed.output.contains("Not paid: Not at this address."))
        #expect(try shopper.run("order", String(order.id)).output.contains("Pay at     \(page)"))
        let json = try shopper.run("order", String(order.id), "--json").output
        #expect(json.contains(#""declined":"Not at this address.""#) && json.contains(#""agreedTotal""#))
        let shown = try shopper.run("pay", String(order.id), "--no-wait")
        #expect(shown.output.contains(page), "\(shown)")
    }

    /// The same again would get the same no: the shop's own page is named instead.
    @Test(.serialized, arguments: versions)
    func aRuleOfTheShopLeadsToItsPage(_ rules: StandInShop.Rules) throws {
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        let no = #"{"code":"no_lockers","message":"We do not deliver to parcel lockers.","data":{"status":400}}"#
        place.shop.arm(.refuseAfterDraft(400, no), at: "POST /checkout")
        let refused = try shopper.run("buy", "31", "--max-total", "100", "--payment", "cod", "--yes")
        #expect(refused.status == 1 && refused.complaint.contains("We do not deliver to parcel lockers."), "\(refused)")
        #expect(refused.complaint.contains("The shop's own page may sell it: \(place.origin)/"), "\(refused)")
    }

    @Test(.serialized, arguments: versions)
    func aTransferSaysHowMuchAndWhere(_ rules: StandInShop.Rules) throws {
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        let bought = try shopper.run("buy", "31", "--max-total", "100", "--payment", "bacs", "--yes", "--qr")
        let order = try #require(place.shop.orders.first)
        let page = "\(place.origin)/checkout/order-received/\(order.id)/?key=\(order.key)"
        #expect(bought.status == 0 && bought.output.contains("It waits for USD 23.00 from you (Bank transfer)."))
        #expect(bought.output.contains("the shop's page: \(page)") && bought.output.contains("█▀▀▀▀▀█"), "\(bought)")
        let receipt = try shopper.run("order", String(order.id)).output
        #expect(receipt.contains("awaiting payment") && receipt.contains("See        \(page)"), "\(receipt)")
    }

    /// Of yen the shop tells hundredths, and calls them yen.
    @Test func aTotalInHundredthsIsRead() throws {
        var rules = StandInShop.Rules()
        (rules.currency, rules.decimals) = ("JPY", 0)
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        let config = try String(contentsOfFile: shopper.home.path + "/config/vitrine/config.toml", encoding: .utf8)
        _ = try shopper.write("[budget]\nper_month = { JPY = \"5000\" }\n\n" + config, to: "config/vitrine/config.toml")
        _ = try shopper.tellAddress()
        let bought = try shopper.run("buy", "31", "--max-total", "5000", "--payment", "cod", "--yes")
        #expect(bought.status == 0 && bought.output.contains("JPY 2 300"), "\(bought)")
        #expect(!bought.complaint.contains("took"), "\(bought)")
        let again = try shopper.run("buy", "31", "--max-total", "5000", "--payment", "cod", "--yes")
        #expect(again.status == 0 && place.shop.orders.count == 2, "\(again)")
        let beyond = try shopper.run("buy", "31", "--max-total", "5000", "--payment", "cod", "--yes")
        #expect(beyond.status == 1 && beyond.complaint.contains("budget"), "\(beyond)")
    }

    @Test func aTotalThatContradictsItselfIsSaid() throws {
        let place = try WooShop(StandInShop.Rules())
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        _ = try shopper.run("buy", "31", "--max-total", "100", "--payment", "cod", "--yes")
        let order = try #require(place.shop.orders.first)
        place.shop.change(order.id) { $0.total = -5 }
        let words = "The shop's figures for this order contradict each other"
        #expect(try shopper.run("order", String(order.id)).output.replacing("\n", with: " ").contains(words))
        let listed = try shopper.run("orders")
        #expect(listed.output.contains(words) && listed.output.contains("USD 23.00"), "\(listed)")
        let json = try shopper.run("order", String(order.id), "--json").output
        #expect(
            json.contains(#""totalInDoubt":true"#) && json.contains(#""differences":["total_in_doubt"]"#), "\(json)")
    }

    /// A card is typed on the shop's own page: its address is what is had here.
    @Test func whatAPageHasToTakeIsHandedOver() throws {
        var rules = StandInShop.Rules()
        rules.methods = ["stripe_cc", "cod"]
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        let ready = try shopper.run("buy", "31", "--max-total", "100", "--payment", "stripe_cc", "--yes", "--qr")
        #expect(ready.status == 0 && ready.output.contains("Nothing is bought yet"), "\(ready)")
        #expect(ready.output.contains("to be bought at \(place.origin)/checkout/?add-to-cart=31&quantity=1"))
        #expect(ready.output.contains("█▀▀▀▀▀█"))
        let id = try #require(try shopper.run("orders").output.split(separator: " ").first).description
        #expect(try shopper.run("order", id, "--cancel", "--yes").status == 0)
        #expect(try shopper.run("orders").output.contains("cancelled"))
        #expect(place.shop.orders.isEmpty && !place.shop.log.contains("POST /checkout"))
    }

    /// Found by any of its pages, wherever its site is and however it makes addresses, and bought from there.
    @Test(
        .serialized,
        arguments: [
            ("/shop", StandInShop.Permalinks.pretty, StandInShop.Telling.everywhere, "/product/wool-scarf/?x=1#top"),
            ("/shop", .plain, .everywhere, "/?product=wool-scarf"), ("", .plain, .inPageAlone, "/?p=31"),
            ("/a/shop", .plain, .nowhere, ""), ("/shop", .pretty, .nowhere, "/"),
            ("", .pretty, .everywhere, "/nothing"),
        ])
    func isFoundByAnyOfItsPages(
        _ folder: String, _ permalinks: StandInShop.Permalinks, _ telling: StandInShop.Telling, _ page: String
    ) throws {
        var rules = StandInShop.Rules()
        (rules.folder, rules.permalinks, rules.telling) = (folder, permalinks, telling)
        let place = try WooShop(rules)
        let shopper = try Shopper()
        let added = try shopper.run("channel", "add", place.origin + page, "--name", "Tea")
        #expect(added.status == 0 && added.output.contains("WooCommerce shop at \(place.origin)\n"), "\(added)")
        let again = try shopper.run("channel", "add", place.origin)
        #expect(again.status == 1 && again.complaint.contains("already"), "\(again)")
        _ = try shopper.tellAddress()
        let bought = try shopper.run("buy", "41", "--max-total", "125", "--payment", "cod", "--yes")
        #expect(bought.status == 0 && bought.output.contains("Order placed."), "\(bought)")
        #expect(place.shop.orders.map(\.total) == [12_500])
        #expect(try shopper.run("orders").output.contains("Tea bowl (S)"))
        #expect(try shopper.run("doctor").output.contains("at \(place.origin): answers in "))
    }

    /// By steps of six, which commands, lines and the pane all know of.
    @Test func whatIsSoldInStepsIsBoughtInSteps() throws {
        let place = try WooShop(StandInShop.Rules())
        place.shop.change { _, goods in
            for index in goods.indices where goods[index].id == 32 { goods[index].multiple = 6 }
        }
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        #expect(try shopper.run("products", "--find", "notebook").output.contains("32  USD 4.50  in steps of 6\n"))
        let five = try shopper.run("buy", "32", "--quantity", "5", "--max-total", "99", "--yes")
        #expect(five.status == 1 && five.complaint.contains("The shop sells it in steps of 6"), "\(five)")
        let talk = try Talk(shopper, "--plain")
        talk.type("products notebook\n")
        try talk.wait(for: "1. Field notebook, USD 4.50, 32, in steps of 6")
        talk.type("buy 1 4\n")
        try talk.wait(for: "The shop sells it in steps of 6, so not 4")
        talk.type("buy 1\n")
        try talk.wait(for: "6 × Field notebook")
        talk.type("no\n")
        try talk.wait(for: "Not bought")
        talk.type("quit\n")
        #expect(place.shop.orders.isEmpty)
        let twelve = try shopper.run("buy", "32", "--quantity", "12", "--max-total", "99", "--yes")
        #expect(twelve.status == 0 && place.shop.orders.map(\.total) == [5_900], "\(twelve)")
    }

    /// Neither hears of what is the other's, and each has its own buyer.
    @Test func twoFoldersAreTwoShops() throws {
        var (tea, lamps) = (StandInShop.Rules(), StandInShop.Rules())
        (tea.folder, tea.permalinks) = ("/tea", .plain)
        lamps.folder = "/lamps"
        let shops = [StandInShop(tea), StandInShop(lamps)]
        let place = try WooShop(shops, of: tea)
        let server = place.origin.dropLast("/tea".count)
        let shopper = try Shopper()
        for name in ["tea", "lamps"] {
            let added = try shopper.run("channel", "add", "\(server)/\(name)/", "--name", name)
            #expect(added.status == 0, "\(added)")
        }
        let told = try shopper.run(
            "address", "--channel", "tea", "--first-name", "Ana", "--last-name", "Lopez", "--street", "1 Main Street",
            "--city", "Oakland", "--state", "CA", "--postcode", "94607", "--country", "us", "--email", "a@example.org")
        #expect(told.status == 0, "\(told)")
        let refused = try shopper.run("buy", "lamps/41", "--max-total", "125", "--payment", "cod", "--yes")
        #expect(refused.status == 1 && refused.complaint.contains("address"), "\(refused)")
        #expect(try shopper.run("buy", "tea/41", "--max-total", "125", "--payment", "cod", "--yes").status == 0)
        #expect(shops.map(\.orders.count) == [1, 0])
        let orders = try shopper.run("orders").output
        #expect(orders.contains("tea/101") && !orders.contains("lamps/"), "\(orders)")
    }

    /// A page that names another place is followed by nobody but who says so.
    @Test func whatPointsElsewhereIsSaid() throws {
        let place = try WooShop(StandInShop.Rules())
        let other = try LoopbackServer.answering(
            "<head><link rel=\"https://api.w.org/\" href=\"\(place.origin)/wp-json/\"></head>", type: "text/html")
        let shopper = try Shopper()
        let added = try shopper.run("channel", "add", other.origin + "/product/cup")
        #expect(added.status == 1 && added.complaint.contains("it points to \(place.origin); add that"), "\(added)")
        #expect(place.shop.log.isEmpty)
    }

    @Test func itsAddressIsKeptForItAlone() throws {
        let place = try WooShop(StandInShop.Rules())
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        let wrong = try shopper.run("address", "--country", "Switzerland")
        #expect(wrong.status == 2 && wrong.complaint.contains("two letters"), "\(wrong)")
        #expect(try shopper.run("address").output.contains("ana@example.org"))
        let attributes = try FileManager.default.attributesOfItem(atPath: shopper.home.path + "/state/vitrine/accounts")
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try shopper.run("address", "--forget").complaint.contains("still needed: first name"))
    }

    /// The shopper's own way: from the list of hosts to the order, with the address asked for on the way.
    @Test(.serialized, arguments: versions)
    func isBoughtFromByKeys(_ rules: StandInShop.Rules) throws {
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        let lines = [
            "Ana", "Lopez", "", "1 Main Street", "", "Oakland", "CA", "94607", "us", "ana@example.org", "",
        ]
        let form = lines.map { ($0.isEmpty ? "" : "type \($0)\n") + "key enter\nwait 50ms" }.joined(separator: "\n")
        let script = try shopper.write(
            """
            \(WooShop.stepsToAProduct)
            key b
            wait text "your address" 60s
            key a
            wait text "First name" 60s
            \(form)
            wait text "buy for" 60s
            key enter
            wait text "It waits for USD" 60s
            """, to: "script")
        let played = try shopper.run("--script", script)
        #expect(played.status == 0, "\(played)")
        #expect(place.shop.orders.map(\.status) == ["on-hold"])
    }
}
