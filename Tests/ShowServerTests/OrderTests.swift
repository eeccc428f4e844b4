import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

@Suite struct OrderTests {
    /// Something that is on air, with enough of it left.
    private func onAir(_ shop: Shop) async throws -> (show: ShowID, product: ProductID, sku: SKU) {
        let show = try await shop.liveShow()
        let head = try await shop.head(show.show.id)
        let product = try #require(head.snapshot.highlight.first)
        let sku = try #require(head.snapshot.onAir.first { ($0.stock ?? 0) > 5 }?.sku)
        return (show.show.id, product, sku)
    }

    @Test func anOrderIsPlacedFoundAgainAndTakesItsStock() async throws {
        try await Shop.open { shop in
            let (show, product, sku) = try await onAir(shop)
            let token = try await shop.guest()
            let before = try await shop.stock(product, sku)
            let quote = try await shop.quote(sku, 2, in: show, token: token)
            let placed = try await shop.order(quote, key: "k-1", token: token)
            let order: Order = try placed.value(201)
            #expect(order.key == "k-1")
            #expect(order.status == .awaitingShipment)
            #expect(order.total == quote.total)
            #expect(order.lines == quote.lines)
            #expect(order.show == show)
            #expect(placed.headers["Location"] == "/v1/orders/\(order.id)")
            #expect(try await shop.stock(product, sku) == before - 2)

            let found: Page<Order> = try await shop.send(.get, "/v1/orders?key=k-1", token: token).value()
            #expect(found.items == [order])
            let none: Page<Order> = try await shop.send(.get, "/v1/orders?key=k-2", token: token).value()
            #expect(none.items.isEmpty)
            #expect(try await shop.get(.order(order.id), token: token) == order)

            shop.clock.advance(by: .seconds(1))
            let head = try await shop.head(show)
            #expect(head.snapshot.onAir.first { $0.sku == sku }?.stock == before - 2)
            #expect(head.open.events.contains { $0.kind == .stock(sku, before - 2) })
        }
    }

    @Test func theSameKeyGivesTheSameAnswerAndBuysOnce() async throws {
        try await Shop.open { shop in
            let (show, product, sku) = try await onAir(shop)
            let token = try await shop.guest()
            let before = try await shop.stock(product, sku)
            let quote = try await shop.quote(sku, in: show, token: token)
            let first = try await shop.order(quote, key: "k", token: token)
            // Long after the quote has expired the key still tells what became of it.
            shop.clock.advance(by: .seconds(23 * 3600))
            let second = try await shop.order(quote, key: "k", token: token)
            #expect(second.status == first.status)
            #expect(second.body == first.body)
            #expect(second.headers["Idempotency-Replayed"] == "true")
            #expect(try await shop.stock(product, sku) == before - 1)

            let other = try await shop.order(
                quote, payment: "pm-hosted", key: "k", token: token)
            let problem: Problem = try other.value(422)
            #expect(problem.code == ProblemCode.keyReused)
            // Another buyer's key of the same name is another key.
            let stranger = try await shop.guest()
            let strangersQuote = try await shop.quote(sku, in: show, token: stranger)
            #expect(try await shop.order(strangersQuote, key: "k", token: stranger).status == 201)
        }
    }

    @Test func anOrderWithoutAKeyIsNotPlaced() async throws {
        try await Shop.open { shop in
            let (show, product, sku) = try await onAir(shop)
            let token = try await shop.guest()
            let before = try await shop.stock(product, sku)
            let quote = try await shop.quote(sku, in: show, token: token)
            let answer = try await shop.order(quote, key: "", token: token)
            let problem: Problem = try answer.value(400)
            #expect(problem.code == ProblemCode.keyMissing)
            #expect(try await shop.stock(product, sku) == before)
        }
    }

