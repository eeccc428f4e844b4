import Foundation
import OwncastStandIn
import ProgramTesting
import TestThreads
import Testing
import WooStandIn

/// The real program at a stream and a shop that are one channel.
@Suite(.programs, .timeLimit(.minutes(5))) struct StreamTests {
    private let live: StreamServer
    private let place: WooShop
    private let shopper: Shopper
    private let ana: String

    init() throws {
        let clock = try MovedClock()
        live = try StreamServer(clock: clock)
        place = try WooShop(StandInShop.Rules())
        shopper = try Shopper(clock: clock)
        ana = live.stream.join("Ana", isAuthenticated: true)
        live.stream.start("Late-night lamps")
        live.stream.set(viewers: 7)
        let added = try shopper.run(
            "channel", "add", live.origin, place.origin, "--name", "Ana", "--host", "Ana")
        #expect(added.status == 0, "\(added)")
    }

    private var scarf: String { place.origin + "/product/wool-scarf/" }

    /// What the host links to is on air, and is bought from the shop.
    @Test func whatTheHostLinksToIsBought() throws {
        _ = try shopper.tellAddress()
        let jo = live.stream.join("Jo")
        live.stream.say("hello from Jo", by: jo)
        let seat = try shopper.open()
        try seat.wait(for: "Late-night lamps")
        seat.type("\r")
        try seat.wait(for: "hello from Jo")
        live.stream.say("not mine \(scarf)", by: jo)
        let message = live.stream.say("look at \(scarf)", by: ana)
        try seat.wait(for: "look at")
        try seat.wait(gone: "Nothing is on air just now")
        #expect(seat.shows("▌Ana"))
        live.stream.hide(message)
        try seat.wait(gone: "look at")
        // It has left the air with its message, until it is shown again.
        try seat.wait(for: "Nothing is on air")
        live.stream.say("now really \(scarf)", by: ana)
        try seat.wait(gone: "Nothing is on air")
        seat.type("b")
        try seat.wait(for: "buy for")
        seat.type("\r")
        try seat.wait(for: "It waits for USD", within: .seconds(30))
        #expect(place.shop.orders.map(\.total).count == 1)
        seat.type("\u{3}")
        #expect(try seat.waitForEnd() == .exit(0))
        // Neither ever heard of what is the other's.
        #expect(!live.stream.log.contains { $0.contains("checkout") || $0.contains("cart") })
        #expect(!place.shop.log.contains { $0.contains("/api/") })
    }

    /// The shop is in a folder, and its products have numbers instead of words.
    @Test func whatIsLinkedToWithoutWordsIsOnAir() throws {
        var rules = StandInShop.Rules()
        (rules.folder, rules.permalinks) = ("/tea", .plain)
        let tea = try WooShop(rules)
        _ = try shopper.run("channel", "remove", "Ana")
        let added = try shopper.run("channel", "add", live.origin, tea.origin + "/?product=tea-bowl", "--host", "Ana")
        #expect(added.status == 0, "\(added)")
        live.stream.say("this one: \(tea.origin)/?product=wool-scarf", by: ana)
        let talk = try Talk(shopper, "watch", "live", "--plain")
        try talk.wait(for: "On air: Wool scarf, USD 18.00, 31")
        live.stream.say("and \(tea.origin)/?post_type=product&p=40", by: ana)
        try talk.wait(for: "On air: Tea bowl")
        live.stream.end()
        try talk.wait(for: "ended")
    }

    @Test func aShopThatIsAwayDoesNotStopTheStream() throws {
        place.stop()
        let jo = live.stream.join("Jo")
        live.stream.say("still here", by: jo)
        let seat = try shopper.open()
        try seat.wait(for: "Late-night lamps")
        seat.type("\r")
        try seat.wait(for: "still here")
        seat.type("\u{3}")
        #expect(try seat.waitForEnd() == .exit(0))
    }

    @Test func inLinesToo() throws {
        live.stream.say("this one: \(scarf)", by: ana)
        let talk = try Talk(shopper, "watch", "live", "--plain")
        try talk.wait(for: "On air: Wool scarf, USD 18.00, 31")
        let bowl = live.stream.say("and a bowl \(place.origin)/product/tea-bowl/", by: ana)
        try talk.wait(for: "host <Ana> and a bowl")
        // The dearer one is sold out.
        try talk.wait(for: "On air: Tea bowl, USD 120.00, 41")
        talk.forget()
        live.stream.hide(bowl)
        try talk.wait(for: "No longer on air: Tea bowl")
        try talk.wait(for: "On air: Wool scarf")
        live.stream.say("and a bag \(place.origin)/product/tote-bag/", by: ana)
        try talk.wait(for: "On air: Tote bag, from USD 25.00, 51?Handle=Long")
        live.stream.end()
        try talk.wait(for: "ended")
    }
}
