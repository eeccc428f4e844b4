import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import Synchronization
import Testing
import Text
import WooStandIn

@testable import ShopAccess

/// A purchase at a WooCommerce shop, by the steps that the program carries out, against a shop that behaves as both
/// versions do.
@Suite struct WooCommerceTests {
    typealias Visit = WooShopper

    static let versions = [StandInShop.Rules(isOld: true), StandInShop.Rules(isOld: false)]

    private func dollars(_ amount: Int64) -> Money? { Money(amount: amount, exponent: 2, currency: "USD") }

    @Test(arguments: versions)
    func isBoughtOnce(_ rules: StandInShop.Rules) throws {
        let visit = Visit(rules)
        let quote = try visit.quote("41", 2)
        #expect(quote.lines.first?.title == "Tea bowl (S)")
        #expect(quote.total == dollars(24_500))
        #expect(quote.shipping == Charge(label: "Flat rate", amount: try #require(dollars(500))))
        #expect(quote.address?.label == "1 Main Street, 94607 Oakland CA")
        let intent = visit.intent(quote)
        guard case .order(let order) = try visit.ask(.placeOrder(intent)).get() else { return }
        #expect(order.total == quote.total)
        #expect(order.key == intent.key)
        #expect(order.status == .awaitingShipment)
        #expect(visit.shop.orders.map(\.total) == [24_500])
        #expect(visit.shop.stock(of: 41) == 2)
        #expect(try visit.ask(.orders(cursor: nil)).get() == .orders([order], nextCursor: nil))
        #expect(try visit.ask(.traceOrder(intent)).get() == .order(order))
        // The same basket buys nothing more.
        #expect(try visit.refusal(.placeOrder(visit.intent(quote, key: "key-2")))?.code == "quote_expired")
        #expect(visit.shop.orders.count == 1)
    }

