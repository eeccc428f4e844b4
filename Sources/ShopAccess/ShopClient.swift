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

    struct Known {
        var etag: String
        var answer: ShopAnswer
    }

    struct State {
        var credential: Credential?
        /// Questions that wait for an account which is being found or opened.
        var waiting: [AccountQuestion] = []
        var isOpeningAccount = false
        /// Whether there is an account of the user's own that has not been looked for yet.
        var mayFind: Bool
        var isSignedOut = false
        var refused: RefusedAccount?
        /// A guest's account that was opened and could not be kept.
        var unkept: Account?
        var known: [ShopQuery: Known] = [:]
        var hearServerTime: [@Sendable (Timestamp, ClockOwner) -> Void] = []
        var pacer: RequestPacer?
        /// Notes of the shop that are good for nothing any more have been taken away.
        var hasCleaned = false
    }

    package let provider: any ShopProvider
    let http: HTTPClient
    let state: Mutex<State>
    let keeping: AccountKeeping
    let memory: ShopMemory
    let replies: ReplyKeeping
    /// The local time.
    let now: @Sendable () -> Timestamp
    /// Where accounts are read and written, which may take long.
    let accounts: WorkQueue
    /// Queue that reads and writes notes and replies, and holds paced questions: a purchase's notes do not wait for a keyring
    /// that asks somebody for its passphrase.
    let notes: WorkQueue

    /// - Parameters:
    ///   - credential: the one that was kept; without one a guest's account is opened at the first question that needs
    ///     one, unless `keeping` finds one.
    ///   - memory: for kinds of shops that need one.
    ///   - replies: what was sold, for when the shop cannot be asked.
    ///   - queue: makes the two queues for what blocks, by their names.
    package init(
        provider: any ShopProvider, http: HTTPClient, credential: Credential? = nil, keeping: AccountKeeping,
        memory: ShopMemory, replies: ReplyKeeping = .none, queue: (String) -> WorkQueue = WorkQueue.dispatch,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.provider = provider
        // One that has to be looked for comes before.
        let guest = keeping.find == nil ? provider.guest.map { Credential($0, .guest) } : nil
        let credential = credential ?? guest
        self.http = http
        self.keeping = keeping
        self.memory = memory
        self.replies = replies
        accounts = queue("accounts")
        notes = queue("notes")
        self.now = now
        state = Mutex(
            State(
                credential: credential, mayFind: credential == nil && keeping.find != nil,
                pacer: provider.pace.map { RequestPacer($0) }))
    }

    package var account: Account? { state.withLock { $0.credential?.account } }

    /// Whether there is an account, or one of the user's own that has not been asked for yet.
    package var hasAccount: Bool { state.withLock { $0.credential != nil || $0.mayFind } }

    /// Whether the shop no longer takes the account of somebody who has signed in.
    package var isSignedOut: Bool { state.withLock { $0.isSignedOut } }

    /// Calls `heard` with a server's clock, cut to the second, as each reply tells it, and with whose clock it is.
    package func onServerTime(_ heard: @escaping @Sendable (Timestamp, ClockOwner) -> Void) {
        state.withLock { $0.hearServerTime.append(heard) }
    }

    /// Asks; the completion is called once, on a thread of the transport's or, where nothing is sent, on the caller's.
    package func ask(_ query: ShopQuery, _ completion: @escaping Completion) {
        cleanNotes()
        guard query.isPrivate else { return send(query, account: nil, completion) }
        guard case .quote = query, provider.capabilities.contains(.contact) else {
            return askAsSomebody(AccountQuestion(query, completion))
        }
        accounts.async { [self] in
            readContact()
            askAsSomebody(AccountQuestion(query, completion))
        }
    }

    /// Once in a run, when the shop is asked for something.
    private func cleanNotes() {
        let isFirst = state.withLock { state in
            defer { state.hasCleaned = true }
            return !state.hasCleaned
        }
        // Where it cannot be done it is done the next time: the question itself says what is wrong with the store.
        if isFirst { accounts.async { [self] in try? memory.clean(now: now()) } }
    }

    func askAsSomebody(_ question: AccountQuestion) {
        let (credential, mustOpen, mustWait): (Credential?, Bool, Bool) = state.withLock { state in
            guard state.credential == nil, question.query.mayOpenAccount || state.mayFind else {
                return (state.credential, false, false)
            }
            state.waiting.append(question)
            defer { state.isOpeningAccount = true }
            return (nil, !state.isOpeningAccount, true)
        }
        if mustOpen { accounts.async { [self] in openAccount() } }
        if !mustWait { ask(question, as: credential) }
    }

    func ask(_ question: AccountQuestion, as credential: Credential?) {
        // In another account's name the shop would say that there is no such order.
        guard let credential, credential.speaks(for: question.query.buyer) else {
            return question.failBeforeSending(.unauthorized)
        }
        let now = now()
        guard !state.withLock({ $0.refused?.holds(credential, at: now) ?? false }) else {
            return accounts.async { [self] in askElsewhere(question, insteadOf: credential) }
        }
        // A token that was just given is used once, however short its life is.
        if credential.isEnding(at: now), !question.hasRenewed {
            return accounts.async { [self] in renew(credential, before: question) }
        }
        send(question.query, account: credential.account) { [self] result in
            guard case .failure(.unauthorized) = result else {
                if case .success = result { wasTaken() }
                return question.completion(result)
            }
            accounts.async { [self] in replace(credential, for: question.turnedAway()) }
        }
    }

    private func wasTaken() {
        state.withLock { state in
            state.isSignedOut = false
            state.refused = nil
        }
    }

    func send(_ query: ShopQuery, account: Account?, _ completion: @escaping Completion) {
        let known = query.policy.isCacheable ? state.withLock { $0.known[query] } : nil
        let asked = Asked(query: query, known: known, completion: completion)
        do { take(try provider.steps(for: query, account: account, now: now()), of: asked) } catch {
            completion(.failure(error.before(query)))
        }
    }

    /// A question on its way to its answer.
    private struct Asked: Sendable {
        let query: ShopQuery
        /// What the shop answered the last time, where it may say that nothing has changed.
        let known: Known?
        var requests = 0
        /// A decisive request has been sent.
        var hasDecided = false
        /// Since when what it is answered from was kept, and why.
        var kept: (at: Timestamp, failure: ShopFailure)?
        let completion: Completion

        mutating func useKept(from time: Timestamp, _ failure: ShopFailure) {
            kept = (min(time, kept?.at ?? time), failure)
        }

        func finish(_ answer: ShopAnswer) {
            completion(.success(kept.map { .kept(answer, at: $0.at, $0.failure) } ?? answer))
        }

        /// What fails before the request that decides is not worth finding out about. What fails after its reply says
        /// nothing of what the shop did.
        /// - Parameter isOfDecisive: it is that request's own failure.
        func fail(_ failure: ShopFailure, isOfDecisive: Bool = false) {
            guard hasDecided else { return completion(.failure(failure.before(query))) }
            completion(.failure(isOfDecisive ? failure : failure.afterDecision))
        }
    }

    private func take(_ step: ShopStep, of asked: Asked) {
        switch step {
        case .answer(let answer): asked.finish(answer)
        case .send(let request, let isDecisive, let next): send(request, isDecisive, next, asked)
        case .attempt(let step, let next): attempt(step, next, asked)
        case .recall(let name, let next):
            notes.async { [self] in
                do {
                    let value = try memory.recall(name)
                    goOn(asked) { () throws(ShopFailure) in try next(value) }
                } catch { asked.fail(.notSent(Self.notRead(error))) }
            }
        case .claim(let name, let next):
            accounts.async { [self] in
                do {
                    let value = try memory.claim(name)
                    goOn(asked) { () throws(ShopFailure) in try next(value) }
                } catch { asked.fail(.notSent(Self.notRead(error))) }
            }
        case .recallAll(let prefix, let next):
            notes.async { [self] in
                do {
                    let values = try memory.recallAll(prefix)
                    goOn(asked) { () throws(ShopFailure) in try next(values) }
                } catch { asked.fail(.notSent(Self.notRead(error))) }
            }
        case .keep(let name, let value, let next):
            notes.async { [self] in
                do {
                    try memory.keep(name, value)
                    goOn(asked) { () throws(ShopFailure) in try next(()) }
                } catch { asked.fail(.notSent("it cannot be kept on this machine: " + SafeText("\(error)"))) }
            }
        }
    }

    private func attempt(
        _ step: ShopStep, _ next: @escaping ShopStep.Next<Result<ShopAnswer, ShopFailure>>, _ asked: Asked
    ) {
        var asked = asked
        // What several have said has no name by which it could be asked for again.
        asked.requests += 2
        let part = Asked(query: asked.query, known: nil) { [self, asked] result in
            var (asked, result) = (asked, result)
            if case .success(.kept(let answer, let at, let failure)) = result {
                asked.useKept(from: at, failure)
                result = .success(answer)
            }
            let of = result
            goOn(asked) { () throws(ShopFailure) in try next(of) }
        }
        take(step, of: part)
    }

    private static func notRead(_ error: any Error) -> SafeText {
        "what was kept of the shop cannot be read: " + SafeText("\(error)")
    }

    private func goOn(_ asked: Asked, _ next: () throws(ShopFailure) -> ShopStep) {
        do { take(try next(), of: asked) } catch { asked.fail(error) }
    }

    /// Waits where the shop would have enough. Whoever buys does not wait, nor what goes to a stream beside the shop.
    private func send(
        _ request: HTTPRequest, _ isDecisive: Bool, _ next: @escaping ShopStep.Next<HTTPResponse>, _ asked: Asked
    ) {
        let mayWait = asked.query.policy != .strictlyOnce
        let isPaced = provider.isOwn(request.url)
        let delay = isPaced ? state.withLock { $0.pacer?.delay(at: now(), mayWait: mayWait) } ?? .zero : .zero
        guard delay > .zero else { return sendNow(request, isDecisive, next, asked) }
        notes.async(after: delay) { [self] in
            sendNow(request, isDecisive, next, asked)
        }
    }

    private func sendNow(
        _ request: HTTPRequest, _ isDecisive: Bool, _ next: @escaping ShopStep.Next<HTTPResponse>, _ asked: Asked
    ) {
        var request = request
        var asked = asked
        asked.requests += 1
        asked.hasDecided = asked.hasDecided || isDecisive
        // Only a GET is answered by that nothing has changed; to a POST the condition says something else.
        let isFirst = asked.requests == 1 && request.method == .get
        if isFirst, let known = asked.known { request.headers.append("If-None-Match", known.etag) }
        let read: ShopStep.Next<HTTPResponse> = { [self, asked] (response) throws(ShopFailure) in
            isFirst ? conclude(try next(response), response, asked) : try next(response)
        }
        _ = http.send(request) { [self, request, asked] result in
            switch result {
            case .success(let response):
                tellTime(of: response, to: request)
                let isOfCatalogue = asked.query.isOfCatalogue
                if isOfCatalogue, response.status == 429 || response.status >= 500 {
                    let busy = ShopFailure.busy(status: response.status, retryAfterSeconds: nil)
                    return useKept(request, busy, next, asked) { [self] in
                        goOn(asked) { () throws(ShopFailure) in try read(response) }
                    }
                }
                guard isOfCatalogue else { return goOn(asked) { () throws(ShopFailure) in try read(response) } }
                do throws(ShopFailure) {
                    let step = try read(response)
                    // What cannot be read, such as a network's own page, takes no list's place.
                    if response.status == 200 { replies.keep(request.name, response, now()) }
                    take(step, of: asked)
                } catch {
                    guard case .notUnderstood = error else { return asked.fail(error) }
                    useKept(request, error, next, asked) { asked.fail(error) }
                }
            case .failure(let failure):
                guard asked.query.isOfCatalogue else {
                    return asked.fail(ShopFailure(failure), isOfDecisive: isDecisive)
                }
                useKept(request, ShopFailure(failure), next, asked) { asked.fail(ShopFailure(failure)) }
            }
        }
    }

    /// Goes on with what was answered before, where that was kept.
    private func useKept(
        _ request: HTTPRequest, _ failure: ShopFailure, _ next: @escaping ShopStep.Next<HTTPResponse>, _ asked: Asked,
        otherwise: @escaping @Sendable () -> Void
    ) {
        notes.async { [self] in
            guard let (response, time) = replies.recall(request.name) else { return otherwise() }
            var asked = asked
            asked.useKept(from: time, failure)
            goOn(asked) { () throws(ShopFailure) in try next(response) }
        }
    }

    /// What a single reply answers is kept where the shop says by which name it can be asked for again.
    private func conclude(_ step: ShopStep, _ response: HTTPResponse, _ asked: Asked) -> ShopStep {
        guard case .answer(let answer) = step else { return step }
        if answer == .unchanged, let known = asked.known { return .answer(known.answer) }
        if asked.query.policy.isCacheable, let etag = response.headers["ETag"] {
            remember(Known(etag: etag, answer: answer), for: asked.query)
        }
        return step
    }

    /// A cache's copy is as old as it says.
    private func tellTime(of response: HTTPResponse, to request: HTTPRequest) {
        guard let seconds = response.headers["Date"].flatMap(HTTPDate.secondsSince1970) else { return }
        let age = response.headers["Age"].flatMap { Int64($0) } ?? 0
        let time = Timestamp(seconds: seconds) + .seconds(max(0, min(age, 31_536_000)))
        let owner = provider.clockOwner(at: request.url)
        for hear in state.withLock({ $0.hearServerTime }) { hear(time, owner) }
    }

    private func remember(_ known: Known, for query: ShopQuery) {
        state.withLock { state in
            // Few questions are asked again and again; when there are many others, they begin anew.
            if state.known.count >= 16 { state.known.removeAll() }
            state.known[query] = known
        }
    }
}

extension HTTPRequest {
    /// What its reply is kept under: some shops are asked everything at one address.
    fileprivate var name: String {
        body.map { url + "#" + ShopNote.digest(String(decoding: $0, as: UTF8.self)) } ?? url
    }
}

extension ShopQuery {
    /// Orders belong to the account that placed them: another one would be told that there are none.
    var mayOpenAccount: Bool {
        switch self {
        case .placeOrder, .traceOrder, .order, .orders, .cancelOrder, .returnOrder: false
        default: isPrivate
        }
    }
}
