import AppCore
import Domain
import Engine
import ShopAccess
import Text

extension Session {
    /// Signs in, and waits for whoever lets the program in on the shop's page.
    /// - Parameters:
    ///   - token: reads the token of an account; nil has a code typed on the page.
    ///   - pause: way of waiting for somebody, where that is not the session's.
    ///   - show: is given that code.
    /// - Returns: nil where the front end has ended the wait.
    /// - Throws: `CommandFailure` where nobody was signed in.
    package func signIn(
        at channel: ChannelAccess, token: (() throws -> String)? = nil,
        pausing pauseForSomebody: Engine.Pause? = nil, showing show: (SignInCode) throws -> Void
    ) throws -> SignedInAccount? {
        let (engine, place) = (try engine(), place(of: channel))
        engine.send(.request(.signIn(token == nil ? .code : .token, at: place)))
        // Changes nothing once it has come to its end.
        defer { engine.send(.request(.stopSigningIn(at: place))) }
        // The shop's own answers are waited for as others are.
        let pause: Engine.Pause = { [pause] descriptor, until in
            guard case .waiting = engine.state.signIns[place].phase else { return pause(descriptor, until) }
            return (pauseForSomebody ?? pause)(descriptor, until)
        }
        var shown: SignInCode?
        while true {
            let phase = engine.wait(pausing: pause) { state in
                let phase = state.signIns[place].phase
                return phase.asksForSomething(besides: shown) ? phase : nil
            }
            switch phase {
            case .tokenWanted?:
                if let token { channel.signIn?.offer(token: try token()) }
                engine.send(.request(.useToken(at: place)))
            case .waiting(let code)?:
                shown = code
                try show(code)
            case .signedIn(let account)?: return account
            case .failed(let failure)?: throw self.failure(failure, at: channel)
            default: return nil
            }
        }
    }

    /// Says what keeps the tokens of an account, where that is no more than a file.
    package func complainOfFile(with account: SignedInAccount) {
        guard !account.isInSecretService else { return }
        Output.complain(
            "the account's token is in \(accountFile), which only you can read: there is no Secret Service here")
    }

    /// Signs out: the token is revoked, and forgotten here.
    /// - Parameter evenGuest: also ends a guest's account, which nobody can sign in to again.
    /// - Returns: the account's name; nil where the front end has ended the wait.
    /// - Throws: `CommandFailure` where the account is still kept, or its token may still be good.
    package func signOut(at channel: ChannelAccess, evenGuest: Bool) throws -> SafeText? {
        let (engine, place) = (try engine(), place(of: channel))
        engine.send(.request(.signOut(at: place, evenGuest: evenGuest)))
        let phase = engine.wait(pausing: pause) { state in
            let phase = state.signIns[place].phase
            return phase == .signingOut ? nil : phase
        }
        switch phase {
        case .signedOut(let name, nil)?: return name
        case .signedOut(_, let failure?)?: throw CommandFailure(unrevoked: failure)
        case .failed(let failure)?: throw self.failure(failure, at: channel)
        default: return nil
        }
    }

    private func failure(_ failure: SignInFailure, at channel: ChannelAccess) -> CommandFailure {
        CommandFailure(failure) { words(for: $0, at: channel) }
    }
}

extension SignInPhase {
    /// Tells whether a front end has something to do or to say now.
    fileprivate func asksForSomething(besides shown: SignInCode?) -> Bool {
        switch self {
        case .preparing, .keeping: false
        case .waiting(let code): code != shown
        default: true
        }
    }
}
