import Domain
import Text

extension AppState {
    mutating func takeOrders(
        _ result: Result<ShopAnswer, ShopFailure>, of channel: Channel, cursor: String?, _ circumstances: Circumstances
    ) -> [Effect] {
        switch result {
        case .success(.orders(let page, let next)):
            // What the local store knows beyond this page stays: a fresh guest account must not hide older orders.
            let ids = Set(page.map(\.id))
            let before = Dictionary(orders.orders.map { ($0.id, $0) }) { $1 }
            let news = page.filter { before[$0.id] != $0 }
            orders.orders = (page + orders.orders.filter { !ids.contains($0.id) }).sorted(by: Order.isNewer)
            orders.failures[channel] = nil
            if next == nil { orders.loaded.insert(channel) } else { orders.loaded.remove(channel) }
            if !orderRows.contains(orders.selected ?? "") { orders.selected = orderRows.first }
            let more: [Effect] =
                next.flatMap { $0 == cursor ? nil : $0 }.map { [.ask(.orders(cursor: $0), of: channel)] } ?? []
            if more.isEmpty { settleWatch(nil, of: channel, circumstances) }
            return [.store(.orders(news, of: channel, fetchedAt: now))] + more
        case .success:
            settleWatch(nil, of: channel, circumstances)
            return []
        case .failure(let failure):
            orders.failures[channel] = failure
            settleWatch(failure, of: channel, circumstances)
            return []
        }
    }

    /// The first press says what a second one would do.
    mutating func cancelSelectedOrder() -> [Effect] {
        if let purchase = orders.selected.flatMap({ orders.purchases[$0] }) {
            if purchase.isRefused { return forget(purchase.intent) }
            if purchase.isUnresolved { return withdraw(purchase.intent) }
        }
        guard let order = orders.orders.first(where: { $0.id.row == orders.selected }) else { return [] }
        guard order.canCancel else {
            tell("The shop no longer lets this order be cancelled.", .warning)
            return []
        }
        guard isArmed(order.id.row, "Press the key again to cancel order " + SafeText(order.id.rawValue) + ".")
        else { return [] }
        return [.ask(.cancelOrder(order.id))]
    }

    /// Takes a purchase that came to nothing off the list.
    private mutating func forget(_ intent: OrderIntent) -> [Effect] {
        let index = orderRows.firstIndex(of: intent.key) ?? 0
        orders.purchases[intent.key] = nil
        let rows = orderRows
        orders.selected = rows.isEmpty ? nil : rows[min(index, rows.count - 1)]
        return [.store(.forget(key: intent.key))]
    }

    /// A key that is held down, or one of many that come at once, is no second press: nobody has read the warning yet.
    mutating func isArmed(_ row: String, _ warning: SafeText) -> Bool {
        let armedAt = orders.cancelArmedAt
        orders.cancelArmedAt = now
        if orders.cancelArmed == row {
            guard now - armedAt >= BuyState.deliberation else { return false }
            orders.cancelArmed = nil
            return true
        }
        orders.cancelArmed = row
        tell(warning, .warning)
        return false
    }

    mutating func takeCancellation(_ result: Result<ShopAnswer, ShopFailure>) -> [Effect] {
        switch result {
        case .success(.order(let order)):
            note(order)
            tell("Order " + SafeText(order.id.rawValue) + " is cancelled.", .success)
            return [.store(.orders([order], of: order.id.channel, fetchedAt: now))]
        case .success: return []
        case .failure(let failure):
            tell("Not changed: " + failure.explanation, .problem)
            return []
        }
    }
}

extension Order {
    /// In the same second by their channels, each as its shop lists them, so that no row moves when another one answers.
    package static func isNewer(_ a: Order, _ b: Order) -> Bool {
        a.placedAt == b.placedAt ? a.id.channel < b.id.channel : a.placedAt > b.placedAt
    }
}
