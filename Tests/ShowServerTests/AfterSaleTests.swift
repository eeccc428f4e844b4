import Domain
import GRDB
import HTTPTransport
import LiveAPI
import ShopTesting
import Testing

@testable import ShowServer

/// What becomes of an order once it is sold. A day of the post is a minute here.
@Suite struct AfterSaleTests {
    private func place(_ shop: Shop, _ token: String, quantity: Int = 1, key: String = "k") async throws -> Order {
        let quote = try await shop.quote("MV-101-SAGE", quantity, token: token)
        return try await shop.order(quote, key: key, token: token).value(201)
    }

    private func pass(days: Double, _ shop: Shop) async throws {
        shop.clock.advance(by: .milliseconds(Int64(days * 60_000)))
        try await shop.server.advance()
    }

    private func takeBack(_ order: Order, _ body: String, _ shop: Shop, _ token: String) async throws -> HTTPResponse {
        try await shop.send(.post, Route.returnOrder(order.id).path, body: body, token: token)
    }

    @Test func anOrderTellsWhatItWasSoldForAndHowItGoes() async throws {
        try await Shop.open(.demo) { shop in
            let token = try await shop.guest()
            let quote = try await shop.quote("MV-101-SAGE", 2, token: token)
            let order: Order = try await shop.order(quote, key: "k", token: token).value(201)
            #expect(order.bill == OrderBill(quote))
            #expect(order.address == quote.address && order.payment?.id == "pm-card")
            #expect(order.lines.first?.product != nil)
            #expect(order.course.history == [OrderCourse.Step(.awaitingShipment, at: Shop.start)])
            #expect(order.course.parcel == nil && order.course.returnBy == nil && !order.course.canReturn)
            #expect(order.course.estimatedDelivery == Shop.start + .seconds(300))

            try await pass(days: 3.5, shop)
            let moving: Order = try await shop.get(.order(order.id), token: token)
            #expect(moving.status == .inTransit)
            let parcel = try #require(moving.course.parcel)
            #expect(parcel.link?.hasPrefix("https://") == true)
            #expect(parcel.events.map(\.at) == [60, 120, 180].map { Shop.start + .seconds($0) })
            #expect(moving.course.estimatedDelivery == Shop.start + .seconds(300))

            try await pass(days: 2, shop)
            let delivered: Order = try await shop.get(.order(order.id), token: token)
            #expect(delivered.course.history.map(\.status) == [.awaitingShipment, .inTransit, .delivered])
            #expect(delivered.course.history.map(\.at) == [0, 60, 300].map { Shop.start + .seconds($0) })
            #expect(delivered.course.parcel?.events.last?.text == "Out for delivery")
            #expect(delivered.course.returnBy == Shop.start + .seconds(2100) && delivered.course.canReturn)

            try await pass(days: 40, shop)
            let kept: Order = try await shop.get(.order(order.id), token: token)
            #expect(kept.status == .completed && !kept.course.canReturn)
            #expect(kept.course.history.last?.at == Shop.start + .seconds(2100))
        }
    }

    @Test func manyPiecesAreLookedAtFirst() async throws {
        try await Shop.open(.demo) { shop in
            let token = try await shop.guest()
            let order = try await place(shop, token, quantity: 5)
            #expect(order.status == .onHold && order.canCancel)
            try await pass(days: 0.5, shop)
            let released: Order = try await shop.get(.order(order.id), token: token)
            #expect(released.course.history.map(\.status) == [.onHold, .awaitingShipment])
            #expect(released.course.estimatedDelivery == order.course.estimatedDelivery)
        }
    }

