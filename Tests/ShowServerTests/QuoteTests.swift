import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

@Suite struct QuoteTests {
    @Test func theTotalIsTheSumOfItsParts() async throws {
        try await Shop.open { shop in
            let token = try await shop.guest()
            var currencies: Set<String> = []
            // One of each host, so that every currency and every border is met.
            for product in ["mv-101", "lm-101", "sy-101", "lh-101", "sd-101", "kh-101", "tk-101"] {
                let product: Product = try await shop.get(.product(ProductID(product)))
                let variant = try #require(product.variants.first)
                let quote = try await shop.quote(variant.sku, 3, token: token)
                var total = try #require(variant.price.multiplied(by: 3))
                #expect(quote.subtotal == total)
                let parts = quote.discounts + [quote.shipping, quote.duties] + (quote.taxIncluded ? [] : [quote.tax])
                for part in parts { total = try #require(total.adding(part.amount)) }
                #expect(quote.total == total)
                #expect(quote.expiresAt == Shop.start + .seconds(300))
                #expect(quote.taxIncluded == (quote.total.currency != "USD"))
                currencies.insert(quote.total.currency)
            }
            #expect(currencies == ["CHF", "EUR", "JPY", "USD"])
        }
    }

    @Test func aDealOfTheShowComesOffTheTotalAndIsUsedUp() async throws {
        try await Shop.open { shop in
            let show = try await shop.liveShow().show.id
            let before = try await shop.head(show)
            let deal = try #require(before.snapshot.offers.first)
            let product: Product = try await shop.get(.product(deal.product))
            let variant = try #require(product.variants.first { ($0.stock ?? 0) > 2 })
            let token = try await shop.guest()
            // The deal holds wherever the product is bought: with no show named, and with another one.
            let other = try await shop.send(.get, "/v1/shows").value(as: Page<Show>.self).items.first { $0.id != show }
            let off = try #require(variant.price.percent(deal.percentOff)?.multiplied(by: 2)?.negated)
            for named in [nil, other?.id] {
                let elsewhere = try await shop.quote(variant.sku, 2, in: named, token: token)
                #expect(elsewhere.discounts.map(\.amount) == [off])
            }
            let quote = try await shop.quote(variant.sku, 2, in: show, token: token)
            #expect(quote.discounts.map(\.amount) == [off])
            #expect(try await shop.order(quote, key: "k", token: token).status == 201)
            shop.clock.advance(by: .seconds(1))
            let after = try await shop.head(show)
            #expect(after.snapshot.offers.first?.remaining == deal.remaining.map { $0 - 2 })
            // Once it is over, what was quoted with it costs more than was agreed, and is not bought.
            let late = try await shop.quote(variant.sku, 1, in: show, token: token)
            shop.clock.advance(by: deal.endsAt - (Shop.start + .seconds(1)))
            #expect(try await shop.order(late, key: "k2", token: token).status == 412)
        }
    }

    @Test func aFasterDeliveryIsOfferedChosenAndBought() async throws {
        try await Shop.open { shop in
            let token = try await shop.guest()
            let sku: SKU = "MV-101-SAGE"
            let quote = try await shop.quote(sku, token: token)
            let shipment = try #require(quote.shipments.first)
            #expect(quote.shipments.count == 1 && shipment.chosen == "standard")
            #expect(shipment.deliveries.map(\.id) == ["standard", "express"])
            #expect(shipment.deliveries.allSatisfy { $0.time != nil && !$0.isPickup })
            #expect(shipment.chosenDelivery?.price == quote.shipping.amount)
            let express = try #require(shipment.deliveries.last?.price)
            let faster = try await shop.quote(sku, by: [shipment.id: "express"], token: token)
            #expect(faster.shipping.amount == express && faster.shipments.first?.chosen == "express")
            let dearer = try #require(quote.shipping.amount.negated.flatMap(express.adding).flatMap(quote.total.adding))
            #expect(faster.total == dearer && express.exceeds(quote.shipping.amount) == true)
            let order: Order = try await shop.order(faster, key: "k", token: token).value(201)
            #expect(order.total == faster.total && order.bill?.shipping == faster.shipping)
        }
    }

    @Test func aDeliveryThatIsNotOfferedIsRefused() async throws {
        try await Shop.open { shop in
            let token = try await shop.guest()
            let origin = try #require(try await shop.quote("MV-101-SAGE", token: token).shipments.first?.id.rawValue)
            func status(_ deliveries: String) async throws -> Int {
                let body = #"{"lines":[{"sku":"MV-101-SAGE","quantity":1}],"deliveries":\#(deliveries)}"#
                return try await shop.send(.post, "/v1/quotes", body: body, token: token).status
            }
            #expect(try await status(#"{"\#(origin)":"drone"}"#) == 422)
            #expect(try await status(#"{"elsewhere":"drone"}"#) == 201)
            #expect(try await status(#"{"\#(origin)":"express"}"#) == 201)
            #expect(try await status(#"["express"]"#) == 400)
            let many = (0..<40).map { "\"s\($0)\":\"express\"" }.joined(separator: ",")
            #expect(try await status("{\(many)}") == 422)
            #expect(try await status(#"{"s":"\#(String(repeating: "x", count: 400))"}"#) == 422)
        }
    }

    @Test(arguments: [
        (#"{"lines":[]}"#, 422), (#"{"lines":[{"sku":"none","quantity":1}]}"#, 422),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":0}]}"#, 422),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":9223372036854775807}]}"#, 422),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":1e400}]}"#, 400),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":"1"}]}"#, 400),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":1},{"sku":"LM-103-WHITE","quantity":1}]}"#, 422),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":1},{"sku":"MV-101-SAGE","quantity":1}]}"#, 422),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":1}],"address":"none"}"#, 422), ("{", 400), ("", 400), ("[]", 400),
        ("null", 400), ("\u{0}", 400), (String(repeating: "[", count: 2000), 400),
        (#"{"lines":"\#(String(repeating: "x", count: 17_000))"}"#, 413),
    ])
    func whatIsNoQuoteIsRefused(_ body: String, _ status: Int) async throws {
        try await Shop.open { shop in
            let token = try await shop.guest()
            let answer = try await shop.send(.post, "/v1/quotes", body: body, token: token)
            let problem: Problem = try answer.value(status)
            #expect(problem.status == status)
        }
    }
}
