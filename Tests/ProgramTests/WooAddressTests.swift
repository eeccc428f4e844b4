import ProgramTesting
import TestThreads
import Testing
import WooStandIn

/// Who buys and where it is sent to, at shops that know nobody.
@Suite(.ownThread, .timeLimit(.minutes(5))) struct WooAddressTests {
    private static let lines = [
        "Ana", "Lopez", "", "1 Main Street", "", "Oakland", "CA", "94607", "us", "ana@example.org", "",
    ]

    /// Two shops, so that each hint has to say which one it is about.
    private func shopper(_ places: (name: String, place: WooShop)...) throws -> Shopper {
        let shopper = try Shopper()
        let channels = places.map { name, place in
            "[[channel]]\nname = \"\(name)\"\nshop = { kind = \"woocommerce\", url = \"\(place.origin)\" }\n"
        }
        _ = try shopper.write(channels.joined(separator: "\n"), to: "config/vitrine/config.toml")
        return shopper
    }

    @Test func aHintIsACommandThatWorks() throws {
        let (lamps, tea) = (try WooShop(StandInShop.Rules()), try WooShop(StandInShop.Rules()))
        let shopper = try shopper((name: "Ana's lamps", place: lamps), (name: "Tea", place: tea))
        let refused = try shopper.run("buy", "Ana's lamps/31", "--max-total", "100", "--yes")
        #expect(
            refused.complaint
                == "vitrine: 31: The shop needs your address first. "
                + #"‘vitrine address --ask --channel 'Ana'\''s lamps'’ tells it."#, "\(refused)")
        let answers = Self.lines.joined(separator: "\n") + "\n"
        let asked = try shopper.run(["address", "--ask", "--channel", "Ana's lamps"], input: answers)
        #expect(asked.status == 0, "\(asked)")
        #expect(try shopper.run("buy", "Ana's lamps/31", "--max-total", "100", "--yes").status == 0)
        #expect(lamps.shop.orders.count == 1)
        let chosen = try shopper.run("buy", "40", "--channel", "Tea")
        #expect(chosen.output.contains("vitrine buy 41 --channel Tea --max-total AMOUNT"), "\(chosen)")
        #expect(try shopper.run("buy", "31", "--channel", "Tea").complaint.contains("--ask --channel Tea’"))
        let none = try shopper.run("address", "--ask")
        #expect(none.status == 2 && none.complaint.contains("--channel"), "\(none)")
    }

    @Test func theDialogueAsksForItThroughAPipe() throws {
        let place = try WooShop(StandInShop.Rules())
        let shopper = try place.shopper()
        var lines = Self.lines
        lines.insert("nobody", at: 9)
        let input = "buy 41\n" + lines.joined(separator: "\n") + "\nbuy for 125.00\n"
        let said = try shopper.run(["--plain"], input: input)
        #expect(said.status == 0 && said.output.contains("The shop needs your address first."), "\(said)")
        #expect(said.output.contains("Stand-in is told, and nobody else."))
        #expect(said.output.contains("E-mail is not a whole address."))
        #expect(said.output.contains("Kept: Ana Lopez, 1 Main Street, 94607 Oakland CA."))
        #expect(said.output.contains("Order placed."))
        #expect(place.shop.orders.map(\.total) == [12_500])
        #expect(try shopper.run("address").output.contains("ana@example.org"))
    }

    @Test func anAddressThatIsNotGivenToTheEndIsNotKept() throws {
        let place = try WooShop(StandInShop.Rules())
        let shopper = try place.shopper()
        let cancelled = try shopper.run(["--plain"], input: "buy 41\nAna\ncancel\nshows\n").output
        #expect(cancelled.contains("The address is as it was.\nNot bought.\nNo shows.\n"), "\(cancelled)")
        #expect(try shopper.run(["--plain"], input: "buy 41\nAna\nLopez").output.hasSuffix("Not bought.\n"))
        #expect(try shopper.run("address").output == "")
        #expect(place.shop.orders.isEmpty)
    }

}
