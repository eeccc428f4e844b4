import Domain
import GRDB
import ProgramTesting
import TestThreads
import Testing

/// The whole program as lines through a pipe.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct PlainTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    @Test func aFileOfWordsIsFollowedToItsEnd() async throws {
        let show = try await server.liveShow()
        let talk = try Talk(shopper, "--plain")
        talk.type("shows\nwatch \(show.id)\nproducts\nfollow\nfollowing\norders\nfly\nback")
        let output = try talk.end()
        let lines = output.split(separator: "\n")
        let host = try #require(show.hosts.first?.name)
        #expect(lines.contains { $0.hasPrefix("1. Live: ") })
        #expect(lines.contains { $0.hasPrefix("Show: \(show.title), with ") && $0.hasSuffix("; live.") })
        #expect(lines.contains { $0.hasPrefix("On air: ") })
        #expect(lines.contains("Following \(host)."))
        #expect(lines.contains { $0.hasPrefix("1. \(host), ") && $0.hasSuffix(" followers") })
        #expect(lines.contains("No orders."))
        #expect(lines.contains { $0.hasPrefix("“fly” is no word here. There are: shows, ") })
        // The last line had no end.
        #expect(lines.last?.hasPrefix("Left ") == true)
        #expect(!output.contains("\u{1B}") && !output.contains("> ") && !output.contains("\r"))
        #expect(try server.count("follows") == 1)
    }

    @Test func onlyTheTotalBuys() throws {
        let variant = try shopper.variant()
        let talk = try Talk(shopper, "--plain")
        for refusal in ["", "yes", "no", "buy for 0.01".suffixed(for: variant.price), "yes 1", "orders"] {
            talk.type("buy \(variant.sku) 2\n")
            try talk.wait(for: "Anything else does not buy.")
            talk.type(refusal + "\n")
            try talk.wait(for: "Not bought")
            talk.forget()
        }
        #expect(try server.count("orders") == 0)
        talk.type("buy \(variant.sku) 2\n")
        try talk.wait(for: "Anything else does not buy.")
        #expect(talk.output.contains("2 × ") && talk.output.contains(", \(variant.sku): \(variant.price.currency) "))
        #expect(talk.output.contains("Total: \(variant.price.currency) "))
        // Said twice, it is bought once: the second line is an answer to nothing.
        let yes = "buy for \(try talk.output.totalToType)\n"
        talk.type(yes + yes)
        try talk.wait(for: "Order placed.")
        talk.type("orders\n")
        try talk.wait(for: "1. ")
        _ = try talk.end()
        #expect(try server.count("orders") == 1)
        #expect(try server.stock(of: variant.sku) == (variant.stock ?? 0) - 2)
        #expect(try server.read { try Int.fetchOne($0, sql: "SELECT sum(quantity) FROM order_lines") } == 2)
    }

    /// Our own server has two deliveries, and any face can choose one.
    @Test func aFasterDeliveryIsChosen() throws {
        let variant = try shopper.variant()
        let asked = try shopper.run("buy", variant.sku)
        #expect(asked.output.contains("1. Standard, ") && asked.output.contains("; 2. Express, "), "\(asked)")
        let talk = try Talk(shopper, "--plain")
        talk.type("buy \(variant.sku) 1 by express\n")
        try talk.wait(for: "Anything else does not buy.")
        #expect(talk.output.contains("Express shipping from "), "\(talk.output)")
        talk.type("buy for \(try talk.output.totalToType)\n")
        try talk.wait(for: "Order placed.")
        _ = try talk.end()
        let bought = try shopper.run("buy", variant.sku, "--shipping", "2", "--max-total", "99999", "--yes", "--again")
        #expect(bought.status == 0, "\(bought)")
        #expect(try server.count("orders") == 2)
    }

    @Test func aTornOrOverlongAnswerDoesNotBuy() throws {
        let variant = try shopper.variant()
        let talk = try Talk(shopper, "--plain")
        talk.type("buy \(variant.sku)\n")
        try talk.wait(for: "Anything else does not buy.")
        let yes = "buy for \(try talk.output.totalToType)"
        talk.type(yes + String(repeating: " ", count: 5000) + "no\n")
        try talk.wait(for: "Not bought.")
        talk.forget()
        talk.type("buy \(variant.sku)\n")
        try talk.wait(for: "Anything else does not buy.")
        talk.type(yes)
        _ = try talk.end()
        #expect(try server.count("orders") == 0)
    }

    @Test func oddNumbersAndEscapesAreOnlyWords() throws {
        let talk = try Talk(shopper, "--plain")
        for word in ["watch", "buy", "follow", "cancel"] {
            talk.type("shows\n\(word) -9223372036854775808\n\(word) \u{1B}[31mX\n")
        }
        talk.type("nonsense\n")
        try talk.wait(for: "is no word here")
        #expect(!talk.output.contains("\u{1B}"))
        _ = try talk.end()
    }

    @Test func theEndOfTheInputIsNoAnswer() throws {
        let variant = try shopper.variant()
        let talk = try Talk(shopper, "--plain")
        talk.type("buy \(variant.sku)\n")
        try talk.wait(for: "Anything else does not buy.")
        _ = try talk.end()
        #expect(try server.count("orders") == 0)
    }

    @Test func whatIsWrittenInTheChatIsHeardAndWhatIsMutedIsNot() async throws {
        _ = try shopper.write("[chat]\nmute = [\"tulip\"]\n", to: "config/vitrine/config.toml")
        let show = try await server.liveShow()
        let talk = try Talk(shopper, "--plain")
        talk.type("watch \(show.id)\n")
        try talk.wait(for: "On air: ")
        try await server.say("a tulip for everybody", in: show.id)
        try await server.say("a rose for everybody", in: show.id)
        try talk.wait(for: "> a rose for everybody")
        talk.type("say hello from here\n")
        try talk.wait(for: "> hello from here")
        #expect(!talk.output.contains("tulip"))
        talk.type("stop\n")
        try talk.wait(for: "Left ")
        _ = try talk.end()
    }

    /// Hours of it are not poured out: what was sold in it is told, and where the rest is.
    @Test func aShowThatIsOverIsToldInShort() throws {
        let shows = try shopper.run("shows", "--state", "ended", "--json").decode(List<ShowShape>.self).items
        let show = try #require(shows.first)
        let talk = try Talk(shopper, "--plain")
        talk.type("watch \(show.id)\n")
        try talk.wait(for: "Everything that happened in it: ‘vitrine watch \(show.id) --plain’.")
        let lines = try talk.end().split(separator: "\n")
        #expect(lines.contains { $0.hasSuffix("; ended.") } && lines.contains { $0.contains("  On air: ") })
        #expect(lines.count < 36 && Set(lines.map { $0.dropFirst(7) }).count == lines.count)
        #expect(!lines.contains { $0.contains("<") })
    }

    @Test func aReminderIsKeptForTheOtherScreens() async throws {
        let shows = try shopper.run("shows", "--state", "scheduled", "--json").decode(List<ShowShape>.self).items
        let show = try #require(shows.first)
        let talk = try Talk(shopper, "--plain")
        talk.type("remind \(show.id)\n")
        try talk.wait(for: "Reminder set: \(show.title), ")
        _ = try talk.end()
        let again = try Talk(shopper, "--plain")
        again.type("remind \(show.id)\n")
        try again.wait(for: "No reminder of \(show.title) any more.")
        _ = try again.end()
    }
}
