import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

@Suite struct FulfilmentTests {
    private func place(_ shop: Shop, payment: PaymentMethodID = "pm-card", _ key: String, _ token: String) async throws
        -> Order
    {
        let quote = try await shop.quote("MV-101-SAGE", token: token)
        return try await shop.order(quote, payment: payment, key: key, token: token).value(201)
    }

    private func pass(_ seconds: Int64, _ shop: Shop) async throws {
        shop.clock.advance(by: .seconds(seconds))
        try await shop.server.advance()
    }

    @Test func anOrderIsSentOffAndDelivered() async throws {
        try await Shop.open(.demo) { shop in
            let token = try await shop.guest()
            let order = try await place(shop, "k", token)
            func now() async throws -> Order { try await shop.get(.order(order.id), token: token) }
            try await pass(59, shop)
            #expect(try await now().status == .awaitingShipment)
            try await pass(1, shop)
            #expect(try await now().status == .inTransit)
            #expect(try await now().canCancel == false)
            let refused = try await shop.send(.post, Route.cancelOrder(order.id).path, token: token)
            let problem: Problem = try refused.value(409)
            #expect(problem.code == "not_cancellable")
            try await pass(239, shop)
            #expect(try await now().status == .inTransit)
            try await pass(1, shop)
            #expect(try await now().status == .delivered)
        }
    }

    /// A server that was away finds its orders where they would have been.
    @Test func ordersTravelWhileTheServerIsAway() async throws {
        try await Shop.open(.demo) { shop in
            let token = try await shop.guest()
            let order = try await place(shop, "k", token)
            let late = try await place(shop, "late", token)
            let cancelled: Order = try await shop.send(.post, Route.cancelOrder(late.id).path, token: token).value()
            try await pass(900, shop)
            #expect(try await shop.get(.order(order.id), token: token, as: Order.self).status == .delivered)
            #expect(try await shop.get(.order(late.id), token: token) == cancelled)
            #expect(cancelled.course.history.map(\.status) == [.awaitingShipment, .cancelled])
            #expect(cancelled.course.estimatedDelivery == nil)
        }
    }

    @Test func whatIsNotPaidIsNotSent() async throws {
        try await Shop.open(.demo) { shop in
            let token = try await shop.guest()
            let order = try await place(shop, payment: "pm-hosted", "k", token)
            try await pass(600, shop)
            #expect(try await shop.get(.order(order.id), token: token, as: Order.self).status == .unpaid)
            #expect(order.checkoutExpiresAt == order.placedAt + .seconds(1800))
            let page = try #require(order.checkoutURL)
            _ = try await shop.send(.post, String(page.dropFirst(shop.server.origin.count)))
            try await pass(59, shop)
            #expect(try await shop.get(.order(order.id), token: token, as: Order.self).status == .awaitingShipment)
            try await pass(1, shop)
            #expect(try await shop.get(.order(order.id), token: token, as: Order.self).status == .inTransit)
        }
    }

    /// What is not paid in half an hour is cancelled, goes back to the shelf, and can no longer be paid.
    @Test func whatIsNotPaidInTimeIsCancelled() async throws {
        try await Shop.open(.demo) { shop in
            let token = try await shop.guest()
            let order = try await place(shop, payment: "pm-hosted", "k", token)
            let page = String(try #require(order.checkoutURL).dropFirst(shop.server.origin.count))
            func now() async throws -> Order { try await shop.get(.order(order.id), token: token) }
            try await pass(1799, shop)
            #expect(try await now().status == .unpaid)
            shop.clock.advance(by: .seconds(1))
            // The page's time is over before the order is looked at.
            let late = try await shop.send(.post, page)
            #expect(String(decoding: late.body, as: UTF8.self).contains("The time to pay this order is over"))
            #expect(try await now().status == .unpaid)
            try await shop.server.advance()
            let cancelled = try await now()
            #expect(cancelled.status == .cancelled && cancelled.checkoutURL == nil && !cancelled.canCancel)
            let after = try await shop.send(.post, page)
            #expect(String(decoding: after.body, as: UTF8.self).contains("This order was cancelled"))
        }
    }
}
