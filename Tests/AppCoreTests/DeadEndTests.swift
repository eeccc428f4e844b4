import AppCore
import Domain
import Testing
import Text

/// A pane that cannot buy says what can be done instead, and comes back to life when it can buy again.
@Suite struct DeadEndTests {
    private let now = Sample.now
    private let quote = ShopQuery.quote("LAMP-SAND-S", quantity: 1, show: "lamps")

    private func refuse(_ viewer: Rehearsal, _ refusal: Refusal) { viewer.fail(quote, .refused(refusal)) }

    private func opened() -> Rehearsal {
        var chronicle = Chronicle()
        chronicle.add(.highlight(["lamp"]), at: now - .seconds(60))
        let viewer = Rehearsal.watching(chronicle)
        viewer.press(.buy)
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card, Sample.hosted]))
        return viewer
    }

    // MARK: What comes back

    @Test func whatTheShowSaysIsBackIsAskedForAgain() {
        let viewer = opened()
        refuse(viewer, Refusal(code: "sold_out", message: "gone", stock: 0))
        #expect(viewer.state.buy?.quote == .failed("Sold out."))
        var chronicle = Chronicle()
        chronicle.add(.highlight(["lamp"]), at: now - .seconds(60))
        chronicle.add(.stock("LAMP-SAND-S", 3), at: now + .milliseconds(100))
        viewer.wait(.seconds(1))
        let effects = viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now)))
        #expect(effects.contains(.ask(quote)) && effects.contains(.flushInput))
        viewer.answer(quote, .quote(Sample.quote("q2")))
        viewer.wait(BuyState.deliberation)
        #expect(viewer.press(.confirm).recorded.count == 1)
    }

    @Test func aShopThatTellsNoStockIsAskedForTheItemAgain() {
        let viewer = opened()
        refuse(viewer, Refusal(code: "sold_out", message: "gone", stock: 0))
        #expect(viewer.wait(.seconds(11)).questions.contains(.product("lamp")))
        // Still gone: it is asked for once more, and no total is.
        var lamp = Sample.lamp
        lamp.variants[0].stock = 0
        #expect(!viewer.answer(.product("lamp"), .product(lamp)).questions.contains(quote))
        #expect(viewer.wait(.seconds(12)).questions.contains(.product("lamp")))
        lamp.variants[0].stock = nil
        #expect(viewer.answer(.product("lamp"), .product(lamp)).questions.contains(quote))
        viewer.answer(quote, .quote(Sample.quote("q2")))
        viewer.wait(BuyState.deliberation)
        #expect(viewer.press(.confirm).recorded.count == 1)
        #expect(!viewer.wait(.seconds(60)).questions.contains(.product("lamp")))
    }

    @Test func aTotalThatComesAfterANoIsOneToAgreeTo() {
        let viewer = opened()
        refuse(viewer, Refusal(code: "sold_out", message: "gone", stock: 0))
        #expect(viewer.press(.confirm).contains(.ask(quote)))
        viewer.answer(quote, .quote(Sample.quote("q2")))
        #expect(viewer.state.buy?.variant?.stock == nil)
        viewer.wait(BuyState.deliberation)
        #expect(viewer.press(.confirm).recorded.count == 1)
    }

    // MARK: A no that Enter cannot change

    @Test(arguments: [
        ("woocommerce_rest_guest_checkout_disabled", Remedy.shopPage), ("min_order_amount", .shopPage),
        ("no_payment", .shopPage), ("no_shipping", .address), (Refusal.addressNeeded, .address),
        ("payment_method", .payment),
    ])
    func enterIsNotTaken(_ code: String, _ remedy: Remedy) {
        let viewer = opened()
        refuse(viewer, Refusal(code: code, message: "Not like that."))
        #expect(viewer.state.buy?.quote == .failed("Not like that.") && viewer.state.buy?.remedy == remedy)
        viewer.wait(.seconds(1))
        // Only an address may have been changed meanwhile, in another terminal.
        #expect(viewer.press(.confirm).isEmpty == (remedy != .address))
        // Another choice is another question.
        #expect(!viewer.press(.right).questions.isEmpty)
    }

    @Test func aRuleOfTheShopAtTheCheckoutIsNotTriedAgain() throws {
        let viewer = BuyPaneTests.ready
        let intent = try #require(viewer.press(.confirm).recorded.first)
        viewer.act(.intentRecorded(intent))
        viewer.act(.intentRecorded(intent.moved(to: .sent)))
        let refusal = Refusal(code: "woocommerce_rest_guest_checkout_disabled", message: "Please log in.")
        let effects = viewer.fail(.placeOrder(intent.moved(to: .sent)), .refused(refusal))
        #expect(!effects.questions.contains(quote))
        #expect(viewer.state.buy?.quote == .failed("Please log in.") && viewer.state.buy?.takesConfirm == false)
        viewer.wait(.seconds(1))
        #expect(viewer.press(.confirm).isEmpty)
    }

    @Test func aDeclinedCardCanBeTriedAgain() throws {
        let viewer = BuyPaneTests.ready
        let intent = try #require(viewer.press(.confirm).recorded.first)
        viewer.act(.intentRecorded(intent))
        viewer.act(.intentRecorded(intent.moved(to: .sent)))
        let refusal = Refusal(code: "payment_declined", message: "Declined.")
        let effects = viewer.fail(.placeOrder(intent.moved(to: .sent)), .refused(refusal))
        #expect(effects.questions.contains(quote))
    }

    @Test func aNumberThatIsNotSoldPointsAtTheNumber() {
        let viewer = opened()
        refuse(viewer, Refusal(code: "quantity", message: "In sixes.", quantities: QuantityRule(step: 6)))
        #expect(viewer.state.buy?.field == .quantity && viewer.state.buy?.remedy == .quantity)
        #expect(viewer.press(.confirm).isEmpty)
        #expect(viewer.press(.right).questions == [.quote("LAMP-SAND-S", quantity: 6, show: "lamps")])
    }

    // MARK: A total that has run out when it comes

    @Test func aStaleTotalIsAskedForTwiceMoreAndNoMore() {
        let viewer = opened()
        let stale = ShopAnswer.quote(Sample.quote("q1", expiresAt: now - .seconds(1)))
        #expect(viewer.answer(quote, stale).questions == [quote])
        #expect(viewer.answer(quote, stale).questions == [quote])
        #expect(viewer.answer(quote, stale).questions.isEmpty)
        #expect(viewer.state.buy?.quote == .failed(Quote.wordsForStale))
        #expect(!viewer.wait(.seconds(5)).questions.contains(quote))
        #expect(viewer.press(.confirm).contains(.ask(quote)))
        viewer.answer(quote, .quote(Sample.quote("q2")))
        viewer.wait(BuyState.deliberation)
        #expect(viewer.press(.confirm).recorded.map(\.quote) == ["q2"])
    }

    // MARK: A pane with nothing left to decide

    private func placed(_ status: OrderStatus = .awaitingShipment) throws -> Rehearsal {
        let viewer = BuyPaneTests.ready
        let intent = try #require(viewer.press(.confirm).recorded.first)
        viewer.act(.intentRecorded(intent))
        viewer.act(.intentRecorded(intent.moved(to: .sent)))
        viewer.answer(.placeOrder(intent.moved(to: .sent)), .order(Sample.order("o1", key: intent.key, status: status)))
        return viewer
    }

    @Test func aFinishedPaneLetsKeysThrough() throws {
        let viewer = try placed()
        viewer.press(.write)
        #expect(viewer.state.buy != nil, "nobody can have seen the outcome yet")
        viewer.wait(BuyState.deliberation)
        viewer.press(.write)
        #expect(viewer.state.buy == nil && viewer.state.prompt?.purpose == .chat)
    }

    @Test func theNextPurchaseBeginsFromAFinishedPane() throws {
        let viewer = try placed()
        viewer.wait(BuyState.deliberation)
        viewer.press(.buy)
        #expect(viewer.state.buy?.stage == .choosing && viewer.state.buy?.product.id == "lamp")
    }

    @Test func anUnpaidOrderIsNotCalledPlaced() throws {
        let viewer = try placed(.unpaid)
        guard case .placed(let order) = viewer.state.buyStage else {
            Issue.record("no order")
            return
        }
        #expect(order.isNotPaid)
        var later = order
        later.payment = PaymentMethod(id: "cod", kind: .later, label: "At the door")
        #expect(!later.isNotPaid)
    }
}
