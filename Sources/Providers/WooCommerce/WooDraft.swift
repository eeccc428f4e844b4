import Domain
import HTTPTransport
import Text

/// Basket of a checkout that the shop refused. The draft of its order holds the stock, for that basket's session alone: for
/// 60 minutes in shops before 9.6 as they are delivered (`woocommerce_hold_stock_minutes`).
struct WooDraft: Sendable {
    /// Name of its note.
    let name: String
    let basket: WooBasket

    /// After a look at the checkout, and after a try to buy.
    static let heldByLook = Duration.seconds(600)
    static let heldByTry = Duration.seconds(3600)
}

extension WooBasket {
    /// As the next quote finds it; nil where nothing is held for it.
    func draft(of intent: OrderIntent) -> WooDraft? {
        heldUntil == nil ? nil : WooDraft(name: Self.name(intent.quote), basket: self)
    }

    mutating func hold(until time: Timestamp) { heldUntil = max(time, heldUntil ?? time) }

    /// With the rates that the shop has selected now.
    func selecting(_ cart: WooCart) -> WooBasket {
        var basket = self
        basket.selected = cart.selectedRates
        return basket
    }
}

extension WooCommerceProvider {
    /// Takes the newest basket that holds stock for its own session alone. Nobody else has it from then on.
    func claimDraft(_ io: ShopIO) async throws(ShopFailure) -> WooDraft? {
        let held = try await io.recallAll(WooBasket.prefix).compactMap { name, note in
            ShopNote.value(WooBasket.self, note)?.heldUntil.map { (name: name, until: $0) }
        }
        guard let newest = held.filter({ $0.until > io.now }).max(by: { $0.until < $1.until }) else { return nil }
        let note = try await io.claim(newest.name)
        return ShopNote.value(WooBasket.self, note).map { WooDraft(name: newest.name, basket: $0) }
    }

    /// Leaves the basket of an earlier try to the next quote.
    /// - Returns: the failure to go on with.
    func givingBack(
        _ draft: WooDraft?, _ failure: ShopFailure, _ io: ShopIO
    ) async throws(ShopFailure) -> ShopFailure {
        if let draft { try await io.keep(draft.name, try ShopNote.text(draft.basket)) }
        return failure
    }

    /// Looks for an earlier try to buy the same that is not over: its order may hold the stock, and its basket must be left
    /// as it is. Of one that is known the money is missing; what became of another is not known.
    func findHold(on wish: Wish, _ io: ShopIO) async throws(ShopFailure) -> SafeText? {
        let notes = try await io.recallAll(WooPurchase.prefix)
        let open = notes.values.compactMap { ShopNote.value(WooPurchase.self, $0) }.filter { purchase in
            (purchase.state != .placed || purchase.order.status == .unpaid)
                && purchase.order.lines.contains { WooItem($0.sku)?.id == wish.item.id }
        }
        guard let last = open.max(by: { $0.order.placedAt < $1.order.placedAt }) else { return nil }
        let rest = last.order.placedAt + WooDraft.heldByTry - io.now
        guard rest > .zero else { return nil }
        let minutes = (rest.wholeSeconds + 59) / 60
        let time: SafeText = minutes == 1 ? "1 minute" : SafeText("\(minutes) minutes")
        let what: SafeText =
            last.state == .placed
            ? "Your own order, which is not paid yet, may hold it, for "
            : "Your own earlier try to buy it may hold it, for "
        return what + time + " at most."
    }
}

extension Refusal {
    /// With a sentence more.
    func adding(_ words: SafeText?) -> Refusal {
        guard let words else { return self }
        var refusal = self
        refusal.message = message + " " + words
        return refusal
    }
}
