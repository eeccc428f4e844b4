import Domain
import GRDB
import Glibc
import ProgramTesting
import TestThreads
import Testing

/// After the sale, from end to end: an order that moves by itself, one that goes back, one that is cancelled.
@Suite(.programs, .timeLimit(.minutes(4))) struct AfterSaleProgramTests {
    private func id(_ server: TestServer) throws -> String {
        try #require(try server.read { try String.fetchOne($0, sql: "SELECT id FROM orders") })
    }

    @Test func anOrderArrivesWhileOneLooksOnAndGoesBack() throws {
        let clock = try MovedClock()
        let server = try TestServer(clock: clock)
        let shopper = try Shopper(server: server.origin, clock: clock)
        let seat = try shopper.open()
        try seat.wait(for: "LIVE NOW")
        try seat.wait(for: "● live ·")
        seat.type("\r")
        try seat.wait(for: "★")
        seat.type("b")
        try seat.wait(for: "Enter buy for")
        seat.type("\r")
        try seat.wait(for: "Order placed")
        seat.type("\u{1B}")
        try seat.wait(gone: "Order placed")
        seat.type("4")
        try seat.wait(for: "YOUR ORDERS")
        let id = try id(server)
        try seat.wait(for: id)
        seat.type("\r")
        try seat.wait(for: "HISTORY")
        // The shop opens again in a world that moves, and fast.
        try server.stop()
        server.orderDay = 3
        try server.start()
        try seat.wait(for: "It has arrived.", within: .seconds(90))
        try seat.wait(for: "Out for delivery")

        seat.type("r")
        try seat.wait(for: "SEND IT BACK")
        clock.advance(by: .milliseconds(500))
        seat.type("\r")
        try seat.wait(for: "asks the shop to take back order")
        #expect(try server.count("returns") == 0)
        clock.advance(by: .milliseconds(500))
        seat.type("\r")
        try seat.wait(for: "It went back", within: .seconds(90))
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
        #expect(try server.count("returns") == 1)

        let receipt = try shopper.run("order", id)
        #expect(receipt.status == 0)
        for words in ["Order \(id)  returned", "Subtotal", "Total", "return paid back", "https://parcels.example/"] {
            #expect(receipt.output.contains(words), "\(words)")
        }
        // Nobody there to ask: what was told last is kept.
        try server.stop()
        let alone = try shopper.run("order", id)
        #expect(alone.status == 0 && alone.output == receipt.output && alone.complaint.contains("kept here"))
    }

    @Test func anOrderIsCancelledAndSentBackByCommand() throws {
        let server = try TestServer()
        let shopper = try Shopper(server: server.origin)
        let products = try shopper.run("products", "--json").decode(List<ProductShape>.self).items
        let enough = products.flatMap(\.variants).filter { ($0.stock ?? 0) > 2 }
        let sku = try #require(enough.first?.sku)
        let stock = try server.stock(of: sku)
        let bought = try shopper.run("buy", sku, "--max-total", "99999999", "--yes")
        #expect(bought.status == 0)
        let id = try id(server)

        let early = try shopper.run("order", id, "--return", "does-not-fit", "--yes")
        #expect(early.status == 1 && early.complaint.contains("only what has been delivered"))
        let unasked = try shopper.run("order", id, "--cancel")
        #expect(unasked.status == 2 && unasked.complaint.contains("--yes"))
        #expect(try server.stock(of: sku) == stock.map { $0 - 1 })
        let cancelled = try shopper.run("order", id, "--cancel", "--yes", "--json").decode(OrderShape.self)
        #expect(cancelled.status == "cancelled")
        #expect(try server.stock(of: sku) == stock)
        let late = try shopper.run("order", id, "--return", "damaged", "--yes")
        #expect(late.status == 1)

        #expect(try shopper.run("order", "o-nobody").status == 1)
        #expect(try shopper.run("order", id, "--return", "bored").status == 2)
        #expect(try shopper.run("order", id, "--note", "x").status == 2)
    }

    /// Without an account there is nobody whose order it could be, and looking makes nobody a guest.
    @Test func lookingMakesNobodyAGuest() throws {
        let server = try TestServer()
        let shopper = try Shopper(server: server.origin)
        #expect(try shopper.run("order", "o-1").status == 1)
        #expect(try server.count("accounts") == 0)
    }
}
