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
    /// Executor that conversations run on.
    let executor: any TaskExecutor

    /// - Parameters:
    ///   - credential: the one that was kept; without one a guest's account is opened at the first question that needs
    ///     one, unless `keeping` finds one.
    ///   - memory: for kinds of shops that need one.
    ///   - replies: what was sold, for when the shop cannot be asked.
    ///   - queue: makes the two queues for what blocks, by their names.
    ///   - executor: where conversations run. A simulation supplies one with a fixed order.
    package init(
        provider: any ShopProvider, http: HTTPClient, credential: Credential? = nil, keeping: AccountKeeping,
        memory: ShopMemory, replies: ReplyKeeping = .none, queue: (String) -> WorkQueue = WorkQueue.dispatch,
        executor: any TaskExecutor = InlineExecutor(), now: @escaping @Sendable () -> Timestamp
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
        self.executor = executor
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

    /// Asks in the name of an account that is known. The conversation runs on the executor that this client was given.
    func send(_ query: ShopQuery, account: Account?, _ completion: @escaping Completion) {
        let conversation = Conversation(query, of: self)
        Task(executorPreference: executor) { completion(await conversation.answer(as: account)) }
    }

    /// Waits where the shop would have enough. Whoever buys does not wait, nor what goes to a stream beside the shop.
    func keepPace(with request: HTTPRequest, of query: ShopQuery) async {
        guard provider.isOwn(request.url) else { return }
        let mayWait = query.policy != .strictlyOnce
        let delay = state.withLock { $0.pacer?.delay(at: now(), mayWait: mayWait) } ?? .zero
        if delay > .zero { await notes.pause(delay) }
    }

    /// A cache's copy is as old as it says.
    func tellTime(of response: HTTPResponse, to request: HTTPRequest) {
        guard let seconds = response.headers["Date"].flatMap(HTTPDate.secondsSince1970) else { return }
        let age = response.headers["Age"].flatMap { Int64($0) } ?? 0
        let time = Timestamp(seconds: seconds) + .seconds(max(0, min(age, 31_536_000)))
        let owner = provider.clockOwner(at: request.url)
        for hear in state.withLock({ $0.hearServerTime }) { hear(time, owner) }
    }

    /// Answer to the same question the last time, where its reply may be asked for again by its name.
    func known(_ query: ShopQuery) -> Known? {
        query.policy.isCacheable ? state.withLock { $0.known[query] } : nil
    }

    /// Remembers what a single reply has answered, where the shop says by which name it can be asked for again.
    func remember(_ answer: ShopAnswer, from reply: HTTPResponse, to query: ShopQuery) {
        guard query.policy.isCacheable, let etag = reply.headers["ETag"] else { return }
        state.withLock { state in
            // Few questions are asked again and again; when there are many others, they begin anew.
            if state.known.count >= 16 { state.known.removeAll() }
            state.known[query] = Known(etag: etag, answer: answer)
        }
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
