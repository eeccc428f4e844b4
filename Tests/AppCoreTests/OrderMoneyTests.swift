import AppCore
import Domain
import Testing
import Text

/// The money of orders: what was agreed, what the shop says, and what is still to be paid.
@Suite struct OrderMoneyTests {
    private static let page = "https://shop.example/checkout/order-pay/7/?key=k"
    private static let transfer = PaymentMethod(id: "bacs", kind: .transfer, label: "Bank transfer")

    /// A purchase has just been confirmed, and the shop answers with an order.
    private func bought(_ change: (inout Order) -> Void) -> (viewer: Rehearsal, intent: OrderIntent?, effects: [Effect])
    {
        let viewer = BuyPaneTests.ready
        let intent = viewer.press(.confirm).recorded.first
        guard let intent else { return (viewer, nil, []) }
        viewer.act(.intentRecorded(intent))
        viewer.act(.intentRecorded(intent.moved(to: .sent)))
        var order = Sample.order("7", key: intent.key)
        change(&order)
        return (viewer, intent, viewer.answer(.placeOrder(intent.moved(to: .sent)), .order(order)))
    }

    private func reading(_ orders: [Order], intents: [OrderIntent] = []) -> Rehearsal {
        let viewer = Rehearsal()
        viewer.act(.started(StoredState(orders: orders, intents: intents)))
        viewer.press(.ordersTab)
        return viewer
    }

    @Test func theWholeAnswerIsCompared() throws {
        let changes: [(String, (inout Order) -> Void)] = [
            ("another currency", { $0.total = Money(amount: 14_500, exponent: 2, currency: "EUR") ?? $0.total }),
            ("is for 3, and not for 1", { $0.lines[0].quantity = 3 }),
            ("something else", { $0.lines[0].sku = "HOOK" }),
            ("contradict each other", { $0.total = Money(amount: 14_500, exponent: 0, currency: "CHF") ?? $0.total }),
        ]
        for (words, change) in changes {
            let (viewer, _, _) = bought(change)
            #expect(viewer.state.notice?.tone == .problem, "\(words)")
            #expect(viewer.state.notice?.text.string.contains(words) == true, "\(words)")
        }
        #expect(bought { _ in }.viewer.state.notice?.tone != .problem)
    }

    @Test func aTotalInAnotherUnitIsNeitherShownNorCounted() throws {
        let (viewer, _, effects) = bought { $0.total = Money(amount: 14_500, exponent: 0, currency: "CHF") ?? $0.total }
        let order = try #require(viewer.state.orders.orders.first)
        #expect(order.total == Sample.francs(14_500) && order.isTotalInDoubt)
        #expect(viewer.state.orders.spendings.map(\.amount) == [Sample.francs(14_500)])
        #expect(effects.contains(.store(.placed(key: order.key, order))))
    }

    @Test func whatWasAgreedIsRememberedBesideTheShopsAnswers() throws {
        let (viewer, intent, _) = bought { _ in }
        let agreed = Agreement(try #require(intent))
        var later = Sample.order("7", key: "", status: .inTransit)
        later.total = Sample.francs(20_000)
        viewer.answer(.orders(cursor: nil), .orders([later], nextCursor: nil))
        let order = try #require(viewer.state.orders.orders.first)
        #expect(order.agreement == agreed && order.differences == [.moreThanAgreed] && order.key == intent?.key)
        #expect(viewer.state.orders.spendings == [Spending(Sample.francs(20_000), at: agreed.at)])
    }

    /// A day begins at midnight by the clock on the wall, also where that was set while the program ran.
    @Test func theBudgetsDayIsReadFromTheWall() throws {
        let viewer = BuyPaneTests.ready
        var budget = Budget()
        budget.limit(.day, to: Sample.francs(20_000))
        viewer.state.budget = budget
        let yesterday = Sample.now - .seconds(86_400)
        var order = Sample.order("1", key: "k1", placedAt: yesterday)
        order.agreement = Agreement(sku: "LAMP-SAND-S", quantity: 1, total: Sample.francs(14_500), at: yesterday)
        viewer.state.orders.orders = [order]
        func turn(_ wall: Timestamp) {
            viewer.state.now = viewer.state.now + .milliseconds(1)
            _ = reduce(
                &viewer.state, .timePassed,
                Circumstances(now: viewer.state.now, wall: wall, entropy: Entropy(high: 1, low: 2)))
        }
        turn(Sample.now)
        #expect(!viewer.state.isBeyondBudget)
        turn(yesterday)
        #expect(viewer.state.isBeyondBudget)
    }

    // MARK: Not paid yet

    @Test func aRefusedPaymentIsNoSuccess() throws {
        let (viewer, _, _) = bought {
            ($0.status, $0.declined, $0.checkoutURL) = (.unpaid, "Not for this address.", Self.page)
        }
        guard case .placed(let order) = viewer.state.buyStage else {
            Issue.record("the pane has lost it")
            return
        }
        #expect(order.todo == "Not paid: Not for this address." && order.paymentPage != nil)
        // The reason is read before the page opens.
        #expect(viewer.state.payment == nil && viewer.state.notice?.tone != .success)
        #expect(viewer.state.orderToPay?.id == "7")
        #expect(viewer.state.orders.spendings.isEmpty)
        // Nobody waits for a payment that was refused.
        viewer.press(.back)
        #expect(!viewer.wait(.seconds(60)).questions.contains(.order("7")))
    }

    @Test func aSecondTryPointsToTheOrderThatCanBePaid() throws {
        let viewer = BuyPaneTests.ready
        var unpaid = Sample.order("7", key: "k7", status: .unpaid)
        (unpaid.declined, unpaid.checkoutURL) = ("No.", Self.page)
        viewer.state.orders.orders = [unpaid]
        #expect(viewer.press(.confirm).recorded.isEmpty)
        #expect(viewer.state.buy?.refusal?.string.hasPrefix("Order 7 of it is not paid yet") == true)
        viewer.wait(.seconds(1))
        #expect(viewer.press(.confirm).recorded.count == 1)
    }

    @Test func aTransferSaysWhatItWaitsFor() throws {
        let (viewer, _, _) = bought {
            ($0.status, $0.payment, $0.checkoutURL) = (.onHold, Self.transfer, Self.page)
        }
        let order = try #require(viewer.state.orders.orders.first)
        #expect(
            order.todo
                == "It waits for CHF 145.00 from you (Bank transfer). The shop's page says where to send it.")
        // The page is shown at once, as a code and a link; it is not asked about every three seconds.
        #expect(viewer.state.payment?.order == "7" && viewer.state.payment?.code != nil)
        #expect(!viewer.wait(.seconds(60)).questions.contains(.order("7")))
        #expect(order.counted == Sample.francs(14_500))
    }

