import Domain
import Text

/// What an answer means for a purchase: it is bought, it is not, or that has to be found out.
package enum PurchaseOutcome: Hashable, Sendable {
    /// The server keeps keys for so long: within it, the same key sent again buys nothing twice.
    private static let keysAreKept = Duration.seconds(24 * 3600)
    /// So much later than the quote's end by our idea of the server's clock it has ended by the server's own.
    fileprivate static let clockTolerance = Duration.seconds(30)

    case placed(Order)
    /// Certainly not bought, with the shop's current truth where it sent one.
    case refused(SafeText, Refusal?)
    /// The shop has never seen it: it may be sent again, with the same key.
    case sendAgain
    /// Not to be known yet, for this reason, with the failure where there was one.
    case unknown(SafeText, ShopFailure?)

    /// What came of sending it.
    /// - Parameter intent: as it was when it was sent: `sent` for the first time, `unknown` for another try.
    package init(sending intent: OrderIntent, _ result: Result<ShopAnswer, ShopFailure>) {
        let isFirst = intent.state == .sent
        self =
            switch result {
            case .success(.order(let order)): .placed(order.found(for: intent))
            case .success: .unknown("the shop's reply was about something else", nil)
            case .failure(let failure):
                switch failure {
                // Not a byte of it left: that is certain, and the shopper can try again.
                case .unreachable(let reason, mayHaveArrived: false) where isFirst: .refused(reason, nil)
                // The shop is at work on it, or has had it in another form: it is the one to say what became of it.
                case .refused(let refusal) where Self.isAboutTheKey(refusal): .unknown(refusal.message, failure)
                // A server keeps its no under the key as well: an earlier try that comes late gets the same one.
                case .refused(let refusal): .refused(refusal.message, refusal)
                case .notSent(let reason) where isFirst: .refused(reason, nil)
                // 401, 404 and the like may come from what stands before the shop, of a request that it let through.
                default: .unknown(failure.explanation, failure)
                }
            }
    }

    /// What came of asking the shop for the order that the intent may have become. That there is none is a no only when
    /// none can come any more: what was sent may still be on its way until the quote has ended.
    /// - Parameter claimed: orders that other purchases have become.
    package init(
        askingFor intent: OrderIntent, _ result: Result<ShopAnswer, ShopFailure>, claimed: Set<OrderID> = [],
        now: Timestamp, serverNow: Timestamp
    ) {
        var result = result
        if case .success(.possibleOrders(let orders)) = result {
            let order = intent.likeliest(of: orders.filter { !claimed.contains($0.id) })
            result = .success(order.map { .order($0) } ?? .noSuchOrder)
        }
        let maySend = intent.isKeyed && !intent.isWithdrawn && now - intent.createdAt < Self.keysAreKept
        self =
            switch result {
            case .success(.order(let order)): .placed(order.found(for: intent))
            case .success(.noSuchOrder) where intent.hasEnded(at: serverNow):
                .refused(intent.wordsForNothing, nil)
            case .success(.noSuchOrder) where maySend: .sendAgain
            case .success(.noSuchOrder): .unknown("what was sent may still reach the shop", nil)
            case .success: .unknown("the shop's reply was about something else", nil)
            case .failure(let failure): .unknown(failure.explanation, failure)
            }
    }

    /// What to do with a purchase whose turn has come.
    package enum Next: Hashable, Sendable {
        /// It may have been sent: the shop is asked what became of it.
        case ask
        /// It never was.
        case send
        /// It never was, and will not be.
        case giveUp(SafeText)
    }

    package static func next(for intent: OrderIntent, serverNow: Timestamp) -> Next {
        guard intent.state == .committed else { return .ask }
        if intent.isWithdrawn { return .giveUp("cancelled before it was sent") }
        return intent.hasEnded(at: serverNow) ? .giveUp("it was never sent, and its price has run out") : .send
    }

    private static func isAboutTheKey(_ refusal: Refusal) -> Bool {
        refusal.code == "idempotency_key_in_flight" || refusal.code == "idempotency_key_reused"
    }
}

extension OrderIntent {
    /// Why it came to nothing. A shop without keys shows no more than a basket that is full still.
    fileprivate var wordsForNothing: SafeText {
        if isWithdrawn { return "cancelled before it reached the shop" }
        return isKeyed ? "it never reached the shop" : "the shop made no order of it, unless its e-mails say otherwise"
    }

    /// Chooses the order that it became, of those that it may have become: the dearest that it allows for, as another purchase
    /// that allows for less would find none if this one took its order. Of the same total the first will do.
    fileprivate func likeliest(of orders: [Order]) -> Order? {
        let allowed = orders.filter { $0.total.exceeds(maximumTotal) == false }
        return (allowed.isEmpty ? orders : allowed).max { first, second in
            if second.total.exceeds(first.total) == true { return true }
            return first.total.exceeds(second.total) != true && second.placedAt < first.placedAt
        }
    }

    /// Whether the shop certainly sells nothing by its quote any more.
    fileprivate func hasEnded(at serverNow: Timestamp) -> Bool {
        serverNow > quoteExpiresAt + PurchaseOutcome.clockTolerance
    }
}

extension Order {
    /// The order, as that of an intent: a shop without keys does not tell which.
    func found(for intent: OrderIntent) -> Order {
        var order = self
        if order.key.isEmpty { order.key = intent.key }
        return order
    }
}
