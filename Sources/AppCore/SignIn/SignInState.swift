import Domain
import Text

/// Signing in or out at a channel, as far as it has come.
package enum SignInPhase: Hashable, Sendable {
    case idle
    /// The shop is asked for a code, or whose a token is.
    case preparing
    /// A token has to be handed over.
    case tokenWanted
    /// Somebody has to let the program in on the shop's page.
    case waiting(SignInCode)
    /// The account is being kept.
    case keeping
    case signedIn(SignedInAccount)
    case signingOut
    /// `unrevoked`: why it is not certain that the token is over.
    case signedOut(name: SafeText, unrevoked: ShopFailure?)
    case failed(SignInFailure)
}

/// Signing in and out at one channel, one step after the other. It holds no secret.
package struct SignInState: Hashable, Sendable {
    package private(set) var phase = SignInPhase.idle
    /// Time of the next step; nil while one is under way, or none is left.
    private(set) var dueAt: Timestamp?
    /// Number of the newest attempt: a reply to an earlier one changes nothing.
    private(set) var attempt = 0

    package init() {}

    private var isUnderWay: Bool {
        switch phase {
        case .preparing, .tokenWanted, .waiting, .keeping, .signingOut: true
        case .idle, .signedIn, .signedOut, .failed: false
        }
    }

    // MARK: Requests

    mutating func begin(_ means: SignInMeans) -> SignInStep? {
        guard !isUnderWay else { return nil }
        startAttempt(.preparing)
        return .begin(means)
    }

    mutating func useToken() -> SignInStep? {
        guard phase == .tokenWanted else { return nil }
        phase = .preparing
        return .useToken
    }

    /// Ends the wait for somebody. An account that is being kept already is kept all the same.
    mutating func stop() -> SignInStep? {
        switch phase {
        case .preparing, .tokenWanted, .waiting: break
        default: return nil
        }
        startAttempt(.idle)
        return .stop
    }

    mutating func signOut(evenGuest: Bool) -> SignInStep? {
        guard !isUnderWay else { return nil }
        startAttempt(.signingOut)
        return .signOut(evenGuest: evenGuest)
    }

    private mutating func startAttempt(_ phase: SignInPhase) {
        attempt += 1
        self.phase = phase
        dueAt = nil
    }

    // MARK: What comes of it

    /// Takes the reply to a step of an attempt.
    /// - Returns: the step that follows at once.
    mutating func handle(_ reply: SignInReply, of attempt: Int, at now: Timestamp) -> SignInStep? {
        guard attempt == self.attempt else { return nil }
        switch (phase, reply) {
        case (.preparing, .tokenWanted): phase = .tokenWanted
        case (.preparing, .code(let code, let pause)):
            phase = .waiting(code)
            dueAt = now + pause
        case (.waiting, .notYet(let pause)), (.keeping, .keepAgain(let pause)): dueAt = now + pause
        case (.preparing, .granted), (.waiting, .granted):
            phase = .keeping
            return .keep
        case (.keeping, .signedIn(let account)): phase = .signedIn(account)
        case (.signingOut, .signedOut(let name, let failure)): phase = .signedOut(name: name, unrevoked: failure)
        case (_, .failed(let failure)) where isUnderWay: phase = .failed(failure)
        default: break
        }
        return nil
    }

    /// - Returns: the step that is due.
    mutating func passTime(at now: Timestamp) -> SignInStep? {
        guard let dueAt, dueAt <= now else { return nil }
        self.dueAt = nil
        switch phase {
        case .waiting: return .poll
        case .keeping: return .keep
        default: return nil
        }
    }
}
