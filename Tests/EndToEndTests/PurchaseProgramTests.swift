import Domain
import GRDB
import Glibc
import ProgramTesting
import TerminalKit
import TestThreads
import Testing

/// The main job, from end to end: the real viewer on a real terminal, the real server, real HTTP between them.
@Suite(.programs, .timeLimit(.minutes(2))) struct PurchaseProgramTests {
    let server: TestServer

    init() throws { server = try TestServer() }

    /// From the schedule into the first live show, with the product on air in the buy pane and its price quoted.
    private func openBuyPane(_ seat: Seat) throws {
        try seat.wait(for: "LIVE NOW")
        try seat.wait(for: "● live ·")
        seat.type("\r")
        try seat.wait(for: "★")
        seat.type("b")
        try seat.wait(for: "BUY ─")
        try seat.wait(for: "Enter buy for")
    }

    @Test func watchBuyQuitAndFindTheOrderAgain() throws {
        let shopper = try Shopper(server: server.origin)
        let before = try server.stockOfAll()
        let seat = try shopper.open()
        try openBuyPane(seat)
        seat.type("\r")
        try seat.wait(for: "Order placed")
        seat.type("\u{1B}")
        try seat.wait(gone: "Order placed")
        seat.type("4")
        try seat.wait(for: "YOUR ORDERS")
        try seat.wait(for: "awaiting shipment")
        let order = try server.read { try Row.fetchOne($0, sql: "SELECT id, status FROM orders") }
        let id: String = try #require(order)["id"]
        try seat.wait(for: id)
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
        #expect(seat.isRestored)

        #expect(try server.count("orders") == 1)
        #expect(try server.stockOfAll() == before - 1)
        #expect(try server.read { try Int.fetchOne($0, sql: "SELECT sum(quantity) FROM order_lines") } == 1)

        let again = try shopper.open()
        try again.wait(for: "LIVE NOW")
        again.type("4")
        try again.wait(for: id)
        again.type("Q")
        #expect(try again.waitForEnd() == .exit(0))
        #expect(try server.count("orders") == 1)

        // Nobody there to ask: it is in the viewer's own store, too.
        try server.crash()
        let alone = try shopper.open()
        alone.type("4")
        try alone.wait(for: id)
        try alone.wait(for: "offline since")
        alone.type("Q")
        #expect(try alone.waitForEnd() == .exit(0))
    }

    @Test func ofTwoWhoWantTheLastOneItGoesToOne() throws {
        try server.stop()
        try DatabaseQueue(path: server.database).write {
            try $0.execute(sql: "UPDATE variants SET stock = 1 WHERE stock > 1")
        }
        try server.start()
        let shoppers = [try Shopper(server: server.origin), try Shopper(server: server.origin)]
        let seats = try shoppers.map { try $0.open() }
        for seat in seats { try openBuyPane(seat) }
        for seat in seats { seat.type("\r") }
        var winners = 0
        for seat in seats {
            try seat.wait(until: "bought or sold out") { rows in
                rows.contains { $0.contains("Order placed") || $0.lowercased().contains("sold out") }
            }
            if seat.shows("Order placed") { winners += 1 }
        }
        #expect(winners == 1)
        for seat in seats where !seat.shows("Order placed") {
            // Not bought, and nothing else lost: the pane closes, the show goes on.
            seat.type("\u{1B}")
            try seat.wait(for: "ON AIR")
        }
        for seat in seats {
            seat.type("Q")
            #expect(try seat.waitForEnd() == .exit(0))
        }
        #expect(try server.count("orders") == 1)
        #expect(try server.read { try Int.fetchOne($0, sql: "SELECT min(stock) FROM variants") } == 0)
        for shopper in shoppers {
            let open = try DatabaseQueue(path: shopper.database).read {
                try Int.fetchOne($0, sql: "SELECT count(*) FROM order_intents WHERE state IN ('committed', 'unknown')")
            }
            #expect(open == 0)
        }
    }

    @Test func aLostReplyIsFoundOutAndNotBoughtTwice() throws {
        let line = try FaultProxy(to: server.origin)
        line.arm(.cutReply(.byte(0), .fin), andEndLine: true)
        let shopper = try Shopper(server: line.origin)
        let seat = try shopper.open()
        try openBuyPane(seat)
        seat.type("\r")
        try seat.wait(for: "Perhaps bought")
        #expect(line.strikes.count == 1)
        #expect(try server.count("orders") == 1)
        seat.type("\u{1B}")
        try seat.wait(gone: "BUY ─")
        seat.type("4")
        try seat.wait(for: "finding out")
        seat.child.signal(SIGKILL)
        try seat.waitForEnd()

        try line.mend()
        let again = try shopper.open()
        try again.wait(for: "LIVE NOW")
        again.type("4")
        try again.wait(for: "awaiting shipment")
        try again.wait(gone: "finding out")
        again.type("Q")
        #expect(try again.waitForEnd() == .exit(0))
        #expect(try server.count("orders") == 1)
        let orders = try shopper.run("orders", "--json").decode(List<OrderShape>.self).items
        #expect(orders.count == 1)
    }
}
