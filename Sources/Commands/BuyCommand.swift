import AppCore
import Domain
import Lines
import LiveAPI
import ShopAccess
import Text
import ViewerUI

/// A purchase by SKU: the engine's pane is opened, waited for, agreed to and told of.
package struct BuyCommand {
    /// As lists print it.
    package var sku: String
    package var quantity = 1
    /// The most that the whole order may cost; nil names no limit.
    package var maxTotal: String?
    package var show: String?
    package var payment: String?
    package var shipping: [String] = []
    package var buys = false
    package var again = false
    package var json = false
    package var drawsCode = false
    package var waitsForPayment = false

    package init(sku: String) { self.sku = sku }

    package func run(_ session: Session) throws {
        let (channel, id) = try session.choose(sku)
        let sku = SKU(id).placed(in: session.place(of: channel))
        let show = show.map { ShowID($0).placed(in: sku.channel) }
        try tell(try order(of: sku, show: show, session), session)
    }

    /// Buys for a total that holds. One that runs out meanwhile is asked for again, and has to be within the same limits.
    private func order(of sku: SKU, show: ShowID?, _ session: Session) throws -> Order {
        var (tries, news): (Int, String?) = (0, nil)
        while true {
            let priced = try price(sku, show: show, session)
            if let words = priced.news, words != news, !json { Output.line(words) }
            news = priced.news
            try keepWithinMaximum(priced.quote.total)
            try session.refuseUnwanted(priced, again: again)
            let method = try paymentMethod(for: priced)
            guard buys else { throw try quoteAlone(priced, method, session) }
            do {
                return try session.buy(priced, with: method.id, again: again)
            } catch let failure as CommandFailure where failure.obstacle == .expired && tries < Quote.retriesOfStale {
                tries += 1
            } catch let failure as CommandFailure {
                if let quote = failure.newQuote { try tell(quote, after: priced, method, session) }
                throw failure
            }
        }
    }

    // MARK: The total

    private func price(_ sku: SKU, show: ShowID?, _ session: Session) throws -> Priced {
        do {
            return try session.price(sku, quantity: quantity, show: show, deliveries: shipping)
        } catch let choice as VariantToChoose {
            throw list(choice, session, session.access(to: sku.channel))
        } catch let failure as CommandFailure where !failure.shipments.isEmpty {
            let ways = DeliveryText(failure.shipments).sentence
            throw CommandFailure(.refused, "\(failure.description) Add --shipping; \(ways)")
        }
    }

    private func keepWithinMaximum(_ total: Money) throws {
        guard let maxTotal else { return }
        guard let limit = Money(decimal: maxTotal, exponent: total.exponent, currency: total.currency) else {
            throw CommandFailure(.usage, "--max-total \(maxTotal) has more decimals than \(total.currency)")
        }
        guard total.exceeds(limit) == false else {
            throw CommandFailure(
                .refused,
                "not bought: the total is \(Phrase.money(total)), more than your maximum of \(Phrase.money(limit))")
        }
    }

    /// Lists the variants, and says how one is bought.
    private func list(_ choice: VariantToChoose, _ session: Session, _ channel: ChannelAccess) -> CommandFailure {
        if !json {
            for line in FormsTable(product: choice.product).lines { Output.line(line.string) }
            if let example = choice.product.exampleVariant {
                Output.line(session.hintToBuy(example.sku, of: choice.product, at: channel))
            }
        }
        return CommandFailure(.usage, "not bought: \(choice)")
    }

    private func paymentMethod(for priced: Priced) throws -> PaymentMethod {
        guard let payment else {
            guard let proposed = priced.proposed else { throw CommandFailure(.refused, "the shop names no way to pay") }
            return proposed
        }
        guard let method = priced.methods.first(where: { $0.id.rawValue == payment }) else {
            let known = priced.methods.map { "\($0.id) (\($0.label))" }.joined(separator: ", ")
            throw CommandFailure(.usage, "no payment method “\(SafeText(payment))”; there are: \(known)")
        }
        return method
    }

    /// Prints the total where nothing is to be bought, and how it would be.
    private func quoteAlone(_ priced: Priced, _ method: PaymentMethod, _ session: Session) throws -> CommandFailure {
        let quote = priced.quote
        if json {
            try Output.json(quote)
        } else {
            let text = QuoteText(quote: quote, method: method, now: priced.channel.serverTime(at: session.now))
            for line in text.lines + text.deliveries { Output.line(line) }
            if !text.deliveries.isEmpty { Output.line("Another one: --shipping and its number.") }
        }
        let most = maxTotal == nil ? "--max-total \(quote.total.decimalString) --yes" : "--yes"
        return CommandFailure(
            .usage, "not bought: it would cost \(Phrase.money(quote.total)) (\(method.label)); add \(most) to buy")
    }

    /// Prints the total that came with a refusal, beside the one that was agreed to.
    private func tell(
        _ quote: Quote, after priced: Priced, _ method: PaymentMethod, _ session: Session
    ) throws {
        guard !json else { return try Output.json(quote) }
        let text = QuoteText(
            quote: quote, method: method, now: priced.channel.serverTime(at: session.now), before: priced.quote.total)
        for line in text.lines { Output.line(line) }
    }

    // MARK: The order

    private func tell(_ order: Order, _ session: Session) throws {
        let channel = session.access(to: order.id.channel)
        let prefix = session.prefix(of: channel)
        for words in order.differenceWords { Output.complain("\(words)") }
        if order.declined != nil, !waitsForPayment {
            if json { try Output.json(order) } else { LineText.order(order, prefix: prefix) }
            if drawsCode, !json, let page = order.paymentPage { session.draw(page) }
            throw CommandFailure.notPaid(order)
        }
        if !json {
            Output.line("\(Phrase.placed(order)).")
            if order.isHandedOver { Output.line("\(Phrase.handedOver)") }
            if order.isNotPaid {
                Output.line("\(Phrase.deadline(of: order, now: channel.serverTime(at: session.now)))")
            }
            LineText.order(order, prefix: prefix)
        }
        guard let page = order.paymentPage, drawsCode || waitsForPayment else {
            if json { try Output.json(order) }
            return
        }
        // Standard output is the order's alone.
        if json { Output.complain("to be paid at \(page.address)") } else if drawsCode { session.draw(page) }
        let outcome = waitsForPayment ? try session.awaitPayment(of: order) : order
        if json {
            try Output.json(outcome)
        } else if waitsForPayment {
            LineText.order(outcome, prefix: prefix)
        }
    }
}
