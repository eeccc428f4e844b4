import ProgramTesting
import TestThreads
import Testing

/// Answers to something else than was asked for, and questions that need none.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct OddAnswerTests {
    /// “Nothing has changed” is no answer to somebody who had nothing.
    @Test(
        .serialized,
        arguments: [
            ["show", "s-1"], ["watch", "s-1", "--plain"], ["watch", "s-1", "--json"], ["shows"], ["hosts", "--json"],
            ["products"], ["follow", "h-1"],
        ])
    func anAnswerToAnotherQuestionIsAFailure(command: [String]) throws {
        let server = try LoopbackServer.answering("", status: "304 Not Modified", type: "application/json")
        let outcome = try Shopper(server: server.origin).run(command)
        #expect(outcome.ending == .exit(3), "\(outcome)")
        #expect(outcome.output == "")
        #expect(outcome.complaint.hasPrefix("vitrine: ") && !outcome.complaint.contains("\n"), "\(outcome.errors)")
    }

    /// Nobody is made a guest by looking, so without an account there is nothing to ask.
    @Test func ordersWithoutAnAccountAskNothing() throws {
        let server = try LoopbackServer.answering("<html></html>")
        let outcome = try Shopper(server: server.origin).run("orders")
        #expect(outcome.ending == .exit(0))
        #expect(outcome.output == "No orders: there is no account at this server yet.\n")
    }

    @Test func aKeyBoundTwiceIsTold() throws {
        let shopper = try Shopper(server: "http://127.0.0.1:1")
        let path = try shopper.write("[keys]\nbuy = []\nfollow = \"b\"\n", to: "config/vitrine/config.toml")
        let lines = try shopper.run("shows").errors.split(separator: "\n")
        #expect(lines.first?.hasPrefix("vitrine: \(path):2: keys.buy is an empty list; expected") == true, "\(lines)")
        #expect(lines.dropFirst().first?.hasPrefix("vitrine: \(path):3: keys.follow is \"b\"") == true, "\(lines)")
    }
}
