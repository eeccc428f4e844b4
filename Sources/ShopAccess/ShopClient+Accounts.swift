import Domain
import HTTPTransport
import Providers
import Text

/// In whose name the shop is asked: found, opened, renewed and replaced, on the accounts' queue.
extension ShopClient {
    /// A token that is about to end is not sent any more.
    func renew(_ credential: Credential, before question: AccountQuestion) {
        var question = question
        do {
            guard let renewed = try renewed(credential, for: &question) else { return giveUp(credential, question) }
            ask(question, as: renewed)
        } catch let failure as ShopFailure {
            question.failBeforeSending(failure)
        } catch {
            question.failBeforeSending(Self.notKept(error))
        }
    }

    /// The shop does not take the account, and has not acted on the question: asking again in the name of the one that
    /// takes its place does nothing twice.
    func replace(_ credential: Credential, for question: AccountQuestion) {
        var question = question
        do {
            if let other = state.withLock({ $0.credential }), other != credential, question.change() {
                return ask(question, as: other)
            }
            // Fresh, and not taken: the next one would not be either.
            guard !question.hasRenewed else { return giveUp(credential, question) }
            if credential.renewal != nil {
                guard let renewed = try renewed(credential, for: &question) else { return giveUp(credential, question) }
                ask(question, as: renewed)
            } else if let current = try successor(of: credential, mayOpen: question.query.mayOpenAccount) {
                guard question.change() else { return giveUp(credential, question) }
                ask(question, as: current)
            } else if question.query.mayOpenAccount, credential.kind == .guest {
                question.hasRenewed = true
                askAsSomebody(question)
            } else {
                giveUp(credential, question)
            }
        } catch let failure as ShopFailure {
            question.failBeforeSending(failure)
        } catch {
            question.failBeforeSending(Self.notKept(error))
        }
    }

    /// Leaves the account alone for a while. A guest who only asks for orders has had no account opened for it, so that
    /// the next question may.
    private func giveUp(_ credential: Credential, _ question: AccountQuestion) {
        let now = now()
        state.withLock { state in
            if credential.kind != .guest { state.isSignedOut = true }
            if credential.renewal != nil || question.hasRenewed {
                state.refused = RefusedAccount(credential, after: state.refused, at: now)
            }
        }
        question.failBeforeSending(.unauthorized)
    }

    /// While an account is left alone, only one that somebody has put in its place is asked for.
    func askElsewhere(_ question: AccountQuestion, insteadOf credential: Credential) {
        var question = question
        do {
            let known = state.withLock { $0.credential }
            let other = known != credential ? known : try keeping.current()
            guard let other, other != credential, question.change() else {
                return question.failBeforeSending(.unauthorized)
            }
            state.withLock { if $0.credential == credential { $0.credential = other } }
            ask(question, as: other)
        } catch {
            question.failBeforeSending(Self.notKept(error))
        }
    }

    /// The same account with its next token, which is kept before it is used; nil where nobody is signed in any more.
    /// - Throws: `ShopFailure` where the shop could not be asked; else why it could not be kept.
    private func renewed(_ credential: Credential, for question: inout AccountQuestion) throws -> Credential? {
        if let other = state.withLock({ $0.credential }), other != credential {
            return question.change() ? other : nil
        }
        let next = try keeping.renewing {
            // Another copy of the program may have been faster, and a refresh token is good for one.
            let current = try keeping.current()
            if let current, current != credential { return question.change() ? current : nil }
            guard let renewal = credential.renewal, let signIn = provider.signIn, current != nil else { return nil }
            let tokens: SignInAPI.Tokens
            question.hasRenewed = true
            do throws(ShopFailure) {
                tokens = try signIn.tokens(
                    from: http.wait(for: signIn.renewalRequest(refreshToken: renewal.refreshToken)))
            } catch {
                if error == .unauthorized { return nil }
                throw error
            }
            guard tokens.owner.account.id == credential.account.id else { return nil }
            var next = Credential(tokens, now: now())
            if next.renewal == nil { next.renewal = renewal }
            return try keeping.exchange(credential, next)
        }
        if let next { state.withLock { if $0.credential == credential { $0.credential = next } } }
        return next
    }

    /// The account that is kept now, where it is another one. A guest's that the shop has forgotten is not kept longer
    /// than until the next one is opened.
    private func successor(of credential: Credential, mayOpen: Bool) throws -> Credential? {
        if let other = state.withLock({ $0.credential }), other != credential { return other }
        guard credential.kind != .given else { return nil }
        var current = try keeping.current()
        if current == credential, credential.kind == .guest, mayOpen { current = try keeping.exchange(credential, nil) }
        guard current != credential else { return nil }
        state.withLock { if $0.credential == credential { $0.credential = current } }
        return current
    }

