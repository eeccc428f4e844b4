import ArgumentParser
import Domain
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

    private var given: [(field: ContactDetails.Field, name: String, line: String?)] {
        [
            (.firstName, "first-name", firstName), (.lastName, "last-name", lastName), (.company, "company", company),
            (.line1, "street", street), (.line2, "street-2", street2), (.city, "city", city),
            (.state, "state", state), (.postcode, "postcode", postcode), (.country, "country", country),
            (.email, "email", email), (.phone, "phone", phone),
        ]
    }

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        try session.requireOneChannel(for: "an address")
        guard session.shop.provider.capabilities.contains(.contact) else {
            throw CommandFailure(.usage, "this shop keeps your addresses itself")
        }
        let before = try session.contact() ?? ContactDetails()
        var details = forget ? ContactDetails() : before
        for (field, name, line) in given {
            guard let line else { continue }
            if let problem = details.set(field, line) { throw CommandFailure(.usage, "--\(name): \(problem)") }
        }
        if ask { try askForLines(&details) }
        if details != before { try session.keep(details) }
        show(details)
    }

    private func askForLines(_ details: inout ContactDetails) throws {
        let fields = ContactDetails.Field.allCases
        var place = 0
        while place < fields.count {
            Output.ask(details.question(fields[place]))
            guard let line = readLine() else { throw CommandFailure(.refused, "cancelled; nothing has changed") }
            if line.trimmed.lowercased() == "back" {
                place = max(0, place - 1)
            } else if let problem = details.answer(fields[place], line) {
                Output.complain(problem)
            } else {
                place += 1
            }
        }
    }

    private func show(_ details: ContactDetails) {
        let width = ContactDetails.Field.allCases.map(\.label.count).max() ?? 0
        for field in ContactDetails.Field.allCases where !details[field].isEmpty {
            let gap = String(repeating: " ", count: width + 2 - field.label.count)
            Output.line(field.label + gap + SafeText(details[field]).string)
        }
        if !details.isComplete {
            Output.complain("still needed: " + details.missing.map { $0.label.lowercased() }.joined(separator: ", "))
        }
    }
}
