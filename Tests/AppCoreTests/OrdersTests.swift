import AppCore
import Domain
import Testing
import Text

@Suite("Orders and follows")
struct OrdersTests {
    private func viewer(_ orders: [Order]) -> Rehearsal {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.ordersTab)
        viewer.answer(.orders(cursor: nil), .orders(orders, nextCursor: nil))
        return viewer
    }

    @Test("What the shop says and what the store knows are put together, newest first") func merging() {
        let viewer = Rehearsal()
        let old = Sample.order("old", key: "k0", placedAt: Sample.now - .seconds(100))
        let stale = Sample.order("o1", key: "k1", placedAt: Sample.now - .seconds(50), status: .unpaid)
        viewer.act(.started(StoredState(orders: [stale, old])))
        let newest = Sample.order("o2", key: "k2")
        var paid = stale
        paid.status = .inTransit
        let effects = viewer.answer(.orders(cursor: nil), .orders([newest, paid], nextCursor: "2"))
        #expect(
            effects.suffix(2) == [
                .store(.orders([newest, paid], fetchedAt: Sample.now)), .ask(.orders(cursor: "2")),
            ])
        #expect(viewer.state.orders.orders == [newest, paid, old])
        #expect(viewer.state.orders.loaded.isEmpty)
        viewer.answer(.orders(cursor: "2"), .orders([], nextCursor: "2"))
        #expect(viewer.state.orders.orders.count == 3)
    }

    @Test("What came to nothing stands where its time puts it, what is not known yet on top") func places() {
        let viewer = Rehearsal()
        let intents = [
            Sample.intent("asked", state: .unknown, createdAt: Sample.now - .seconds(900)),
            Sample.intent("late", state: .refused("no"), createdAt: Sample.now),
            Sample.intent("between", state: .refused("no"), createdAt: Sample.now - .seconds(50)),
            Sample.intent("early", state: .refused("no"), createdAt: Sample.now - .seconds(500)),
        ]
        let orders = [
            Sample.order("new", key: "k1", placedAt: Sample.now - .seconds(10)),
            Sample.order("old", key: "k2", placedAt: Sample.now - .seconds(100)),
        ]
        viewer.act(.started(StoredState(orders: orders, intents: intents)))
        #expect(viewer.state.orders.rowIDs == ["asked", "late", "new", "between", "old", "early"])
    }

    @Test func cancellingNeedsTwoPresses() {
        let viewer = viewer([Sample.order("o1", key: "k1", canCancel: true), Sample.order("o2", key: "k2")])
        #expect(viewer.press(.cancelOrder).isEmpty)
        #expect(viewer.state.notice?.tone == .warning)
        viewer.wait(BuyState.deliberation)
        #expect(viewer.press(.cancelOrder) == [.ask(.cancelOrder("o1"))])
        viewer.answer(.cancelOrder("o1"), .order(Sample.order("o1", key: "k1", status: .cancelled)))
        #expect(viewer.state.orders.orders.first?.status == .cancelled)
        #expect(viewer.press(.cancelOrder, .cancelOrder).isEmpty)
    }

    /// Nor do many that come at once: the warning has to be read between them.
    @Test func aKeyHeldDownCancelsNothing() {
        let viewer = viewer([Sample.order("o1", key: "k1", canCancel: true)])
        for _ in 0..<50 {
            #expect(viewer.press(.cancelOrder).isEmpty)
            viewer.wait(.milliseconds(30))
        }
        viewer.wait(BuyState.deliberation)
        #expect(viewer.press(.cancelOrder) == [.ask(.cancelOrder("o1"))])
    }

    @Test func anyOtherKeyBetweenThePressesDisarms() {
        let viewer = viewer([Sample.order("o1", key: "k1", canCancel: true)])
        #expect(viewer.press(.cancelOrder, .down, .cancelOrder).isEmpty)
    }

    @Test func anOrderThatIsPlacedMeanwhileDoesNotTakeTheSelection() {
        let viewer = viewer([Sample.order("o1", key: "k1", canCancel: true), Sample.order("o2", key: "k2")])
        viewer.press(.down)
        viewer.answer(trace: "k9", .order(Sample.order("o9", key: "k9")))
        viewer.answer(.placeOrder(Sample.intent("k9")), .order(Sample.order("o9", key: "k9")))
        #expect(viewer.state.orders.selected == "o2" && viewer.state.orders.orders.count == 3)
    }

    @Test func followingShowsAtOnceAndStays() {
        let viewer = Rehearsal.withSchedule()
        #expect(viewer.press(.follow) == [.ask(.follow("ana"))])
        #expect(viewer.state.follows.contains("ana") && viewer.state.follows.hosts.isEmpty)
        #expect(viewer.answer(.follow("ana"), .done) == [.store(.follow(Sample.ana, true))])
        #expect(viewer.state.follows.hosts == [Sample.ana])
        #expect(viewer.press(.follow) == [.ask(.unfollow("ana"))])
        #expect(!viewer.state.follows.contains("ana"))
        #expect(viewer.answer(.unfollow("ana"), .done) == [.store(.follow(Sample.ana, false))])
        #expect(viewer.state.follows.hosts.isEmpty)
    }

    @Test func aRefusedFollowIsTakenBack() {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.follow)
        viewer.fail(.follow("ana"), .lost)
        #expect(!viewer.state.follows.contains("ana") && viewer.state.notice?.tone == .problem)
        #expect(viewer.press(.follow) == [.ask(.follow("ana"))])
    }

    @Test("Changing one's mind while the shop is asked: the last wish counts") func changingOnesMind() {
        let viewer = Rehearsal.withSchedule()
        #expect(viewer.press(.follow, .follow) == [.ask(.follow("ana"))])
        #expect(!viewer.state.follows.contains("ana"))
        #expect(viewer.answer(.follow("ana"), .done).last == .ask(.unfollow("ana")))
        #expect(!viewer.state.follows.contains("ana"))
        viewer.answer(.unfollow("ana"), .done)
        #expect(!viewer.state.follows.contains("ana") && viewer.state.follows.changes.isEmpty)
    }

    @Test func whileWatchingItIsTheShowsHost() {
        let viewer = Rehearsal.watching(Chronicle())
        #expect(viewer.press(.follow) == [.ask(.follow("ana"))])
    }

    @Test("On a show opened from another host's page, too") func theHostOfWhatIsInFront() {
        let viewer = Rehearsal.withSchedule()
        var shared = Sample.liveShow
        shared.hosts = [Sample.ana, Sample.ruth]
        viewer.answer(.shows(ShowFilter(), cursor: nil), .shows([shared, Sample.comingShow], nextCursor: nil))
        viewer.press(.down, .hostPage)
        #expect(viewer.state.hostInFocus == Sample.ruth)
        viewer.press(.open)
        #expect(viewer.state.watch?.show == "lamps")
        #expect(viewer.press(.follow) == [.ask(.follow("ana"))])
        viewer.press(.back)
        #expect(viewer.state.page == .host("ruth"))
        viewer.press(.back)
        #expect(viewer.state.page == nil)
    }

    @Test func aShopWithoutFollowsSaysSo() {
        let viewer = Rehearsal.withSchedule()
        viewer.answer(.service, .service(ShopInfo(name: "Shop", capabilities: [], serverTime: nil)))
        #expect(viewer.press(.follow).isEmpty && viewer.state.notice?.tone == .warning)
    }
}