    // MARK: Found or opened

    /// Takes the account that somebody has signed in to; nil where nobody is signed in any more.
    func replaceAccount(by credential: Credential?) {
        let other = credential ?? provider.guest.map { Credential($0, .guest) }
        state.withLock { state in
            state.credential = other
            state.mayFind = false
            state.isSignedOut = false
            state.refused = nil
            state.unkept = nil
        }
    }

    /// Looks for the user's own account first, before anybody is put in their terminal's or their screen's way.
    /// - Throws: what kept it from being found, in words for a person.
    package func findAccount() throws {
        guard state.withLock({ $0.mayFind && !$0.isOpeningAccount }) else { return }
        if case .kept(let credential)? = try keeping.find?() { opened(.success(credential)) }
    }

    /// Finds out whose the account is, without opening one; a guest's known one has nothing to be found out.
    package func learnAccount(_ completion: @escaping @Sendable (Credential?) -> Void) {
        let known = state.withLock { $0.credential }
        if let known { return completion(known) }
        guard hasAccount else { return }
        // It is asked in its name, and answered or not, whose it is is known then.
        ask(.follows) { [self] _ in completion(state.withLock { $0.credential }) }
    }

    func openAccount() {
        do {
            switch state.withLock({ $0.mayFind }) ? try keeping.find?() : nil {
            case .kept(let credential)?: opened(.success(credential))
            case .token(let token)?: identify(token)
            case nil: openGuest()
            }
        } catch {
            opened(.failure(.notSent(SafeText("\(error)"))))
        }
    }

    private func identify(_ token: String) {
        guard let signIn = provider.signIn else {
            return opened(.failure(.notSent("this shop takes no token of yours")))
        }
        _ = http.send(signIn.accountRequest(token: token)) { [self] result in
            do throws(ShopFailure) {
                let facts = try signIn.account(token: token, from: result)
                opened(.success(Credential(facts.account, .given, formerly: facts.formerly)))
            } catch {
                if error == .unauthorized { state.withLock { $0.isSignedOut = true } }
                opened(.failure(error))
            }
        }
    }

    private func openGuest() {
        let unable: [AccountQuestion] = state.withLock { state in
            state.mayFind = false
            guard !state.waiting.contains(where: \.query.mayOpenAccount) else { return [] }
            defer { state.waiting = [] }
            state.isOpeningAccount = false
            return state.waiting
        }
        // Nobody is made a guest by asking for what a guest cannot have.
        guard unable.isEmpty else { return unable.forEach { askAsSomebody($0) } }
        // What waits has its account now: should the shop not take it, there is no other one for the same question.
        state.withLock { state in for index in state.waiting.indices { state.waiting[index].hasRenewed = true } }
        // One that could not be kept is tried again, and no other one opened: a disk may be full for long.
        if let unkept = state.withLock({ $0.unkept }) { return opened(kept(.success(.guestAccount(unkept)))) }
        send(.openGuestAccount, account: nil) { [self] result in
            accounts.async { [self] in opened(kept(result)) }
        }
    }

    private func opened(_ result: Result<Credential, ShopFailure>) {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isOpeningAccount = false
            if case .success(let credential) = result {
                state.credential = credential
                state.mayFind = false
            }
            return state.waiting
        }
        switch result {
        case .success(let credential): for question in waiting { ask(question, as: credential) }
        // The question itself was never sent.
        case .failure(let failure): for question in waiting { question.failBeforeSending(failure) }
        }
    }

    /// An account that could not be kept is of no use: what is bought in its name could not be found again.
    private func kept(_ result: Result<ShopAnswer, ShopFailure>) -> Result<Credential, ShopFailure> {
        switch result {
        case .success(.guestAccount(let account)):
            let guest = Credential(account, .guest)
            do {
                let kept = try keeping.exchange(nil, guest) ?? guest
                state.withLock { $0.unkept = nil }
                return .success(kept)
            } catch {
                state.withLock { $0.unkept = account }
                return .failure(Self.notKept(error))
            }
        case .success: return .failure(.unauthorized)
        case .failure(let failure): return .failure(failure)
        }
    }

    private static func notKept(_ error: any Error) -> ShopFailure {
        .notSent("the account could not be kept: " + SafeText("\(error)"))
    }
}
