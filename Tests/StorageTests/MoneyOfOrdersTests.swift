import Domain
import GRDB
import Testing
import Text

@testable import Storage

/// What is kept of the money of orders, and what budgets count of it.
@Suite struct MoneyOfOrdersTests {
    private func placed(_ order: Order, _ key: String, in store: Store) throws {
        try store.run(.record(sampleIntent(key)))
        try store.run(.record(sampleIntent(key).moved(to: .sent)))
        try store.run(.resolve(key, placedAs: order, account: shop))
    }

    private func order(_ id: String, key: String, total: Int64, at: Int64 = 100) -> Order {
        var order = sampleOrder(id, key: key, at: at)
        order.total = francs(total)
        return order
    }

    @Test func refundsRefusalsAndDoubtsAreKept() throws {
        let store = try Store.inMemory()
        var order = sampleOrder("1")
        (order.declined, order.isTotalInDoubt) = ("Not for this address.", true)
        order.refunded = Money(amount: 1000, exponent: 0, currency: "JPY")
        try store.run(.saveOrder(order, account: shop))
        #expect(try store.run(.orders(account: shop)) == [order])
    }

    @Test func anOrderComesWithWhatWasAgreed() throws {
        let store = try Store.inMemory()
        let intent = sampleIntent("k1")
        try placed(order("1", key: "k1", total: 99_999), "k1", in: store)
        let kept = try #require(try store.run(.orders(account: shop)).first)
        #expect(kept.agreement == Agreement(intent) && kept.differences.contains(.moreThanAgreed))
        // What the shop says later leaves it.
        try store.run(.saveOrders([order("1", key: "", total: 50_000)], at: Timestamp(seconds: 9), account: shop))
        #expect(try store.run(.orders(account: shop)).first?.agreement == Agreement(intent))
    }

    /// A shop enlarges no budget: not by a negative total, not by a small one, not by another day or currency.
    @Test func aShopMakesNoRoomInABudget() throws {
        let agreed = Spending(sampleIntent("k").maximumTotal, at: sampleIntent("k").createdAt)
        for total in [Int64(-900_000), 1, 0] {
            let store = try Store.inMemory()
            try placed(order("1", key: "k", total: total, at: -9_999_999), "k", in: store)
            #expect(try store.run(.spendings()) == [agreed])
        }
        let store = try Store.inMemory()
        try placed(order("1", key: "k", total: 900_000), "k", in: store)
        #expect(try store.run(.spendings()) == [Spending(francs(900_000), at: agreed.at)])
        var foreign = order("1", key: "k", total: 1)
        foreign.total = try #require(Money(amount: 1, exponent: 0, currency: "JPY"))
        try store.run(.saveOrder(foreign, account: shop))
        #expect(try store.run(.spendings()) == [agreed])
        // Of another machine's order the shop's word is all there is, and never below nothing.
        try store.run(.saveOrder(order("2", key: "other", total: -5), account: shop))
        #expect(try store.run(.spendings()).map(\.amount).contains(francs(0)))
    }

    @Test func whatWasNotPaidCostsNothing() throws {
        let store = try Store.inMemory()
        var unpaid = order("1", key: "k", total: 14_500)
        (unpaid.status, unpaid.declined) = (.unpaid, "No.")
        try placed(unpaid, "k", in: store)
        #expect(try store.run(.spendings()).isEmpty)
        unpaid.declined = nil
        try store.run(.saveOrder(unpaid, account: shop))
        #expect(try store.run(.spendings()).count == 1)
    }

    @Test func aNoIsTakenBackByItsOrder() throws {
        let store = try Store.inMemory()
        try store.run(.record(sampleIntent("k")))
        try store.run(.resolve("k", .refused("it never reached the shop")))
        try store.run(.saveOrders([sampleOrder("7", key: "k")], at: Timestamp(seconds: 9), account: shop))
        #expect(try store.run(.refused(account: shop, since: .distantPast)).isEmpty)
        #expect(try store.run(.intents(account: shop)).map(\.state) == [.placed("7")])
        // And never the other way.
        #expect(throws: StorageError.self) { try store.run(.resolve("k", .refused("no"))) }
        #expect(throws: StorageError.self) { try store.run(.resolve("k", .unknown)) }
    }

    /// An order that stood beside its own no in an earlier version.
    @Test func anEarlierVersionsNoIsTakenBack() throws {
        let queue = try DatabaseQueue()
        try Schema.migrator(steps: 8).migrate(queue)
        try queue.write { db in
            let intent = sampleIntent("k")
            try db.execute(
                sql: """
                    INSERT INTO order_intents VALUES ('k', ?, 'g', 'BAG-01-TAN', 'Bag', 1, 'q', 5, 'card', 14500, 2, 'CHF', NULL,
                        ?, 1, 'committed', NULL, NULL, 0);
                    """, arguments: [shop, intent.createdAt.milliseconds])
            try db.execute(sql: "UPDATE order_intents SET state = 'refused', refusal = 'no'")
            try db.execute(
                sql: """
                    INSERT INTO orders (account, id, key, status, total, exponent, currency, placed_at, can_cancel)
                    VALUES (?, '7', 'k', 'completed', 14500, 2, 'CHF', 100, 0)
                    """, arguments: [shop])
        }
        try Schema.migrator().migrate(queue)
        let state = try queue.read { try String.fetchOne($0, sql: "SELECT state || order_id FROM order_intents") }
        #expect(state == "placed7")
    }
}
