import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import ShopifyStandIn
import Synchronization
import Testing
import Text

@testable import ShopAccess

/// From a quote to the shop's page and what is known of it afterwards, by the steps that the program carries out.
@Suite struct ShopifyTests {
    /// Somebody at a shop, with what the program keeps.
    private struct Visit {
        let shop: StandInShopify
        private let client: ShopClient
        private let clock = Clock()

        private final class Clock: Sendable {
            let time = Mutex(Timestamp(seconds: 1_800_000_000))
        }

        init(_ rules: StandInShopify.Rules = StandInShopify.Rules(), country: String = "") throws {
            shop = StandInShopify(rules)
            var contact = ContactDetails()
            _ = contact.set(.country, country)
            let account = Account(id: "guest", name: "Guest", token: contact.token)
            client = ShopClient(
                provider: try ShopifyProvider(origin: "https://shop.example"), http: shop.client,
                credential: Credential(account, .guest), keeping: .none, memory: .passing(),
                now: { [clock] in clock.time.withLock { $0 } })
        }

        var now: Timestamp { clock.time.withLock { $0 } }
        func wait(_ time: Duration) { clock.time.withLock { $0 = $0 + time } }

        func ask(_ query: ShopQuery) -> Result<ShopAnswer, ShopFailure> { client.wait(for: query) }

        func quote(_ sku: SKU, _ quantity: Int = 1, by deliveries: DeliveryChoice = [:]) throws -> Quote {
            let query = ShopQuery.quote(sku, quantity: quantity, show: nil, deliveries: deliveries)
            guard case .quote(let quote) = try ask(query).get() else {
                throw ShopFailure.notFound
            }
            return quote
        }

        func intent(_ quote: Quote, key: String = "key-1") -> OrderIntent {
            OrderIntent(
                key: key, account: "https://shop.example", buyer: "guest", sku: quote.lines[0].sku,
                title: quote.lines[0].title, quantity: quote.lines[0].quantity, quote: quote.id,
                quoteExpiresAt: quote.expiresAt, paymentMethod: "checkout", maximumTotal: quote.total, show: nil,
                createdAt: now, isKeyed: false, state: .sent)
        }

        func order(_ query: ShopQuery) throws -> Order {
            guard case .order(let order) = try ask(query).get() else { throw ShopFailure.notFound }
            return order
        }

        func handOver(_ sku: SKU = "9001", _ quantity: Int = 1, key: String = "key-1") throws -> Order {
            try order(.placeOrder(intent(quote(sku, quantity), key: key)))
        }

        func refusal(_ query: ShopQuery) -> Refusal? {
            if case .failure(.refused(let refusal)) = ask(query) { refusal } else { nil }
        }
    }

    private func francs(_ amount: Int64) -> Money? { Money(amount: amount, exponent: 2, currency: "CHF") }

    @Test func theQuoteSaysThatThePageAddsToIt() throws {
        let visit = try Visit()
        let quote = try visit.quote("9001", 2)
        #expect(quote.isGoodsOnly && quote.total == francs(29_000) && quote.subtotal == francs(29_000))
        #expect(quote.lines.map(\.title) == ["Paper Moon lamp (Sand, S)"])
        #expect(quote.lines[0].unitPrice == francs(14_500) && quote.lines[0].product == "7001")
        #expect(quote.expiresAt == visit.now + .seconds(300))
        #expect(visit.shop.log == ["cartCreate"])
        visit.shop.change { rules, _ in rules.discount = 10 }
        let less = try visit.quote("9010", 3)
        #expect(less.lines.map(\.title) == ["Brass hook"])
        #expect(less.discounts.map(\.amount.decimalString) == ["-2.397"] && less.total.decimalString == "21.573")
        #expect(Set([less.subtotal, less.lines[0].unitPrice, less.shipping.amount, less.total].map(\.exponent)) == [3])
    }

    private static var delivering: StandInShopify.Rules {
        var rules = StandInShopify.Rules()
        rules.deliveries = [
            ShopifyDelivery("express", "Express", price: 19_500), ShopifyDelivery("post", "Post", price: 7_000),
            ShopifyDelivery("desk", "At the shop", price: 0, kind: "PICK_UP"),
        ]
        return rules
    }

