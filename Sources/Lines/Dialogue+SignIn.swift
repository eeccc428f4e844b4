import Domain
import ShopAccess
import Text

extension Dialogue {
    /// Signs in on the shop's page; what a guest has comes along.
    /// - Parameter name: the channel's name, where there are several shops to sign in at.
    func logIn(_ name: String) throws {
        let channel = try shopWithAccounts(named: name, for: .login)
        let account = try session.signIn(at: channel, pausing: pauseUntilLine) {
            LineText.signIn(with: $0, ending: "Enter")
        }
        guard let account else {
            if !isOver { Output.line("Not signed in.") }
            return performHeldLine()
        }
        Output.line("Signed in\(LineText.named(account.name))\(place(session.place(of: channel))).")
        session.complainOfFile(with: account)
    }

    /// Signs out.
    /// - Parameter words: `--guest` and the channel's name, each where it is needed.
    func logOut(_ words: [String]) throws {
        let name = words.filter { $0 != "--guest" }.joined(separator: " ")
        let channel = try shopWithAccounts(named: name, for: .logout)
        let account = try session.signOut(at: channel, evenGuest: words.contains("--guest"))
        guard let account else { return }
        Output.line("Signed out\(LineText.named(account))\(place(session.place(of: channel))).")
    }

    private func shopWithAccounts(named name: String, for command: LineCommand) throws -> ChannelAccess {
        let shops = session.channels.filter { $0.signIn?.isOffered == true }
        guard let first = shops.first else { throw UsageError("Nobody can sign in at this shop") }
        guard shops.count > 1 || !name.isEmpty else { return first }
        guard let channel = Session.channel(named: name, in: shops) else {
            let names = shops.map(\.title).joined(separator: ", ")
            throw UsageError("At which shop? ‘\(command.rawValue) NAME’, which is one of: \(names)")
        }
        return channel
    }
}
