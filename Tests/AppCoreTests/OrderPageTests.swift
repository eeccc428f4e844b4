import AppCore
import Domain
import Testing
import Text

/// An order's own page: what is known of it, and what can be done after the sale.
@Suite struct OrderPageTests {
    private func order(_ status: OrderStatus, canReturn: Bool = false, returning: ReturnRequest? = nil) -> Order {
        var order = Sample.order("o1", key: "k1", status: status, canCancel: status.next.contains(.cancelled))
        order.lines[0].product = "lamp"
        order.lines[0].quantity = 2
        order.course.canReturn = canReturn
        order.course.returning = returning
        return order
    }

    private func page(_ order: Order) -> Rehearsal {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.ordersTab)
        viewer.answer(.orders(cursor: nil), .orders([order, Sample.order("o2", key: "k2")], nextCursor: nil))
        viewer.press(.open)
        viewer.answer(.order("o1"), .order(order))
        return viewer
    }

    @Test func enterOpensTheOrderAndEscLeadsBack() {
        let viewer = page(order(.inTransit))
        #expect(viewer.state.page == .order("o1") && viewer.state.context == .order)
        viewer.press(.back)
        #expect(viewer.state.page == nil && viewer.state.tab == .orders && viewer.state.orders.selected == "o1")
    }

    // MARK: Watching

    @Test func whatIsUnderWayIsAskedForAgainWhileItIsOnTheScreen() {
        let viewer = Rehearsal.withSchedule()
        #expect(viewer.press(.ordersTab) == [.ask(.orders(cursor: nil))])
        viewer.answer(.orders(cursor: nil), .orders([order(.inTransit)], nextCursor: nil))
        #expect(viewer.wait(.seconds(13)).questions.filter { $0 == .orders(cursor: nil) }.isEmpty)
        #expect(viewer.wait(.seconds(4)).questions.filter { $0 == .orders(cursor: nil) }.count == 1)
        viewer.answer(.orders(cursor: nil), .orders([order(.inTransit)], nextCursor: nil))
        viewer.press(.scheduleTab)
        #expect(viewer.wait(.seconds(60)).questions.filter { $0 == .orders(cursor: nil) }.isEmpty)
    }

    @Test func whatIsOverIsNotAskedForAgain() {
        let viewer = page(order(.completed))
        #expect(viewer.wait(.seconds(120)).questions.filter { $0 == .order("o1") }.isEmpty)
    }

    @Test func thePageAsksForItsOrderAlone() {
        let viewer = page(order(.awaitingShipment))
        let questions = viewer.wait(.seconds(17)).questions
        #expect(questions.filter { $0 == .order("o1") }.count == 1)
        #expect(!questions.contains(.orders(cursor: nil)))
        let moved = order(.inTransit)
        #expect(viewer.answer(.order("o1"), .order(moved)) == [.store(.orders([moved], fetchedAt: viewer.state.now))])
        #expect(viewer.state.orderOnPage?.status == .inTransit)
        // The same again is not written again, and a lost answer is no news to be told.
        viewer.wait(.seconds(17))
        #expect(viewer.answer(.order("o1"), .order(moved)).isEmpty)
        viewer.wait(.seconds(17))
        let notice = viewer.state.notice
        viewer.fail(.order("o1"), .lost)
        #expect(viewer.state.notice == notice && viewer.state.orderOnPage == moved)
        #expect(viewer.wait(.seconds(20)).questions.contains(.order("o1")))
    }

    @Test func aReturnUnderWayIsWatchedToItsEnd() {
        let asked = ReturnRequest(reason: .damaged, steps: [.init(.requested, at: Sample.now)])
        #expect(order(.delivered, returning: asked).isUnderWay)
        let paid = ReturnRequest(reason: .damaged, steps: [.init(.refunded, at: Sample.now)])
        #expect(!order(.returned, returning: paid).isUnderWay)
        #expect(!order(.delivered).isUnderWay)
    }

    // MARK: Sending back

    @Test func sendingBackTakesAReasonAndASecondKey() {
        let viewer = page(order(.delivered, canReturn: true))
        #expect(viewer.press(.returnOrder) == [.flushInput])
        viewer.press(.down, .down)
        #expect(viewer.state.orderPage?.returning?.reason == .notAsDescribed)
        // What was typed before the question was seen is no answer to it.
        #expect(viewer.press(.confirm).isEmpty && viewer.state.orderPage?.returning?.stage == .choosing)
        viewer.wait(.milliseconds(400))
        #expect(viewer.press(.confirm) == [.flushInput])
        #expect(viewer.press(.confirm).isEmpty)
        viewer.wait(.milliseconds(400))
        #expect(viewer.press(.confirm) == [.ask(.returnOrder("o1", .notAsDescribed, note: ""))])
        // A third key asks nothing twice.
        viewer.wait(.milliseconds(400))
        #expect(viewer.press(.confirm).isEmpty)
        let steps: [ReturnRequest.Step] = [.init(.requested, at: viewer.state.now)]
        let asked = order(.delivered, returning: ReturnRequest(reason: .notAsDescribed, steps: steps))
        #expect(
            viewer.answer(.returnOrder("o1", .notAsDescribed, note: ""), .order(asked)).contains(
                .store(.orders([asked], fetchedAt: viewer.state.now))))
        #expect(viewer.state.orderPage?.returning == nil && viewer.state.notice?.tone == .success)
        #expect(viewer.press(.returnOrder).isEmpty && viewer.state.notice?.tone == .warning)
    }

    @Test func escLeavesAReturnStepByStep() {
        let viewer = page(order(.delivered, canReturn: true))
        viewer.press(.returnOrder)
        viewer.wait(.milliseconds(400))
        viewer.press(.confirm, .back)
        #expect(viewer.state.orderPage?.returning?.stage == .choosing)
        viewer.press(.back)
        #expect(viewer.state.orderPage?.returning == nil && viewer.state.page == .order("o1"))
    }

    @Test func aReturnThatIsRefusedSaysWhyAndIsLookedUp() {
        let viewer = page(order(.delivered, canReturn: true))
        viewer.press(.returnOrder)
        viewer.wait(.milliseconds(400))
        viewer.press(.confirm)
        viewer.wait(.milliseconds(400))
        viewer.press(.confirm)
        let no = ShopFailure.refused(Refusal(code: "return_too_late", message: "the time is over"))
        viewer.fail(.returnOrder("o1", .damaged, note: ""), no)
        #expect(viewer.state.notice?.tone == .problem && viewer.state.orderPage?.returning == nil)
        #expect(viewer.act(.timePassed).contains(.ask(.order("o1"))))
    }

    @Test func whatCannotGoBackIsNotAskedAbout() {
        let viewer = page(order(.inTransit))
        #expect(viewer.press(.returnOrder).isEmpty && viewer.state.orderPage?.returning == nil)
    }

    // MARK: Cancelling and buying again

    @Test func cancellingOnThePageTakesTwoPresses() {
        let viewer = page(order(.awaitingShipment))
        #expect(viewer.press(.cancelOrder).isEmpty && viewer.state.notice?.tone == .warning)
        viewer.wait(BuyState.deliberation)
        #expect(viewer.press(.cancelOrder) == [.ask(.cancelOrder("o1"))])
        viewer.answer(.cancelOrder("o1"), .order(order(.cancelled)))
        #expect(viewer.state.orderOnPage?.status == .cancelled)
    }

    @Test func buyingAgainOpensThePaneWithAQuoteOfNow() {
        let viewer = page(order(.completed))
        // The live shows are asked for their deals meanwhile.
        #expect(viewer.press(.buy) == [.ask(.product("lamp")), .ask(.head("lamps"))])
        #expect(viewer.state.buy == nil)
        viewer.fail(.head("lamps"), .lost)
        let effects = viewer.answer(.product("lamp"), .product(Sample.lamp))
        #expect(effects == [.flushInput, .ask(.paymentMethods), .ask(.quote("LAMP-SAND-S", quantity: 2, show: nil))])
        #expect(viewer.state.buy?.sku == "LAMP-SAND-S" && viewer.state.buy?.quantity == 2)
        // Nothing is bought by the keys that led here.
        #expect(viewer.press(.confirm).isEmpty)
    }

    @Test func whatIsNoLongerSoldIsSaid() {
        let viewer = page(order(.completed))
        viewer.press(.buy)
        viewer.answer(.product("lamp"), .product(Sample.hook))
        #expect(viewer.state.buy == nil && viewer.state.notice?.tone == .warning)
        viewer.press(.buy)
        viewer.fail(.product("lamp"), .notFound)
        #expect(viewer.state.buy == nil && viewer.state.notice?.tone == .warning)
    }

    @Test func aPaneDoesNotOpenOverAnotherPage() {
        let viewer = page(order(.completed))
        viewer.press(.buy)
        viewer.press(.back)
        #expect(viewer.answer(.product("lamp"), .product(Sample.lamp)).isEmpty && viewer.state.buy == nil)
    }
}
