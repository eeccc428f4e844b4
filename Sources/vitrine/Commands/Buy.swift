import AppCore
import ArgumentParser
import Domain
import LiveAPI
import Text
import Viewer
import ViewerUI

struct Buy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "buy", abstract: "Buy by SKU, for at most a total that you name.",
        discussion: """
            Without --yes it only says what it would cost. The order is written down before it is sent; should the \
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
    var maxTotal: String
    @Option(help: "The show it was seen in, for its deals.") var show: String?
    @Option(help: "The payment method's id; otherwise the first that the shop lists.") var payment: String?
    @Flag(help: "Buy it.") var yes = false
    @Flag(help: "Buy it even where an earlier purchase of it has not been found out about.") var again = false
    @Flag(help: "Print the order as JSON.") var json = false
    @Flag(help: "Where the shop's page takes the payment: draw its address as a QR code, too.") var qr = false
    @Flag(help: "Where the shop's page takes the payment: wait until it has.") var wait = false

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let sku = try session.choose(sku)
        let quote = try session.answer(
            to: Question.quote(SKU(sku), quantity: quantity, show: show.map { ShowID($0) }), while: sku)
        guard let limit = Money(decimal: maxTotal, exponent: quote.total.exponent, currency: quote.total.currency)
        else {
            throw CommandFailure(.usage, "--max-total \(maxTotal) has more decimals than \(quote.total.currency)")
        }
        guard quote.total.exceeds(limit) == false else {
            throw CommandFailure(
                .refused,
                "not bought: the total is \(Phrase.money(quote.total)), more than your maximum of \(Phrase.money(limit))"
            )
        }
        if !again { try Purchase(session: session).refuseRepeat(SKU(sku)) }
        try Purchase(session: session).keepWithinBudget(quote.total)
        guard yes else {
            throw CommandFailure(.usage, "not bought: it would cost \(Phrase.money(quote.total)); add --yes to buy")
        }
        let method = try paymentMethod(session)
        let intent = try Purchase(session: session).intent(
            SKU(sku), quantity: quantity, quote: quote, method: method, show: show.map { ShowID($0) })
        let order = try Purchase(session: session).make(intent)
        if !json {
            Output.line("\(Phrase.placed(order)).")
            if !order.isHandedOver, order.total.exceeds(quote.total) == true {
                Output.complain(
                    "the shop took \(Phrase.money(order.total)), more than the \(Phrase.money(quote.total)) that it had said"
                )
            }
            if order.isHandedOver { Output.line("\(Phrase.handedOver)") }
            Lines.order(order)
        }
        guard let page = order.paymentPage, qr || wait else {
            if json { try Output.json(order) }
            return
        }
        let payment = Payment(session: session)
        // Standard output is the order's alone.
        if json { Output.complain("to be paid at \(page.address)") } else if qr { payment.draw(page) }
        let outcome = wait ? try payment.wait(for: order) : order
        if json { try Output.json(outcome) } else if wait { Lines.order(outcome) }
    }

    private func paymentMethod(_ session: Session) throws -> PaymentMethodID {
        let methods = try session.answer(to: Question.paymentMethods, while: "ways to pay")
        guard let payment else {
            guard let first = methods.first else { throw CommandFailure(.refused, "the shop names no way to pay") }
            return first.id
        }
        guard methods.contains(where: { $0.id.rawValue == payment }) else {
            let known = methods.map { "\($0.id) (\($0.label))" }.joined(separator: ", ")
            throw CommandFailure(.usage, "no payment method “\(payment)”; there are: \(known)")
        }
        return PaymentMethodID(payment)
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
        var isEmpty = true
        try session.forEachReachable {
            let unresolved = try book.findOut()
            let orders = try book.current()
            for intent in unresolved { Lines.unresolved(intent) }
            for order in orders { Lines.order(order, prefix: session.prefix) }
            isEmpty = isEmpty && orders.isEmpty && unresolved.isEmpty
        }
        guard isEmpty else { return }
        let isNobody = session.channels.allSatisfy { $0.shop.account == nil }
        Output.line(isNobody ? "No orders: there is no account at this server yet." : "No orders.")
    }
}
