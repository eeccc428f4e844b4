import Domain
import Lines
import ShopAccess
import Text

/// Command about who buys and where it is sent to, for shops that know nobody.
package struct AddressCommand {
    /// A line of the address as an option names it; nil where it is not given.
    package typealias Given = (field: ContactDetails.Field, option: String, line: String?)

    package var asks = false
    package var forgets = false
    package var given: [Given] = []

    package init() {}

    /// - Parameter readLine: the next line that is typed; nil at the end of the input.
    package func run(_ session: Session, readLine: () -> String?) throws {
        let channel = try session.onlyChannel(for: "an address")
        guard channel.shop.provider.capabilities.contains(.contact) else {
            throw CommandFailure(.usage, "this shop keeps your addresses itself")
        }
        let before = try session.contact(at: channel) ?? ContactDetails()
        var details = forgets ? ContactDetails() : before
        for (field, name, line) in given {
            guard let line else { continue }
            if let problem = details.set(field, line) { throw CommandFailure(.usage, "--\(name): \(problem)") }
        }
        if asks { try askForLines(&details, readLine) }
        if details != before { try session.keep(details, at: channel) }
        show(details)
    }

    private func askForLines(_ details: inout ContactDetails, _ readLine: () -> String?) throws {
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
