import AppCore
import Domain
import Glibc
import Storage
import Text
import ViewerUI

/// A purchase from the command line, by the same steps as the viewer's: written down, sent once, found out.
struct Purchase {
    let session: Session

    private var budget: Budget { session.settings.config.budget }

    /// - Throws: `CommandFailure` where the user's budget does not allow it.
    func keepWithinBudget(_ total: Money) throws {
        let verdict = budget.verdict(on: total, after: try session.run(.spendings()), now: session.wall)
        guard let words = Phrase.beyondBudget(verdict) else { return }
        throw CommandFailure(.refused, "not bought: the total is \(Phrase.money(total)). \(words)")
    }

    /// - Throws: `CommandFailure` where it is not known what became of an earlier purchase of the same, or where an order of
    ///   it can still be paid.
    func refuseRepeat(_ sku: SKU) throws {
        var known = OrdersState()
        known.orders = try session.run(.orders(account: session.scope))
        if let order = known.toPay(sku) {
            throw CommandFailure(
                .refused,
                "not bought: order \(order.id) of it is not paid yet; ‘\(session.hint("pay", order.id.rawValue))’ shows where to pay it, and --again orders one more"
            )
        }
        guard try session.run(.unresolved(account: session.scope)).contains(where: { $0.sku == sku }) else { return }
        throw CommandFailure(
            .refused,
            "not bought: you may have bought it already; ‘\(session.hint("orders"))’ finds out, and --again buys one more"
        )
    }

    /// The wish to buy what `quote` is about, for its total at most, within the user's budget. The quote was asked for in
    /// the buyer's name.
    func intent(
        _ sku: SKU, quantity: Int, quote: Quote, method: PaymentMethodID, show: ShowID?
    ) throws -> OrderIntent {
        try keepWithinBudget(quote.total)
        guard let buyer = session.shop.account?.id else {
            throw CommandFailure(.refused, "not bought: the shop no longer knows this account; try again")
        }
        var generator = SystemRandomNumberGenerator()
        return OrderIntent(
            key: Entropy(high: generator.next(), low: generator.next()).uuid, account: session.scope, buyer: buyer,
            sku: sku, title: quote.lines.first?.title ?? SafeText(sku.rawValue), quantity: quantity, quote: quote.id,
            quoteExpiresAt: quote.expiresAt, paymentMethod: method, maximumTotal: quote.total, show: show,
            createdAt: session.wall, isKeyed: session.shop.provider.capabilities.contains(.orderKeys))
    }

    /// - Throws: `CommandFailure` when the shop refuses, or when it cannot be known yet whether it was bought.
    func make(_ intent: OrderIntent) throws -> Order {
        do {
            try session.store.run(.record(intent, within: budget))
        } catch {
            // Another program was faster, and what it spent leaves no room for this.
            let status: ExitStatus = error == .beyondBudget ? .refused : .network
            throw CommandFailure(status, "not bought: it could not be written down first: \(error)")
        }
        let first = send(intent)
        do {
            return try first.isOpen ? findOutPatiently(intent) : first.order(session.hint("orders"))
        } catch let failure as CommandFailure where failure.needsShopPage {
            throw failure.adding(page: session.page(of: intent.sku))
        }
    }

    /// For the first time: only what is on disk as sent goes out.
    private func send(_ intent: OrderIntent) -> Ending {
        let intent = intent.moved(to: .sent)
        do {
            try session.run(.record(intent))
        } catch {
            return .waiting(intent, "it is not sent yet: \(error)")
        }
        return follow(PurchaseOutcome(sending: intent, session.patience.answer(.placeOrder(intent), nil)), of: intent)
    }

    /// Asks the shop what became of it; the same key again where the shop has never seen it.
    func findOut(_ intent: OrderIntent) throws -> Ending {
        if let problem = session.store.problem {
            // What is found out has to be kept.
            let reason: SafeText = "it is not followed up here: \(problem)"
            return intent.state == .committed ? .waiting(intent, reason) : .perhaps(intent, reason)
        }
        switch try session.run(.takeTurn(intent.key)) {
        case .elsewhere: return .perhaps(intent, "another vitrine is finding out")
        case .settled: return .settledElsewhere
        case .taken(let intent, let claimed):
            switch PurchaseOutcome.next(for: intent, serverNow: session.serverNow) {
            case .send: return send(intent)
            case .giveUp(let reason): return follow(.refused(reason, nil), of: intent)
            case .ask: return trace(intent, claimed: claimed)
            }
        }
    }

    private func trace(_ intent: OrderIntent, claimed: Set<OrderID>) -> Ending {
        let answer = session.patience.answer(.traceOrder(intent), nil)
        return follow(
            PurchaseOutcome(
                askingFor: intent, answer, claimed: claimed, now: max(session.now, session.wall),
                serverNow: session.serverNow),
            of: intent)
    }

    /// Several times, since the shop may be slow or away for a moment.
    private func findOutPatiently(_ intent: OrderIntent) throws -> Order {
        var ending = Ending.perhaps(intent, "no answer")
        for attempt in 0..<4 {
            session.patience.pause(.milliseconds(500 << attempt))
            ending = try findOut(intent)
            guard ending.isOpen else { break }
        }
        return try ending.order(session.hint("orders"))
    }

    private func follow(_ outcome: PurchaseOutcome, of intent: OrderIntent) -> Ending {
        switch outcome {
        case .placed(let order):
            let order = order.measured(by: Agreement(intent))
            session.keep(.resolve(intent.key, placedAs: order, account: session.scope))
            return .bought(order)
        case .refused(let reason, let refusal):
            // Were it not on disk, the next one to look would go on with the purchase.
            do { try session.run(.resolve(intent.key, .refused(reason))) } catch {
                return .waiting(intent, "\(reason), and that could not be kept: \(error)")
            }
            return .refused(intent, reason, refusal)
        case .unknown(let reason, _):
            session.keep(.resolve(intent.key, .unknown))
            return .perhaps(intent, reason)
        case .sendAgain:
            let again = intent.moved(to: .unknown)
            return follow(
                PurchaseOutcome(sending: again, session.patience.answer(.placeOrder(again), nil)), of: again)
        }
    }

    /// What became of a purchase, as far as it is known.
    enum Ending {
        case bought(Order)
        case refused(OrderIntent, SafeText, Refusal?)
        case perhaps(OrderIntent, SafeText)
        /// Not bought so far; it is gone on with.
        case waiting(OrderIntent, SafeText)
        case settledElsewhere

        /// Whether there is more to find out.
        var isOpen: Bool {
            switch self {
            case .perhaps, .waiting: true
            case .bought, .refused, .settledElsewhere: false
            }
        }

        /// - Parameter command: what goes on with it.
        func order(_ command: String) throws -> Order {
            switch self {
            case .bought(let order): return order
            case .refused(let intent, let reason, let refusal):
                throw CommandFailure(notBought: intent.title, reason, refusal)
            case .perhaps(let intent, let reason):
                throw CommandFailure(
                    .network,
                    "perhaps bought: \(intent.title): \(reason); ‘\(command)’ finds out, and nothing is bought twice"
                )
            case .waiting(let intent, let reason):
                throw CommandFailure(
                    .network, "not bought yet: \(intent.title): \(reason); ‘\(command)’ goes on with it")
            case .settledElsewhere:
                throw CommandFailure(
                    .network, "another vitrine went on with it; ‘\(command)’ shows what came of it")
            }
        }
    }
}
