import Domain
import Storage
import Testing

/// What a shop can invent takes no more room on the disk than this.
@Suite(.timeLimit(.minutes(1))) struct BoundTests {
    private let store: Store

    init() throws { store = try Store.inMemory() }

    private func see(_ skus: some Sequence<SKU>, _ amount: Int64, at seconds: Int64) throws {
        try store.run(
            .recordPrices(
                skus.map { VariantFacts(sku: $0, price: francs(amount)) }, at: Timestamp(seconds: seconds),
                account: shop))
    }

    private func histories(_ skus: [SKU]) throws -> [SKU: [PricePoint]] {
        try store.run(.priceHistories(skus, account: shop))
    }

    @Test func aVariantKeepsItsNewestPrices() throws {
        for second in 0..<620 { try see(["S"], Int64(100 + second), at: Int64(second)) }
        let history = try histories(["S"])["S"] ?? []
        #expect(history.count == 500)
        #expect(history.first?.price == francs(220) && history.last?.price == francs(719))
    }

    @Test func aShopThatInventsVariantsKeepsTheNewest() throws {
        try see(["first"], 1, at: 0)
        for batch in 1...30 {
            try see((0..<1000).map { SKU("v\(batch)-\($0)") }, 1, at: Int64(batch))
        }
        let all = (1...30).flatMap { batch in (0..<1000).map { SKU("v\(batch)-\($0)") } }
        let kept = try histories(all + ["first"])
        #expect((18_000...20_000).contains(kept.count))
        #expect(kept["first"] == nil && kept["v30-0"] != nil && kept["v1-0"] == nil)
    }

    @Test func pricesOfLongAgoGo() throws {
        try see(["old"], 1, at: 0)
        try see(["new"], 1, at: 401 * 86_400)
        #expect(try histories(["old", "new"]).keys.sorted() == ["new"])
    }

    @Test func ordersThatNobodyPlacedHaveABound() throws {
        let intent = sampleIntent("mine")
        try store.run(.record(intent))
        try store.run(.resolve("mine", .sent))
        try store.run(.resolve("mine", placedAs: sampleOrder("mine", key: "mine", at: 1), account: shop))
        for page in 0..<60 {
            let orders = (0..<100).map { sampleOrder("o\(page)-\($0)", at: Int64(100 + page)) }
            try store.run(.saveOrders(orders, at: Timestamp(seconds: 200), account: shop))
        }
        let orders = try store.run(.orders(account: shop, limit: 100_000))
        #expect(orders.count == 5001)
        // What was bought here is kept, however old it is.
        #expect(orders.contains { $0.id == "mine" } && orders.contains { $0.id == "o59-0" })
        #expect(!orders.contains { $0.id == "o0-0" })
    }
}
