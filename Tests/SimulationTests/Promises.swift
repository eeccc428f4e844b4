import AppCore
import Domain
import Storage

extension Simulation {
    /// What the viewers show is the server's truth.
    func checkViewers(_ orders: [Order]) {
        let bought = Set(orders.map(isKeyless ? \.id.rawValue : \.key))
        for viewer in seats.compactMap({ $0 }) {
            let shown = viewer.state.orders
            if shown.hasUnresolved { note("a purchase was not found out about") }
            if shown.orders.contains(where: { !bought.contains(isKeyless ? $0.id.rawValue : $0.key) }) {
                note("shown as bought, but not bought")
            }
            // Without keys, of two that are alike either may be shown as the one that was bought.
            guard !isKeyless else { continue }
            if shown.refused.contains(where: { bought.contains($0.key) }) { note("shown as not bought, but bought") }
        }
    }

    /// What is on disk is the server's truth, and nothing was bought that was not wanted.
    func checkAll() async throws {
        let orders = try await shop.server.orders(of: account.id)
        checkViewers(orders)
        if orders.count > ledger.count { note("more orders than intents") }
        if ledger.count > confirmsPressed { note("more intents than confirmations") }
        let kept = Dictionary(uniqueKeysWithValues: try store.run(.intents(account: scope)).map { ($0.key, $0) })
        if kept.values.contains(where: { !$0.isResolved }) { note("a purchase stays unknown on disk") }
        isKeyless ? checkClaims(kept.values, orders) : checkKeys(kept, orders)
        try await checkStock(orders)
    }

    private func checkKeys(_ kept: [String: OrderIntent], _ orders: [Order]) {
        for (key, same) in Dictionary(grouping: orders, by: \.key) {
            if saidNotBought.contains(key), lettingGo == 0 { note("said not to be bought, and bought") }
            if same.count > 1 { note("one key bought \(same.count) times") }
            guard let intent = ledger[key] else {
                note("bought without an intent on disk")
                continue
            }
            if same.contains(where: { $0.total.exceeds(intent.maximumTotal) != false }) {
                note("it cost more than what was shown")
            }
        }
        for key in ledger.keys.sorted() {
            let order = orders.first { $0.key == key }
            switch kept[key]?.state {
            case .placed(let id): if order?.id != id { note("kept as bought, but the shop has no such order") }
            // Forgotten is what was shown as refused.
            case .refused, nil: if order != nil { note("kept as not bought, but the shop has the order") }
            case .committed, .sent, .unknown: break
            }
        }
    }

    /// Each purchase went out once; each order is that of one purchase, which allowed for what it cost.
    private func checkClaims(_ kept: some Collection<OrderIntent>, _ orders: [Order]) {
        if sent.values.contains(where: { $0 > 1 }) { note("sent twice to a shop without keys") }
        var unclaimed = Dictionary(uniqueKeysWithValues: orders.map { ($0.id, $0) })
        for intent in kept {
            guard case .placed(let id) = intent.state else { continue }
            guard let order = unclaimed.removeValue(forKey: id) else {
                note("kept as bought, but the shop has no such order, or another purchase has it")
                continue
            }
            if order.total.exceeds(intent.maximumTotal) != false { note("it cost more than what was shown") }
        }
        if unclaimed.count > lettingGo { note("kept as not bought, but the shop has the order") }
    }

    private func checkStock(_ orders: [Order]) async throws {
        let stock = try await shop.server.stock(of: product.id)
        if stock.contains(where: { $0 < 0 }) { note("less than nothing in stock") }
        let left = stock.reduce(0, +)
        let sold = orders.filter { $0.status != .cancelled }.flatMap(\.lines).reduce(0) { $0 + $1.quantity }
        if left + sold != stockIn { note("\(stockIn) in stock, \(sold) sold, \(left) left") }
    }
}
