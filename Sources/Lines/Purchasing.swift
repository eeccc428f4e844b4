import AppCore
import Domain
import Engine
import ShopAccess
import Text
import ViewerUI

extension Session {
    /// Pauses between questions about a purchase in doubt: the shop may be slow or away for a moment.
    private static let doubtPauses: [Duration] = [
        .milliseconds(500), .milliseconds(1000), .milliseconds(2000), .milliseconds(4000),
    ]

    /// Buys what the pane shows, for exactly its total. The pane stays open: a refusal may have put a new total into it.
    /// - Parameter again: also where it may be bought already.
    /// - Throws: `CommandFailure` when nothing began, when the shop refuses, or when it cannot be known yet whether it was bought.
    package func buy(_ priced: Priced, with method: PaymentMethodID, again: Bool) throws -> Order {
        let engine = try engine()
        engine.send(.request(.payment(method)))
        engine.send(.request(.buy(total: priced.quote.total, again: again)))
        guard let key = engine.state.buy?.stage.key else {
            throw failure(engine.state.buy?.obstacle ?? .noTotal, at: priced.channel)
        }
        wait(for: key, engine)
        for duration in Self.doubtPauses where engine.state.orders.purchases[key]?.isUnresolved == true {
            guard letPass(duration) else { break }
            engine.send(.request(.findOut(key)))
            wait(for: key, engine)
        }
        return try outcome(of: key, priced, engine.state)
    }

    /// Waits until a purchase has come to an end, or nothing is under way for it any more.
    private func wait(for key: String, _ engine: Engine) {
        _ = engine.wait(pausing: pause) { state in
            guard let purchase = state.orders.purchases[key] else { return true }
            return purchase.isSettling ? nil : true
        }
    }

    private func outcome(of key: String, _ priced: Priced, _ state: AppState) throws -> Order {
        let command = words(for: .orders, at: priced.channel)
        guard let purchase = state.orders.purchases[key] else {
            throw CommandFailure(.network, "perhaps bought; ‘\(command)’ finds out, and nothing is bought twice")
        }
        if let order = purchase.order { return order }
        switch purchase.phase {
        case .refused(let reason, let refusal): throw refused(purchase.intent, reason, refusal, priced)
        case .notRecorded(let reason, let isBeyondBudget):
            // Another program was faster, and what it spent leaves no room for this.
            throw CommandFailure(
                isBeyondBudget ? .refused : .network, "not bought: it could not be written down first: \(reason)")
        case .settledElsewhere, .placed:
            throw CommandFailure(
                .network, "another vitrine went on with it; ‘\(command)’ shows what came of it")
        case .recording, .recorded, .sent, .unknown, .refusing:
            let isUnsent = purchase.doubt?.isUnsent ?? false
            let words = purchase.doubtWords ?? "perhaps bought: " + purchase.intent.title + ": no answer"
            throw CommandFailure(
                .network,
                isUnsent
                    ? "\(words); ‘\(command)’ goes on with it"
                    : "\(words); ‘\(command)’ finds out, and nothing is bought twice")
        }
    }

    /// The shop's no, with the total of now where it told one, and its page where that may sell it all the same.
    private func refused(
        _ intent: OrderIntent, _ reason: SafeText, _ refusal: Refusal?, _ priced: Priced
    ) -> CommandFailure {
        var failure = CommandFailure(notBought: intent.title, reason, refusal)
        failure.newQuote = refusal?.quote
        guard failure.needsShopPage else { return failure }
        return failure.adding(page: (try? product(of: intent.sku, at: priced.channel))?.page)
    }
}