    /// The shop's estimates: none of them is part of the total, and its page opens with the one that is chosen.
    @Test func deliveriesAreEstimatesUntilThePage() throws {
        let visit = try Visit(Self.delivering, country: "CH")
        let quote = try visit.quote("9001")
        let shipment = try #require(quote.shipments.first)
        #expect(quote.isGoodsOnly && quote.total == francs(14_500) && quote.shipments.count == 1)
        #expect(shipment.chosen == "post" && shipment.deliveries.map(\.isPickup) == [false, false, true])
        #expect(
            shipment.chosenDelivery
                == Delivery(id: "post", label: "Post", price: francs(700), time: "estimate"))
        #expect(visit.shop.log == ["cartCreate", "cartSelectedDeliveryOptionsUpdate"])
        let faster = try visit.quote("9001", by: [shipment.id: "express"])
        #expect(faster.shipments.first?.chosen == "express" && faster.total == quote.total)
        let order = try visit.order(.placeOrder(visit.intent(faster)))
        #expect(order.isHandedOver && order.total == quote.total)
    }

    @Test func withoutAPlaceThereAreNoDeliveries() throws {
        let visit = try Visit(Self.delivering)
        #expect(try visit.quote("9001").shipments.isEmpty)
        var whole = Self.delivering
        whole.needsWholeAddress = true
        let other = try Visit(whole, country: "CH")
        #expect(try other.quote("9001").shipments.isEmpty)
        #expect(other.shop.log == ["cartCreate", "cartCreate"])
        #expect(other.shop.bodies.allSatisfy { !$0.contains("address1") })
    }

    @Test func itIsHandedOverAndNothingIsBought() throws {
        let visit = try Visit()
        let quote = try visit.quote("9001", 2)
        let intent = visit.intent(quote)
        let order = try visit.order(.placeOrder(intent))
        #expect(order.isHandedOver && order.status == .unpaid && order.bill == nil && order.canCancel)
        #expect(order.total == quote.total && order.key == "key-1" && order.lines == quote.lines)
        let page = try #require(order.paymentPage)
        #expect(page.address.string.hasPrefix("http://127.0.0.1/cart/c/") && page.expiresAt == nil)
        // The basket is made once, and looked at once.
        #expect(visit.shop.log == ["cartCreate", "cart"] && visit.shop.inCarts == 2)
        #expect(try visit.order(.traceOrder(intent)) == order)
        #expect(try visit.ask(.orders(cursor: nil)).get() == .orders([order], nextCursor: nil))
        #expect(visit.shop.log.count == 2)
        // The same figures are handed over once.
        #expect(visit.refusal(.placeOrder(visit.intent(quote, key: "key-2")))?.code == "quote_expired")
        #expect(try visit.ask(.traceOrder(visit.intent(quote, key: "key-2"))).get() == .noSuchOrder)
    }

    /// What opens the basket is in no name that is shown.
    @Test func theBasketsNameIsASecret() throws {
        let visit = try Visit()
        let quote = try visit.quote("9001")
        let order = try visit.order(.placeOrder(visit.intent(quote)))
        let name = try #require(visit.shop.cartNames.first)
        let secrets = name.dropFirst("gid://shopify/Cart/".count).split(separator: "?key=").map(String.init)
        #expect(secrets.count == 2)
        for secret in secrets {
            #expect(!quote.id.rawValue.contains(secret) && !order.id.rawValue.contains(secret))
        }
        #expect(order.id.rawValue.hasPrefix("cart-"))
    }

    /// However it has gone: the shop does not say which.
    @Test(arguments: [true, false])
    func aBasketThatIsGoneWasBoughtOrHasExpired(_ isBought: Bool) throws {
        let visit = try Visit()
        let order = try visit.handOver()
        visit.wait(.seconds(30))
        #expect(try visit.order(.order(order.id)).status == .unpaid)
        if isBought { visit.shop.checkOutAll() } else { visit.shop.expireAll() }
        visit.wait(.seconds(5))
        // It is not asked for more often than every ten seconds, however often somebody looks.
        let asked = visit.shop.log.count
        #expect(try visit.order(.order(order.id)).status == .unpaid)
        #expect(visit.shop.log.count == asked)
        visit.wait(.seconds(5))
        let gone = try visit.order(.order(order.id))
        #expect(gone.status == .gone && gone.paymentPage == nil && !gone.canCancel)
        #expect(gone.course.history.map(\.status) == [.unpaid, .gone])
        // What is over is not asked about again.
        visit.wait(.seconds(3600))
        let last = visit.shop.log.count
        #expect(try visit.ask(.orders(cursor: nil)).get() == .orders([gone], nextCursor: nil))
        #expect(visit.shop.log.count == last)
    }

    /// Somebody who leaves the program open asks less and less.
    @Test func aBasketThatIsLeftAloneIsAskedForMoreSeldom() throws {
        let visit = try Visit()
        let order = try visit.handOver()
        let start = visit.shop.log.count
        for _ in 0..<2880 {
            visit.wait(.seconds(30))
            _ = try visit.order(.order(order.id))
        }
        let asked = visit.shop.log.count - start
        #expect((250...330).contains(asked), "\(asked) in a day")
    }

    @Test func aListAsksForAFewAtATime() throws {
        let visit = try Visit()
        for number in 1...5 { _ = try visit.handOver(key: "key-\(number)") }
        let before = visit.shop.log.count
        visit.wait(.seconds(61))
        visit.shop.expireAll()
        guard case .orders(let first, _) = try visit.ask(.orders(cursor: nil)).get(),
            case .orders(let second, _) = try visit.ask(.orders(cursor: nil)).get()
        else { return }
        #expect(visit.shop.log.count == before + 5)
        #expect(first.filter { $0.status == .gone }.count == 3 && second.allSatisfy { $0.status == .gone })
    }

    @Test func whatIsNotWantedIsTakenOutOfTheBasket() throws {
        let visit = try Visit()
        let order = try visit.handOver()
        let let_go = try visit.order(.cancelOrder(order.id))
        #expect(let_go.status == .cancelled && let_go.paymentPage == nil)
        #expect(visit.shop.inCarts == 0 && visit.shop.log.suffix(2) == ["cart", "cartLinesRemove"])
        #expect(visit.refusal(.cancelOrder(order.id))?.code == "not_open")
        // One that was bought meanwhile is not called cancelled.
        let other = try visit.handOver("9003", key: "key-2")
        visit.shop.checkOutAll()
        #expect(visit.refusal(.cancelOrder(other.id))?.message.string.contains("bought, or") == true)
        #expect(try visit.order(.order(other.id)).status == .gone)
    }

    @Test func whatThereIsNotIsRefused() throws {
        let visit = try Visit()
        #expect(visit.refusal(.quote("9002", quantity: 1, show: nil))?.stock == 0)
        #expect(visit.refusal(.quote("9001", quantity: 5, show: nil))?.stock == 4)
        for isGerman in [false, true] {
            visit.shop.change { rules, _ in rules.isGerman = isGerman }
            let limited = visit.refusal(.quote("9020", quantity: 3, show: nil))
            #expect(limited?.code == "MAXIMUM_EXCEEDED")
            #expect(limited?.message.string.hasSuffix(isGerman ? "Höchstens 2." : "At most 2.") == true)
            #expect(visit.refusal(.quote("1", quantity: 1, show: nil))?.code == "INVALID")
        }
        #expect(visit.ask(.quote("x", quantity: 1, show: nil)) == .failure(.notFound))
        #expect(visit.shop.inCarts == 4)
    }

    @Test func whatCostsMoreIsShownAgainFirst() throws {
        let visit = try Visit()
        let quote = try visit.quote("9001")
        visit.shop.change { _, goods in goods[0].forms[0].price = 150_000 }
        let refusal = try #require(visit.refusal(.placeOrder(visit.intent(quote))))
        #expect(refusal.code == "price_changed" && refusal.quote?.total == francs(15_000))
        let offered = try #require(refusal.quote)
        #expect(offered.id != quote.id)
        #expect(try visit.order(.placeOrder(visit.intent(offered, key: "key-2"))).total == francs(15_000))
        // What costs less is no reason to ask.
        let other = try visit.quote("9001")
        visit.shop.change { _, goods in goods[0].forms[0].price = 100_000 }
        #expect(try visit.order(.placeOrder(visit.intent(other, key: "key-3"))).total == francs(10_000))
        // A total that has run out, and a basket that has gone.
        let late = try visit.quote("9003")
        visit.wait(.seconds(301))
        #expect(visit.refusal(.placeOrder(visit.intent(late, key: "key-4")))?.code == "quote_expired")
        let forgotten = try visit.quote("9003")
        visit.shop.expireAll()
        #expect(visit.refusal(.placeOrder(visit.intent(forgotten, key: "key-5")))?.code == "quote_expired")
    }

    /// Nothing is bought by handing over, so a reply that is lost on the way there leaves nothing to be found out.
    @Test func aLostReplyIsACertainNo() throws {
        let visit = try Visit()
        let quote = try visit.quote("9001")
        visit.shop.arm(.loseReply, at: "cart")
        #expect(
            visit.ask(.placeOrder(visit.intent(quote)))
                == .failure(.unreachable("the server did not answer in time", mayHaveArrived: false)))
        #expect(try visit.ask(.traceOrder(visit.intent(quote))).get() == .noSuchOrder)
        visit.shop.arm(.status(503, ""), at: "cart")
        #expect(
            visit.ask(.placeOrder(visit.intent(quote)))
                == .failure(.notSent("the shop is busy; try again in a moment")))
        #expect(try visit.order(.placeOrder(visit.intent(quote))).status == .unpaid)
    }

    @Test func aPageThatNobodyShouldPayOnIsNotShown() throws {
        var rules = StandInShopify.Rules()
        rules.address = "http://pay.example"
        let visit = try Visit(rules)
        #expect(visit.refusal(.placeOrder(visit.intent(try visit.quote("9001"))))?.code == "no_page")
    }

    @Test func itCostsWhatItCostsWhereTheShopperIs() throws {
        let visit = try Visit(country: "us")
        let quote = try visit.quote("9010")
        #expect(quote.total.displayString == "USD 8.789")
        let order = try visit.order(.placeOrder(visit.intent(quote)))
        #expect(order.total == quote.total)
        guard case .product(let hook) = try visit.ask(.product("7002")).get() else { return }
        #expect(hook.variants.first?.price == quote.total)
    }

    /// The page makes the basket, so nothing can be asked of it; after a day it is taken for over.
    @Test func aShopWithoutTheAPIIsHandedOverByAPlainAddress() throws {
        var rules = StandInShopify.Rules()
        rules.standing = .withoutAPI
        let visit = try Visit(rules)
        let quote = try visit.quote("9010", 3)
        #expect(quote.isGoodsOnly && quote.total == francs(2397))
        #expect(visit.refusal(.quote("9002", quantity: 1, show: nil))?.stock == 0)
        let order = try visit.order(.placeOrder(visit.intent(quote)))
        #expect(order.checkoutURL == "https://shop.example/cart/9010:3")
        let asked = visit.shop.log.count
        visit.wait(.seconds(3600))
        #expect(try visit.order(.order(order.id)).status == .unpaid)
        visit.wait(.seconds(86_400))
        #expect(try visit.order(.order(order.id)).status == .gone)
        #expect(visit.shop.log.count == asked)
        let other = try visit.handOver("9010", key: "key-2")
        #expect(try visit.order(.cancelOrder(other.id)).status == .cancelled)
    }

    /// A condition that a cache understands says something else with a POST.
    @Test func nothingIsAskedOnACondition() throws {
        var rules = StandInShopify.Rules()
        rules.hasTags = true
        let visit = try Visit(rules)
        for _ in 1...2 {
            guard case .success(.product) = visit.ask(.product("7001")) else {
                Issue.record("it was not answered")
                return
            }
        }
        #expect(visit.shop.log == ["product", "product"])
    }
}
