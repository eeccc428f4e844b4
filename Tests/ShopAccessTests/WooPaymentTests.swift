import Domain
import HTTPTransport
import Providers
import ShopAccess
import Testing
import Text
import WooStandIn

/// Money that a WooCommerce shop did not get, waits for, or pays back.
@Suite struct WooPaymentTests {
    private typealias Visit = WooCommerceTests.Visit

    static let versions = WooCommerceTests.versions
    private static let words = "Cash on delivery is not possible for this address."

    private func order(_ visit: Visit, _ query: ShopQuery) throws -> Order? {
        if case .order(let order) = try visit.ask(query).get() { order } else { nil }
    }

    private static let refusals = [
        StandInShop.PaymentRefusal(words), .init(words, orderStatus: "failed"), .init(words, isResult: true),
    ]

    @Test(arguments: versions, [0, 1, 2])
    func aRefusedPaymentLeavesAnUnpaidOrder(_ rules: StandInShop.Rules, _ refusal: Int) throws {
        for drafts in [true, false] {
            var rules = rules
            (rules.refusing, rules.drafts) = (Self.refusals[refusal], drafts)
            let visit = Visit(rules)
            let intent = visit.intent(try visit.quote("31"))
            let unpaid = try #require(try order(visit, .placeOrder(intent)))
            #expect(unpaid.status == .unpaid && unpaid.declined == SafeText(Self.words))
            let made = try #require(visit.shop.orders.first)
            #expect(unpaid.id.rawValue == String(made.id) && visit.shop.orders.count == 1)
            #expect(
                unpaid.checkoutURL
                    == "https://shop.example/checkout/order-pay/\(made.id)/?pay_for_order=true&key=\(made.key)")
            #expect(unpaid.paymentPage != nil && unpaid.costsNothing)
            #expect(unpaid.course.history.map(\.status) == [.unpaid])
            #expect(try visit.ask(.traceOrder(intent)).get() == .order(unpaid))
            #expect(visit.shop.log.count { $0 == "POST /checkout" } == 1)
            // It is paid on the shop's page.
            visit.shop.setStatus("processing", of: made.id)
            visit.wait(.seconds(90))
            guard !rules.isOld else { continue }
            let paid = try #require(try order(visit, .order(unpaid.id)))
            #expect(paid.status == .awaitingShipment && paid.declined == nil && paid.paymentPage == nil)
        }
    }

    /// The money was taken, and only what came after it went wrong.
    @Test func whatWasPaidAllTheSameIsBought() throws {
        let visit = Visit(StandInShop.Rules())
        let intent = visit.intent(try visit.quote("31"))
        let reply = #"{"code":"woocommerce_rest_checkout_process_payment_error","message":"No mail."}"#
        visit.shop.arm(.breakOff(400, reply), at: "POST /checkout")
        let bought = try #require(try order(visit, .placeOrder(intent)))
        #expect(bought.status == .awaitingShipment && bought.declined == nil)
    }

    /// The reply with the refusal is lost: what became of it is found, and is no success.
    @Test(arguments: versions)
    func aLostRefusalIsFound(_ rules: StandInShop.Rules) throws {
        var rules = rules
        rules.refusing = Self.refusals[1]
        let visit = Visit(rules)
        let intent = visit.intent(try visit.quote("31"))
        visit.shop.arm(.loseReply, at: "POST /checkout")
        _ = try visit.ask(.placeOrder(intent))
        let found = try #require(try order(visit, .traceOrder(intent)))
        #expect(found.status == .unpaid && found.declined == "The payment failed at the shop.")
        #expect(found.paymentPage != nil)
    }

    @Test(arguments: versions, ["bacs", "cheque"])
    func aTransferSaysWhereItGoes(_ rules: StandInShop.Rules, _ method: String) throws {
        var rules = rules
        rules.address = "https://shop.example"
        let visit = Visit(rules)
        let intent = visit.intent(try visit.quote("31"), method: PaymentMethodID(method))
        let waiting = try #require(try order(visit, .placeOrder(intent)))
        let made = try #require(visit.shop.orders.first)
        #expect(waiting.awaitsTransfer && waiting.status == .onHold && waiting.payment?.kind == .transfer)
        let page = "https://shop.example/checkout/order-received/\(made.id)/?key=\(made.key)"
        #expect(waiting.paymentPage?.address == SafeText(page))
        guard !rules.isOld else { return }
        visit.shop.setStatus("processing", of: made.id)
        visit.wait(.seconds(90))
        let paid = try #require(try order(visit, .order(waiting.id)))
        #expect(paid.status == .awaitingShipment && paid.paymentPage == nil)
    }

    /// The page is known by the order's number and key where the reply was lost.
    @Test func aLostTransferSaysWhereItGoes() throws {
        let visit = Visit(StandInShop.Rules())
        let intent = visit.intent(try visit.quote("31"), method: "bacs")
        visit.shop.arm(.loseReply, at: "POST /checkout")
        _ = try visit.ask(.placeOrder(intent))
        let found = try #require(try order(visit, .traceOrder(intent)))
        let made = try #require(visit.shop.orders.first)
        #expect(
            found.paymentPage?.address
                == SafeText("https://shop.example/checkout/order-received/\(made.id)/?key=\(made.key)"))
    }

    @Test func aPlainSitesPagesAreFound() throws {
        var rules = StandInShop.Rules()
        (rules.address, rules.folder, rules.permalinks) = ("https://shop.example", "/tea", .plain)
        rules.refusing = Self.refusals[0]
        let home = "https://shop.example/tea"
        let visit = Visit(rules, home: home, api: home + "/index.php?rest_route=/")
        let unpaid = try #require(try order(visit, .placeOrder(visit.intent(visit.quote("31")))))
        let made = try #require(visit.shop.orders.first)
        #expect(
            unpaid.checkoutURL
                == home + "/?page_id=8&order-pay=\(made.id)&pay_for_order=true&key=\(made.key)")
    }

    // MARK: What an order came to

    /// Amounts come in hundredths, whatever unit stands beside them.
    @Test(arguments: [("JPY", 0), ("USD", 2), ("KWD", 3)])
    func anAmountInHundredthsIsUnderstood(_ currency: String, _ decimals: Int) throws {
        var rules = StandInShop.Rules()
        (rules.currency, rules.decimals, rules.tax) = (currency, decimals, 10)
        let visit = Visit(rules)
        let quote = try visit.quote("31")
        let bought = try #require(try order(visit, .placeOrder(visit.intent(quote))))
        #expect(bought.total == quote.total && !bought.isTotalInDoubt && bought.bill != nil)
    }

    @Test func aPriceThatRisesIsToldInItsUnit() throws {
        var rules = StandInShop.Rules()
        (rules.currency, rules.decimals) = ("JPY", 0)
        let visit = Visit(rules)
        let intent = visit.intent(try visit.quote("31"))
        visit.shop.arm(.raiseShipping(to: 900), at: "GET /cart")
        let bought = try #require(try order(visit, .placeOrder(intent)))
        #expect(bought.total == Money(amount: 2700, exponent: 0, currency: "JPY"))
        #expect(bought.measured(by: Agreement(intent)).differences == [.moreThanAgreed])
    }

    @Test func whatCannotBeReconciledIsSaid() throws {
        let visit = Visit(StandInShop.Rules())
        let intent = visit.intent(try visit.quote("31"))
        let bought = try #require(try order(visit, .placeOrder(intent)))
        visit.shop.change(try #require(visit.shop.orders.first?.id)) { $0.total = -100 }
        visit.wait(.seconds(90))
        let odd = try #require(try order(visit, .order(bought.id)))
        #expect(odd.total == intent.maximumTotal && odd.isTotalInDoubt)
        #expect(odd.measured(by: Agreement(intent)).differences == [.total])
    }

    @Test func anotherQuantityIsSaid() throws {
        let visit = Visit(StandInShop.Rules())
        let intent = visit.intent(try visit.quote("31"))
        let bought = try #require(try order(visit, .placeOrder(intent)))
        let number = try #require(visit.shop.orders.first?.id)
        visit.shop.setQuantity(2, of: number)
        visit.shop.change(number) { $0.total = 4100 }
        visit.wait(.seconds(90))
        let odd = try #require(try order(visit, .order(bought.id))).measured(by: Agreement(intent))
        #expect(odd.differences == [.moreThanAgreed, .otherQuantity])
    }

    // MARK: What changes after it was over

    @Test func whatWasCompletedIsPaidBack() throws {
        let visit = Visit(StandInShop.Rules())
        let bought = try #require(try order(visit, .placeOrder(visit.intent(visit.quote("31")))))
        let number = try #require(visit.shop.orders.first?.id)
        visit.shop.setStatus("completed", of: number)
        visit.wait(.seconds(90))
        #expect(try order(visit, .order(bought.id))?.status == .completed)
        visit.shop.refund(1000, of: number)
        visit.wait(.seconds(3600))
        guard case .orders(let listed, _) = try visit.ask(.orders(cursor: nil)).get() else { return }
        #expect(listed.first?.status == .completed)
        #expect(listed.first?.refunded == Money(amount: 1000, exponent: 2, currency: "USD"))
        visit.shop.refund(1300, of: number)
        visit.wait(.seconds(7200))
        #expect(try order(visit, .order(bought.id))?.status == .returned)
    }

    @Test func whatHadFailedGoesOn() throws {
        let visit = Visit(StandInShop.Rules())
        let bought = try #require(try order(visit, .placeOrder(visit.intent(visit.quote("31")))))
        let number = try #require(visit.shop.orders.first?.id)
        visit.shop.setStatus("cancelled", of: number)
        visit.wait(.seconds(90))
        #expect(try order(visit, .order(bought.id))?.status == .cancelled)
        visit.shop.setStatus("processing", of: number)
        visit.wait(.seconds(86_400))
        guard case .orders(let listed, _) = try visit.ask(.orders(cursor: nil)).get() else { return }
        #expect(listed.first?.status == .awaitingShipment)
    }

    /// In a list an order that is over is asked for the more seldom the longer it is; after 90 days not at all.
    @Test func asksLessAndLessOften() throws {
        let visit = Visit(StandInShop.Rules())
        let bought = try #require(try order(visit, .placeOrder(visit.intent(visit.quote("31")))))
        visit.shop.setStatus("completed", of: try #require(visit.shop.orders.first?.id))
        visit.wait(.seconds(90))
        _ = try visit.ask(.order(bought.id))
        func questions(_ hours: Int64, times: Int) throws -> Int {
            let before = visit.shop.log.count
            for _ in 0..<times {
                visit.wait(.seconds(hours * 3600))
                _ = try visit.ask(.orders(cursor: nil))
            }
            return visit.shop.log.count - before
        }
        #expect(try questions(1, times: 20) == 20)
        _ = try questions(24, times: 29)
        #expect((1...3).contains(try questions(1, times: 60)))
        _ = try questions(24, times: 60)
        #expect(try questions(1, times: 24) == 0)
    }

    // MARK: What is no certain no

    @Test(arguments: [401, 404, 408, 413])
    func whatStandsBetweenSaysNoNo(_ status: Int) throws {
        let visit = Visit(StandInShop.Rules())
        let intent = visit.intent(try visit.quote("31"))
        visit.shop.arm(.replaceReply(status, #"{"code":"rest_forbidden","message":"No."}"#), at: "POST /checkout")
        guard case .failure(.notUnderstood) = try visit.ask(.placeOrder(intent)) else {
            Issue.record("taken for a no")
            return
        }
        #expect(try order(visit, .traceOrder(intent))?.status == .awaitingShipment)
    }

    /// A full basket is no no where the shop may have died before it saved that it is empty.
    @Test(arguments: versions)
    func aCheckoutThatDiesIsNoNo(_ rules: StandInShop.Rules) throws {
        for drafts in [true, false] {
            var rules = rules
            rules.drafts = drafts
            let visit = Visit(rules)
            let intent = visit.intent(try visit.quote("31"))
            visit.shop.arm(.die, at: "POST /checkout")
            _ = try visit.ask(.placeOrder(intent))
            visit.wait(.seconds(900))
            let found = try visit.ask(.traceOrder(intent))
            #expect(visit.shop.orders.count == 1)
            switch found {
            case .success(.order): #expect(drafts)
            case .failure(.notUnderstood): #expect(!drafts)
            default: Issue.record("taken for a no: \(found)")
            }
        }
    }

    /// A shop that shows no orders tells no number, either.
    @Test func aBasketIsNoNumber() throws {
        var rules = StandInShop.Rules(isOld: true)
        rules.drafts = false
        let visit = Visit(rules)
        let intent = visit.intent(try visit.quote("31"))
        visit.shop.arm(.loseReply, at: "POST /checkout")
        _ = try visit.ask(.placeOrder(intent))
        #expect(try order(visit, .traceOrder(intent))?.hasNumber == false)
    }
}
