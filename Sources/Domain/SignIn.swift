import Text

/// Way to sign in.
package enum SignInMeans: Hashable, Sendable {
    /// Somebody types a code on the shop's page.
    case code
    /// Somebody has a token already.
    case token
}

/// Step of signing in or out, for the world outside. It names secrets and holds none: they stay with who carries it out.
package enum SignInStep: Hashable, Sendable {
    /// Begin, unless somebody is signed in already.
    case begin(SignInMeans)
    /// Ask whose the token is that was handed over.
    case useToken
    /// Ask whether somebody has let the program in.
    case poll
    /// Keep the account, after what a guest has was made its own.
    case keep
    /// Forget it all; nobody waits any more. It has no reply.
    case stop
    /// `evenGuest`: also a guest's account, whose orders nobody finds again.
    case signOut(evenGuest: Bool)
}

/// Outcome of a step. It holds no secret.
package enum SignInReply: Hashable, Sendable {
    /// The token has to be handed over now.
    case tokenWanted
    case code(SignInCode, pollAfter: Duration)
    case notYet(pollAfter: Duration)
    /// There is an account, and it is not kept yet.
    case granted
    /// The shop could not be asked; the account is to be kept a little later.
    case keepAgain(after: Duration)
    case signedIn(SignedInAccount)
    /// The account is no longer kept here. `unrevoked`: why it is not certain that its token is over.
    case signedOut(name: SafeText, unrevoked: ShopFailure?)
    case failed(SignInFailure)
}

/// Code that somebody types on the shop's page. The secret that the shop is polled with is no part of it.
package struct SignInCode: Hashable, Sendable {
    package let userCode: SafeText
    package let page: SafeText
    /// Page with the code in its address, for a picture of it.
    package let pageWithCode: SafeText?
    package let life: Duration

    package init(userCode: SafeText, page: SafeText, pageWithCode: SafeText?, life: Duration) {
        self.userCode = userCode
        self.page = page
        self.pageWithCode = pageWithCode
        self.life = life
    }
}

/// Account of somebody who has signed in, without its tokens.
package struct SignedInAccount: Hashable, Sendable {
    package let id: String
    /// Empty where the shop has not said it.
    package let name: SafeText
    /// Guests' accounts that have become part of it.
    package let formerly: [String]
    /// The desktop's Secret Service keeps the tokens; else a file does.
    package let isInSecretService: Bool

    package init(id: String, name: SafeText, formerly: [String], isInSecretService: Bool) {
        self.id = id
        self.name = name
        self.formerly = formerly
        self.isInSecretService = isInSecretService
    }
}

/// Reason why nobody was signed in or out.
package enum SignInFailure: Error, Hashable, Sendable {
    /// The shop has no accounts to sign in to.
    case notOffered
    /// The account comes from a place of the user's own, by its name.
    case accountElsewhere(SafeText)
    /// The same, when somebody wants to sign out of it.
    case notKeptHere(SafeText)
    case alreadySignedIn(name: SafeText)
    /// The account that is kept cannot be read.
    case unreadable(SafeText)
    case denied
    case expired
    /// The shop fails while it is asked for a code or for tokens.
    case shop(ShopFailure)
    case tokenRefused
    /// The shop fails while it is asked whose a token is.
    case ownerUnknown(ShopFailure)
    /// Another copy of the program has put an account in its place.
    case overtaken
    case notKept(SafeText)
    /// The guest's orders and follows cannot become the account's.
    case guestNotMerged(name: SafeText, ShopFailure)
    case notSignedIn
    /// The account is a guest's, and ending it was not asked for.
    case isGuest(name: SafeText)
    /// A purchase of the guest's may still have been bought.
    case purchaseInDoubt(name: SafeText)
    case purchasesUnreadable(SafeText)
    case notForgotten(SafeText)
}

extension SignInReply: Placeable {
    package func placed(in channel: Channel) -> SignInReply {
        switch self {
        case .signedOut(let name, let failure?): .signedOut(name: name, unrevoked: failure.placed(in: channel))
        case .failed(.shop(let failure)): .failed(.shop(failure.placed(in: channel)))
        case .failed(.ownerUnknown(let failure)): .failed(.ownerUnknown(failure.placed(in: channel)))
        case .failed(.guestNotMerged(let name, let failure)):
            .failed(.guestNotMerged(name: name, failure.placed(in: channel)))
        default: self
        }
    }
}
