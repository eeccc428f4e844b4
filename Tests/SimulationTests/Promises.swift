import AppCore
import Domain
import Storage

extension Simulation {
    /// What the viewers show is the server's truth.
    func checkViewers(_ orders: [Order]) {
        let bought = Set(orders.map(\.key))
        for viewer in seats.compactMap({ $0 }) {
            let shown = viewer.state.orders
            if !shown.unresolved.isEmpty { note("a purchase was not found out about") }
            if shown.refused.contains(where: { bought.contains($0.key) }) { note("shown as not bought, but bought") }
            if shown.orders.contains(where: { !bought.contains($0.key) }) { note("shown as bought, but not bought") }
        }
    }

    /// What is on disk is the server's truth, and nothing was bought that was not wanted.
    func checkAll() async throws {
        let orders = try await shop.server.orders(of: account.id)
        checkViewers(orders)
        for (key, same) in Dictionary(grouping: orders, by: \.key) {
            if same.count > 1 { note("one key bought \(same.count) times") }
            guard let intent = ledger[key] else {
                note("bought without an intent on disk")
                continue
            }
            if same.contains(where: { $0.total.exceeds(intent.maximumTotal) != false }) {
                note("it cost more than what was shown")
            }
        }
        if orders.count > ledger.count { note("more orders than intents") }
        if ledger.count > confirmsPressed { note("more intents than confirmations") }

        let kept = Dictionary(uniqueKeysWithValues: try store.run(.intents(account: scope)).map { ($0.key, $0) })
        for key in ledger.keys.sorted() {
            let order = orders.first { $0.key == key }
            switch kept[key]?.state {
            case .placed(let id): if order?.id != id { note("kept as bought, but the shop has no such order") }
            // Forgotten is what was shown as refused.
            case .refused, nil: if order != nil { note("kept as not bought, but the shop has the order") }
            case .committed, .unknown: note("a purchase stays unknown on disk")
            }
        }

        let stock = try await shop.server.stock(of: product.id)
        if stock.contains(where: { $0 < 0 }) { note("less than nothing in stock") }
        let left = stock.reduce(0, +)
        let sold = orders.filter { $0.status != .cancelled }.flatMap(\.lines).reduce(0) { $0 + $1.quantity }
        if left + sold != stockIn { note("\(stockIn) in stock, \(sold) sold, \(left) left") }
    }
}