    @Test func aReturnIsAskedForTakenAndPaidBack() async throws {
        try await Shop.open(.demo) { shop in
            let token = try await shop.guest()
            let order = try await place(shop, token)
            try await pass(days: 6, shop)
            let answer = try await takeBack(order, #"{"reason":"damaged","note":"a crack"}"#, shop, token)
            let asked: Order = try answer.value()
            #expect(asked.status == .delivered && !asked.course.canReturn)
            #expect(asked.course.returning?.reason == .damaged && asked.course.returning?.note == "a crack")
            let again: Problem = try await takeBack(order, #"{"reason":"damaged"}"#, shop, token).value(409)
            #expect(again.code == ProblemCode.returnAlreadyAsked)

            try await pass(days: 1, shop)
            let accepted: Order = try await shop.get(.order(order.id), token: token)
            #expect(accepted.course.returning?.state == .accepted && accepted.status == .delivered)
            // Later than the time for returns: what was asked for goes on.
            try await pass(days: 60, shop)
            let returned: Order = try await shop.get(.order(order.id), token: token)
            #expect(returned.status == .returned)
            #expect(returned.course.returning?.steps.map(\.state) == [.requested, .accepted, .refunded])
            #expect(returned.course.history.last?.at == Shop.start + .seconds((6 + 1 + 3) * 60))
        }
    }

    @Test func whatCannotGoBackIsRefusedWithTheReason() async throws {
        try await Shop.open(.demo) { shop in
            let token = try await shop.guest()
            let order = try await place(shop, token)
            let early: Problem = try await takeBack(order, #"{"reason":"damaged"}"#, shop, token).value(409)
            #expect(early.code == ProblemCode.notDelivered)
            try await pass(days: 6, shop)
            #expect(try await takeBack(order, #"{"reason":"bored"}"#, shop, token).status == 400)
            let long = String(repeating: "x", count: 501)
            #expect(try await takeBack(order, #"{"reason":"other","note":"\#(long)"}"#, shop, token).status == 422)
            let stranger = try await shop.guest()
            #expect(try await takeBack(order, #"{"reason":"other"}"#, shop, stranger).status == 404)
            // The time is over although the world has not looked at it since.
            shop.clock.advance(by: .seconds(30 * 60))
            let late: Problem = try await takeBack(order, #"{"reason":"damaged"}"#, shop, token).value(409)
            #expect(late.code == ProblemCode.returnTooLate)
            try await shop.server.advance()
            let kept: Problem = try await takeBack(order, #"{"reason":"damaged"}"#, shop, token).value(409)
            #expect(kept.code == ProblemCode.returnTooLate)
        }
    }

    /// A server that was away finds orders and returns as if it had been there, and tells their past the same.
    @Test func everythingMovesOnWhileTheServerIsAway() async throws {
        let database = try await Shop.database(.demo)
        var token = ""
        var orders: [Order] = []
        try await Shop.open(.demo, database: database) { shop in
            token = try await shop.guest()
            for key in ["a", "b"] { orders.append(try await place(shop, token, key: key)) }
        }
        try await Shop.open(.demo, database: database) { shop in
            try await pass(days: 5, shop)
            let asked: Order = try await takeBack(orders[0], #"{"reason":"other"}"#, shop, token).value()
            #expect(asked.course.returning?.state == .requested)
        }
        try await Shop.open(.demo, database: database) { shop in
            try await pass(days: 100, shop)
            let returned: Order = try await shop.get(.order(orders[0].id), token: token)
            let kept: Order = try await shop.get(.order(orders[1].id), token: token)
            #expect(returned.status == .returned && kept.status == .completed)
            #expect(returned.course.history.last?.at == Shop.start + .seconds((5 + 1 + 3) * 60))
            #expect(kept.course.history.map(\.at) == [0, 60, 300, 2100].map { Shop.start + .seconds($0) })
        }
    }

    @Test func askingAgainCostsNothingWhileNothingHasChanged() async throws {
        try await Shop.open(.demo) { shop in
            let token = try await shop.guest()
            let order = try await place(shop, token)
            for path in [Route.order(order.id).path, Route.orders.path] {
                let first = try await shop.send(.get, path, token: token)
                #expect(first.headers["Cache-Control"] == "private, no-cache")
                let etag = try #require(first.etag)
                let same = try await shop.send(.get, path, token: token, ["If-None-Match": etag])
                #expect(same.status == 304 && same.body.isEmpty)
            }
            let etag = try #require(try await shop.send(.get, Route.orders.path, token: token).etag)
            try await pass(days: 1, shop)
            let moved = try await shop.send(.get, Route.orders.path, token: token, ["If-None-Match": etag])
            #expect(moved.status == 200)
        }
    }

    /// The database lets an order move exactly where the domain says that it can, whoever writes it.
    @Test func noOrderMovesWhereItMayNot() throws {
        let queue = try Store.inMemory()
        try queue.write { db in
            try db.execute(
                sql: "INSERT INTO accounts (id, name, token_hash, created_at) VALUES ('a', 'A', 'h', 0)")
            for before in OrderStatus.allCases {
                for after in OrderStatus.allCases where after != before {
                    let id = before.rawValue + after.rawValue
                    try db.execute(
                        sql: """
                            INSERT INTO orders (id, account, key, status, total, exponent, currency, placed_at,
                                payment_method, status_at) VALUES (?, 'a', ?, ?, 1, 2, 'CHF', 0, 'pm-card', 0)
                            """, arguments: [id, id, before.rawValue])
                    let move = {
                        try db.execute(
                            sql: "UPDATE orders SET status = ?, status_at = 7 WHERE id = ?",
                            arguments: [after.rawValue, id])
                    }
                    if before.next.contains(after) {
                        try move()
                        let history = try String.fetchAll(
                            db, sql: "SELECT status FROM order_history WHERE order_id = ? ORDER BY id",
                            arguments: [id])
                        #expect(history == [before.rawValue, after.rawValue])
                    } else {
                        #expect(throws: DatabaseError.self, "\(before) → \(after)") { try move() }
                    }
                }
            }
        }
    }
}
