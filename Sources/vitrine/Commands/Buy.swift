import ArgumentParser
import Commands
import Domain

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
        var command = BuyCommand(sku: sku)
        command.quantity = quantity
        command.maxTotal = maxTotal
        command.show = show
        command.payment = payment
        command.shipping = shipping
        command.buys = yes
        command.again = again
        command.json = json
        command.drawsCode = qr
        command.waitsForPayment = wait
        try server.run(command.run)
    }
}

struct Orders: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders",
        abstract: "List your orders, and find out what became of purchases whose answer was lost.")

    @OptionGroup var server: ServerOptions
    @Flag(help: "Print the API's objects as JSON.") var json = false

    func run() throws { try server.run { try $0.printOrders(json: json) } }
}
