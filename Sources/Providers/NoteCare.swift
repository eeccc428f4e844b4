import Domain
import Text

/// Care of a shop's notes, which hold who bought, and secrets of baskets and orders. They are kept while they are good for
/// something: a purchase whose outcome is not known can be found by it alone.
enum NoteCare {
    /// So long after it was placed an order may still change at the shop, which is asked for it by its key and its
    /// buyer's e-mail.
    static let orderAge = Duration.seconds(100 * 86_400)
    /// A basket that has run out is of no use.
    static let basketAge = Duration.seconds(86_400)

    static let prefixes = [WooBasket.prefix, WooPurchase.prefix, HandedOver.prefix]

    /// Text to write in the place of a note.
    enum Change: Hashable, Sendable {
        case write(String)
        case remove
    }

    /// - Parameter isForgotten: the shopper's address is to be forgotten, with all that was kept of it.
    /// - Returns: nil where the note stays as it is, as does one of a kind that is not known here.
    static func change(
        of name: String, _ value: String, now: Timestamp, isForgotten: Bool
    ) throws(ShopFailure) -> Change? {
        if name.hasPrefix(WooBasket.prefix) {
            let end =
                ShopNote.value(WooBasket.self, value)?.expiresAt ?? ShopNote.value(ShopifyNote.self, value)?.expiresAt
            let isOver = end.map { now - $0 > basketAge } ?? false
            return isForgotten || isOver ? .remove : nil
        }
        if name.hasPrefix(WooPurchase.prefix), let purchase = ShopNote.value(WooPurchase.self, value) {
            return try write(purchase, purchase.withoutSecrets(now, isForgotten: isForgotten))
        }
        if name.hasPrefix(HandedOver.prefix), let handed = ShopNote.value(HandedOver.self, value) {
            return try write(handed, handed.withoutSecrets(now, isForgotten: isForgotten))
        }
        return nil
    }

    private static func write<Note: Encodable & Equatable>(
        _ before: Note, _ after: Note
    ) throws(ShopFailure) -> Change? {
        before == after ? nil : .write(try ShopNote.text(after))
    }
}

extension ShopMemory {
    /// Takes out of the notes what is good for nothing any more.
    /// - Parameter isForgotten: the shopper's address is to be forgotten, with all that was kept of it.
    package func clean(now: Timestamp, isForgotten: Bool = false) throws {
        for prefix in NoteCare.prefixes {
            for (name, value) in try recallAll(prefix) {
                switch try NoteCare.change(of: name, value, now: now, isForgotten: isForgotten) {
                case .write(let text): try keep(name, text)
                case .remove: try keep(name, nil)
                case nil: break
                }
            }
        }
    }
}

extension WooPurchase {
    /// Without what it is not asked for by any more. One that may have been bought keeps all of it until that is known.
    fileprivate func withoutSecrets(_ now: Timestamp, isForgotten: Bool) -> WooPurchase {
        guard state == .placed || state == .cleared else { return self }
        var bare = self
        // A basket that has become an order opens nothing but the next one; one that is to be paid may be asked for.
        if isForgotten || state == .cleared || order.status != .unpaid { bare.session = WooSession() }
        guard isForgotten || now - order.placedAt > NoteCare.orderAge else { return bare }
        bare.session = WooSession()
        bare.email = ""
        bare.orderKey = nil
        bare.canAsk = false
        bare.order.address = nil
        bare.order.checkoutURL = nil
        return bare
    }
}

extension HandedOver {
    /// Without the basket's secret once it is over; the page's address holds it too.
    fileprivate func withoutSecrets(_ now: Timestamp, isForgotten: Bool) -> HandedOver {
        var bare = self
        // It is the shopper's own to buy there; this program asks for it no more.
        if isForgotten, isOpen { bare.end(as: .gone, at: now) }
        guard !bare.isOpen else { return self }
        bare.basket = nil
        bare.order.address = nil
        bare.order.checkoutURL = nil
        return bare
    }
}