    // MARK: What changes later

    @Test func ordersThatAreOverAreAskedSeldom() throws {
        var done = Sample.order("1", key: "k1", placedAt: Sample.now - .seconds(10 * 86_400), status: .completed)
        done.course.history = [OrderCourse.Step(.completed, at: Sample.now - .seconds(10 * 86_400))]
        for (reopens, most) in [(true, 3), (false, 0)] {
            let viewer = reading([done])
            viewer.answer(
                .service,
                .service(
                    ShopInfo(name: "S", capabilities: reopens ? [.orders, .reopensOrders] : .all, serverTime: nil)))
            viewer.answer(.orders(cursor: nil), .orders([done], nextCursor: nil))
            var asked = 0
            for _ in 0..<24 {
                let effects = viewer.wait(.seconds(3600))
                asked += effects.questions.count { $0 == .orders(cursor: nil) }
                if effects.questions.contains(.orders(cursor: nil)) {
                    viewer.answer(.orders(cursor: nil), .orders([done], nextCursor: nil))
                }
            }
            #expect(reopens ? (1...most).contains(asked) : asked == 0, "\(asked)")
        }
    }

    @Test func refundsAndReopenedOrdersAreTold() {
        let done = Sample.order("1", key: "k1", status: .completed)
        let viewer = reading([done])
        var back = done
        back.refunded = Sample.francs(1000)
        viewer.answer(.orders(cursor: nil), .orders([back], nextCursor: nil))
        #expect(viewer.state.notice?.text == "Paid back: CHF 10.00 of Lamp.")
        #expect(viewer.state.orders.orders.first?.refundWords == "The shop has paid back CHF 10.00 of it.")
        let off = Sample.order("1", key: "k1", status: .cancelled)
        viewer.answer(.orders(cursor: nil), .orders([off], nextCursor: nil))
        viewer.answer(.orders(cursor: nil), .orders([Sample.order("1", key: "k1")], nextCursor: nil))
        #expect(viewer.state.notice?.text == "The shop goes on with an order that was over: Lamp.")
    }

    // MARK: A no that was none

    @Test func aNoIsTakenBackWhenItsOrderIsSeen() throws {
        let viewer = reading([], intents: [Sample.intent("k", state: .refused("it never reached the shop"))])
        #expect(viewer.state.orders.rowIDs == ["k"])
        let order = Sample.order("7", key: "k")
        let effects = viewer.answer(.orders(cursor: nil), .orders([order], nextCursor: nil))
        #expect(viewer.state.orders.rowIDs == ["7"] && viewer.state.orders.refused.isEmpty)
        #expect(viewer.state.notice?.text == "It was bought after all: Lamp. The shop has the order.")
        let known = try #require(viewer.state.orders.orders.first)
        #expect(known.agreement?.total == Sample.francs(14_500))
        #expect(effects.contains(.store(.orders([known], fetchedAt: Sample.now))))
    }

    @Test func aLateTraceTakesANoBack() {
        let viewer = reading([], intents: [Sample.intent("k", state: .refused("it never reached the shop"))])
        viewer.answer(trace: "k", .order(Sample.order("7", key: "k")))
        #expect(viewer.state.orders.rowIDs == ["7"] && viewer.state.orders.refused.isEmpty)
    }

    // MARK: Two clocks

    /// A stream that is an hour ahead ends no quote and gives up no purchase of the shop's.
    @Test func aStreamsClockEndsNoQuote() throws {
        let viewer = Rehearsal()
        viewer.state = AppState(
            now: Sample.now, channels: [ChannelSeat(title: "Lamps", scope: "demo", hasLiveSource: true)])
        viewer.state.accountID = "guest-1"
        viewer.act(.serverTime(Sample.now, by: .shop))
        viewer.act(.serverTime(Sample.now + .seconds(3600), by: .liveSource))
        #expect(viewer.state.serverNow == Sample.now && viewer.state.showNow == Sample.now + .seconds(3600))
        var intent = Sample.intent("k")
        intent.quoteExpiresAt = Sample.now + .seconds(300)
        let effects = viewer.act(.started(StoredState(intents: [intent]))) + viewer.wait(.seconds(1))
        #expect(effects.recorded.map(\.state) == [.sent] && viewer.state.orders.refused.isEmpty)
        viewer.act(.serverTime(Sample.now + .seconds(1), by: .shop))
        #expect(viewer.state.serverNow == Sample.now + .seconds(1))
    }
}