    @Test func itsStatusIsFollowedWhereTheShopTellsIt() throws {
        for rules in Self.versions {
            let visit = Visit(rules)
            guard case .order(let order) = try visit.ask(.placeOrder(visit.intent(visit.quote("31")))).get() else {
                return
            }
            visit.shop.setStatus("completed", of: try #require(Int(order.id.rawValue)))
            visit.wait(.seconds(90))
            guard case .order(let later) = try visit.ask(.order(order.id)).get(),
                case .orders(let listed, _) = try visit.ask(.orders(cursor: nil)).get()
            else { return }
            #expect(later.status == (rules.isOld ? .awaitingShipment : .completed))
            #expect(listed == [later])
        }
    }

    @Test(arguments: versions)
    func aLostReplyIsFound(_ rules: StandInShop.Rules) throws {
        for drafts in [true, false] {
            var rules = rules
            rules.drafts = drafts
            let visit = Visit(rules)
            let intent = visit.intent(try visit.quote("31"))
            visit.shop.arm(.loseReply, at: "POST /checkout")
            guard case .failure(.unreachable(_, mayHaveArrived: true)) = try visit.ask(.placeOrder(intent)) else {
                Issue.record("the reply was not lost")
                return
            }
            guard case .order(let order) = try visit.ask(.traceOrder(intent)).get() else {
                Issue.record("it was not found")
                return
            }
            #expect(order.total == intent.maximumTotal)
            #expect(order.status == .awaitingShipment)
            if drafts { #expect(order.id.rawValue == String(visit.shop.orders[0].id)) }
            #expect(visit.shop.orders.count == 1)
        }
    }

    @Test(arguments: versions)
    func whatNeverArrivedBuysNothingLater(_ rules: StandInShop.Rules) throws {
        let visit = Visit(rules)
        let intent = visit.intent(try visit.quote("31"))
        visit.shop.arm(.loseRequest, at: "POST /checkout")
        _ = try visit.ask(.placeOrder(intent))
        // It may still be on its way, and would be a purchase.
        #expect(try isUnknown(visit.ask(.traceOrder(intent))))
        #expect(!visit.shop.log.contains("POST /cart/remove-item"))
        visit.wait(.seconds(301))
        #expect(try visit.ask(.traceOrder(intent)).get() == .noSuchOrder)
        visit.shop.deliverLate()
        #expect(visit.shop.orders.isEmpty)
        #expect(try visit.ask(.traceOrder(intent)).get() == .noSuchOrder)
    }

    private func isUnknown(_ result: Result<ShopAnswer, ShopFailure>) -> Bool {
        if case .failure(.notUnderstood) = result { true } else { false }
    }

    /// The total is agreed to in its last seconds, and the shop is slow: that the quote has ended does not end the checkout.
    @Test(arguments: versions)
    func aCheckoutThatMayBeAtWorkIsWaitedFor(_ rules: StandInShop.Rules) throws {
        let visit = Visit(rules)
        let intent = visit.intent(try visit.quote("31"))
        visit.wait(.seconds(295))
        visit.shop.arm(.loseRequest, at: "POST /checkout")
        _ = try visit.ask(.placeOrder(intent))
        for _ in 0..<9 {
            visit.wait(.seconds(30))
            #expect(try isUnknown(visit.ask(.traceOrder(intent))))
        }
        #expect(!visit.shop.log.contains("POST /cart/remove-item"))
        visit.shop.deliverLate()
        guard case .order = try visit.ask(.traceOrder(intent)).get() else {
            Issue.record("it was not found")
            return
        }
        #expect(visit.shop.orders.count == 1)
    }

    /// Something throws after the order was made, a mail that cannot be sent: the basket is full, and it is bought.
    @Test(
        arguments: versions,
        [
            (500, "{\"code\":\"internal_server_error\",\"message\":\"There has been a critical error.\"}"),
            (502, "<html>Bad Gateway"),
            (400, "{\"code\":\"woocommerce_rest_checkout_process_payment_error\",\"message\":\"No mail.\"}"),
        ])
    func whatBreaksOffIsNoNo(_ rules: StandInShop.Rules, _ reply: (Int, String)) throws {
        for drafts in [true, false] {
            var rules = rules
            rules.drafts = drafts
            let visit = Visit(rules)
            let intent = visit.intent(try visit.quote("31"))
            visit.shop.arm(.breakOff(reply.0, reply.1), at: "POST /checkout")
            if case .failure(.refused) = try visit.ask(.placeOrder(intent)) { Issue.record("taken for a no") }
            visit.wait(.seconds(900))
            let found = try visit.ask(.traceOrder(intent))
            if drafts {
                guard case .order(let order) = try found.get() else { return }
                #expect(order.total == intent.maximumTotal && order.status == .awaitingShipment)
                #expect(order.id.rawValue == String(visit.shop.orders[0].id))
            } else {
                // Such a shop leaves nothing that tells.
                #expect(isUnknown(found) && !visit.shop.log.contains("POST /cart/remove-item"))
            }
            #expect(visit.shop.orders.count == 1)
        }
    }

    @Test(arguments: versions)
    func whatArrivesLateIsFound(_ rules: StandInShop.Rules) throws {
        let visit = Visit(rules)
        let intent = visit.intent(try visit.quote("31"))
        visit.shop.arm(.loseRequest, at: "POST /checkout")
        _ = try visit.ask(.placeOrder(intent))
        visit.shop.deliverLate()
        visit.wait(.seconds(301))
        guard case .order = try visit.ask(.traceOrder(intent)).get() else {
            Issue.record("it was not found")
            return
        }
        #expect(visit.shop.orders.count == 1)
    }

    @Test(arguments: versions)
    func beforeTheCheckoutNothingIsBought(_ rules: StandInShop.Rules) throws {
        for request in ["GET /cart", "GET /checkout"] {
            let visit = Visit(rules)
            let intent = visit.intent(try visit.quote("31"))
            visit.shop.arm(.loseReply, at: request)
            switch try visit.ask(.placeOrder(intent)) {
            case .failure(.unreachable(_, mayHaveArrived: false)), .failure(.notSent): break
            case let other: Issue.record("\(request): \(other)")
            }
            #expect(visit.shop.orders.isEmpty)
            #expect(try visit.ask(.traceOrder(intent)).get() == .noSuchOrder)
        }
    }

    @Test(arguments: versions)
    func aPriceThatRoseIsAskedAboutAgain(_ rules: StandInShop.Rules) throws {
        let visit = Visit(rules)
        let intent = visit.intent(try visit.quote("31"))
        visit.shop.change { rules, _ in rules.shipping = 900 }
        let refusal = try visit.refusal(.placeOrder(intent))
        let offered = try #require(refusal?.quote)
        #expect(offered.total == dollars(2700))
        #expect(visit.shop.orders.isEmpty)
        guard case .order(let order) = try visit.ask(.placeOrder(visit.intent(offered, key: "key-2"))).get() else {
            return
        }
        #expect(order.total == offered.total)
        #expect(visit.shop.orders.map(\.total) == [2700])
    }

    /// In the moment of buying, after the total was compared: the shop cannot be told a maximum. What it took is said.
    @Test(arguments: versions)
    func aPriceThatRisesInThatMomentIsNotHidden(_ rules: StandInShop.Rules) throws {
        let visit = Visit(rules)
        let intent = visit.intent(try visit.quote("31"))
        visit.shop.arm(.raiseShipping(to: 900), at: "GET /cart")
        guard case .order(let order) = try visit.ask(.placeOrder(intent)).get() else {
            Issue.record("not bought")
            return
        }
        #expect(visit.shop.orders.map(\.total) == [2700])
        // Before 8.2 no shop shows what an order came to.
        #expect(order.total == (rules.isOld ? intent.maximumTotal : dollars(2700)))
        #expect(visit.shop.log.suffix(3).prefix(2) == ["GET /cart", "POST /checkout"])
    }

    /// A shop that can be told a maximum is told it, and asks again.
    @Test func aShopThatTakesAMaximumKeepsToIt() throws {
        var rules = StandInShop.Rules()
        rules.takesMaximum = true
        let visit = Visit(rules)
        let intent = visit.intent(try visit.quote("31"))
        visit.shop.arm(.raiseShipping(to: 900), at: "GET /cart")
        let refusal = try visit.refusal(.placeOrder(intent))
        #expect(refusal?.code == "price_changed" && refusal?.quote?.total == dollars(2700))
        #expect(visit.shop.orders.isEmpty)
        let offered = try #require(refusal?.quote)
        guard case .order(let order) = try visit.ask(.placeOrder(visit.intent(offered, key: "key-2"))).get() else {
            return
        }
        #expect(order.total == offered.total && visit.shop.orders.count == 1)
    }

    @Test(arguments: versions)
    func whatIsSoldOutIsSaidAsThat(_ rules: StandInShop.Rules) throws {
        let visit = Visit(rules)
        #expect(try visit.refusal(.quote("42", quantity: 1, show: nil))?.stock == 0)
        let tooMany = try visit.refusal(.quote("31", quantity: 6, show: nil))
        #expect(tooMany?.stock == 5)
        #expect(tooMany?.message.string.contains("\"Wool scarf\"") == true)
        #expect(try visit.refusal(.quote("999", quantity: 1, show: nil)) != nil)
        let intent = visit.intent(try visit.quote("31", 2))
        visit.shop.change { _, goods in goods[0].stock = 0 }
        #expect(try visit.refusal(.placeOrder(intent))?.stock == 0)
        #expect(visit.shop.orders.isEmpty)
    }

    @Test(arguments: versions)
    func whatIsOpenInAVariationIsChosen(_ rules: StandInShop.Rules) throws {
        let visit = Visit(rules)
        let quote = try visit.quote("51?Handle=Long")
        #expect(quote.lines.first?.title == "Tote bag (Blue, Long)")
        #expect(try visit.refusal(.quote("51", quantity: 1, show: nil))?.code == "woocommerce_rest_missing_attributes")
    }

    @Test func anAddressIsNeeded() throws {
        let nobody = Visit(StandInShop.Rules(), contact: nil)
        #expect(try nobody.refusal(.quote("31", quantity: 1, show: nil))?.code == Refusal.addressNeeded)
        #expect(nobody.shop.log.isEmpty)
        var wrong = WooShopper.ana
        _ = wrong.set(.state, "California")
        let visit = Visit(StandInShop.Rules(), contact: wrong)
        let refusal = try visit.refusal(.quote("31", quantity: 1, show: nil))
        #expect(refusal?.code == Refusal.addressNeeded)
        #expect(
            refusal?.message
                == "The shop does not take your state or region code: The provided state is not valid.")
        var far = WooShopper.ana
        _ = far.set(.country, "NZ")
        #expect(
            try Visit(StandInShop.Rules(), contact: far).refusal(.quote("31", quantity: 1, show: nil))?.code
                == "no_shipping")
    }

