import Domain
import Storage
import Testing
import Text

@Suite struct KeepingTests {
    let store: Store

    init() throws { store = try Store.inMemory() }

    @Test func emptyStoreStartsEmpty() throws {
        let start = try store.run(.startState(account: shop))
        #expect(start.shows.isEmpty && start.follows.isEmpty && start.orders.isEmpty)
        #expect(start.scheduleFetchedAt == nil && start.followsFetchedAt == nil && start.ordersFetchedAt == nil)
    }

    @Test func scheduleIsReadBackWholeAndInOrder() throws {
        var bare = Show(id: "bare", title: "Bare", state: .cancelled, hosts: [], startsAt: Timestamp(seconds: 1))
        bare.title = "مرحبا 🔥"
        let shows = [
            sampleShow("b", hosts: [sampleHost("z", followers: nil), sampleHost("a")]), bare, sampleShow("a"),
        ]
        try store.run(.saveSchedule(shows, at: Timestamp(milliseconds: 5_123), account: shop))
        let start = try store.run(.startState(account: shop))
        #expect(start.shows == shows)
        #expect(start.scheduleFetchedAt == Timestamp(milliseconds: 5_123))
    }

    @Test func aNewScheduleReplacesTheOldOneOfItsShopAlone() throws {
        let elsewhere = "http://127.0.0.1:8080"
        try store.run(.saveSchedule([sampleShow("a"), sampleShow("b")], at: Timestamp(seconds: 1), account: shop))
        try store.run(.saveSchedule([sampleShow("x")], at: Timestamp(seconds: 2), account: elsewhere))
        try store.run(.saveSchedule([sampleShow("c")], at: Timestamp(seconds: 3), account: shop))
        #expect(try store.run(.startState(account: shop)).shows.map(\.id) == ["c"])
        #expect(try store.run(.startState(account: elsewhere)).shows.map(\.id) == ["x"])
        try store.run(.confirmSchedule(at: Timestamp(seconds: 9), account: shop))
        #expect(try store.run(.startState(account: shop)).scheduleFetchedAt == Timestamp(seconds: 9))
        #expect(try store.run(.startState(account: elsewhere)).scheduleFetchedAt == Timestamp(seconds: 2))
    }

    @Test func aShopMayRepeatItself() throws {
        let twins = sampleShow("a", hosts: [sampleHost("mira"), sampleHost("mira")])
        try store.run(.saveSchedule([twins, sampleShow("a")], at: Timestamp(seconds: 1), account: shop))
        #expect(try store.run(.startState(account: shop)).shows == [twins])
    }

    @Test func followsSurviveASchedule() throws {
        let (mira, jonas) = (sampleHost("mira"), sampleHost("jonas"))
        try store.run(.saveFollows([mira, jonas], at: Timestamp(seconds: 4), account: shop))
        try store.run(
            .saveSchedule([sampleShow("a", hosts: [sampleHost("else")])], at: Timestamp(seconds: 5), account: shop))
        let start = try store.run(.startState(account: shop))
        #expect(start.follows == [mira, jonas])
        #expect(start.followsFetchedAt == Timestamp(seconds: 4))
    }

    @Test func followingIsSetAndUnsetOneByOne() throws {
        let (mira, jonas) = (sampleHost("mira"), sampleHost("jonas"))
        try store.run(.setFollow(mira, true, account: shop))
        try store.run(.setFollow(jonas, true, account: shop))
        try store.run(.setFollow(mira, true, account: shop))
        #expect(try store.run(.follows(account: shop)) == [mira, jonas])
        try store.run(.setFollow(mira, false, account: shop))
        try store.run(.setFollow(mira, false, account: shop))
        #expect(try store.run(.follows(account: shop)) == [jonas])
    }

    @Test func anOrderIsKeptWithAllThatCameAfterTheSale() throws {
        let (plain, delivered) = (sampleOrder("o1", at: 300), deliveredOrder("o2", at: 200))
        try store.run(.saveOrders([plain, delivered], at: Timestamp(seconds: 7), account: shop))
        #expect(try store.run(.orders(account: shop)) == [plain, delivered])
        var parcelless = delivered
        parcelless.course = OrderCourse()
        parcelless.bill = nil
        try store.run(.saveOrder(parcelless, account: shop))
        #expect(try store.run(.orders(account: shop)) == [plain, parcelless])
    }

    @Test func ordersAreAddedAndBroughtUpToDate() throws {
        let (first, second) = (sampleOrder("o1", at: 100), sampleOrder("o2", at: 200))
        try store.run(.saveOrders([first], at: Timestamp(seconds: 7), account: shop))
        try store.run(.saveOrders([second], at: Timestamp(seconds: 8), account: shop))
        #expect(try store.run(.orders(account: shop)) == [second, first])
        var cancelled = first
        cancelled.status = .cancelled
        cancelled.checkoutURL = nil
        cancelled.lines.removeLast()
        try store.run(.saveOrder(cancelled, account: shop))
        #expect(try store.run(.orders(account: shop)) == [second, cancelled])
        #expect(try store.run(.orders(account: shop, limit: 1)) == [second])
        #expect(try store.run(.startState(account: shop)).ordersFetchedAt == Timestamp(seconds: 8))
        #expect(try store.run(.orders(account: "https://other.example")) == [])
    }

