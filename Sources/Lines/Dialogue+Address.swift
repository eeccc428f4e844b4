import Domain
import ShopAccess
import Text

extension Dialogue {
    /// Changes who buys and where it is sent to, at a shop that knows nobody.
    /// - Parameter name: the channel's name, where there are several such shops.
    func changeAddress(_ name: String) throws {
        let shops = session.channels.filter { $0.shop.provider.capabilities.contains(.contact) }
        guard let first = shops.first else { throw UsageError("This shop keeps your addresses itself") }
        guard shops.count > 1 || !name.isEmpty else {
            _ = try askForAddress(at: first)
            return
        }
        guard let channel = Session.channel(named: name, in: shops) else {
            let names = shops.map(\.title).joined(separator: ", ")
            throw UsageError("At which shop? ‘address NAME’, which is one of: \(names)")
        }
        _ = try askForAddress(at: channel)
    }

    /// Asks for it a line after the other, and keeps it for this shop alone.
    /// - Returns: whether it was given to the end.
    func askForAddress(at channel: ChannelAccess) throws -> Bool {
        var details = try session.contact(at: channel) ?? ContactDetails()
        Output.line("Who buys, and where is it sent to? \(channel.title) is told, and nobody else.")
        Output.line(
            "A line for each. An empty one keeps what there is, ‘-’ takes it away, ‘back’ goes to the line before, ‘cancel’ ends it."
        )
        // What was typed before the questions were heard is no answer to them.
        input.discardTyped()
        let fields = ContactDetails.Field.allCases
        var place = 0
        while place < fields.count {
            switch ask(for: fields[place], &details) {
            case .taken: place += 1
            case .back: place = max(0, place - 1)
            case .ended:
                Output.line("The address is as it was.")
                return false
            }
        }
        try session.keep(details, at: channel)
        Output.line("Kept: \(details[.firstName]) \(details[.lastName]), \(details.summary).")
        return true
    }

    private enum LineAnswer { case taken, back, ended }

    private func ask(for field: ContactDetails.Field, _ details: inout ContactDetails) -> LineAnswer {
        while true {
            let question = details.question(field)
            if input.isTerminal { Output.prompt(question) } else { Output.line(String(question.dropLast())) }
            switch answer() {
            case .line(let line, isWhole: true):
                switch LineCommand(line.filter { !$0.isWhitespace }) {
                case .cancel: return .ended
                case .back: return .back
                case .quit:
                    quit()
                    return .ended
                default: break
                }
                guard let problem = details.answer(field, line) else { return .taken }
                Output.line(problem)
            case .tooLong: Output.line("That line is too long.")
            case .line(_, isWhole: false), .nothing, .end: return .ended
            }
        }
    }
}