    @Test func aTotalAboveTheMaximumIsRefusedWithANewQuote() async throws {
        try await Shop.open { shop in
            let (show, product, sku) = try await onAir(shop)
            let token = try await shop.guest()
            let before = try await shop.stock(product, sku)
            let quote = try await shop.quote(sku, in: show, token: token)
            let less = try #require(
                Money(amount: quote.total.amount - 1, exponent: quote.total.exponent, currency: quote.total.currency))
            let refused = try await shop.order(quote, maximum: less, key: "k", token: token)
            let problem: Problem = try refused.value(409)
            #expect(problem.code == ProblemCode.totalAboveMaximum)
            let fresh = try #require(problem.quote)
            #expect(fresh.total == quote.total)
            #expect(try await shop.stock(product, sku) == before)
            // What was refused stays refused under its key; the new quote is bought under a new one.
            #expect(try await shop.order(quote, maximum: less, key: "k", token: token).body == refused.body)
            #expect(try await shop.order(fresh, key: "k2", token: token).status == 201)
        }
    }

    @Test func anExpiredQuoteIsRefusedWithANewOne() async throws {
        try await Shop.open { shop in
            let (show, _, sku) = try await onAir(shop)
            let token = try await shop.guest()
            let quote = try await shop.quote(sku, in: show, token: token)
            shop.clock.advance(by: quote.expiresAt - Shop.start)
            let problem: Problem = try await shop.order(quote, key: "k", token: token).value(412)
            #expect(problem.code == ProblemCode.quoteExpired)
            let fresh = try #require(problem.quote)
            #expect(fresh.expiresAt > quote.expiresAt)
            #expect(try await shop.order(fresh, key: "k2", token: token).status == 201)
        }
    }

    @Test func aDeclinedCardTakesNothingAndStaysDeclined() async throws {
        try await Shop.open { shop in
            let (show, product, sku) = try await onAir(shop)
            let token = try await shop.guest()
            let before = try await shop.stock(product, sku)
            let quote = try await shop.quote(sku, in: show, token: token)
            for _ in 0..<2 {
                let answer = try await shop.order(quote, payment: "pm-card-declined", key: "k", token: token)
                let problem: Problem = try answer.value(402)
                #expect(problem.code == ProblemCode.paymentDeclined)
            }
            #expect(try await shop.stock(product, sku) == before)
            let orders: Page<Order> = try await shop.get(.orders, token: token)
            #expect(orders.items.isEmpty)
        }
    }

    @Test func moreThanThereIsIsSoldOutWithTheStockThatIsLeft() async throws {
        try await Shop.open { shop in
            let (show, product, sku) = try await onAir(shop)
            let token = try await shop.guest()
            let stock = try await shop.stock(product, sku)
            let quote = try await shop.quote(sku, min(99, stock + 1), in: show, token: token)
            let problem: Problem = try await shop.order(quote, key: "k", token: token).value(409)
            #expect(problem.code == ProblemCode.soldOut)
            #expect(problem.stock == stock)
            #expect(try await shop.stock(product, sku) == stock)
        }
    }

    @Test func cancellingGivesTheStockBackOnce() async throws {
        try await Shop.open { shop in
            let (show, product, sku) = try await onAir(shop)
            let token = try await shop.guest()
            let before = try await shop.stock(product, sku)
            let quote = try await shop.quote(sku, 3, in: show, token: token)
            let order: Order = try await shop.order(quote, key: "k", token: token).value(201)
            for _ in 0..<2 {
                let cancelled: Order = try await shop.send(.post, Route.cancelOrder(order.id).path, token: token)
                    .value()
                #expect(cancelled.status == .cancelled)
                #expect(!cancelled.canCancel)
                #expect(try await shop.stock(product, sku) == before)
            }
        }
    }

    @Test func anOrderBelongsToWhoPlacedIt() async throws {
        try await Shop.open { shop in
            let (show, _, sku) = try await onAir(shop)
            let token = try await shop.guest()
            let quote = try await shop.quote(sku, in: show, token: token)
            let order: Order = try await shop.order(quote, key: "k", token: token).value(201)
            let stranger = try await shop.guest()
            #expect(try await shop.send(.get, Route.order(order.id).path, token: stranger).status == 404)
            #expect(try await shop.send(.post, Route.cancelOrder(order.id).path, token: stranger).status == 404)
            #expect(try await shop.order(quote, key: "k", token: stranger).status == 422)
            #expect(try await shop.send(.get, Route.order(order.id).path).status == 401)
            #expect(try await shop.send(.get, Route.order(order.id).path, token: "vt_guess").status == 401)
        }
    }

    @Test func hostedCheckoutIsPaidOnItsPage() async throws {
        try await Shop.open { shop in
            let (show, _, sku) = try await onAir(shop)
            let token = try await shop.guest()
            let quote = try await shop.quote(sku, in: show, token: token)
            let order: Order = try await shop.order(quote, payment: "pm-hosted", key: "k", token: token).value(201)
            #expect(order.status == .unpaid)
            let url = try #require(order.checkoutURL)
            #expect(url.hasPrefix(shop.server.origin + "/checkout/"))
            let path = String(url.dropFirst(shop.server.origin.count))
            let page = try await shop.send(.get, path)
            #expect(page.status == 200)
            #expect(page.headers["Content-Type"] == "text/html; charset=utf-8")
            #expect(String(decoding: page.body, as: UTF8.self).contains("<button"))
            #expect(try await shop.send(.post, path).status == 200)
            let paid: Order = try await shop.get(.order(order.id), token: token)
            #expect(paid.status == .awaitingShipment)
            #expect(paid.checkoutURL == nil)
        }
    }

    @Test func ordersComeNewestFirst() async throws {
        try await Shop.open { shop in
            let (show, _, sku) = try await onAir(shop)
            let token = try await shop.guest()
            for key in ["k1", "k2", "k3"] {
                let quote = try await shop.quote(sku, in: show, token: token)
                #expect(try await shop.order(quote, key: key, token: token).status == 201)
                shop.clock.advance(by: .seconds(1))
            }
            let orders: Page<Order> = try await shop.get(.orders, token: token)
            #expect(orders.items.map(\.key) == ["k3", "k2", "k1"])
        }
    }
}
