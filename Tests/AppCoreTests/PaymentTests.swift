import AppCore
import Domain
import Testing
import Text

@Suite("A payment on the shop's page")
struct PaymentTests {
    private static let address = "https://pay.shop.example/checkout/1"

    private static func unpaid(_ id: OrderID = "o1", key: String = "k", endsIn: Duration? = .seconds(1800)) -> Order {
        var order = Sample.order(id, key: key, status: .unpaid, canCancel: true)
        order.checkoutURL = address
        order.checkoutExpiresAt = endsIn.map { Sample.now + $0 }
        return order
    }

    private static func with(_ status: OrderStatus, _ id: OrderID = "o1") -> Order {
        var order = unpaid(id)
        (order.status, order.checkoutURL, order.checkoutExpiresAt) = (status, nil, nil)
        return order
    }

    /// A purchase by the hosted method has just been confirmed, and the shop has the order.
    private func bought(_ order: Order = unpaid()) -> (viewer: Rehearsal, order: Order) {
        let viewer = BuyPaneTests.ready
        var order = order
        for intent in viewer.press(.confirm).recorded {
            order.key = intent.key
            viewer.act(.intentRecorded(intent))
            viewer.act(.intentRecorded(intent.moved(to: .sent)))
            viewer.answer(.placeOrder(intent.moved(to: .sent)), .order(order))
        }
        return (viewer, order)
    }

