import CodeReader
import FoundationEssentials
import GRDB
import Glibc
import ProgramTesting
import TerminalKit
import TestThreads
import Testing

/// A purchase that is paid on the shop's page: the real viewer and server, a camera that reads the code on the screen,
/// and a browser that follows it.
@Suite(.programs, .timeLimit(.minutes(3))) struct CheckoutTests {
    let clock: MovedClock
    let server: TestServer

    init() throws {
        clock = try MovedClock()
        server = try TestServer(clock: clock)
    }

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
        // A key that comes with the one that changes the figures answers none that anybody has seen.
        try seat.wait(for: "(fails)")
        seat.type("l")
        try seat.wait(for: "own page")
        try seat.wait(for: "Enter buy for")
        clock.advance(by: .milliseconds(500))
        seat.type("\r")
        try seat.wait(for: "Waiting for your payment")
    }

    /// By the command line, from a shopper of its own; returns the order's id.
    private func order(_ shopper: Shopper, _ more: String...) throws -> (id: String, output: String) {
        let products = try shopper.run("products", "--json").decode(List<ProductShape>.self).items
        let skus = products.compactMap { $0.variants.first { ($0.stock ?? 0) >= 5 }?.sku }
        let sku = try #require(skus.first)
        let bought = try shopper.run(
            ["buy", sku, "--max-total", "99999", "--payment", "pm-hosted", "--yes"] + more)
        #expect(bought.ending == .exit(0), "\(bought.errors)")
        let id = try server.read { try String.fetchOne($0, sql: "SELECT id FROM orders") }
        return (try #require(id), bought.output)
    }

    @Test(.enabled(if: CodeReader.isInstalled, Comment(rawValue: CodeReader.howToInstall)))
    func commandsDrawTheCode() async throws {
        let shopper = try Shopper(server: server.origin, clock: clock)
        let (id, output) = try order(shopper, "--qr")
        let address = try address(shopper)
        #expect(output.contains("to be paid at " + address))
        let rows = output.split(separator: "\n").filter { $0.allSatisfy { "█▀▄ ".contains($0) } }
        let picture = rows.flatMap { row in [row.map { "█▀".contains($0) }, row.map { "█▄".contains($0) }] }
        #expect(try CodeReader.texts(in: [picture]) == [address])
        // On a terminal it is black on white, and the outcome comes by itself.
        let seat = try shopper.open("pay", id, "--qr", size: Size(columns: 60, rows: 40))
        try seat.wait(for: "to be paid at")
        var read: [String] = []
        for _ in 0..<20 where read.isEmpty {
            usleep(200_000)
            read = try CodeReader.texts(in: [seat.picture])
        }
        #expect(read == [address])
        _ = try await server.browse(address, pays: true)
        try seat.wait(for: "awaiting shipment")
        #expect(try seat.waitForEnd() == .exit(0))
        let paid = try shopper.run("pay", id)
        #expect(paid.ending == .exit(0) && !paid.output.contains("to be paid"))
    }

    @Test func theDialogueWaitsUntilSomebodyTypes() async throws {
        let shopper = try Shopper(server: server.origin, clock: clock)
        let (id, _) = try order(shopper)
        let talk = try Talk(shopper, "--plain")
        talk.type("pay \(id)\n")
        try talk.wait(for: "Waiting for the payment.")
        talk.type("hosts\n")
        try talk.wait(for: "Order \(id): unpaid.")
        try talk.wait(for: "followers")
        talk.type("orders\npay 1\n")
        talk.forget()
        try talk.wait(for: "Waiting for the payment.")
        _ = try await server.browse(try address(shopper), pays: true)
        try talk.wait(for: "Order \(id): awaiting shipment.")
        talk.type("pay 1\n")
        try talk.wait(for: "There is nothing to pay.")
        _ = try talk.end()
    }

    /// Cancelled elsewhere meanwhile: said, and told by the exit code.
    @Test func aPaymentThatDoesNotComeIsRefused() throws {
        let shopper = try Shopper(server: server.origin, clock: clock)
        let (id, _) = try order(shopper)
        let seat = try shopper.open("pay", id)
        try seat.wait(for: "to be paid at")
        let talk = try Talk(shopper, "--plain")
        talk.type("cancel \(id)\n")
        try talk.wait(for: "Anything else leaves it as it is.")
        let start = try #require(talk.output.firstRange(of: "type ‘yes ")).upperBound
        talk.type("yes \(talk.output[start...].prefix { $0 != "’" })\n")
        try talk.wait(for: "cancelled.")
        _ = try talk.end()
        try seat.wait(for: "was not paid: it is cancelled")
        #expect(try seat.waitForEnd() == .exit(1))
    }

    /// The page as the viewer has it: the server itself has only a hash of it.
    private func address(_ shopper: Shopper) throws -> String {
        let id = try #require(try server.read { try String.fetchOne($0, sql: "SELECT id FROM orders") })
        let shown = try shopper.run("pay", id, "--no-wait").output
        let start = try #require(shown.firstRange(of: server.origin + "/checkout/"), "\(shown)")
        return String(shown[start] + shown[start.upperBound...].prefix { $0.isLetter || $0.isNumber })
    }

    @Test(
        .enabled(if: CodeReader.isInstalled, Comment(rawValue: CodeReader.howToInstall)),
        .serialized,
        arguments: [
            ("xterm-256color", ""), ("xterm", ""), ("xterm-direct", ""), ("vt100", ""), ("xterm-256color", "1"),
        ])
    func theCodeOnTheScreenIsRead(terminal: String, noColor: String) throws {
        let shopper = try Shopper(server: server.origin, clock: clock)
        shopper.more = ["TERM": terminal, "NO_COLOR": noColor]
        let seat = try shopper.open(size: Size(columns: 80, rows: 24))
        try buy(seat)
        // The last of the screen may be on its way.
        var read: [String] = []
        for _ in 0..<20 where read.isEmpty {
            read = try CodeReader.texts(in: [seat.picture])
            if read.isEmpty { usleep(200_000) }
        }
        #expect(read == [try address(shopper)])
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
    }

    @Test func whatIsPaidInABrowserIsSeenByItself() async throws {
        let shopper = try Shopper(server: server.origin, clock: clock)
        let seat = try shopper.open(size: Size(columns: 80, rows: 24))
        try buy(seat)
        let address = try address(shopper)
        try seat.wait(until: "the link leads to the page") { _ in seat.links == [address] }
        let page = try await server.browse(address)
        #expect(page.contains("<form method=\"post\">"))
        #expect(!seat.shows("Paid ✓"))
        let thanks = try await server.browse(address, pays: true)
        #expect(thanks.contains("Paid. Thank you!"))
        try seat.wait(for: "Paid ✓")
        try seat.wait(for: "Thank you. The order is")
        seat.type("\u{1B}")
        try seat.wait(for: "ON AIR")
        seat.type("4")
        try seat.wait(for: "awaiting shipment")
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
    }

    /// The viewer was closed before it was paid; what became of it is seen the next time, on the page as in the list.
    @Test func itIsPaidLaterAndSeenAfterARestart() async throws {
        let shopper = try Shopper(server: server.origin, clock: clock)
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
        _ = try await server.browse(try address(shopper), pays: true)
        try again.wait(for: "Paid ✓")
        again.type("Q")
        #expect(try again.waitForEnd() == .exit(0))
        #expect(try server.count("orders") == 1)
    }
}
