import OwncastStandIn
import ProgramTesting
import TestThreads
import Testing
import WooStandIn

/// What channels are called that nobody names, and what is said of those that are tried or cannot be written down.
@Suite(.ownThread, .timeLimit(.minutes(3))) struct ChannelAddTests {
    private func place(_ origin: String) -> String { String(origin.dropFirst("http://".count)) }

    @Test(
        .serialized,
        arguments: [
            ("Ana / Late-night lamps and everything that goes with them", "Ana Late-night lamps and everything that"),
            ("Lamps \u{2013} ", "Lamps"), (String(repeating: "a", count: 60), String(repeating: "a", count: 40)),
        ])
    func aNameIsMadeOfWholeWords(_ own: String, _ name: String) throws {
        var rules = StandInStream.Rules()
        rules.name = own
        let live = try StreamServer(rules)
        let added = try Shopper().run("channel", "add", live.origin)
        #expect(added.output.hasPrefix("\(name)  an Owncast stream at "), "\(added)")
    }

    @Test func whatNobodyHasNamedIsCalledByItsHost() throws {
        var rules = StandInStream.Rules()
        rules.name = "New Owncast Server"
        let live = try StreamServer(rules)
        let shopper = try Shopper()
        let added = try shopper.run("channel", "add", live.origin)
        #expect(added.output.hasPrefix("\(place(live.origin))  an Owncast stream at "), "\(added)")
        #expect(try shopper.run("channel", "test", place(live.origin)).status == 0)
    }

    @Test func twoOfOneNameAreToldApart() throws {
        let shops = try (0..<3).map { _ in try WooShop(StandInShop.Rules()) }
        let (one, other) = (shops[0], shops[1])
        let shopper = try Shopper()
        #expect(try shopper.run("channel", "add", one.origin).output.hasPrefix("Stand-in & Sons  a Woo"))
        let added = try shopper.run("channel", "add", other.origin)
        #expect(added.output.hasPrefix("Stand-in & Sons (\(place(other.origin)))  a Woo"), "\(added)")
        let named = try shopper.run("channel", "add", shops[2].origin, "--name", "Stand-in & Sons")
        #expect(named.status == 1 && named.complaint.contains("choose another --name"), "\(named)")
    }

    @Test func whatIsNotThereIsNotSaidToHaveAnswered() throws {
        let place = try WooShop(StandInShop.Rules())
        let live = try StreamServer()
        let shopper = try Shopper()
        _ = try shopper.run("channel", "add", place.origin, "--name", "Shop")
        _ = try shopper.run("channel", "add", live.origin, "--name", "Stream")
        let shop = try shopper.run("channel", "test", "Shop")
        #expect(shop.status == 0 && shop.output.contains("  products: 7 on"), "\(shop)")
        #expect(!shop.output.contains("  shows: "), "\(shop)")
        let stream = try shopper.run("channel", "test", "Stream")
        #expect(stream.status == 0 && stream.output.contains("  shows: "), "\(stream)")
        #expect(!stream.output.contains("  products: "), "\(stream)")
        // What was kept of an earlier answer is none.
        _ = try shopper.run("products", "--channel", "Shop")
        place.stop()
        let away = try shopper.run("channel", "test", "Shop")
        #expect(away.status == 3 && away.output == "Shop\n", "\(away)")
    }

    @Test func aConfigThatCannotBeWrittenIsSaidToBeNone() throws {
        let place = try WooShop(StandInShop.Rules())
        let shopper = try Shopper()
        shopper.more["XDG_CONFIG_HOME"] = "/proc"
        let added = try shopper.run("channel", "add", place.origin)
        #expect(added.status == 2 && added.output.isEmpty, "\(added)")
        #expect(
            added.complaint
                == "vitrine: not added: /proc/vitrine cannot be changed: No such file or directory", "\(added)")
    }
}
