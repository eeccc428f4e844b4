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
        try store.run(.commit(intent))
        #expect(try store.run(.unresolved(account: shop)) == [intent])
        #expect(try store.run(.unresolved(account: "https://other.example")) == [])
    }

    @Test func aKeyIsWrittenOnce() throws {
        try store.run(.commit(sampleIntent("k1")))
        var other = sampleIntent("k1")
        other.quantity = 3
        #expect(throws: StorageError.intentExists(key: "k1")) { try store.run(.commit(other)) }
        #expect(try store.run(.unresolved(account: shop)).first?.quantity == 1)
    }

    @Test(arguments: [OrderIntent.State.unknown, .placed("o1"), .refused("sold out")])
    func movesForward(_ next: OrderIntent.State) throws {
        try store.run(.commit(sampleIntent("k1")))
        try store.run(.resolve("k1", next))
        #expect(try state(of: "k1") == next)
        try store.run(.resolve("k1", next))
        #expect(try state(of: "k1") == next)
    }

    @Test(arguments: [
        (OrderIntent.State.unknown, OrderIntent.State.committed),
        (.placed("o1"), .committed), (.placed("o1"), .unknown), (.placed("o1"), .refused("no")),
        (.placed("o1"), .placed("o2")),
        (.refused("no"), .committed), (.refused("no"), .unknown), (.refused("no"), .placed("o1")),
        (.refused("no"), .refused("yes")),
    ])
    func neverMovesBack(from: OrderIntent.State, to: OrderIntent.State) throws {
        try store.run(.commit(sampleIntent("k1")))
        try store.run(.resolve("k1", from))
        #expect(throws: StorageError.intentMovesForwardOnly) { try store.run(.resolve("k1", to)) }
        #expect(try state(of: "k1") == from)
    }

    @Test func resolvingWhatIsNotThereIsAnError() throws {
        #expect(throws: StorageError.noSuchIntent(key: "k1")) { try store.run(.resolve("k1", .unknown)) }
    }

    @Test func orderAndOutcomeAreKeptTogether() throws {
        let order = sampleOrder("o1", key: "k1")
        try store.run(.commit(sampleIntent("k1")))
        try store.run(.resolve("k1", placedAs: order, account: shop))
        #expect(try state(of: "k1") == .placed("o1"))
        #expect(try store.run(.orders(account: shop)) == [order])
        #expect(try store.run(.unresolved(account: shop)) == [])
    }

    @Test func anOutcomeThatCannotBeKeptLeavesNoOrder() throws {
        try store.run(.commit(sampleIntent("k1")))
        try store.run(.resolve("k1", .refused("sold out")))
        #expect(throws: StorageError.intentMovesForwardOnly) {
            try store.run(.resolve("k1", placedAs: sampleOrder("o1"), account: shop))
        }
        #expect(try store.run(.orders(account: shop)) == [])
    }

    @Test func onlyWhatIsSettledCanBeForgotten() throws {
        try store.run(.commit(sampleIntent("k1")))
        #expect(throws: StorageError.intentMovesForwardOnly) { try store.run(.forget("k1")) }
        try store.run(.resolve("k1", .unknown))
        #expect(throws: StorageError.intentMovesForwardOnly) { try store.run(.forget("k1")) }
        try store.run(.resolve("k1", .refused("sold out")))
        try store.run(.forget("k1"))
        #expect(try store.run(.intents(account: shop)) == [])
    }

    @Test func aTurnIsTakenWhileTheOutcomeIsNotKnown() throws {
        try store.run(.commit(sampleIntent("k1")))
        #expect(try store.run(.takeTurn("k1")) == .taken)
        try store.run(.resolve("k1", .unknown))
        #expect(try store.run(.takeTurn("k1")) == .taken)
        try store.run(.resolve("k1", .placed("o1")))
        #expect(try store.run(.takeTurn("k1")) == .settled)
        #expect(try store.run(.takeTurn("none")) == .settled)
    }

    @Test func whatIsWithdrawnIsRemembered() throws {
        try store.run(.commit(sampleIntent("k1")))
        try store.run(.withdraw("k1"))
        let intent = try #require(try store.run(.unresolved(account: shop)).first)
        #expect(intent.isWithdrawn && intent.state == .committed)
    }

    @Test func unresolvedComeOldestFirst() throws {
        for (key, at) in [("b", Int64(200)), ("a", 300), ("c", 100)] {
            try store.run(.commit(sampleIntent(key, createdAt: at)))
        }
        #expect(try store.run(.unresolved(account: shop)).map(\.key) == ["c", "b", "a"])
    }
}
