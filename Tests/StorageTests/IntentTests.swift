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

    @Test func leaseGoesToOneUntilItEnds() throws {
        try store.run(.commit(sampleIntent("k1"), leasedUntil: Timestamp(seconds: 160)))
        let atOnce = Timestamp(seconds: 101)
        let later = Timestamp(seconds: 160)
        #expect(try store.run(.lease("k1", now: atOnce, until: later)) == false)
        #expect(try store.run(.lease("k1", now: later, until: Timestamp(seconds: 220))))
        #expect(try store.run(.lease("k1", now: later, until: Timestamp(seconds: 220))) == false)
        try store.run(.resolve("k1", .unknown))
        #expect(try store.run(.lease("k1", now: later, until: Timestamp(seconds: 220))))
        try store.run(.resolve("k1", .placed("o1")))
        #expect(try store.run(.lease("k1", now: Timestamp(seconds: 999), until: Timestamp(seconds: 1000))) == false)
        #expect(try store.run(.lease("none", now: atOnce, until: later)) == false)
    }

    @Test func onlyWhatWasSurelyNotSentCanBeWithdrawn() throws {
        try store.run(.commit(sampleIntent("never-sent")))
        try store.run(.commit(sampleIntent("being-sent"), leasedUntil: Timestamp(seconds: 160)))
        try store.run(.commit(sampleIntent("perhaps-sent")))
        try store.run(.resolve("perhaps-sent", .unknown))
        #expect(try store.run(.withdraw("never-sent", reason: "you cancelled it")))
        #expect(try state(of: "never-sent") == .refused("you cancelled it"))
        #expect(try store.run(.withdraw("being-sent", reason: "no")) == false)
        #expect(try store.run(.withdraw("perhaps-sent", reason: "no")) == false)
        // The connection was refused: nothing was sent, and the lease is given back.
        try store.run(.resolve("being-sent", .committed))
        #expect(try store.run(.withdraw("being-sent", reason: "no")))
    }

    @Test func unresolvedComeOldestFirst() throws {
        for (key, at) in [("b", Int64(200)), ("a", 300), ("c", 100)] {
            try store.run(.commit(sampleIntent(key, createdAt: at)))
        }
        #expect(try store.run(.unresolved(account: shop)).map(\.key) == ["c", "b", "a"])
    }
}
