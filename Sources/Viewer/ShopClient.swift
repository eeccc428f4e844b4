import Dispatch
import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import Synchronization
import Text

/// Puts questions to a shop: the provider's words, the transport's bytes, the account where one is needed, and what is
/// already known where the shop says that nothing has changed. Shared by the viewer and the command line.
package final class ShopClient: Sendable {
    package typealias Completion = @Sendable (Result<ShopAnswer, ShopFailure>) -> Void

    private struct Known {
        var etag: String
        var answer: ShopAnswer
    }

    private struct State {
        var credential: Credential?
        /// Questions that wait for an account which is being found or opened.
        var waiting: [(ShopQuery, Completion)] = []
        var isOpeningAccount = false
        /// Whether there is an account of the user's own that has not been looked for yet.
        var mayFind: Bool
        var isSignedOut = false
        var known: [ShopQuery: Known] = [:]
        var heardServerTime: (@Sendable (Timestamp) -> Void)?
    }

    package let provider: any ShopProvider
    private let http: HTTPClient
    private let state: Mutex<State>
    private let keeping: AccountKeeping
    /// Where accounts are read and written, which may take long.
    private let accounts = DispatchQueue(label: "accounts")

    /// - Parameters:
    ///   - credential: the one that was kept; without one a guest's account is opened at the first question that needs
    ///     one, unless `keeping` finds one.
    package init(provider: any ShopProvider, http: HTTPClient, credential: Credential? = nil, keeping: AccountKeeping) {
        self.provider = provider
        self.http = http
        self.keeping = keeping
        state = Mutex(State(credential: credential, mayFind: credential == nil && keeping.find != nil))
    }

    package var account: Account? { state.withLock { $0.credential?.account } }

    /// Whether there is an account, or one of the user's own that has not been asked for yet.
    package var hasAccount: Bool { state.withLock { $0.credential != nil || $0.mayFind } }

    /// Whether the shop no longer takes the account of somebody who has signed in.
    package var isSignedOut: Bool { state.withLock { $0.isSignedOut } }

    /// Calls `heard` with the server's clock, cut to the second, as each reply tells it.
    package func onServerTime(_ heard: @escaping @Sendable (Timestamp) -> Void) {
        state.withLock { $0.heardServerTime = heard }
    }

    /// Asks; the completion is called once, on a thread of the transport's or, where nothing is sent, on the caller's.
    package func ask(_ query: ShopQuery, _ completion: @escaping Completion) {
        guard query.isPrivate else { return send(query, account: nil, completion) }
        let (credential, mustOpen, mustWait): (Credential?, Bool, Bool) = state.withLock { state in
            guard state.credential == nil, query.mayOpenAccount || state.mayFind else {
                return (state.credential, false, false)
            }
            state.waiting.append((query, completion))
            defer { state.isOpeningAccount = true }
            return (nil, !state.isOpeningAccount, true)
        }
        if mustOpen { accounts.async { [self] in openAccount() } }
        if !mustWait { ask(query, as: credential, completion) }
    }

    private func ask(_ query: ShopQuery, as credential: Credential?, _ completion: @escaping Completion) {
        // In another account's name the shop would say that there is no such order.
        guard let credential, credential.speaks(for: query.buyer) else {
            return completion(.failure(.unauthorized))
        }
        send(query, account: credential.account) { [self] result in
            guard case .failure(.unauthorized) = result else {
                if case .success = result { state.withLock { $0.isSignedOut = false } }
                return completion(result)
            }
            accounts.async { [self] in replace(credential, for: query, completion) }
        }
    }

    /// The shop does not take the account, and has not acted on the question: asking again in the name of the one that
    /// takes its place does nothing twice.
    private func replace(_ credential: Credential, for query: ShopQuery, _ completion: @escaping Completion) {
        do {
            if let current = try successor(of: credential, mayOpen: query.mayOpenAccount) {
                ask(query, as: current, completion)
            } else if query.mayOpenAccount, credential.kind == .guest {
                ask(query, completion)
            } else {
                if credential.kind != .guest { state.withLock { $0.isSignedOut = true } }
                completion(.failure(.unauthorized))
            }
        } catch {
            completion(.failure(Self.notKept(error)))
        }
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

    /// Asks and blocks until the answer is there: for the command line, never for the loop.
    /// - Parameter deadline: when to wait no longer; nil waits as long as the transport does.
    package func wait(
        for query: ShopQuery, until deadline: ContinuousClock.Instant? = nil
    ) -> Result<ShopAnswer, ShopFailure> {
        let reply = Reply()
        ask(query) { reply.set($0) }
        return reply.wait(until: deadline)
    }

    private func send(_ query: ShopQuery, account: Account?, _ completion: @escaping Completion) {
        do {
            var request = try provider.request(for: query, account: account)
            let known = query.policy.isCacheable ? state.withLock { $0.known[query] } : nil
            if let known { request.headers.append("If-None-Match", known.etag) }
            _ = http.send(request) { [self] result in
                if case .success(let response) = result { tellTime(of: response) }
                completion(read(result, for: query, known: known))
            }
        } catch {
            completion(.failure(error))
        }
    }

    private func read(
        _ result: Result<HTTPResponse, HTTPFailure>, for query: ShopQuery, known: Known?
    ) -> Result<ShopAnswer, ShopFailure> {
        do {
            let answer = try provider.answer(to: query, from: result)
            if answer == .unchanged, let known { return .success(known.answer) }
            if query.policy.isCacheable, case .success(let response) = result, let etag = response.headers["ETag"] {
                remember(Known(etag: etag, answer: answer), for: query)
            }
            return .success(answer)
        } catch {
            return .failure(error)
        }
    }

    /// A cache's copy is as old as it says.
    private func tellTime(of response: HTTPResponse) {
        guard let heard = state.withLock({ $0.heardServerTime }),
            let seconds = response.headers["Date"].flatMap(HTTPDate.secondsSince1970)
        else { return }
        let age = response.headers["Age"].flatMap { Int64($0) } ?? 0
        heard(Timestamp(seconds: seconds) + .seconds(max(0, min(age, 31_536_000))))
    }

    private func remember(_ known: Known, for query: ShopQuery) {
        state.withLock { state in
            // Few questions are asked again and again; when there are many others, they begin anew.
            if state.known.count >= 16 { state.known.removeAll() }
            state.known[query] = known
        }
    }

    // MARK: Accounts, on their queue

    /// Looks for the user's own account first, before anybody is put in their terminal's or their screen's way.
    /// - Throws: what kept it from being found, in words for a person.
    package func findAccount() throws {
        guard state.withLock({ $0.mayFind && !$0.isOpeningAccount }) else { return }
        if case .kept(let credential)? = try keeping.find?() { opened(.success(credential)) }
    }

    private func openAccount() {
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

extension ShopQuery {
    /// Orders belong to the account that placed them: another one would be told that there are none.
    fileprivate var mayOpenAccount: Bool {
        switch self {
        case .placeOrder, .traceOrder, .order, .orders, .cancelOrder, .returnOrder: false
        default: isPrivate
        }
    }

}

extension ShopFailure {
    /// The same failure, of a question that waited for another one.
    fileprivate var beforeSending: ShopFailure {
        if case .unreachable(let reason, _) = self { .unreachable(reason, mayHaveArrived: false) } else { self }
    }
}

/// An answer that one thread waits for and another one brings.
private final class Reply: Sendable {
    private let value = Mutex<Result<ShopAnswer, ShopFailure>?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func set(_ result: Result<ShopAnswer, ShopFailure>) {
        value.withLock { $0 = result }
        isThere.signal()
    }

    func wait(until deadline: ContinuousClock.Instant?) -> Result<ShopAnswer, ShopFailure> {
        while true {
            let time = deadline.map { DispatchTime.now() + .milliseconds(Int(max(.zero, $0 - .now).milliseconds) + 1) }
            _ = isThere.wait(timeout: time ?? .distantFuture)
            if let result = value.withLock({ $0 }) { return result }
            // Glibc waits by the system's clock, which may be set: too short a wait is gone on with.
            if let deadline, .now >= deadline {
                return .failure(.unreachable("no answer in time", mayHaveArrived: true))
            }
        }
    }
}
