import AppCore
import Domain
import Engine
import ShopAccess
import Text
import ViewerUI

/// A total that the engine's pane shows, and how it can be paid.
package struct Priced {
    package let channel: ChannelAccess
    package let sku: SKU
    package let quantity: Int
    package let quote: Quote
    package let show: ShowID?
    package let methods: [PaymentMethod]
    /// The way to pay that is taken where none is named.
    package let proposed: PaymentMethod?
    /// Line that tells of a deal; nil where none runs.
    package let news: String?
}

/// Failure to name a variant: a product was named that comes in several, or in one of another name.
package struct VariantToChoose: Error, CustomStringConvertible {
    package let product: Product

    package var description: String {
        let count = product.variants.count
        return count == 1
            ? "\(product.title) is bought by the SKU of its form" : "\(product.title) comes in \(count) forms"
    }
}

extension Session {
    /// Asks what something costs, with the best deal that runs on it: opens the engine's pane, which stays open.
    /// - Parameters:
    ///   - sku: with its channel, as the engine names it.
    ///   - deliveries: ids, names or numbers of deliveries; the cheapest that ship where there are none.
    /// - Throws: `VariantToChoose` for what is no variant but a product, else `CommandFailure`.
    package func price(_ sku: SKU, quantity: Int, show: ShowID?, deliveries names: [String]) throws -> Priced {
        let engine = try engine()
        let channel = access(to: sku.channel)
        engine.send(.request(.price(PriceRequest(sku, quantity: quantity, show: show))))
        try awaitTotal(engine, channel, mayHaveChoice: !names.isEmpty)
        if !names.isEmpty {
            let offered = engine.state.buy?.shipments ?? []
            let (choice, unknown) = offered.choice(named: names)
            if let unknown {
                let words = offered.isEmpty ? "the shop offers no choice" : DeliveryText(offered).sentence
                throw CommandFailure(.usage, "no delivery “\(SafeText(unknown))”; \(words)")
            }
            engine.send(.request(.deliveries(choice)))
            try awaitTotal(engine, channel, mayHaveChoice: false)
        }
        return try priced(in: engine)
    }

    /// The total that the pane shows now, such as one that came with a refusal.
    package func priced(in engine: Engine) throws -> Priced {
        guard let pane = engine.state.buy, case .ready(let quote) = pane.quote else {
            throw CommandFailure(.notUnderstood("the shop told no total"), while: "the total")
        }
        if pane.methods.isEmpty, let problem = pane.methodsFailure {
            throw CommandFailure(pane.methodsError ?? .notUnderstood(problem), while: "ways to pay")
        }
        return Priced(
            channel: access(to: pane.sku.channel), sku: pane.sku, quantity: pane.quantity, quote: quote,
            show: pane.show, methods: pane.methods,
            proposed: pane.payment, news: news(of: quote, engine.state))
    }

    /// Waits until the pane shows a total that will not change by itself.
    /// - Parameter mayHaveChoice: whether a total that needs a delivery to be chosen is no failure.
    private func awaitTotal(_ engine: Engine, _ channel: ChannelAccess, mayHaveChoice: Bool) throws {
        let isSettled = engine.wait(pausing: pause) { state in state.isTotalSettled ? true : nil }
        guard isSettled == true, let pane = engine.state.buy else {
            throw CommandFailure(.unreachable("you left before the answer", mayHaveArrived: true), while: "the total")
        }
        guard case .failed(let reason) = pane.quote else { return }
        if mayHaveChoice, !pane.shipments.isEmpty { return }
        throw try explain(reason, pane, channel)
    }

    /// Explains why there is no total.
    private func explain(_ reason: SafeText, _ pane: BuyState, _ channel: ChannelAccess) throws -> any Error {
        guard let failure = pane.failure else { return CommandFailure(.network, "not bought: \(reason)") }
        let words = self.failure(failure, at: channel, while: .name(pane.sku.rawValue))
        guard words.status == .refused else { return words }
        try engine().send(.request(.closePane))
        // Only what cannot be bought as it was named is looked up.
        guard let product = try product(of: pane.sku, at: channel) else { return words }
        guard product.variant(pane.sku) != nil || product.variants.isEmpty else {
            return VariantToChoose(product: product)
        }
        if let elsewhere = product.elsewhere {
            let page = elsewhere.page.map { " " + SafeText($0).string } ?? ""
            return CommandFailure(.refused, "not bought: \(product.title): \(elsewhere.explanation)\(page)")
        }
        return words.needsShopPage ? words.adding(page: product.page) : words
    }

    /// The product that a shop has under a SKU; nil where it does not say.
    func product(of sku: SKU, at channel: ChannelAccess) throws -> Product? {
        let query = ShopQuery.product(ProductID(sku.rawValue).placed(in: sku.channel))
        guard case .success(.product(let product))? = try engine().ask(query, of: sku.channel, pausing: pause) else {
            return nil
        }
        return product
    }

    private func news(of quote: Quote, _ state: AppState) -> String? {
        guard let pane = state.buy, let deal = state.deal(on: pane.product.id) else { return nil }
        let title = state.deals.title(of: deal.show)
        let words = "Deal: \(Phrase.deal(deal.offer, in: title, now: now))"
        return words + (quote.discounts.isEmpty ? "; it is not in this total." : ".")
    }
}