    /// It goes with the payment.
    @Test func untilWhenAnOrderCanBePaidIsKept() throws {
        var order = sampleOrder("o1", status: .unpaid)
        order.checkoutExpiresAt = Timestamp(seconds: 1900)
        for _ in 1...2 { try store.run(.saveOrder(order, account: shop)) }
        #expect(try store.run(.orders(account: shop)) == [order])
        order.checkoutExpiresAt = nil
        try store.run(.saveOrder(order, account: shop))
        #expect(try store.run(.orders(account: shop)) == [order])
    }

    @Test func everyStatusIsKept() throws {
        for status in OrderStatus.allCases {
            try store.run(.saveOrder(sampleOrder("o-" + status.rawValue, status: status), account: shop))
        }
        #expect(Set(try store.run(.orders(account: shop)).map(\.status)) == Set(OrderStatus.allCases))
        for state in ShowState.allCases {
            var show = sampleShow("a")
            show.state = state
            try store.run(.saveSchedule([show], at: Timestamp(seconds: 1), account: shop))
            #expect(try store.run(.startState(account: shop)).shows == [show])
        }
    }

    @Test func onlyChangesOfAPriceAreKept() throws {
        for (at, price) in [(1, Int64(100)), (2, 100), (3, 90), (4, 100), (4, 80), (5, 100)] {
            let facts = [VariantFacts(sku: "BAG", price: francs(price)), VariantFacts(sku: "BELT", price: francs(7))]
            try store.run(.recordPrices(facts, at: Timestamp(seconds: Int64(at)), account: shop))
        }
        let histories = try store.run(.priceHistories(["BAG", "BELT", "HAT"], account: shop))
        let all = try #require(histories["BAG"])
        #expect(all.map(\.at) == [1, 3, 4].map { Timestamp(seconds: $0) })
        #expect(all.map(\.price) == [100, 90, 100].map(francs))
        #expect(histories["BELT"]?.count == 1 && histories["HAT"] == nil)
        let recent = try store.run(.priceHistories(["BAG"], since: Timestamp(milliseconds: 3_500), account: shop))
        #expect(recent["BAG"]?.map(\.price) == [90, 100].map(francs))
    }

    @Test func wishesAreKeptWithThePriceOfTheirTime() throws {
        let lamp = Wish(
            product: "lamp", title: "灯 Lamp", brand: "Lopez", price: francs(14_500), at: Timestamp(seconds: 1))
        let gift = Wish(product: "gift", title: "Gift", brand: "", price: nil, at: Timestamp(seconds: 2))
        try store.run(.addWish(lamp, account: shop))
        try store.run(.addWish(gift, account: shop))
        var again = lamp
        (again.price, again.at) = (francs(1), Timestamp(seconds: 9))
        try store.run(.addWish(again, account: shop))
        #expect(try store.run(.startState(account: shop)).wishes == [gift, lamp])
        #expect(try store.run(.startState(account: "https://other.example")).wishes.isEmpty)
        try store.run(.removeWish("gift", account: shop))
        #expect(try store.run(.startState(account: shop)).wishes == [lamp])
    }

    @Test func remindersFollowTheirShow() throws {
        let late = Reminder(show: "late", title: "Late", startsAt: Timestamp(seconds: 20))
        var early = Reminder(show: "early", title: "Early", startsAt: Timestamp(seconds: 10))
        for reminder in [late, early] { try store.run(.setReminder(reminder, account: shop)) }
        #expect(try store.run(.startState(account: shop)).reminders == [early, late])
        early.startsAt = Timestamp(seconds: 30)
        try store.run(.setReminder(early, account: shop))
        #expect(try store.run(.startState(account: shop)).reminders == [late, early])
        try store.run(.removeReminder("late", account: shop))
        #expect(try store.run(.startState(account: shop)).reminders == [early])
        #expect(try store.run(.startState(account: "https://other.example")).reminders.isEmpty)
    }
}

/// What a kind of shop remembers.
@Suite struct ShopNoteTests {
    @Test func aNoteIsOfOneShopAndReplacesTheOneBefore() throws {
        let store = try Store.inMemory()
        try store.run(.setShopNote("basket", "1", account: "a"))
        try store.run(.setShopNote("basket", "2", account: "a"))
        #expect(try store.run(.shopNote("basket", account: "a")) == "2")
        #expect(try store.run(.shopNote("basket", account: "b")) == nil)
        try store.run(.setShopNote("basket", nil, account: "a"))
        #expect(try store.run(.shopNote("basket", account: "a")) == nil)
    }

    @Test func aNoteIsClaimedOnce() throws {
        let store = try Store.inMemory()
        try store.run(.setShopNote("basket", "1", account: "a"))
        #expect(try store.run(.claimShopNote("basket", account: "b")) == nil)
        #expect(try store.run(.claimShopNote("basket", account: "a")) == "1")
        #expect(try store.run(.claimShopNote("basket", account: "a")) == nil)
        #expect(try store.run(.shopNote("basket", account: "a")) == nil)
    }
}
