import CodeReader
import FoundationEssentials
import GRDB
import Glibc
import TerminalKit
import Testing

/// A purchase that is paid on the shop's page: the real viewer and server, a camera that reads the code on the screen,
/// and a browser that follows it.
@Suite(.timeLimit(.minutes(3))) struct CheckoutTests {
    let server: TestServer

    init() throws { server = try TestServer() }

    /// Buys what is on air, to be paid on the shop's page.
    private func buy(_ seat: Seat) throws {
        try seat.wait(for: "LIVE NOW")
        try seat.wait(for: "● live ·")
        seat.type("\r")
        try seat.wait(for: "★")
        seat.type("b")
        try seat.wait(for: "BUY ─")
        try seat.wait(for: "Enter buy for")
        // To the last field, and there to the last way to pay.
        seat.type("jjjj")
        seat.type("l")
        seat.type("l")
        try seat.wait(for: "own page")
        try seat.wait(for: "Enter buy for")
        usleep(500_000)
        seat.type("\r")
        try seat.wait(for: "Waiting for your payment")
    }

    private func address() throws -> String {
        let token = try server.read { try String.fetchOne($0, sql: "SELECT checkout FROM orders") }
        return server.origin + "/checkout/" + (try #require(token))
    }

    @Test(
        .enabled(if: CodeReader.isInstalled, Comment(rawValue: CodeReader.howToInstall)),
        arguments: [
            ("xterm-256color", ""), ("xterm", ""), ("xterm-direct", ""), ("vt100", ""), ("xterm-256color", "1"),
        ])
    func theCodeOnTheScreenIsRead(terminal: String, noColor: String) throws {
        let shopper = try Shopper(server: server.origin)
        shopper.more = ["TERM": terminal, "NO_COLOR": noColor]
        let seat = try shopper.open(size: Size(columns: 80, rows: 24))
        try buy(seat)
        // The last of the screen may be on its way.
        var read: [String] = []
        for _ in 0..<20 where read.isEmpty {
            read = try CodeReader.texts(in: [seat.picture])
            if read.isEmpty { usleep(200_000) }
        }
        #expect(read == [try address()])
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
    }

    @Test func whatIsPaidInABrowserIsSeenByItself() async throws {
        let shopper = try Shopper(server: server.origin)
        let seat = try shopper.open(size: Size(columns: 80, rows: 24))
        try buy(seat)
        let address = try address()
        try seat.wait(until: "the link leads to the page") { _ in seat.links == [address] }
        let page = try await server.browse(address)
        #expect(page.contains("<form method=\"post\">"))
        #expect(!seat.shows("Paid ✓"))
        let thanks = try await server.browse(address, pays: true)
        #expect(thanks.contains("Paid. Thank you!"))
        try seat.wait(for: "Paid ✓")
        try seat.wait(for: "The order is awaiting")
        seat.type("\u{1B}")
        try seat.wait(for: "ON AIR")
        seat.type("4")
        try seat.wait(for: "awaiting shipment")
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
    }

    /// The viewer was closed before it was paid; what became of it is seen the next time, on the page as in the list.
    @Test func itIsPaidLaterAndSeenAfterARestart() async throws {
        let shopper = try Shopper(server: server.origin)
        let seat = try shopper.open(size: Size(columns: 80, rows: 24))
        try buy(seat)
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))

        let again = try shopper.open(size: Size(columns: 80, rows: 24))
        try again.wait(for: "● live ·")
        again.type("4")
        try again.wait(for: "unpaid")
        again.type("p")
        try again.wait(for: "Waiting for your payment")
        _ = try await server.browse(try address(), pays: true)
        try again.wait(for: "Paid ✓")
        again.type("Q")
        #expect(try again.waitForEnd() == .exit(0))
        #expect(try server.count("orders") == 1)
    }
}
