import Dispatch
import Domain
import HTTPTransport
import Providers
import Synchronization
import Text

/// In whose name the shop is asked: found, opened, renewed and replaced, on the accounts' queue.
extension ShopClient {
    /// A token that is about to end is not sent any more.
    func renew(_ credential: Credential, before query: ShopQuery, _ completion: @escaping Completion) {
        do {
            guard let renewed = try renewed(credential) else {
                state.withLock { $0.isSignedOut = true }
                return completion(.failure(.unauthorized))
            }
            ask(query, as: renewed, completion)
        } catch let failure as ShopFailure {
            completion(.failure(failure.beforeSending))
        } catch {
            completion(.failure(Self.notKept(error)))
        }
    }

    /// The shop does not take the account, and has not acted on the question: asking again in the name of the one that
    /// takes its place does nothing twice.
    func replace(_ credential: Credential, for query: ShopQuery, _ completion: @escaping Completion) {
        do {
            let successor =
                if credential.renewal == nil {
                    try successor(of: credential, mayOpen: query.mayOpenAccount)
                } else {
                    try renewed(credential)
                }
            if let current = successor {
                ask(query, as: current, completion)
            } else if query.mayOpenAccount, credential.kind == .guest {
                ask(query, completion)
            } else {
                if credential.kind != .guest { state.withLock { $0.isSignedOut = true } }
                completion(.failure(.unauthorized))
            }
        } catch let failure as ShopFailure {
            // The shop has said no to the question itself.
            completion(.failure(failure.beforeSending))
        } catch {
            completion(.failure(Self.notKept(error)))
        }
    }

    /// The same account with its next token, which is kept before it is used; nil where nobody is signed in any more.
    /// - Throws: `ShopFailure` where the shop could not be asked; else why it could not be kept.
    private func renewed(_ credential: Credential) throws -> Credential? {
        if let other = state.withLock({ $0.credential }), other != credential { return other }
        let next = try keeping.renewing {
            // Another copy of the program may have been faster, and a refresh token is good for one.
            let current = try keeping.current()
            if let current, current != credential { return current }
            guard let renewal = credential.renewal, let signIn = provider.signIn, current != nil else { return nil }
            let tokens: SignInAPI.Tokens
            do throws(ShopFailure) {
                tokens = try signIn.tokens(from: reply(to: signIn.renewalRequest(refreshToken: renewal.refreshToken)))
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

    /// Blocks the accounts' queue.
    private func reply(to request: HTTPRequest) -> Result<HTTPResponse, HTTPFailure> {
        let reply = Mutex<Result<HTTPResponse, HTTPFailure>?>(nil)
        let isThere = DispatchSemaphore(value: 0)
        _ = http.send(request) { result in
            reply.withLock { $0 = result }
            isThere.signal()
        }
        isThere.wait()
        return reply.withLock { $0 } ?? .failure(.protocolError)
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
        let unable: [(ShopQuery, Completion)] = state.withLock { state in
            state.mayFind = false
            guard !state.waiting.contains(where: { $0.0.mayOpenAccount }) else { return [] }
            defer { state.waiting = [] }
            state.isOpeningAccount = false
            return state.waiting
        }
        // Nobody is made a guest by asking for what a guest cannot have.
        guard unable.isEmpty else { return unable.forEach { ask($0.0, $0.1) } }
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
        case .success(let credential): for (query, completion) in waiting { ask(query, as: credential, completion) }
        // The question itself was never sent.
        case .failure(let failure): for (_, completion) in waiting { completion(.failure(failure.beforeSending)) }
        }
    }

    /// An account that could not be kept is of no use: what is bought in its name could not be found again.
    private func kept(_ result: Result<ShopAnswer, ShopFailure>) -> Result<Credential, ShopFailure> {
        switch result {
        case .success(.guestAccount(let account)):
            let guest = Credential(account, .guest)
            do { return .success(try keeping.exchange(nil, guest) ?? guest) } catch {
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
