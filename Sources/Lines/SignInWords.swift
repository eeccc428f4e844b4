import Domain
import Providers
import Text

extension CommandFailure {
    /// Says why nobody was signed in or out.
    /// - Parameter words: what is typed to do something about it.
    init(_ failure: SignInFailure, _ words: (NextStep) -> String) {
        switch failure {
        case .notOffered: self.init(.refused, "nobody can sign in at this shop")
        case .accountElsewhere(let source): self.init(.usage, "the account comes from \(source)")
        case .notKeptHere(let source): self.init(.usage, "the account comes from \(source), and is not kept here")
        case .alreadySignedIn(let name):
            self.init(
                .refused,
                "you are signed in already\(LineText.named(name)); ‘\(words(.logOut(evenGuest: false)))’ signs you out")
        case .unreadable(let reason): self.init(.usage, "the account cannot be used: \(reason)")
        case .denied: self.init(.refused, "not signed in: it was denied on the page")
        case .expired: self.init(.refused, "not signed in: the code has run out; try again")
        case .shop(let failure): self.init(failure, while: "signing in")
        case .tokenRefused: self.init(.refused, "the server does not accept this token")
        case .ownerUnknown(let failure): self.init(failure, while: "the account")
        case .overtaken: self.init(.refused, "not signed in: another vitrine was faster; try again")
        case .notKept(let reason): self.init(.usage, "the account cannot be kept: \(reason)")
        case .guestNotMerged(let name, let failure):
            self.init(
                failure, while: "not signed in: the orders and follows of \(name) cannot be taken along")
        case .notSignedIn: self.init(.refused, "you are not signed in")
        case .isGuest(let name):
            self.init(
                .refused,
                "you are not signed in: \(name) is a guest, and its orders could not be found again; "
                    + "‘\(words(.logOut(evenGuest: true)))’ ends it all the same")
        case .purchaseInDoubt(let name):
            self.init(
                .refused, "a purchase of \(name) may still have been bought; ‘\(words(.orders))’ finds out")
        case .purchasesUnreadable(let reason): self.init(.usage, "the purchases cannot be read: \(reason)")
        case .notForgotten(let reason): self.init(.usage, "the account cannot be forgotten: \(reason)")
        }
    }

    /// The account is no longer kept here, and its token may still be good.
    init(unrevoked failure: ShopFailure) {
        self.init(failure, while: "signed out here, but the server could not be told that the token is over")
    }
}

extension LineText {
    /// Words after "signed in": ` as Ana`.
    package static func named(_ name: SafeText) -> String { name.isEmpty ? "" : " as \(name)" }

    /// Prints a code, and where somebody types it.
    /// - Parameter key: ends the wait.
    package static func signIn(with code: SignInCode, ending key: String) {
        Output.line("Open \(code.page)")
        Output.line("and type the code  \(code.userCode)")
        if Output.columns != nil, let page = WebAddress((code.pageWithCode ?? code.page).string) {
            DrawnCode.draw(page)
        }
        Output.line("It is good for \(code.life.wholeSeconds / 60) minutes; \(key) ends the wait.")
    }
}
