import Glibc
import ProgramTesting
import TestThreads
import Testing

/// Two shops at once, from a config that `vitrine channel` has written.
@Suite(.ownThread, .timeLimit(.minutes(3))) struct ChannelCommandTests {
    private let lamps: TestServer
    private let tea: TestServer
    private let shopper: Shopper

    init() throws {
        (lamps, tea) = (try TestServer(), try TestServer())
        shopper = try Shopper()
        try shopper.addChannels([("Lamps", lamps.origin), ("Tea", tea.origin)])
    }

    @Test func channelsAreAddedListedTriedAndTakenAway() throws {
        let list = try shopper.run("channel", "list").output
        #expect(list == "Lamps  a Vitrine server at \(lamps.origin)\nTea  a Vitrine server at \(tea.origin)\n")
        let again = try shopper.run("channel", "add", tea.origin)
        #expect(again.status == 1 && again.complaint == "vitrine: not added: it is the channel “Tea” already")
        let tried = try shopper.run("channel", "test")
        #expect(tried.status == 0 && tried.output.contains("products: ") && tried.output.contains("Tea\n"))
        // Nobody has become a guest by it.
        #expect(try lamps.count("accounts") == 0 && tea.count("accounts") == 0)
        #expect(try shopper.run("channel", "remove", "Tea").status == 0)
        #expect(try shopper.run("channel", "list").output == "Lamps  a Vitrine server at \(lamps.origin)\n")
        #expect(try shopper.run("channel", "remove", "Tea").status == 1)
    }

    @Test func anAddressWithNothingOfUseIsSaidToBeOne() throws {
        let nothing = try shopper.run("channel", "add", "http://127.0.0.1:9")
        #expect(nothing.status == 3 && nothing.complaint.contains("cannot be reached"))
        #expect(try shopper.run("channel", "add", "ftp://shop.example").status == 2)
    }

    @Test func aThingIsBoughtWhereItIsNamed() throws {
        let products = try shopper.run("products").output
        let line = try #require(
            products.split(separator: "\n").first { $0.contains("  Tea/") && $0.contains(" left") })
        let sku = try #require(line.split(separator: " ").first).description
        let unnamed = try shopper.run("buy", String(sku.dropFirst("Tea/".count)), "--max-total", "9999", "--yes")
        #expect(unnamed.status == 2 && unnamed.complaint.contains("of which channel?"))
        let bought = try shopper.run("buy", sku, "--max-total", "99999", "--yes")
        #expect(bought.status == 0, "\(bought.complaint)")
        #expect(bought.output.contains("\nTea/"), "the order is called as other commands are told it")
        #expect(try lamps.count("orders") == 0 && tea.count("orders") == 1)
        let orders = try shopper.run("orders").output
        #expect(orders.hasPrefix("Tea/") && orders.split(separator: "\n").count == 1)
    }

}
