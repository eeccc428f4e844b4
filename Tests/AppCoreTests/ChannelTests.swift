import AppCore
import Domain
import Testing
import Text

@Suite("Several channels: one schedule, one history, and none waits for another")
struct ChannelTests {
    private static let lamps = Channel.first
    private static let tea = Channel(1)

    private func viewer() -> Rehearsal {
        let viewer = Rehearsal()
        viewer.state = AppState(
            now: Sample.now,
            channels: [ChannelSeat(title: "Lamps", scope: "https://a"), ChannelSeat(title: "Tea", scope: "https://b")])
        for channel in viewer.state.channels { viewer.state.shops[channel].accountID = "guest-\(channel.index)" }
        return viewer
    }

    private func effects(_ viewer: Rehearsal, _ query: ShopQuery, of channel: Channel, _ answer: ShopAnswer)
        -> [Effect]
    { viewer.act(.answered(query, of: channel, .success(answer.placed(in: channel)))) }

    @Test func eachIsAskedAndBothAreShown() throws {
        let viewer = viewer()
        let asked = viewer.act(.started(StoredState(), others: [StoredState()]))
        for channel in viewer.state.channels {
            #expect(asked.contains(.ask(.service, of: channel)) && asked.contains(.ask(.follows, of: channel)))
            let stored = effects(
                viewer, .shows(ShowFilter(), cursor: nil), of: channel, .shows(Sample.shows, nextCursor: nil))
            #expect(
                stored.contains(
                    .store(.schedule(Sample.shows.placed(in: channel), of: channel, fetchedAt: Sample.now))))
        }
        // The same names of two channels are two shows.
        let rows = viewer.state.scheduleRows().map(\.id)
        #expect(rows.count == 2 * Sample.shows.count && Set(rows).count == rows.count)
        #expect(rows.contains("lamps") && rows.contains(ShowID("lamps", of: Self.tea)))
    }

    @Test("One search: every shop is asked when the typing pauses, and what it finds is opened where it is sold")
    func oneSearch() {
        let viewer = viewer()
        viewer.act(.started(StoredState(shows: Sample.shows), others: [StoredState()]))
        let query = ShopQuery.products(search: "hook", show: nil, cursor: nil)
        viewer.press(.search)
        #expect(!viewer.act(.typed("ho")).questions.contains { if case .products = $0 { true } else { false } })
        viewer.act(.typed("ok"))
        let asked = viewer.wait(.milliseconds(400))
        #expect(asked.contains(.ask(query, of: Self.lamps)) && asked.contains(.ask(query, of: Self.tea)))
        viewer.press(.confirm)
        viewer.act(.answered(query, of: Self.lamps, .failure(.lost)))
        #expect(viewer.state.schedule.found?.isLooking == true && viewer.state.schedule.chosen == nil)
        _ = effects(viewer, query, of: Self.tea, .products([Sample.hook], nextCursor: nil))
        let hook = ProductID("hook", of: Self.tea)
        #expect(viewer.state.schedule.chosen == .product(hook) && viewer.state.focus == Self.tea)
        #expect(viewer.state.schedule.found?.failures.keys.sorted() == [Self.lamps])
        // Who could not be asked is, with the others, when the shopper wants it all anew.
        #expect(viewer.press(.refresh).contains(.ask(query, of: Self.lamps)))
        #expect(viewer.state.schedule.found?.failures.isEmpty == true && viewer.state.schedule.chosen == .product(hook))
        // What no show is about has no host to follow and nothing to be reminded of.
        #expect(viewer.state.hostInFocus == nil && viewer.state.showInFocus == nil)
        viewer.press(.open)
        #expect(viewer.state.page == .product(hook))
        viewer.press(.back, .back)
        #expect(viewer.state.schedule.found == nil && viewer.state.schedule.chosen == .show("lamps"))
        // An answer that comes late is to a question that nobody has any more.
        _ = effects(viewer, query, of: Self.lamps, .products([Sample.hook], nextCursor: nil))
        #expect(viewer.state.foundProducts.isEmpty)
    }

    @Test func oneThatIsAwayLeavesTheOtherAsItIs() {
        let viewer = viewer()
        viewer.act(.started(StoredState(shows: Sample.shows), others: [StoredState()]))
        let query = ShopQuery.shows(ShowFilter(), cursor: nil)
        _ = effects(viewer, query, of: Self.tea, .shows([Sample.liveShow], nextCursor: nil))
        viewer.act(.answered(query, of: Self.lamps, .failure(.lost)))
        #expect(viewer.state.shops[Self.tea].connection.isLive)
        #expect(!viewer.state.shops[Self.lamps].connection.isLive)
        #expect(viewer.state.connectionInSight == Self.lamps)
        // What was kept of it is still there, and the other one's page is its own.
        #expect(viewer.state.scheduleRows().count == Sample.shows.count + 1)
        viewer.state.schedule.selected = ShowID(Sample.liveShow.id.rawValue, of: Self.tea)
        viewer.press(.open)
        #expect(viewer.state.focus == Self.tea && viewer.state.connection.isLive)
    }

    @Test func aPurchaseIsWrittenDownForTheShopThatIsBoughtAt() throws {
        let viewer = viewer()
        viewer.act(.started(StoredState(), others: [StoredState()]))
        let product = Sample.lamp.placed(in: Self.tea)
        viewer.state.wishes.wishes = [
            Wish(product: product.id, title: product.title, brand: "", price: nil, at: Sample.now)
        ]
        viewer.state.wishes.products[product.id] = product
        viewer.press(.wishListTab)
        let opened = viewer.press(.open, .buy)
        #expect(opened.contains(.ask(.paymentMethods, of: Self.tea)))
        #expect(viewer.state.focus == Self.tea)
        #expect(viewer.state.accountID == "guest-1" && viewer.state.scope == "https://b")
    }

    @Test func ordersOfBothAreOneHistoryAndARowIsOfOne() {
        let viewer = viewer()
        viewer.act(.started(StoredState(), others: [StoredState()]))
        let order = Sample.order("o1", key: "k1")
        _ = effects(viewer, .orders(cursor: nil), of: Self.lamps, .orders([order], nextCursor: nil))
        _ = effects(viewer, .orders(cursor: nil), of: Self.tea, .orders([order], nextCursor: nil))
        #expect(Set(viewer.state.orders.rowIDs).count == 2)
        #expect(viewer.state.orders.loaded == [Self.lamps, Self.tea])
    }

    @Test func aShopThatDoesNotAnswerHoldsUpNoPurchaseAtAnother() {
        let viewer = viewer()
        let first = Sample.intent("k1", state: .unknown).of("guest-0")
        let second = Sample.intent("k2", state: .unknown).of("guest-1").placed(in: Self.tea)
        let asked = viewer.act(.started(StoredState(intents: [first]), others: [StoredState(intents: [second])]))
        #expect(asked.questions.trace("k1") && asked.questions.trace("k2"))
    }

    @Test func onePurchaseThatIsSentLateKeepsNoOtherWaiting() {
        let viewer = Rehearsal()
        let late = Sample.intent("k1", state: .committed)
        let other = Sample.intent("k2", state: .unknown)
        var asked = viewer.act(.started(StoredState(intents: [late, other])))
        #expect(asked.recorded.map(\.key) == ["k1"])
        asked = viewer.act(.intentRecorded(late.moved(to: .sent)))
        viewer.act(.answered(.placeOrder(late.moved(to: .sent)), .success(.order(Sample.order("o1", key: "k1")))))
        #expect(viewer.wait(.seconds(5)).questions.trace("k2"))
    }
}

extension OrderIntent {
    fileprivate func of(_ buyer: String) -> OrderIntent {
        var intent = self
        intent.buyer = buyer
        return intent
    }
}
