import ArgumentParser
import Commands
import Domain
import Lines
import Settings
import Text

/// Who buys and where it is sent to, for shops that know nobody.
struct AddressCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "address", abstract: "Show or set where a shop sends what you buy.",
        discussion: """
            For shops that keep no accounts, such as WooCommerce. It is kept on this machine, for this shop alone, in the \
            file that holds your accounts, and told to the shop with each purchase. Without options it is shown; --ask \
            reads it line by line.
            """)

    @OptionGroup var server: ServerOptions
    @Flag(help: "Ask for each line; an empty one keeps what there is, - takes it away, back goes to the line before.")
    var ask = false
    @Flag(help: "Forget all of it.") var forget = false
    @Option(help: "First name.") var firstName: String?
    @Option(help: "Last name.") var lastName: String?
    @Option(help: "Company.") var company: String?
    @Option(help: "Street and number.") var street: String?
    @Option(name: .customLong("street-2"), help: "Flat or floor.") var street2: String?
    @Option(help: "Town.") var city: String?
    @Option(help: "State or region, by its code, such as CA.") var state: String?
    @Option(help: "Postcode.") var postcode: String?
    @Option(help: "Country, by its code, such as CH.") var country: String?
    @Option(help: "E-mail.") var email: String?
    @Option(help: "Phone.") var phone: String?

    private var given: [Commands.AddressCommand.Given] {
        [
            (.firstName, "first-name", firstName), (.lastName, "last-name", lastName), (.company, "company", company),
            (.line1, "street", street), (.line2, "street-2", street2), (.city, "city", city),
            (.state, "state", state), (.postcode, "postcode", postcode), (.country, "country", country),
            (.email, "email", email), (.phone, "phone", phone),
        ]
    }

    func run() throws {
        var command = Commands.AddressCommand()
        command.asks = ask
        command.forgets = forget
        command.given = given
        let input = LineInput()
        try server.run { try command.run($0) { input.line() } }
    }
}
