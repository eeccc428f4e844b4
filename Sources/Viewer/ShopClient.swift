import Dispatch
import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import Synchronization
import Text

/// Puts questions to a shop: the provider's words, the transport's bytes, the guest account where one is needed, and
/// what is already known where the shop says that nothing has changed. Shared by the viewer and the command line.
package final class ShopClient: Sendable {
    package typealias Completion = @Sendable (Result<ShopAnswer, ShopFailure>) -> Void

    private struct Known {
        var etag: String
        var answer: ShopAnswer
    }

    private struct State {
        var account: Account?
        /// Questions that wait for a guest account which is being opened.
        var waiting: [(ShopQuery, Completion)] = []
        var isOpeningAccount = false
        var known: [ShopQuery: Known] = [:]
        var heardServerTime: (@Sendable (Timestamp) -> Void)?
    }

    package let provider: any ShopProvider
    private let http: HTTPClient
    private let state: Mutex<State>
    private let exchange: AccountExchange

    /// Puts an account in the place of another, nil being none, where accounts are kept between runs, and returns the
    /// one that is kept now: another copy of the program may have been faster.
    package typealias AccountExchange = @Sendable (_ old: Account?, _ new: Account?) throws -> Account?

    /// - Parameters:
    ///   - account: the one that was kept; nil opens a guest's account at the first question that needs one.
    ///   - exchange: called when a guest's account has been opened, and when the shop no longer knows one.
    package init(
        provider: any ShopProvider, http: HTTPClient, account: Account?, exchange: @escaping AccountExchange
    ) {
        self.provider = provider
        self.http = http
        self.exchange = exchange
        state = Mutex(State(account: account))
    }

    package var account: Account? { state.withLock { $0.account } }

    /// Calls `heard` with the server's clock, cut to the second, as each reply tells it.
    package func onServerTime(_ heard: @escaping @Sendable (Timestamp) -> Void) {
        state.withLock { $0.heardServerTime = heard }
    }

    /// Asks; the completion is called once, on a thread of the transport's or, where nothing is sent, on the caller's.
    package func ask(_ query: ShopQuery, _ completion: @escaping Completion) {
        guard query.isPrivate, query.mayOpenAccount else {
            let account = account
            // In another account's name the shop would say that there is no such order.
            if let buyer = query.buyer, buyer != account?.id { return completion(.failure(.unauthorized)) }
            return send(query, account: account, completion)
        }
        let (account, mustOpen) = state.withLock { state in
            if let account = state.account { return (Optional(account), false) }
            state.waiting.append((query, completion))
            defer { state.isOpeningAccount = true }
            return (nil, !state.isOpeningAccount)
        }
        if let account {
            send(query, account: account) { [self] result in
                guard case .failure(.unauthorized) = result else { return completion(result) }
                do {
                    try forget(account)
                    // The shop has not acted on it, so asking again in a new guest's name does nothing twice.
                    ask(query, completion)
                } catch {
                    completion(.failure(Self.notKept(error)))
                }
            }
        } else if mustOpen {
            openAccount()
        }
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

    private func openAccount() {
        send(.openGuestAccount, account: nil) { [self] result in
            let opened = kept(result)
            let waiting = state.withLock { state in
                defer { state.waiting = [] }
                state.isOpeningAccount = false
                if case .success(let account) = opened { state.account = account }
                return state.waiting
            }
            switch opened {
            case .success: for (query, completion) in waiting { ask(query, completion) }
            // The question itself was never sent.
            case .failure(let failure):
                for (_, completion) in waiting { completion(.failure(failure.beforeSending)) }
            }
        }
    }

    /// An account that could not be kept is of no use: what is bought in its name could not be found again.
    private func kept(_ result: Result<ShopAnswer, ShopFailure>) -> Result<Account, ShopFailure> {
        switch result {
        case .success(.guestAccount(let account)):
            do { return .success(try exchange(nil, account) ?? account) } catch { return .failure(Self.notKept(error)) }
        case .success: return .failure(.unauthorized)
        case .failure(let failure): return .failure(failure)
        }
    }

    private static func notKept(_ error: any Error) -> ShopFailure {
        .notSent("the account could not be kept: " + SafeText("\(error)"))
    }

    /// The shop does not know the account any more.
    private func forget(_ account: Account) throws {
        guard state.withLock({ $0.account == account }) else { return }
        let current = try exchange(account, nil)
        state.withLock { if $0.account == account { $0.account = current } }
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
