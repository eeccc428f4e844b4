import Glibc
import TestThreads
import Testing

/// Two shops at once, from a config that `vitrine channel` has written.
@Suite(.programs, .timeLimit(.minutes(3))) struct ChannelProgramTests {
    private let lamps: TestServer
    private let tea: TestServer
    private let shopper: Shopper

    init() throws {
        (lamps, tea) = (try TestServer(), try TestServer())
        shopper = try Shopper()
        for (name, server) in [("Lamps", lamps), ("Tea", tea)] {
            let added = try shopper.run("channel", "add", server.origin + "/", "--name", name)
            #expect(added.status == 0, "\(added.complaint)")
            #expect(added.output.hasPrefix("\(name)  a Vitrine server at \(server.origin)\n"))
        }
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

    /// The first of two takes a question and keeps silent: the second is listed meanwhile, and the first when it speaks again.
    @Test(.serialized, arguments: [["products"], ["channel", "test"]])
    func oneThatIsSilentHoldsUpNoList(_ command: [String]) throws {
        try #require(lamps.child).signal(SIGSTOP)
        defer { lamps.child?.signal(SIGCONT) }
        let talk = try Talk(shopper, command)
        let (first, second) =
            command == ["products"] ? ("  Lamps/", "  Tea/") : ("Lamps\n", "Tea\n")
        try talk.wait(for: second)
        #expect(!talk.output.contains(first))
        lamps.child?.signal(SIGCONT)
        #expect(try talk.child.wait(within: .seconds(20)) == .exit(0))
        #expect(talk.output.contains(first), "\(talk.output)")
    }

    @Test func theViewerHasBothAndOneThatIsAwayHoldsUpNothing() throws {
        let seat = try shopper.open()
        try seat.wait(for: "LIVE NOW")
        try seat.wait(for: "● live · ")
        try tea.stop()
        seat.type("R")
        // It is said which one is away.
        try seat.wait(for: "Tea: ")
        // Each channel has live shows: those of the one that is there can be opened.
        seat.type("g")
        var isOpen = false
        for _ in 0..<6 where !isOpen {
            seat.type("\r")
            try seat.wait(until: "a show or why there is none") { rows in
                rows.contains { $0.contains("on air") || $0.contains("could not be loaded") }
            }
            isOpen = seat.shows("on air")
            guard !isOpen else { continue }
            seat.type("q")
            try seat.wait(for: "LIVE NOW")
            seat.type("j")
        }
        #expect(isOpen)
        #expect(seat.shows("● live · "))
        seat.type("\u{3}")
        #expect(try seat.waitForEnd() == .exit(0))
    }
}
