import AppCore
import Domain
import Testing
import Text

@Suite("At a shop that keeps no keys a purchase is sent once, found out about, and never tried again by itself")
struct ShopWithoutKeysTests {
    private let now = Sample.now

    private func intent(_ key: String, _ state: OrderIntent.State = .unknown) -> OrderIntent {
        var intent = Sample.intent(key, state: state)
        intent.isKeyed = false
        return intent
    }

    private func started(_ intents: OrderIntent...) -> Rehearsal {
        let viewer = Rehearsal()
        viewer.act(.started(StoredState(intents: intents)))
        return viewer
    }

    /// As a list has it: with no key.
    private func listed(_ id: OrderID, at time: Timestamp = Sample.now) -> Order {
        Sample.order(id, key: "", placedAt: time)
    }

    @Test func theIntentSaysSo() {
        let viewer = BuyPaneTests.ready
        viewer.answer(
            .service,
            .service(ShopInfo(name: "Shop", capabilities: [.orders, .chat], serverTime: nil)))
        #expect(viewer.press(.confirm).recorded.map(\.isKeyed) == [false])
        #expect(BuyPaneTests.ready.press(.confirm).recorded.map(\.isKeyed) == [true])
    }

    @Test func noneThereIsNoReasonToSendItAgain() {
        let viewer = started(intent("k"))
        #expect(viewer.answer(trace: "k", .noSuchOrder) == [.store(.resolve(key: "k", .unknown))])
        for _ in 0..<10 {
            let asked = viewer.wait(.seconds(20)).questions
            #expect(!asked.contains { if case .placeOrder = $0 { true } else { false } })
            if asked.trace("k") { #expect(viewer.answer(trace: "k", .possibleOrders([])).questions.isEmpty) }
        }
        #expect(viewer.state.orders.unresolved.map(\.key) == ["k"])
        // When nothing can come by that quote any more, it is a no.
        viewer.wait(.seconds(200))
        viewer.answer(trace: "k", .possibleOrders([]))
        #expect(viewer.state.orders.refused.map(\.key) == ["k"])
    }

    /// The price rose between them. The later one would allow for the order of the earlier one, too, which would find none then.
    @Test func eachFindsTheOrderOfItsPrice() {
        var dearer = intent("k2")
        dearer.maximumTotal = Sample.francs(16000)
        let viewer = started(intent("k1"), dearer)
        var second = listed("o2", at: now + .seconds(9))
        second.total = Sample.francs(16000)
        let orders = [listed("o1", at: now + .seconds(1)), second]
        viewer.answer(trace: "k2", .possibleOrders(orders))
        #expect(viewer.state.orders.orders.map(\.id) == ["o2"])
        viewer.answer(trace: "k1", .possibleOrders(orders))
        #expect(Set(viewer.state.orders.orders.map(\.id)) == ["o1", "o2"])
        #expect(viewer.state.orders.unresolved.isEmpty)
    }

    @Test func twoPurchasesOfTheSameAreTwoOrders() {
        let viewer = started(intent("k1"), intent("k2"))
        let orders = [listed("o2", at: now + .seconds(2)), listed("o1", at: now + .seconds(1))]
        viewer.answer(trace: "k1", .possibleOrders(orders))
        #expect(viewer.state.orders.orders.map(\.id) == ["o1"] && viewer.state.orders.orders.first?.key == "k1")
        viewer.answer(trace: "k2", .possibleOrders(orders))
        #expect(Set(viewer.state.orders.orders.map(\.id)) == ["o1", "o2"])
        #expect(viewer.state.orders.unresolved.isEmpty)
        // The list, which knows no keys, does not undo what was found out.
        viewer.answer(.orders(cursor: nil), .orders(orders, nextCursor: nil))
        #expect(Set(viewer.state.orders.orders.map(\.key)) == ["k1", "k2"])
    }

    @Test func anOrderThatAnotherCopyFoundToBeAnotherPurchaseIsNotTaken() {
        let viewer = Rehearsal()
        viewer.turn = .taken(intent("k"), claimed: ["o1"])
        viewer.act(.started(StoredState(intents: [intent("k")])))
        viewer.answer(trace: "k", .possibleOrders([listed("o1")]))
        #expect(viewer.state.orders.unresolved.map(\.key) == ["k"])
    }

    @Test func itCanBeLetGo() {
        let viewer = started(intent("k"))
        viewer.answer(trace: "k", .noSuchOrder)
        viewer.press(.ordersTab)
        #expect(viewer.press(.cancelOrder).isEmpty && viewer.state.notice?.tone == .warning)
        viewer.wait(BuyState.deliberation)
        guard case .store(.resolve("k", .refused)) = viewer.press(.cancelOrder).first else {
            Issue.record("not let go")
            return
        }
    }

    @Test("What was never sent is sent once, or not at all; it needs no asking", arguments: [true, false])
    func committed(isKeyed: Bool) {
        var committed = intent("k", .committed)
        committed.isKeyed = isKeyed
        let viewer = Rehearsal()
        let effects = viewer.act(.started(StoredState(intents: [committed])))
        #expect(effects.recorded == [committed.moved(to: .sent)] && !effects.questions.trace("k"))
        #expect(
            viewer.act(.intentRecorded(committed.moved(to: .sent))) == [.ask(.placeOrder(committed.moved(to: .sent)))])
        viewer.fail(.placeOrder(committed.moved(to: .sent)), .unsent)
        #expect(viewer.state.orders.refused.map(\.key) == ["k"] && viewer.state.orders.unresolved.isEmpty)

        let late = Rehearsal(at: now + .seconds(3600))
        let given = late.act(.started(StoredState(intents: [committed])))
        #expect(given.recorded.isEmpty && late.state.orders.refused.map(\.key) == ["k"])
    }

    @Test func whatAnotherCopyHasWithdrawnIsNotSent() {
        let committed = intent("k", .committed)
        var withdrawn = committed
        withdrawn.isWithdrawn = true
        let viewer = Rehearsal()
        viewer.turn = .taken(withdrawn)
        let effects = viewer.act(.started(StoredState(intents: [committed])))
        #expect(effects.recorded.isEmpty && viewer.state.orders.refused.map(\.key) == ["k"])
    }

    @Test("What may have been bought already is pointed out, and a second Enter buys one more")
    func aRepeat() throws {
        let viewer = BuyPaneTests.ready
        var earlier = intent("earlier")
        earlier.buyer = "guest-0"
        viewer.state.orders.resume([earlier])
        #expect(viewer.press(.confirm) == [.flushInput] && viewer.state.buy?.refusal != nil)
        #expect(viewer.press(.confirm).isEmpty)
        viewer.wait(BuyState.deliberation)
        #expect(viewer.press(.confirm).recorded.count == 1)
    }
}
