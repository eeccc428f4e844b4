import AppCore
import ArgumentParser
import Domain
import LiveAPI
import Text
import ViewerUI

struct Buy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "buy", abstract: "Buy by SKU, for at most a total that you name.",
        discussion: """
            Without --yes it only says what it would cost. Of a product that comes in several forms it lists them. The order is written down before it is sent; should the \
            answer be lost, ‘vitrine orders’ finds out what became of it. It is never bought twice.
            """)

    @OptionGroup var server: ServerOptions
    @Argument(help: "The SKU, as ‘vitrine products’ prints it.") var sku: String
    @Option(
        parsing: .unconditional, help: "How many.", transform: Expectation.number(Quote.quantities).callAsFunction)
    var quantity = 1
    @Option(
        parsing: .unconditional,
        help: "The most that the whole order may cost, such as 150.00, in the shop's currency.",
        transform: Expectation.amount.callAsFunction)
    var maxTotal: String?
    @Option(help: "The show it was seen in, for its deals.") var show: String?
    @Option(help: "The payment method's id; otherwise the way that was paid last there, else the shop's first.")
    var payment: String?
    @Option(
        help: ArgumentHelp(
            "The delivery, by its id, name or number; otherwise the cheapest that ships. Once for each parcel.",
            valueName: "delivery"))
    var shipping: [String] = []
    @Flag(help: "Buy it.") var yes = false
    @Flag(help: "Buy it even where an earlier purchase of it has not been found out about.") var again = false
    @Flag(help: "Print the order, or without --yes the quote, as JSON.") var json = false
    @Flag(help: "Where the shop's page takes the payment: draw its address as a QR code, too.") var qr = false
    @Flag(help: "Where the shop's page takes the payment: wait until it has.") var wait = false

    func validate() throws {
        guard !yes || maxTotal != nil else {
            throw ValidationError("--yes needs --max-total: the most that the whole order may cost")
        }
    }

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let sku = try session.choose(sku)
        var wish: PricedWish
        do {
            wish = try session.bestQuote(
                SKU(sku), quantity: quantity, show: show.map { ShowID($0) }, deliveries: shipping)
        } catch let choice as FormToChoose {
            throw list(choice, session)
        } catch let failure as CommandFailure where !failure.shipments.isEmpty {
            let ways = DeliveryText(failure.shipments).sentence
            throw CommandFailure(.refused, "\(failure.description) Add --shipping; \(ways)")
        }
        var quote = wish.quote
        if let news = wish.news, !json { Output.line(news) }
        try keepWithinMaximum(quote.total)
        if !again { try Purchase(session: session).refuseRepeat(SKU(sku)) }
        try Purchase(session: session).keepWithinBudget(quote.total)
        var method = try paymentMethod(for: quote, session)
        guard yes else {
            if json {
                try Output.json(quote)
            } else {
                let text = QuoteText(quote: quote, method: method, now: session.serverNow)
                for line in text.lines + text.deliveries { Output.line(line) }
                if !text.deliveries.isEmpty { Output.line("Another one: --shipping and its number.") }
            }
            let most = maxTotal == nil ? "--max-total \(quote.total.decimalString) --yes" : "--yes"
            throw CommandFailure(
                .usage,
                "not bought: it would cost \(Phrase.money(quote.total)) (\(method.label)); add \(most) to buy")
        }
        if quote.expiresAt <= session.serverNow {
            // It has run out meanwhile: what is sent is a total that holds, within the same maximum.
            wish = try session.bestQuote(
                SKU(sku), quantity: quantity, show: wish.show, deliveries: shipping)
            quote = wish.quote
            try keepWithinMaximum(quote.total)
            method = try paymentMethod(for: quote, session)
        }
        let intent = try Purchase(session: session).intent(
            SKU(sku), quantity: quantity, quote: quote, method: method.id, show: wish.show)
        let order = try Purchase(session: session).make(intent)
        for words in order.differenceWords { Output.complain("\(words)") }
        if order.declined != nil, !wait {
            if json { try Output.json(order) } else { Lines.order(order, prefix: session.prefix) }
            if qr, !json, let page = order.paymentPage { Payment(session: session).draw(page) }
            throw Payment.notPaid(order)
        }
        if !json {
            Output.line("\(Phrase.placed(order)).")
            if order.isHandedOver { Output.line("\(Phrase.handedOver)") }
            if order.isNotPaid { Output.line("\(Phrase.deadline(of: order, now: session.serverNow))") }
            Lines.order(order, prefix: session.prefix)
        }
        guard let page = order.paymentPage, qr || wait else {
            if json { try Output.json(order) }
            return
        }
        let payment = Payment(session: session)
        // Standard output is the order's alone.
        if json { Output.complain("to be paid at \(page.address)") } else if qr { payment.draw(page) }
        let outcome = wait ? try payment.wait(for: order) : order
        if json { try Output.json(outcome) } else if wait { Lines.order(outcome, prefix: session.prefix) }
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

    /// Lists the forms, and says how one is bought.
    private func list(_ choice: FormToChoose, _ session: Session) -> CommandFailure {
        if !json {
            for line in FormsTable(product: choice.product).lines { Output.line(line.string) }
            if let example = choice.example { Output.line(session.hintToBuy(example.sku, of: choice.product)) }
        }
        return CommandFailure(.usage, "not bought: \(choice)")
    }

    private func paymentMethod(for quote: Quote, _ session: Session) throws -> PaymentMethod {
        let methods = try session.paymentMethods(for: quote)
        guard let payment else { return try session.proposed(of: methods) }
        guard let method = methods.first(where: { $0.id.rawValue == payment }) else {
            let known = methods.map { "\($0.id) (\($0.label))" }.joined(separator: ", ")
            throw CommandFailure(.usage, "no payment method “\(payment)”; there are: \(known)")
        }
        return method
    }
}

struct Orders: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders",
        abstract: "List your orders, and find out what became of purchases whose answer was lost.")

    @OptionGroup var server: ServerOptions
    @Flag(help: "Print the API's objects as JSON.") var json = false

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let book = OrderBook(session: session)
        guard !json else {
            try session.requireOneChannel(for: "--json")
            _ = try book.findOut()
            return try Output.json(Page(items: try book.current()))
        }
        var list = OrdersState()
        // Whoever cannot be asked hides nothing of the others.
        let result = Result { try session.forEachReachable { try book.add(to: &list) } }
        for entry in list.entries {
            let prefix = session.channels.count > 1 ? session.channels[entry.channel.index].title + "/" : ""
            switch entry {
            case .order(let order): Lines.order(order, prefix: prefix)
            case .purchase(let intent): Output.line("\(prefix)–  \(Lines.words(intent))")
            }
        }
        try result.get()
        guard list.entries.isEmpty else { return }
        let isNobody = session.channels.allSatisfy { $0.shop.account == nil }
        Output.line(isNobody ? "No orders: there is no account at this server yet." : "No orders.")
    }
}
