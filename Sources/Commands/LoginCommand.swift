import Domain
import Lines

extension Session {
    /// Signs in on the shop's page, or with a token.
    /// - Parameter token: reads the token; nil shows a code and waits.
    package func logIn(token: (() throws -> String)?, json: Bool) throws {
        let channel = try onlyChannel(for: "an account")
        let account = try signIn(at: channel, token: token) { code in
            if json { try Output.json(ShownCode(code)) } else { LineText.signIn(with: code, ending: "Ctrl-C") }
        }
        guard let account else { return }
        if json { try Output.json(SignedIn(account)) } else { Output.line("signed in\(LineText.named(account.name))") }
        complainOfFile(with: account)
    }

    /// Signs out: the token is revoked, and forgotten here.
    package func logOut(evenGuest: Bool) throws {
        let channel = try onlyChannel(for: "an account")
        guard let name = try signOut(at: channel, evenGuest: evenGuest) else { return }
        Output.line("signed out\(LineText.named(name))")
    }
}

private struct ShownCode: Encodable {
    let userCode: String
    let page: String
    let pageWithCode: String?
    let expiresIn: Int64

    init(_ code: SignInCode) {
        userCode = code.userCode.string
        page = code.page.string
        pageWithCode = code.pageWithCode?.string
        expiresIn = code.life.wholeSeconds
    }
}

private struct SignedIn: Encodable {
    let account: String
    let name: String
    let keptIn: String

    init(_ account: SignedInAccount) {
        self.account = account.id
        name = account.name.string
        keptIn = account.isInSecretService ? "secret-service" : "file"
    }
}
