import Domain
import Storage
import Testing
import Text

@Suite struct IntentTests {
    let store: Store

    init() throws { store = try Store.inMemory() }

    private func state(of key: String) throws -> OrderIntent.State? {
        try store.run(.intents(account: shop)).first { $0.key == key }?.state
    }

    @Test func committedIntentIsReadBackWhole() throws {
        let intent = sampleIntent("k1")
        try store.run(.record(intent))
        #expect(try store.run(.unresolved(account: shop)) == [intent])
        #expect(try store.run(.unresolved(account: "https://other.example")) == [])
    }

    @Test func aKeyIsWrittenOnce() throws {
        try store.run(.record(sampleIntent("k1")))
        var other = sampleIntent("k1")
        other.quantity = 3
        #expect(throws: StorageError.intentExists(key: "k1")) { try store.run(.record(other)) }
        #expect(try store.run(.unresolved(account: shop)).first?.quantity == 1)
    }

    @Test(arguments: [OrderIntent.State.sent, .unknown, .placed("o1"), .refused("sold out")])
    func movesForward(_ next: OrderIntent.State) throws {
        try store.send("k1")
        try store.run(.resolve("k1", next))
        #expect(try state(of: "k1") == next)
        try store.run(.resolve("k1", next))
        #expect(try state(of: "k1") == next)
    }

    @Test(arguments: [
        (OrderIntent.State.sent, OrderIntent.State.committed), (.unknown, .sent),
        (.unknown, .committed),
        (.placed("o1"), .committed), (.placed("o1"), .sent), (.placed("o1"), .unknown), (.placed("o1"), .refused("no")),
        (.placed("o1"), .placed("o2")),
        (.refused("no"), .committed), (.refused("no"), .sent), (.refused("no"), .unknown),
        (.refused("no"), .refused("yes")),
    ])
    func neverMovesBack(from: OrderIntent.State, to: OrderIntent.State) throws {
        try store.send("k1")
        try store.run(.resolve("k1", from))
        #expect(throws: StorageError.intentMovesForwardOnly) { try store.run(.resolve("k1", to)) }
        #expect(try state(of: "k1") == from)
    }

    @Test(
        "What was never sent is not bought, and its outcome is not unknown",
        arguments: [
            OrderIntent.State.unknown, .placed("o1"),
        ])
    func unsentHasNoOutcome(_ next: OrderIntent.State) throws {
        try store.run(.record(sampleIntent("k1")))
        #expect(throws: StorageError.intentMovesForwardOnly) { try store.run(.resolve("k1", next)) }
        try store.run(.resolve("k1", .refused("cancelled")))
        #expect(throws: StorageError.withdrawn) { try store.run(.record(sampleIntent("k1").moved(to: .sent))) }
    }

    @Test func onlyWhatIsWrittenDownGoesOut() throws {
        let sent = sampleIntent("k1").moved(to: .sent)
        #expect(throws: StorageError.withdrawn) { try store.run(.record(sent)) }
        try store.run(.record(sampleIntent("k1")))
        try store.run(.withdraw("k1"))
        #expect(throws: StorageError.withdrawn) { try store.run(.record(sent)) }
        #expect(try state(of: "k1") == .committed)
    }

    @Test("The budget is looked at in the transaction that writes, over all shops")
    func theBudgetIsKept() throws {
        var budget = Budget()
        budget.limit(.month, to: francs(30_800))
        try store.run(.record(sampleIntent("k1"), within: budget))
        try store.run(.record(sampleIntent("k2", account: "https://other.example"), within: budget))
        #expect(throws: StorageError.beyondBudget) { try store.run(.record(sampleIntent("k3"), within: budget)) }
        #expect(try state(of: "k3") == nil)
        #expect(try store.run(.spendings(exceptAt: [shop])).map(\.amount) == [francs(15_400)])
        // The order takes the intent's place, and what was cancelled costs nothing.
        try store.run(.record(sampleIntent("k1").moved(to: .sent)))
        try store.run(.resolve("k1", placedAs: sampleOrder("o1", key: "k1"), account: shop))
        #expect(try store.run(.spendings()).map(\.amount.amount).sorted() == [15_400, 25_200])
        try store.run(.saveOrder(sampleOrder("o1", key: "k1", status: .cancelled), account: shop))
        try store.run(.record(sampleIntent("k3"), within: budget))
    }

