import Domain
import Glibc
import ProgramTesting
import PtyTesting
import TestThreads
import Testing

/// On a terminal the dialogue listens, whatever it waits for, and keeps still while somebody types.
@Suite(.programs, .timeLimit(.minutes(2))) struct PlainPatienceTests {
    let clock: MovedClock
    let server: TestServer
    let shopper: Shopper

    init() throws {
        clock = try MovedClock()
        server = try TestServer(clock: clock)
        shopper = try Shopper(server: server.origin, clock: clock)
    }

    @Test func aServerThatSaysNothingDoesNotKeepAnybody() throws {
        let seat = try TerminalTalk(shopper, "--plain")
        try seat.wait(for: "> ")
        try #require(server.child).signal(SIGSTOP)
        defer { server.child?.signal(SIGCONT) }
        seat.type("shows\n")
        try seat.wait(for: "Asking the shop…")
        // Well before the network's own patience is over.
        seat.type("quit\n")
        #expect(try seat.child.wait(within: .seconds(8)) == .exit(0))
        #expect(seat.pty.modes == seat.modesBefore)
    }

    @Test func ctrlCEndsItWhileItWaits() throws {
        let seat = try TerminalTalk(shopper, "--plain")
        try seat.wait(for: "> ")
        try #require(server.child).signal(SIGSTOP)
        defer { server.child?.signal(SIGCONT) }
        seat.type("shows\n")
        try seat.wait(for: "Asking the shop…")
        seat.type("\u{3}")
        #expect(try seat.child.wait(within: .seconds(8)) == .signal(SIGINT))
        #expect(seat.pty.modes == seat.modesBefore)
    }

    @Test func aPollThatHangsHoldsUpNoWord() async throws {
        let show = try await server.liveShow()
        let seat = try TerminalTalk(shopper, "--plain")
        seat.type("watch \(show.id)\n")
        try seat.wait(for: "Enter holds the show")
        try #require(server.child).signal(SIGSTOP)
        defer { server.child?.signal(SIGCONT) }
        try seat.wait(for: ": no answer from the server. It is tried again by itself; Enter tries now.")
        for _ in 0..<3 {
            seat.forget()
            seat.type("help\n")
            try seat.wait(for: "quit: end", within: .seconds(4))
        }
        server.child?.signal(SIGCONT)
        try seat.wait(for: "Live again, after ")
        seat.type("quit\n")
        #expect(try seat.child.wait() == .exit(0))
    }

    @Test func whatIsTypedWhileAskingAnswersNoPurchase() throws {
        let variant = try shopper.variant()
        let probe = try Talk(shopper, "--plain")
        probe.type("buy \(variant.sku)\n")
        try probe.wait(for: "Anything else does not buy.")
        let start = try #require(probe.output.ranges(of: "‘buy for ").last).upperBound
        let yes = "buy for " + probe.output[start...].prefix { $0 != "’" } + "\n"
        _ = try probe.end()

        let seat = try TerminalTalk(shopper, "--plain")
        try seat.wait(for: "> ")
        try #require(server.child).signal(SIGSTOP)
        defer { server.child?.signal(SIGCONT) }
        seat.type("buy \(variant.sku)\n")
        try seat.wait(for: "Asking the shop…")
        seat.type(yes + yes)
        server.child?.signal(SIGCONT)
        try seat.wait(for: "Anything else does not buy.")
        clock.advance(by: .seconds(1))
        #expect(try server.count("orders") == 0)
        // Whatever it has made of the lines before, it has made when it answers this one.
        seat.type("\n")
        try seat.wait(for: "Not bought.")
        #expect(try server.count("orders") == 0)
    }

    /// The order was written down before it was sent: leaving while the answer is on its way neither loses nor doubles it.
    @Test func whoLeavesWhileBuyingFindsOutLater() throws {
        let variant = try shopper.variant()
        let seat = try TerminalTalk(shopper, "--plain")
        try seat.wait(for: "> ")
        seat.type("buy \(variant.sku)\n")
        try seat.wait(for: "Anything else does not buy.\r\n> ")
        let start = try #require(seat.recent.ranges(of: "‘buy for ").last).upperBound
        let yes = "buy for " + seat.recent[start...].prefix { $0 != "’" } + "\n"
        try #require(server.child).signal(SIGSTOP)
        defer { server.child?.signal(SIGCONT) }
        seat.type(yes)
        try seat.wait(for: "Asking the shop…")
        seat.type("quit\n")
        try seat.wait(for: "Perhaps bought: ", within: .seconds(8))
        #expect(try seat.child.wait(within: .seconds(8)) == .exit(0))
        server.child?.signal(SIGCONT)
        // At first the shop may still be at work on what was sent.
        var orders = try shopper.run("orders")
        for _ in 0..<20 where orders.output.contains("perhaps bought") {
            usleep(500_000)
            orders = try shopper.run("orders")
        }
        #expect(orders.output.contains("(\(variant.sku))"), "\(orders)")
        #expect(try server.count("orders") == 1)
        #expect(try server.stock(of: variant.sku) == (variant.stock ?? 0) - 1)
    }

    /// Enter holds the show until the next line; what has happened meanwhile comes after it.
    @Test func aShowThatIsHeldKeepsStill() async throws {
        let show = try await server.liveShow()
        let seat = try TerminalTalk(shopper, "--plain")
        seat.type("watch \(show.id)\n")
        try seat.wait(for: "Enter holds the show")
        try await server.say("the first of all", in: show.id)
        try seat.wait(for: "> the first of all")
        seat.forget()
        seat.type("\n")
        try seat.wait(for: "> ")
        seat.type("hel")
        let witness = try Talk(shopper, "--plain")
        witness.type("watch \(show.id)\n")
        try witness.wait(for: "; live.")
        try await server.say("the second of all", in: show.id)
        try witness.wait(for: "> the second of all")
        clock.advance(by: .seconds(3))
        try seat.wait(for: "> hel")
        #expect(!seat.recent.contains("the second"))
        seat.type("p\n")
        try seat.wait(for: "> the second of all")
        #expect(seat.recent.ranges(of: "> help").count == 1)
        let (help, second) = (seat.recent.firstRange(of: "quit: end"), seat.recent.firstRange(of: "the second"))
        #expect(try #require(help).lowerBound < #require(second).lowerBound)

        seat.type("quiet\n")
        try seat.wait(for: "Quiet: ")
        try await server.say("the third of all", in: show.id)
        try witness.wait(for: "> the third of all")
        clock.advance(by: .seconds(3))
        seat.type("orders\n")
        try seat.wait(for: "No orders.")
        #expect(!seat.recent.contains("the third"))
        seat.type("\n")
        try seat.wait(for: "> the third of all")
        seat.type("\n")
        try seat.wait(for: "Nothing new.")
        seat.type("quit\n")
        #expect(try seat.child.wait() == .exit(0))
    }
}
