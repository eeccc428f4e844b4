import Domain
import HTTPTransport
import LiveAPI
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
            let without = try await shop.quote(variant.sku, 2, token: token)
            #expect(without.discounts.isEmpty)
            let quote = try await shop.quote(variant.sku, 2, in: show, token: token)
            let off = try #require(variant.price.percent(deal.percentOff)?.multiplied(by: 2)?.negated)
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
