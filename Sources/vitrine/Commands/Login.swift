import ArgumentParser
import Commands
import Lines
import Domain
import Providers

struct Login: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Sign in to your own account.",
        discussion: """
            Shows a code to type on the shop's page, on this screen or another, and waits until that is done. A guest's \
            orders and follows come along. A token is read from standard input, never from the command line, which \
            everybody can see.
            """)

    @OptionGroup var server: ServerOptions
    @Flag(help: "Read a token from standard input; on a terminal it is typed unseen.") var withToken = false
    @Flag(help: "Print the account as JSON, without its token.") var json = false

    func validate() throws { try server.recording.refuseReplay(of: "signing in") }

    func run() throws {
        let token: (() throws -> String)? = withToken ? { try HiddenInput.readLine(prompt: "Token: ") } : nil
        try server.run { try $0.logIn(token: token, json: json) }
    }
}

struct Logout: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Sign out: the account's token is revoked, and forgotten here.")

    @OptionGroup var server: ServerOptions
    @Flag(help: "End a guest's account as well; its orders cannot be found again.") var guest = false

    func validate() throws { try server.recording.refuseReplay(of: "signing out") }

    func run() throws { try server.run { try $0.logOut(evenGuest: guest) } }
}
