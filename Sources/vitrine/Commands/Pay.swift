import ArgumentParser
import Domain

struct Pay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pay", abstract: "Say where an order is paid, and wait until it is.",
        discussion: "Nothing is typed into this program: the shop's own page takes the payment.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The order's id, as ‘vitrine orders’ prints it.") var id: String
    @Flag(help: "Draw the address as a QR code, too.") var qr = false
    @Flag(inversion: .prefixedNo, help: "Wait until it is paid or cancelled.") var wait = true

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let order = try OrderBook(session: session).look(at: OrderID(try session.choose(id)))
        Lines.order(order, prefix: session.prefix)
        guard let page = order.paymentPage else {
            guard order.status == .unpaid else { return }
            throw CommandFailure(.refused, "the shop names no page to pay it on that this program would open")
        }
        let payment = Payment(session: session)
        if qr { payment.draw(page) }
        // What is sent by bank or by post takes days.
        if wait, !order.awaitsTransfer { Lines.order(try payment.wait(for: order), prefix: session.prefix) }
    }
}
