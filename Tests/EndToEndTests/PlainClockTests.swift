import Glibc
import ProgramTesting
import TestThreads
import Testing

/// What the dialogue says as time passes.
@Suite(.programs, .timeLimit(.minutes(2))) struct PlainClockTests {
    let clock: MovedClock
    let server: TestServer

    init() throws {
        clock = try MovedClock()
        server = try TestServer(clock: clock)
    }

    @Test func aTotalThatRanOutBuysNothingAndIsAskedForAnew() throws {
        let line = try SoonLine(to: server.origin, "expiresAt", in: 8, count: 1, clock)
        let shopper = try Shopper(server: line.origin, clock: clock)
        let variant = try shopper.variant()
        let talk = try Talk(shopper, "--plain")
        talk.type("buy \(variant.sku)\n")
        try talk.wait(for: "Anything else does not buy.")
        let start = try #require(talk.output.ranges(of: "‘buy for ").last).upperBound
        let yes = "buy for " + talk.output[start...].prefix { $0 != "’" } + "\n"
        clock.advance(by: .seconds(10))
        talk.forget()
        talk.type(yes)
        try talk.wait(for: "Not bought: that total is no longer valid.")
        try talk.wait(for: "Anything else does not buy.")
        #expect(talk.output.contains("Total before: ") && talk.output.contains("Total now: "))
        #expect(talk.output.contains("valid for 4 minutes") || talk.output.contains("valid for 5 minutes."))
        #expect(try server.count("orders") == 0)
        talk.type(yes)
        try talk.wait(for: "Order placed.")
        _ = try talk.end()
        #expect(try server.count("orders") == 1)
    }

    @Test func aStartIsCountedDownTo() throws {
        let line = try SoonLine(to: server.origin, "startsAt", in: 20, count: 1, clock)
        let shopper = try Shopper(server: line.origin, clock: clock)
        let direct = try Shopper(server: server.origin)
        let shows = try direct.run("shows", "--state", "scheduled", "--json").decode(List<ShowShape>.self).items
        let show = try #require(shows.first)
        let talk = try Talk(shopper, "--plain")
        talk.type("watch \(show.id)\n")
        try talk.wait(for: "; scheduled.")
        try talk.wait(for: "The show starts in ", within: .seconds(40))
        #expect(talk.output.ranges(of: "The show starts in ").count == 1)
        _ = try talk.end()
    }

    @Test func aReminderIsCountedDownTo() throws {
        let line = try SoonLine(to: server.origin, "startsAt", in: 20, count: 1, clock)
        let shopper = try Shopper(server: line.origin, clock: clock)
        let direct = try Shopper(server: server.origin)
        let shows = try direct.run("shows", "--state", "scheduled", "--json").decode(List<ShowShape>.self).items
        let show = try #require(shows.first)
        let seat = try TerminalTalk(shopper, "--plain")
        try seat.wait(for: "> ")
        seat.type("remind \(show.id)\n")
        try seat.wait(for: "Reminder set: ")
        seat.forget()
        try seat.wait(for: "\(show.title) starts in ", within: .seconds(40))
        // It stands on a line of its own, and the prompt is there again.
        try seat.wait(for: ".\r\n> ")
        seat.type("quit\n")
        #expect(try seat.child.wait() == .exit(0))
    }
}
