import ArgumentParser

struct Login: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Sign in to your own account.",
        discussion: "A token is read from standard input, never from the command line, which everybody can see.")

    @OptionGroup var server: ServerOptions
    @Flag(help: "Read a token from standard input; on a terminal it is typed unseen.") var withToken = false
    @Flag(help: "Print the account as JSON, without its token.") var json = false

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let signingIn = SigningIn(session: session)
        try signingIn.refuseTwice()
        guard withToken else { throw CommandFailure(.usage, "login: expected --with-token") }
        let account = try signingIn.keep(token: HiddenInput.readLine(prompt: "Token: "))
        try signingIn.tell(account, json: json)
    }
}

struct Logout: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Sign out: the account's token is forgotten here.")

    @OptionGroup var server: ServerOptions

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let account = try SigningIn(session: session).signOut()
        Output.line("signed out\(SigningIn.named(account.name))")
    }
}
