import ArgumentParser
import Commands
import Lines
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
        try server.run { try $0.printPayment(of: id, drawsCode: qr, waits: wait) }
    }
}