    /// Its database was put back, or it was set up once more: what had the number cannot be asked for any more.
    @Test("A shop that counts anew gives an older order's number to a new one") func namesakes() throws {
        for (key, at) in [("k1", Int64(100)), ("k2", 5000)] {
            var intent = sampleIntent(key, createdAt: at)
            intent.isKeyed = false
            try store.run(.record(intent))
            try store.run(.record(intent.moved(to: .sent)))
            try store.run(.resolve(key, placedAs: sampleOrder("101", key: key, at: at + 1), account: shop))
        }
        #expect(try store.run(.orders(account: shop)).map(\.key) == ["k2"])
        #expect(try store.run(.intents(account: shop)).map(\.key) == ["k2"])
    }

    @Test("At a shop without keys one order is the outcome of one purchase")
    func anOrderIsClaimedOnce() throws {
        for key in ["k1", "k2"] {
            var intent = sampleIntent(key)
            intent.isKeyed = false
            try store.run(.record(intent))
            try store.run(.record(intent.moved(to: .sent)))
        }
        try store.run(.resolve("k1", placedAs: sampleOrder("o1", key: "k1"), account: shop))
        #expect(throws: StorageError.self) {
            try store.run(.resolve("k2", placedAs: sampleOrder("o1", key: "k2"), account: shop))
        }
        guard case .taken(let intent, let claimed) = try store.run(.takeTurn("k2")) else {
            Issue.record("no turn")
            return
        }
        #expect(!intent.isKeyed && intent.state == .sent && claimed == ["o1"])
        // The shop's list, which knows no keys, does not take the key away.
        try store.run(.saveOrders([sampleOrder("o1", key: "")], at: Timestamp(seconds: 1), account: shop))
        #expect(try store.run(.orders(account: shop)).map(\.key) == ["k1"])
    }

    @Test func resolvingWhatIsNotThereIsAnError() throws {
        #expect(throws: StorageError.noSuchIntent(key: "k1")) { try store.run(.resolve("k1", .unknown)) }
    }

    @Test func orderAndOutcomeAreKeptTogether() throws {
        let order = sampleOrder("o1", key: "k1")
        try store.send("k1")
        try store.run(.resolve("k1", placedAs: order, account: shop))
        #expect(try state(of: "k1") == .placed("o1"))
        #expect(try store.run(.orders(account: shop)) == [order.measured(by: Agreement(sampleIntent("k1")))])
        #expect(try store.run(.unresolved(account: shop)) == [])
    }

    @Test func anOutcomeThatCannotBeKeptLeavesNoOrder() throws {
        try store.send("k1")
        try store.run(.resolve("k1", .placed("o9")))
        #expect(throws: StorageError.intentMovesForwardOnly) {
            try store.run(.resolve("k1", placedAs: sampleOrder("o1"), account: shop))
        }
        #expect(try store.run(.orders(account: shop)) == [])
    }

    @Test func onlyWhatIsSettledCanBeForgotten() throws {
        try store.send("k1")
        #expect(throws: StorageError.intentMovesForwardOnly) { try store.run(.forget("k1")) }
        try store.run(.resolve("k1", .unknown))
        #expect(throws: StorageError.intentMovesForwardOnly) { try store.run(.forget("k1")) }
        try store.run(.resolve("k1", .refused("sold out")))
        try store.run(.forget("k1"))
        #expect(try store.run(.intents(account: shop)) == [])
    }

    @Test func aTurnIsTakenWhileTheOutcomeIsNotKnown() throws {
        try store.send("k1")
        #expect(try store.run(.takeTurn("k1")).isTaken)
        try store.run(.resolve("k1", .unknown))
        #expect(try store.run(.takeTurn("k1")).isTaken)
        try store.run(.resolve("k1", .placed("o1")))
        #expect(try store.run(.takeTurn("k1")) == .settled)
        #expect(try store.run(.takeTurn("none")) == .settled)
    }

    @Test func whatIsWithdrawnIsRemembered() throws {
        try store.run(.record(sampleIntent("k1")))
        try store.run(.withdraw("k1"))
        let intent = try #require(try store.run(.unresolved(account: shop)).first)
        #expect(intent.isWithdrawn && intent.state == .committed)
    }

    @Test func unresolvedComeOldestFirst() throws {
        for (key, at) in [("b", Int64(200)), ("a", 300), ("c", 100)] {
            try store.run(.record(sampleIntent(key, createdAt: at)))
        }
        #expect(try store.run(.unresolved(account: shop)).map(\.key) == ["c", "b", "a"])
    }
}