    private func reading(_ orders: [Order]) -> Rehearsal {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.ordersTab)
        viewer.answer(.orders(cursor: nil), .orders(orders, nextCursor: nil))
        return viewer
    }

    @Test func thePageIsShownAsSoonAsTheOrderIsPlaced() {
        let (viewer, order) = bought()
        #expect(viewer.state.payment?.order == order.id && viewer.state.context == .payment)
        #expect(viewer.state.payment?.code != nil)
        viewer.press(.back)
        #expect(viewer.state.payment == nil && viewer.state.context == .buy)
        // It can be looked at again.
        viewer.press(.pay)
        #expect(viewer.state.payment?.order == order.id)
    }

    /// Nothing is placed by handing over, and what is gone is not called paid.
    @Test func whatIsHandedOverIsNeverCalledBought() {
        var order = Self.unpaid(endsIn: nil)
        order.payment = PaymentMethod(id: "checkout", kind: .handover, label: "On the shop's own page")
        let (viewer, handed) = bought(order)
        #expect(viewer.state.payment?.order == handed.id)
        viewer.press(.back, .back)
        var gone = handed
        (gone.status, gone.checkoutURL) = (.gone, nil)
        viewer.answer(.order(handed.id), .order(gone))
        let notice = viewer.state.notice?.text.string ?? ""
        #expect(notice.contains("bought, or it has expired") && !notice.contains("Paid"))
        #expect(viewer.state.paymentDueAt == nil && viewer.state.orders.spendings.map(\.amount) == [order.total])
    }

    @Test func anOrderThatIsPaidHasNoPage() {
        let viewer = bought(Sample.order("o1", key: "k")).viewer
        #expect(viewer.state.payment == nil && viewer.state.context == .buy)
        #expect(viewer.press(.pay).isEmpty && viewer.state.payment == nil)
    }

    @Test func inOrdersAKeyOpensIt() {
        let viewer = reading([Self.with(.awaitingShipment, "o2"), Self.unpaid()])
        viewer.press(.pay)
        #expect(viewer.state.payment == nil)
        viewer.press(.down, .pay)
        #expect(viewer.state.payment?.order == "o1")
        #expect(viewer.press(.copyLink) == [.copyLink])
        viewer.press(.back)
        #expect(viewer.state.context == .list && viewer.state.tab == .orders)
    }

    @Test func anAddressThatNoPaymentShouldBeTypedIntoIsNotShown() {
        var order = Self.unpaid()
        order.checkoutURL = "http://pay.shop.example/checkout/1"
        let viewer = bought(order).viewer
        #expect(viewer.state.payment == nil && viewer.state.orderToPay == nil)
        #expect(viewer.wait(.seconds(60)).questions.allSatisfy { if case .order = $0 { false } else { true } })
    }

    @Test("The shop is asked every three seconds at first, then the more seldom the longer it takes") func pace() {
        let viewer = reading([Self.unpaid()])
        var asked: [Duration] = []
        let start = viewer.state.now
        while viewer.state.now - start < .seconds(1500) {
            for query in viewer.wait(.milliseconds(100)).questions where query == .order("o1") {
                asked.append(viewer.state.now - start)
                viewer.answer(query, .order(Self.unpaid()))
            }
        }
        let pauses = zip(asked.dropFirst(), asked).map { $0 - $1 }
        #expect(pauses.allSatisfy { $0 >= .milliseconds(2600) && $0 <= .milliseconds(33_200) })
        #expect(pauses.prefix(5).allSatisfy { $0 < .seconds(4) })
        #expect(pauses.suffix(5).allSatisfy { $0 > .seconds(26) })
        #expect(asked.count < 90)
    }

    @Test func whatIsPaidElsewhereIsSeenByItself() {
        let (viewer, order) = bought()
        #expect(viewer.wait(.seconds(4)).questions.contains(.order("o1")))
        var paid = Self.with(.awaitingShipment)
        paid.key = order.key
        paid.agreement = viewer.state.orders.orders.first?.agreement
        #expect(viewer.answer(.order("o1"), .order(paid)) == [.store(.orders([paid], fetchedAt: viewer.state.now))])
        #expect(viewer.state.orderBeingPaid?.status == .awaitingShipment)
        #expect(viewer.state.notice?.text.string.hasPrefix("Paid") != true, "the view says it")
        // Nothing is asked any more, and one key leads back to the show.
        #expect(!viewer.wait(.seconds(300)).questions.contains(.order("o1")))
        viewer.press(.back)
        #expect(viewer.state.payment == nil && viewer.state.buy == nil)
    }

    @Test func whoIsElsewhereIsTold() {
        let viewer = bought().viewer
        viewer.press(.back)
        viewer.answer(.order("o1"), .order(Self.with(.awaitingShipment)))
        #expect(viewer.state.notice?.text == "Paid: Lamp.")
        guard case .placed(let shown)? = viewer.state.buyStage else {
            Issue.record("the pane is gone")
            return
        }
        #expect(shown.status == .awaitingShipment)
    }

    @Test func whatWasNotPaidInTimeIsTold() {
        let viewer = reading([Self.unpaid()])
        viewer.answer(.orders(cursor: nil), .orders([Self.with(.cancelled)], nextCursor: nil))
        #expect(viewer.state.notice?.text == "Cancelled, because it was not paid: Lamp.")
    }

    @Test func whoCancelsItIsNotToldThatItWasNotPaid() {
        let viewer = reading([Self.unpaid()])
        viewer.press(.cancelOrder, .cancelOrder)
        viewer.answer(.cancelOrder("o1"), .order(Self.with(.cancelled)))
        #expect(viewer.state.notice?.text == "Order o1 is cancelled.")
    }

    @Test func afterARestartItIsAskedAboutAgain() {
        let viewer = Rehearsal()
        viewer.act(.started(StoredState(orders: [Self.unpaid()])))
        #expect(viewer.wait(.seconds(5)).questions.contains(.order("o1")))
    }

    @Test func whatNoLongerConcernsAnybodyIsNotAskedAbout() {
        var old = Self.unpaid(endsIn: nil)
        old.placedAt = Sample.now - .seconds(90_000)
        let over = Self.unpaid("o2", endsIn: .seconds(-700))
        let viewer = reading([old, over])
        #expect(viewer.wait(.seconds(120)).questions.allSatisfy { if case .order = $0 { false } else { true } })
        #expect(viewer.state.paymentDueAt == nil)
    }

    @Test func whatTheShopDoesNotShowIsAskedAboutOnce() {
        let viewer = reading([Self.unpaid(), Self.unpaid("o2")])
        var asked: [ShopQuery] = []
        let end = viewer.state.now + .seconds(30)
        while viewer.state.now < end {
            for query in viewer.wait(.milliseconds(100)).questions {
                guard case .order(let id) = query else { continue }
                asked.append(query)
                if id == "o1" { viewer.fail(query, .notFound) } else { viewer.answer(query, .order(Self.unpaid("o2"))) }
            }
        }
        #expect(asked.count { $0 == .order("o1") } == 1)
        #expect(asked.count { $0 == .order("o2") } > 3)
    }

    @Test func aShopThatIsAwayIsAskedAgain() {
        let viewer = bought().viewer
        viewer.wait(.seconds(4))
        viewer.fail(.order("o1"), .lost)
        #expect(viewer.wait(.seconds(31)).questions.contains(.order("o1")))
        #expect(viewer.press(.refresh).isEmpty, "a question is under way")
        viewer.answer(.order("o1"), .order(Self.unpaid()))
        #expect(viewer.press(.refresh) == [.ask(.order("o1"))])
    }

    @Test func theEndOfThePagesTimeIsSeen() {
        let viewer = bought(Self.unpaid(endsIn: .seconds(60))).viewer
        #expect(viewer.state.paymentEndsAt == Sample.now + .seconds(60))
        viewer.wait(.seconds(61))
        #expect(viewer.state.paymentEndsAt == nil)
    }
}
