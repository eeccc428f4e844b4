import AppCore
import Domain
import Testing
import Text

@Suite("The buy pane: on its item, with figures that were looked at")
struct BuyPaneTests {
    private let now = Sample.now
    private let first = ShopQuery.quote("LAMP-SAND-S", quantity: 1, show: "lamps")

    /// Watches while the lamp is on air, with the hook coming up in ten seconds.
    private static var onAir: Rehearsal {
        var chronicle = Chronicle()
        chronicle.add(.highlight(["lamp"]), at: Sample.now - .seconds(60))
        chronicle.add(.highlight(["hook"]), at: Sample.now + .seconds(10))
        return .watching(chronicle)
    }

    /// The pane open, with its figures and ways to pay, and its figures looked at for long enough.
    static var ready: Rehearsal {
        let viewer = onAir
        viewer.press(.buy)
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card, Sample.hosted]))
        viewer.answer(.addresses, .addresses([Sample.home]))
        viewer.answer(
            .quote("LAMP-SAND-S", quantity: 1, show: "lamps"), .quote(Sample.quote("q1")))
        viewer.wait(BuyState.deliberation)
        return viewer
    }

    @Test func openingFlushesTypedKeysAndAsks() {
        let viewer = Self.onAir
        #expect(viewer.press(.buy) == [.flushInput, .ask(.paymentMethods), .ask(first)])
        #expect(viewer.state.context == .buy)
        #expect(viewer.state.buy?.sku == "LAMP-SAND-S")
    }

    // MARK: What is sold in certain numbers

    /// At the lamp on air, of which the small one is sold by threes, and the large one singly.
    private static var byThrees: Rehearsal {
        let viewer = onAir
        viewer.press(.buy)
        viewer.state.buy?.product.variants[0].quantities = QuantityRule(minimum: 2, step: 3)
        viewer.state.buy?.product.variants[1].quantities = QuantityRule(maximum: 1)
        return viewer
    }

    private func quantities(_ viewer: Rehearsal, _ intents: [UserIntent]) -> [Int?] {
        intents.map {
            viewer.press($0)
            return viewer.state.buy?.quantity
        }
    }

    @Test func theQuantityGoesFromTheFewestInSteps() {
        let viewer = Self.byThrees
        viewer.press(.down, .down)
        #expect(viewer.state.buy?.field == .quantity)
        // There are twelve of it.
        #expect(
            quantities(viewer, [.right, .right, .right, .right, .right, .left, .left, .left, .left]) == [
                3, 6, 9, 12, 12, 9, 6, 3, 3,
            ])
        viewer.press(.up)
        #expect(quantities(viewer, [.right]) == [1] && viewer.state.buy?.sku == "LAMP-SAND-L")
        viewer.press(.down)
        #expect(quantities(viewer, [.right, .right, .left]) == [1, 1, 1])
        viewer.press(.up)
        #expect(quantities(viewer, [.left]) == [3])
    }

    @Test func aPaneBeginsWithTheFewest() throws {
        var lamp = Sample.lamp
        lamp.variants[0].quantities = QuantityRule(minimum: 5, step: 4)
        let pane = BuyState(product: lamp, variant: lamp.variants[0], show: nil, now: now)
        #expect(pane.quantity == 8)
    }

    /// What the catalogue did not say the basket may: the rule is named, and the next step is one that the shop sells.
    @Test func aNumberThatTheShopDoesNotSellIsRefusedByItsRule() {
        let viewer = Self.onAir
        viewer.press(.buy)
        let rule = QuantityRule(step: 6)
        let refusal = Refusal(code: "quantity", message: "The shop sells it in steps of 6.", quantities: rule)
        #expect(viewer.fail(first, .refused(refusal)).isEmpty)
        #expect(viewer.state.buy?.quote == .failed("The shop sells it in steps of 6."))
        viewer.wait(BuyState.deliberation)
        viewer.press(.down, .down)
        #expect(viewer.press(.right).questions == [.quote("LAMP-SAND-S", quantity: 6, show: "lamps")])
        #expect(quantities(viewer, [.right, .right, .left]) == [12, 12, 6])
    }

    @Test func theWayThatWasPaidLastIsProposed() {
        let viewer = Self.onAir
        var order = Sample.order("o1", key: "k1")
        order.payment = Sample.hosted
        viewer.answer(.orders(cursor: nil), .orders([order], nextCursor: nil))
        viewer.press(.buy)
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card, Sample.hosted]))
        #expect(viewer.state.buy?.payment == Sample.hosted)
        viewer.press(.back, .buy)
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card]))
        #expect(viewer.state.buy?.payment == Sample.card)
    }

    @Test("Figures that say what they can be paid with are believed, whichever comes first", arguments: [true, false])
    func ownWays(_ listFirst: Bool) {
        let viewer = Self.onAir
        viewer.press(.buy)
        var quote = Sample.quote("q1")
        quote.paymentMethods = [Sample.hosted]
        if listFirst { viewer.answer(.paymentMethods, .paymentMethods([Sample.card])) }
        viewer.answer(first, .quote(quote))
        if !listFirst { viewer.fail(.paymentMethods, .busy(status: 503, retryAfterSeconds: nil)) }
        #expect(viewer.state.buy?.payment == Sample.hosted && viewer.state.buy?.methods == [Sample.hosted])
        #expect(viewer.state.buy?.refusal == nil && viewer.state.buy?.methodsFailure == nil)
    }

    @Test func nothingOnAirIsNothingToBuy() {
        let viewer = Rehearsal.watching(Chronicle())
        #expect(viewer.press(.buy).isEmpty)
        #expect(viewer.state.buy == nil && viewer.state.notice != nil)
    }

    @Test func aShopWithoutOrdersOpensNoPane() {
        let viewer = Self.onAir
        viewer.answer(
            .service, .service(ShopInfo(name: "Shop", capabilities: [.chat], serverTime: nil)))
        viewer.press(.buy)
        #expect(viewer.state.buy == nil)
    }

    @Test func theSelectedLineIsBoughtByAKeyOfItsOwn() {
        let viewer = Self.onAir
        viewer.press(.nextPane, .down, .buySelected)
        #expect(viewer.state.buy?.product.id == "hook")
    }

    @Test func itStaysOnItsItem() {
        let viewer = Self.ready
        viewer.answer(.head("lamps"), .done)
        viewer.wait(.seconds(20))
        var chronicle = Chronicle()
        chronicle.add(.highlight(["lamp"]), at: now - .seconds(60))
        chronicle.add(.highlight(["hook"]), at: now + .seconds(10))
        viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now)))
        #expect(viewer.state.watch?.productOnCard?.id == "hook")
        #expect(viewer.state.buy?.product.id == "lamp" && viewer.state.buy?.sku == "LAMP-SAND-S")
        guard case .record(let intent, _) = viewer.press(.confirm).first else {
            Issue.record("not bought")
            return
        }
        #expect(intent.sku == "LAMP-SAND-S")
    }

    @Test func enterTooSoonAfterOpeningOrTheQuoteDoesNothing() {
        let viewer = Self.onAir
        viewer.press(.buy)
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card]))
        viewer.wait(.seconds(2))
        #expect(viewer.press(.confirm).isEmpty)
        viewer.answer(first, .quote(Sample.quote("q1")))
        #expect(viewer.press(.confirm).isEmpty)
        viewer.wait(.milliseconds(399))
        #expect(viewer.press(.confirm).isEmpty)
        // Too early: the wait has begun anew.
        viewer.wait(.milliseconds(399))
        #expect(viewer.press(.confirm).isEmpty)
        viewer.wait(.milliseconds(400))
        #expect(viewer.press(.confirm).count == 1)
    }

    @Test func aQuoteFlushesTypedKeys() {
        let viewer = Self.onAir
        viewer.press(.buy)
        #expect(viewer.answer(first, .quote(Sample.quote("q1"))) == [.flushInput])
    }

    @Test func aNewPriceIsQuotedAnewAndBothTotalsShow() {
        var chronicle = Chronicle()
        chronicle.add(.highlight(["lamp"]), at: now - .seconds(60))
        chronicle.add(.price("LAMP-SAND-S", Sample.francs(15500), was: nil), at: now + .milliseconds(100))
        let viewer = Self.ready
        let effects = viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now)))
        #expect(effects.contains(.flushInput) && effects.contains(.ask(first)))
        #expect(viewer.state.buy?.quote == .loading)
        viewer.wait(.seconds(1))
        #expect(viewer.press(.confirm).isEmpty)
        viewer.answer(first, .quote(Sample.quote("q2", total: 15500)))
        #expect(viewer.state.buy?.before?.total == Sample.francs(14500))
        #expect(viewer.press(.confirm).isEmpty)
        viewer.wait(BuyState.deliberation)
        guard case .record(let intent, _) = viewer.press(.confirm).first else {
            Issue.record("not bought")
            return
        }
        #expect(intent.quote == "q2" && intent.maximumTotal == Sample.francs(15500))
    }

    @Test("A key that is held down confirms nothing and closes no outcome; one that is pressed does")
    func aHeldKey() {
        let viewer = Self.onAir
        func hold() -> [OrderIntent] {
            (0..<60).flatMap { _ in
                viewer.wait(.milliseconds(33))
                return viewer.press(.confirm).recorded
            }
        }
        viewer.press(.buy)
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card]))
        viewer.answer(first, .quote(Sample.quote("q1")))
        #expect(hold().isEmpty)
        viewer.act(.resumed)
        viewer.answer(first, .quote(Sample.quote("q2", total: 15500)))
        #expect(hold().isEmpty)
        viewer.wait(BuyState.deliberation)
        let intents = viewer.press(.confirm).recorded
        #expect(intents.count == 1)
        for intent in intents {
            viewer.act(.intentRecorded(intent))
            viewer.act(.intentRecorded(intent.moved(to: .sent)))
            viewer.answer(.placeOrder(intent.moved(to: .sent)), .order(Sample.order("o1", key: intent.key)))
        }
        #expect(hold().isEmpty && viewer.state.buy != nil)
        viewer.wait(BuyState.deliberation)
        viewer.press(.confirm)
        #expect(viewer.state.buy == nil)
    }

    @Test("What differs from the figures seen last is shown beside them, and what does not is no news")
    func oldAndNewSideBySide() {
        let viewer = Self.ready
        func quote(_ id: QuoteID, duties: Int64 = 0, total: Int64 = 14500) {
            var quote = Sample.quote(id, total: total)
            quote.duties.amount = Sample.francs(duties)
            viewer.act(.resumed)
            viewer.answer(first, .quote(quote))
        }
        quote("q2")
        #expect(viewer.state.buy?.before == nil)
        quote("q3", duties: 500)
        #expect(viewer.state.buy?.before?.duties.amount == Sample.francs(0))
        // The same again: what has changed stays to be seen.
        quote("q4", duties: 500)
        #expect(viewer.state.buy?.before?.duties.amount == Sample.francs(0))
        quote("q5", duties: 700, total: 14700)
        #expect(viewer.state.buy?.before?.duties.amount == Sample.francs(500))
        viewer.press(.right)
        #expect(viewer.state.buy?.before == nil)
    }

    @Test("Less than what is asked for is asked about anew; more than enough is only shown", arguments: [1, 2, 5])
    func stockThatFalls(left: Int) {
        var chronicle = Chronicle()
        chronicle.add(.highlight(["lamp"]), at: now - .seconds(60))
        chronicle.add(.stock("LAMP-SAND-S", left), at: now + .milliseconds(100))
        let viewer = Self.ready
        let two = ShopQuery.quote("LAMP-SAND-S", quantity: 2, show: "lamps")
        viewer.press(.down, .down, .right)
        viewer.answer(two, .quote(Sample.quote("q2", quantity: 2)))
        let effects = viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now)))
        #expect(effects.contains(.ask(two)) == (left < 2))
        #expect(viewer.state.buy?.stockBefore == 12 && viewer.state.buy?.variant?.stock == left)
        guard left < 2 else { return }
        viewer.fail(two, .refused(Refusal(code: "sold_out", message: "one left", stock: left)))
        #expect(viewer.state.buy?.quote == .failed("Only 1 left."))
        viewer.wait(.seconds(1))
        #expect(viewer.press(.confirm).recorded.isEmpty)
    }

    @Test func anotherItemsPriceChangesNothing() {
        var chronicle = Chronicle()
        chronicle.add(.highlight(["lamp"]), at: now - .seconds(60))
        chronicle.add(.price("HOOK", Sample.francs(1), was: nil), at: now + .milliseconds(100))
        let viewer = Self.ready
        viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now)))
        #expect(viewer.state.buy?.quote == .ready(Sample.quote("q1")))
    }

    @Test func aDealOnItIsQuotedAnew() {
        let offer = Offer(
            id: "deal", kind: .flashDeal, product: "lamp", title: "Deal", percentOff: 20, endsAt: now + .seconds(60))
        var chronicle = Chronicle()
        chronicle.add(.highlight(["lamp"]), at: now - .seconds(60))
        chronicle.add(.offerStarted(offer), at: now + .milliseconds(100))
        let viewer = Self.ready
        viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now)))
        #expect(viewer.state.buy?.quote == .loading)
    }

    @Test func anExpiredQuoteIsAskedForAgainByTheServersClock() {
        let viewer = Self.onAir
        viewer.press(.buy)
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card]))
        viewer.answer(first, .quote(Sample.quote("q1", expiresAt: now + .seconds(30))))
        #expect(!viewer.wait(.milliseconds(29_999)).questions.contains(first))
        #expect(viewer.wait(.milliseconds(1)).questions.contains(first))
        #expect(viewer.press(.confirm).isEmpty)
    }

    @Test("A quote that had run out when it came is not asked for again without end") func aStaleQuote() {
        let viewer = Self.onAir
        viewer.press(.buy)
        for _ in 0...Quote.retriesOfStale {
            viewer.answer(first, .quote(Sample.quote("q1", expiresAt: now - .seconds(1))))
        }
        guard case .failed = viewer.state.buy?.quote else {
            Issue.record("shown as a price")
            return
        }
        #expect(!viewer.wait(.seconds(5)).questions.contains(first))
        #expect(viewer.press(.confirm).contains(.ask(first)))
    }

    @Test func anAnswerToAnotherQuestionIsNotTaken() {
        let viewer = Self.onAir
        viewer.press(.buy)
        viewer.press(.down, .down, .right)
        #expect(viewer.state.buy?.quantity == 2)
        viewer.answer(first, .quote(Sample.quote("q1")))
        #expect(viewer.state.buy?.quote == .loading)
        viewer.answer(.quote("LAMP-SAND-S", quantity: 2, show: "lamps"), .quote(Sample.quote("q2")))
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card]))
        viewer.wait(.seconds(1))
        // The quote is for one, and two are wanted: not to be confirmed.
        #expect(viewer.press(.confirm).isEmpty)
    }

    @Test func optionsLeadFromVariantToVariant() {
        let viewer = Self.ready
        #expect(viewer.press(.right).contains(.ask(.quote("LAMP-MOSS-S", quantity: 1, show: "lamps"))))
        #expect(viewer.press(.right).isEmpty)
        viewer.press(.left)
        #expect(viewer.state.buy?.sku == "LAMP-SAND-S")
        viewer.press(.down, .right)
        #expect(viewer.state.buy?.sku == "LAMP-SAND-L")
        // There is no large one in moss: the nearest that has the colour.
        viewer.press(.up, .right)
        #expect(viewer.state.buy?.sku == "LAMP-MOSS-S")
    }

    @Test func noMoreThanThereIs() {
        let viewer = Self.ready
        viewer.press(.down, .right, .down)
        for _ in 0..<10 { viewer.press(.right) }
        #expect(viewer.state.buy?.sku == "LAMP-SAND-L" && viewer.state.buy?.quantity == 3)
        for _ in 0..<10 { viewer.press(.left) }
        #expect(viewer.state.buy?.quantity == 1)
    }

    @Test func anotherWayToPayIsAChangeOfWhatIsConfirmed() {
        let viewer = Self.ready
        viewer.press(.down, .down, .down)
        #expect(viewer.press(.right) == [.flushInput])
        #expect(viewer.press(.confirm).isEmpty)
        viewer.wait(BuyState.deliberation)
        guard case .record(let intent, _) = viewer.press(.confirm).first else {
            Issue.record("not bought")
            return
        }
        #expect(intent.paymentMethod == "hosted")
    }

    @Test func withoutAWayToPayNothingIsBoughtAndItCanBeAskedForAgain() {
        let viewer = Self.onAir
        viewer.press(.buy)
        viewer.fail(.paymentMethods, .lost)
        viewer.answer(first, .quote(Sample.quote("q1")))
        viewer.wait(.seconds(1))
        #expect(viewer.press(.confirm) == [.ask(.paymentMethods)])
        #expect(viewer.press(.confirm).isEmpty)
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card]))
        #expect(viewer.press(.confirm).count == 1)
    }

    @Test func soldOutIsSaidInTheQuotesPlace() {
        let viewer = Self.onAir
        viewer.press(.buy)
        viewer.fail(first, .refused(Refusal(code: "sold_out", message: "gone", stock: 0)))
        #expect(viewer.state.buy?.quote == .failed("Sold out."))
        #expect(viewer.state.buy?.variant?.stock == 0)
    }

    @Test func afterSleepTheFiguresAreAskedForAgain() {
        let viewer = Self.ready
        let effects = viewer.act(.resumed)
        #expect(effects.contains(.flushInput) && effects.contains(.ask(first)))
        viewer.wait(.seconds(1))
        #expect(viewer.press(.confirm).isEmpty)
    }

    @Test func escapeClosesAndBuysNothing() {
        let viewer = Self.ready
        #expect(viewer.press(.back).isEmpty)
        #expect(viewer.state.buy == nil && viewer.state.context == .watch)
    }

    @Test("Pasted text and clicks never confirm") func onlyTheKeyConfirms() {
        let viewer = Self.ready
        #expect(viewer.act(.typed("\n")).isEmpty)
        #expect(viewer.act(.clicked(.tab(.orders))).isEmpty)
        #expect(viewer.state.buy?.stage == .choosing)
    }
}
