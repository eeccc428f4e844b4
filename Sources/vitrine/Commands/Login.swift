import ArgumentParser
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
        let session = try Session(server)
        defer { session.close() }
        let signingIn = SigningIn(session: session)
        try signingIn.refuseTwice()
        let account =
            if withToken {
                try signingIn.keep(token: HiddenInput.readLine(prompt: "Token: "))
            } else {
                try signingIn.waitForConsent { try show($0) }
            }
        try signingIn.tell(account, json: json)
    }

    private func show(_ code: SignInAPI.DeviceCode) throws {
        if json {
            return try Output.json(
                ShownCode(
                    userCode: code.userCode.string, page: code.page.text.string,
                    pageWithCode: code.pageWithCode?.text.string, expiresIn: code.life.wholeSeconds))
        }
        Output.line("Open \(code.page.text)")
        Output.line("and type the code  \(code.userCode)")
        if Output.columns != nil { DrawnCode.draw(code.pageWithCode ?? code.page) }
        Output.line("It is good for \(code.life.wholeSeconds / 60) minutes; Ctrl-C ends the wait.")
    }

    private struct ShownCode: Encodable {
        var userCode: String
        var page: String
        var pageWithCode: String?
        var expiresIn: Int64
    }
}

struct Logout: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Sign out: the account's token is revoked, and forgotten here.")

    @OptionGroup var server: ServerOptions
    @Flag(help: "End a guest's account as well; its orders cannot be found again.") var guest = false

    func validate() throws { try server.recording.refuseReplay(of: "signing out") }

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let account = try SigningIn(session: session).signOut(evenGuest: guest)
        Output.line("signed out\(SigningIn.named(account.name))")
    }
}
