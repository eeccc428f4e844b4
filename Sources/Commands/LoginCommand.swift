import Domain
import Lines
import Providers
import Settings
import Text

extension Session {
    /// Signs in on the shop's page, or with a token.
    /// - Parameter token: reads the token; nil shows a code and waits.
    package func logIn(token: (() throws -> String)?, json: Bool) throws {
        let signingIn = SigningIn(self, at: channels[0])
        try signingIn.refuseTwice()
        let account =
            if let token {
                try signingIn.keep(token: token())
            } else {
                try signingIn.waitForConsent { try show($0, json: json) }
            }
        try signingIn.tell(account, json: json)
    }

    /// Signs out: the token is revoked, and forgotten here.
    package func logOut(evenGuest: Bool) throws {
        let account = try SigningIn(self, at: channels[0]).signOut(evenGuest: evenGuest)
        Output.line("signed out\(SigningIn.named(account.name))")
    }

    private func show(_ code: SignInAPI.DeviceCode, json: Bool) throws {
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
}

private struct ShownCode: Encodable {
    var userCode: String
    var page: String
    var pageWithCode: String?
    var expiresIn: Int64
}
