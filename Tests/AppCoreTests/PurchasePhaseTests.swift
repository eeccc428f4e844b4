import AppCore
import Domain
import Testing
import Text

/// One value for a purchase, from the key to its end.
struct PurchasePhaseTests {
    private let now = Sample.now

    private func confirmed() throws -> (Rehearsal, OrderIntent) {
        let viewer = BuyPaneTests.ready
        return (viewer, try #require(viewer.press(.confirm).recorded.first))
    }

    private func sent() throws -> (Rehearsal, OrderIntent) {
        let (viewer, intent) = try confirmed()
        viewer.act(.intentRecorded(intent))
        viewer.act(.intentRecorded(intent.moved(to: .sent)))
        return (viewer, intent.moved(to: .sent))
    }

    private func started(_ intent: OrderIntent) -> Rehearsal {
        let viewer = Rehearsal()
        viewer.act(.started(StoredState(intents: [intent])))
        viewer.press(.ordersTab)
        return viewer
    }

    /// Lets the selected purchase go, with a disk that takes its time.
    private func letGo(_ viewer: Rehearsal) -> [Effect] {
        viewer.keepsRefusals = false
        viewer.press(.cancelOrder)
        viewer.wait(BuyState.deliberation)
        return viewer.press(.cancelOrder)
    }

    @Test func goesFromTheDiskToTheShopToAnOrder() throws {
        let (viewer, intent) = try confirmed()
        func phase() -> Purchase.Phase? { viewer.state.orders.purchases[intent.key]?.phase }
        #expect(phase() == .recording && viewer.state.buy?.stage == .purchase(key: intent.key))
        viewer.act(.intentRecorded(intent))
        #expect(phase() == .recorded)
        let sent = intent.moved(to: .sent)
        viewer.act(.intentRecorded(sent))
        #expect(phase() == .sent && viewer.state.orders.purchases[intent.key]?.isBusy == true)
        viewer.fail(.placeOrder(sent), .lost)
        #expect(phase() == .unknown && viewer.state.orders.purchases[intent.key]?.isBusy == false)
        viewer.answer(trace: intent.key, .order(Sample.order("o1", key: intent.key)))
        #expect(viewer.state.orders.purchases[intent.key]?.order?.id == "o1")
        #expect(viewer.state.orders.purchases[intent.key]?.doubtWords == nil)
    }

    @Test func saysWhyItIsNotKnown() throws {
        let (viewer, intent) = try sent()
        #expect(viewer.state.orders.purchases[intent.key]?.doubtWords == nil)
        viewer.fail(.placeOrder(intent), .lost)
        let purchase = viewer.state.orders.purchases[intent.key]
        #expect(purchase?.doubt?.failure == .lost)
        #expect(purchase?.doubtWords == "perhaps bought: Paper Moon table lamp: no route to the server")
    }

    @Test func saysWhyItIsNotSentYet() throws {
        let (viewer, intent) = try confirmed()
        viewer.act(.intentRecorded(intent))
        let going = intent.moved(to: .sent)
        viewer.act(.intentNotRecorded(going, reason: "the disk is full"))
        func words() -> SafeText? { viewer.state.orders.purchases[intent.key]?.doubtWords }
        #expect(words() == "not bought yet: Paper Moon table lamp: it is not sent yet: the disk is full")
        #expect(viewer.state.buyStage == .unknown(key: intent.key))
        // Once it goes out that is true no longer.
        viewer.act(.intentRecorded(going))
        #expect(words() == nil)
    }

    @Test(arguments: [true, false]) func tellsThatItCouldNotBeWrittenDown(isBeyondBudget: Bool) throws {
        let (viewer, intent) = try confirmed()
        #expect(viewer.state.repeatOf(intent.sku) == .mayBeBought(intent))
        viewer.act(.intentNotRecorded(intent, reason: "no room", isBeyondBudget: isBeyondBudget))
        #expect(
            viewer.state.orders.purchases[intent.key]?.phase == .notRecorded("no room", isBeyondBudget: isBeyondBudget))
        #expect(viewer.state.orders.rowIDs.isEmpty && viewer.state.repeatOf(intent.sku) == nil)
    }

    @Test func keepsTheShopsNewTotalWithItsNo() throws {
        let (viewer, intent) = try sent()
        let refusal = Refusal(code: "price_changed", message: "costs more", quote: Sample.quote("q2", total: 16000))
        viewer.fail(.placeOrder(intent), .refused(refusal))
        #expect(viewer.state.orders.purchases[intent.key]?.phase == .refused("costs more", refusal))
        #expect(viewer.state.orders.purchases[intent.key]?.refusal?.quote?.id == "q2")
    }

    @Test func anOrderWinsOverANoThatIsBeingKept() {
        var intent = Sample.intent("k", state: .unknown)
        intent.isKeyed = false
        let viewer = started(intent)
        #expect(letGo(viewer).count == 1)
        viewer.answer(trace: "k", .order(Sample.order("o1", key: "k")))
        viewer.act(.refusalKept(key: "k", problem: nil))
        #expect(viewer.state.orders.rowIDs == ["o1"] && viewer.state.orders.refused.isEmpty)
    }

    @Test func whatIsBeingLetGoIsNotSentAgain() {
        let viewer = started(Sample.intent("k", state: .unknown))
        viewer.state.accountID = "guest-2"
        #expect(letGo(viewer).count == 1)
        #expect(viewer.answer(trace: "k", .noSuchOrder).isEmpty)
        // Nor is its no undone on the disk.
        #expect(viewer.fail(trace: "k", .lost).isEmpty)
        viewer.act(.refusalKept(key: "k", problem: nil))
        #expect(viewer.state.orders.refused.map(\.key) == ["k"])
    }

    @Test func aNoThatTurnsOutToBeAnOrderIsOneRow() throws {
        let (viewer, intent) = try sent()
        viewer.fail(.placeOrder(intent), .unsent)
        #expect(viewer.state.orders.rowIDs == [intent.key])
        viewer.answer(.placeOrder(intent), .order(Sample.order("o1", key: intent.key)))
        #expect(viewer.state.orders.rowIDs == ["o1"])
        #expect(viewer.state.notice?.text == "It was bought after all: Paper Moon table lamp. The shop has the order.")
    }

    @Test func whatIsOverLeavesInTheEnd() throws {
        let viewer = BuyPaneTests.ready
        for number in 0..<40 {
            let intent = Sample.intent("k\(number)", state: .sent)
            viewer.act(.intentRecorded(intent))
            viewer.answer(.placeOrder(intent), .order(Sample.order(OrderID("o\(number)"), key: intent.key)))
        }
        let last = try #require(viewer.press(.confirm).recorded.first)
        #expect(viewer.state.orders.orders.count == 40)
        #expect(Set(viewer.state.orders.purchases.keys) == Set((25..<40).map { "k\($0)" } + [last.key]))
    }

    @Test func aShopThatIsTwoChannelsHasOneHistory() {
        let viewer = Rehearsal()
        let intents = [Sample.intent("k", state: .unknown), Sample.intent("no", state: .refused("no"))]
        viewer.act(.started(StoredState(intents: intents + intents)))
        #expect(viewer.state.orders.rowIDs == ["k", "no"])
    }
}