    @Test func isSentRatherThanFetched() throws {
        var rules = StandInShop.Rules()
        rules.hasPickup = true
        let quote = try Visit(rules).quote("31")
        #expect(quote.shipping.label == "Flat rate")
        #expect(quote.total == dollars(2300))
        #expect(try Visit(rules).quote("61").total == dollars(700))
    }

    @Test func taxStandsBesideThePrices() throws {
        var rules = StandInShop.Rules()
        rules.tax = 10
        let quote = try Visit(rules).quote("31")
        #expect(quote.tax.amount == dollars(230))
        #expect(!quote.taxIncluded)
        #expect(quote.total == dollars(2530))
    }

    @Test func waysToPay() throws {
        var rules = StandInShop.Rules()
        rules.methods = ["stripe_cc", "cod", "bacs"]
        let visit = Visit(rules)
        guard case .paymentMethods(let methods) = try visit.ask(.paymentMethods).get() else { return }
        #expect(methods.map(\.id) == ["cod", "bacs", "stripe_cc"])
        #expect(methods.map(\.kind) == [.later, .transfer, .handover])
        guard case .order(let order) = try visit.ask(.placeOrder(visit.intent(visit.quote("41"), method: "bacs"))).get()
        else { return }
        #expect(order.status == .onHold)
        #expect(visit.shop.orders.count == 1)
    }

