import Domain
import GRDB
import Glibc
import ProgramTesting
import PtyTesting
import TerminalKit
import TestThreads
import Testing

/// The whole program as lines on a terminal that is read aloud.
@Suite(.programs, .timeLimit(.minutes(2))) struct PlainTerminalTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    @Test func whatWasTypedBeforeTheQuestionDoesNotAnswerIt() throws {
        let variant = try shopper.variant()
        let probe = try Talk(shopper, "--plain")
        probe.type("buy \(variant.sku)\n")
        try probe.wait(for: "Anything else does not buy.")
        let yes = "buy for \(try probe.output.totalToType)\n"
        _ = try probe.end()

        let seat = try TerminalTalk(shopper, "--plain")
        try seat.wait(for: "> ")
        // Right in every figure, and still typed before anybody could have heard the total.
        seat.type("buy \(variant.sku)\n" + yes + "\n" + yes)
        try seat.wait(for: "Anything else does not buy.")
        // What was typed is thrown away before the prompt stands, and the prompt is behind the question.
        seat.forget()
        try seat.wait(for: "> ")
        // Whatever it has made of the lines before, it has made when it answers this one.
        seat.type("\n")
        try seat.wait(for: "Not bought.")
        #expect(try server.count("orders") == 0)
        seat.forget()
        seat.type("buy \(variant.sku)\n")
        try seat.wait(for: "Anything else does not buy.")
        usleep(700_000)
        seat.type(yes)
        try seat.wait(for: "Order placed.")
        seat.type("quit\n")
        #expect(try seat.child.wait() == .exit(0))
        #expect(!seat.everything.contains(0x1B))
        #expect(try server.count("orders") == 1)
        #expect(seat.pty.modes == seat.modesBefore)
    }

    /// Ctrl-D.
    @Test func theEndOfInputEndsIt() throws {
        let seat = try TerminalTalk(shopper, "--plain")
        try seat.wait(for: "> ")
        seat.type("\u{4}")
        #expect(try seat.child.wait() == .exit(0))
    }

    @Test func theDemoTalksToo() throws {
        let talk = try Talk(Shopper(), "demo", "--plain")
        talk.type("shows\n")
        try talk.wait(for: "1. Live: ")
        _ = try talk.end()
    }
}
