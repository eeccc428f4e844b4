import Glibc
import ProgramTesting
import TestThreads
import Testing

/// Servers that answer with nothing, or with something else than was asked for.
@Suite(.programs, .timeLimit(.minutes(2))) struct SilentServerTests {
    /// Reads and never answers, until whoever asks has gone.
    private func hanging() throws -> LoopbackServer {
        try LoopbackServer { connection in while !connection.receive().isEmpty {} }
    }

    @Test(.alone) func watchingEndsInTimeWhereTheShowIsNeverTold() throws {
        let server = try hanging()
        let start = ContinuousClock.now
        let outcome = try Shopper(server: server.origin).run("watch", "s-1", "--plain", "--for", "1")
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(outcome.ending == .exit(3))
        #expect(outcome.complaint == "vitrine: show s-1: no answer in time")
    }

    @Test(.alone) func watchingEndsInTimeWhereTheServerFallsSilent() throws {
        let shop = try TestServer()
        let shopper = try Shopper(server: shop.origin)
        let shows = try shopper.run("shows", "--state", "live", "--json").decode(List<ShowShape>.self).items
        let show = try #require(shows.first)
        let start = ContinuousClock.now
        let seat = try shopper.open("watch", show.id, "--plain", "--for", "3")
        try seat.wait(for: show.title)
        try #require(shop.child).signal(SIGSTOP)
        defer { shop.child?.signal(SIGCONT) }
        #expect(try seat.waitForEnd(within: .seconds(10)) == .exit(0))
        #expect(ContinuousClock.now - start < .seconds(6))
    }

}