    /// The shop makes another number of one that it does not sell: nothing is bought by that, and the rule is said.
    @Test(arguments: versions)
    func aNumberThatIsNotSoldIsRefusedByItsRule(_ rules: StandInShop.Rules) throws {
        let visit = Visit(rules)
        visit.shop.change { _, goods in
            for index in goods.indices where goods[index].id == 32 {
                (goods[index].minimum, goods[index].multiple) = (6, 6)
            }
            for index in goods.indices where goods[index].id == 61 { goods[index].isSoldSingly = true }
        }
        let refusal = try visit.refusal(.quote("32", quantity: 8, show: nil))
        #expect(refusal?.message == "The shop sells it in steps of 6; 8 would become 6.")
        #expect(refusal?.quantities == QuantityRule(minimum: 6, step: 6))
        let single = try visit.refusal(.quote("61", quantity: 2, show: nil))
        #expect(single?.message == "The shop sells it only one to an order; 2 would become 1.")
        #expect(single?.quantities == QuantityRule(maximum: 1))
        let quote = try visit.quote("32", 12)
        #expect(quote.lines[0].quantity == 12 && quote.subtotal.decimalString == "54.00")
        guard case .order = try visit.ask(.placeOrder(visit.intent(quote))).get() else { return }
        #expect(visit.shop.orders.count == 1)
    }

    /// What an empty basket can be paid with is not what every basket can.
    @Test func aQuoteSaysWhatItCanBePaidWith() throws {
        var rules = StandInShop.Rules()
        rules.cashNeedsParcel = true
        let visit = Visit(rules)
        guard case .paymentMethods(let methods) = try visit.ask(.paymentMethods).get() else { return }
        #expect(methods.map(\.id) == ["bacs", "cheque"])
        #expect(try visit.quote("31").paymentMethods?.map(\.id) == ["bacs", "cheque", "cod"])
        #expect(try visit.quote("61").paymentMethods?.map(\.id) == ["bacs", "cheque"])
        visit.shop.change { rules, _ in rules.methods = [] }
        #expect(try visit.refusal(.quote("31", quantity: 1, show: nil))?.code == "no_payment")
    }

    /// Where pages have no addresses in words, the shop says which its checkout is, or the front page has to do.
    @Test(arguments: [(true, "/?page_id=8&add-to-cart=41&quantity=2"), (false, "/?add-to-cart=41&quantity=2")])
    func aCheckoutWithoutWordsIsFound(_ hasPages: Bool, _ page: String) throws {
        var rules = StandInShop.Rules()
        (rules.address, rules.folder, rules.permalinks) = ("https://shop.example", "/tea", .plain)
        rules.methods = ["stripe_cc"]
        let home = "https://shop.example/tea"
        let visit = Visit(rules, home: home, api: home + "/index.php?rest_route=/")
        if !hasPages { visit.shop.arm(.status(404, "Not Found"), at: "GET /wp-json/wp/v2/pages") }
        let intent = visit.intent(try visit.quote("41", 2), method: "stripe_cc")
        guard case .order(let order) = try visit.ask(.placeOrder(intent)).get() else { return }
        #expect(order.checkoutURL == home + page && order.paymentPage != nil)
    }

    /// A purchase has no other way in a folder, without pretty permalinks.
    @Test(arguments: versions)
    func isBoughtFromInAFolder(_ rules: StandInShop.Rules) throws {
        var rules = rules
        (rules.folder, rules.permalinks) = ("/tea", .plain)
        let home = "https://shop.example/tea"
        let visit = Visit(rules, home: home, api: home + "/?rest_route=/")
        let intent = visit.intent(try visit.quote("41"))
        guard case .order(let order) = try visit.ask(.placeOrder(intent)).get() else { return }
        #expect(try visit.ask(.traceOrder(intent)).get() == .order(order))
        #expect(visit.shop.orders.map(\.total) == [12_500])
        guard case .orders(let orders, _) = try visit.ask(.orders(cursor: nil)).get() else { return }
        #expect(orders.map(\.id) == [order.id])
    }

    /// What a browser pays for begins and ends in the browser; here is the way there, and that is said of it.
    @Test(arguments: versions)
    func whatAPageHasToTakeIsHandedOver(_ rules: StandInShop.Rules) throws {
        var rules = rules
        rules.methods = ["stripe_cc", "cod"]
        let visit = Visit(rules)
        let quote = try visit.quote("41", 2)
        let intent = visit.intent(quote, method: "stripe_cc")
        guard case .order(let order) = try visit.ask(.placeOrder(intent)).get() else { return }
        #expect(order.isHandedOver && order.status == .unpaid && order.total == quote.total)
        #expect(order.checkoutURL == "https://shop.example/checkout/?add-to-cart=41&quantity=2")
        #expect(order.paymentPage != nil && visit.shop.orders.isEmpty)
        #expect(!visit.shop.log.contains { $0.hasSuffix("/checkout") })
        #expect(try visit.ask(.traceOrder(intent)).get() == .order(order))
        visit.wait(.seconds(60))
        guard case .order(let other) = try visit.ask(.placeOrder(visit.intent(visit.quote("31"), key: "key-2"))).get()
        else { return }
        #expect(try visit.ask(.orders(cursor: nil)).get() == .orders([other, order], nextCursor: nil))
        #expect(try visit.ask(.order(order.id)).get() == .order(order))
        // Nothing can be asked of it: after a day it is taken for over.
        visit.wait(.seconds(86_400))
        guard case .order(let gone) = try visit.ask(.order(order.id)).get() else { return }
        #expect(gone.status == .gone && gone.course.history.map(\.status) == [.unpaid, .gone])
        #expect(try visit.refusal(.cancelOrder(order.id))?.code == "not_open")
        #expect(try visit.ask(.cancelOrder(other.id)) == .failure(.notSent("this shop takes that by e-mail only")))
    }

    @Test func whatIsHandedOverCanBeLetGo() throws {
        var rules = StandInShop.Rules()
        rules.methods = ["stripe_cc"]
        let visit = Visit(rules)
        guard
            case .order(let order) = try visit.ask(.placeOrder(visit.intent(visit.quote("31"), method: "stripe_cc")))
                .get(),
            case .order(let gone) = try visit.ask(.cancelOrder(order.id)).get()
        else { return }
        #expect(order.canCancel && gone.status == .cancelled && !gone.canCancel)
        guard case .order(let known) = try visit.ask(.order(order.id)).get() else { return }
        #expect(known.id == gone.id && known.status == .cancelled && known.course == gone.course)
    }

    @Test func aProxysPageIsNoNo() throws {
        let visit = Visit(StandInShop.Rules())
        let intent = visit.intent(try visit.quote("31"))
        visit.shop.arm(.status(403, "<html>blocked"), at: "POST /checkout")
        guard case .failure(.notUnderstood) = try visit.ask(.placeOrder(intent)) else {
            Issue.record("it was taken for a no")
            return
        }
    }

    @Test func oldBasketsAreForgotten() throws {
        let visit = Visit(StandInShop.Rules())
        for _ in 0..<12 {
            _ = try visit.quote("31")
            visit.wait(.seconds(1))
        }
        #expect(try visit.memory.recallAll("basket/").count == 8)
    }

    @Test func contactDetailsAreKeptAsATokenAndSaidNowhere() throws {
        let token = WooShopper.ana.token
        #expect(ContactDetails(token: token) == WooShopper.ana)
        #expect(ContactDetails(token: ContactDetails().token) == ContactDetails())
        #expect(ContactDetails(token: "%%%") == nil)
        #expect(
            token.utf8.allSatisfy {
                "-_".utf8.contains($0) || Character(Unicode.Scalar($0)).isLetter
                    || Character(Unicode.Scalar($0)).isNumber
            })
        #expect("\(WooShopper.ana)" == "ContactDetails")
        #expect(!String(reflecting: WooShopper.ana).contains("Ana"))
    }
}
