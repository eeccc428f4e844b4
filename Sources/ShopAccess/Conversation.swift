import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import Synchronization
import Text

/// A question on its way to its answer: does what the provider's conversation asks for, and knows how far that has come.
final class Conversation: Sendable {
    private struct State {
        var requests = 0
        /// The deciding request has been sent.
        var hasDecided = false
        /// The shop has said that nothing has changed: the conversation is over, whatever the provider makes of it.
        var isUnchanged = false
        /// Reply to the first request, while it is the last thing that was done.
        var onlyReply: HTTPResponse?
        /// Reply that has not been read yet, with the name under which it is kept once it has.
        var unread: (name: String, response: HTTPResponse)?
        /// Replies that have been read, by their names.
        var read: [String: HTTPResponse] = [:]
        /// Reasons why replies were no good, by their names: cached ones are read in their place.
        var problems: [String: ShopFailure] = [:]
        /// Time since when the oldest cached reply that was read was kept, and why it was read.
        var cached: (at: Timestamp, failure: ShopFailure)?
    }

    private let query: ShopQuery
    private let client: ShopClient
    /// Answer to the same question the last time, where the shop may say that nothing has changed.
    private let known: ShopClient.Known?
    private let state = Mutex(State())

    init(_ query: ShopQuery, of client: ShopClient) {
        self.query = query
        self.client = client
        known = client.known(query)
    }

    /// Holds the conversation. Where a reply is no good it is held once more, with the cached reply in that one's place.
    func answer(as account: Account?) async -> Result<ShopAnswer, ShopFailure> {
        let io = io(as: account)
        while true {
            do throws(ShopFailure) { return .success(try await answer(io)) } catch {
                if let known, state.withLock({ $0.isUnchanged }) { return .success(known.answer) }
                if replaceLastReply(because: error) { continue }
                let hasDecided = state.withLock { $0.hasDecided }
                return .failure(hasDecided ? error.afterDecision : error.before(query))
            }
        }
    }

    private func answer(_ io: ShopIO) async throws(ShopFailure) -> ShopAnswer {
        let answer = try await client.provider.answer(to: query, io)
        // A provider may have answered without the part that has not changed.
        try end()
        finishReading()
        let (reply, cached) = state.withLock { ($0.onlyReply, $0.cached) }
        if let reply { client.remember(answer, from: reply, to: query) }
        return cached.map { .kept(answer, at: $0.at, $0.failure) } ?? answer
    }

    /// A network's own page in the place of a list is no news of that list.
    /// - Returns: whether the conversation is worth holding once more.
    private func replaceLastReply(because failure: ShopFailure) -> Bool {
        guard case .notUnderstood = failure else { return false }
        return state.withLock { state in
            guard let name = state.unread?.name else { return false }
            state.problems[name] = failure
            state.unread = nil
            return true
        }
    }

    /// Everything that is done has had the reply before it read.
    private func finishReading() {
        let read = state.withLock { state in
            if let unread = state.unread { state.read[unread.name] = unread.response }
            defer { state.unread = nil }
            return state.unread
        }
        if let read, read.response.status == 200 { client.replies.keep(read.name, read.response, client.now()) }
    }

    // MARK: What a conversation may do

    private func io(as account: Account?) -> ShopIO {
        ShopIO(
            account: account, now: client.now(),
            send: { [self] (request) async throws(ShopFailure) in try await send(request, decides: false) },
            decide: { [self] (request) async throws(ShopFailure) in try await send(request, decides: true) },
            recall: { [self] (name) async throws(ShopFailure) in
                try await read(on: client.notes) { [memory = client.memory] in try memory.recall(name) }
            },
            claim: { [self] (name) async throws(ShopFailure) in
                try await read(on: client.accounts) { [memory = client.memory] in try memory.claim(name) }
            },
            recallAll: { [self] (prefix) async throws(ShopFailure) in
                try await read(on: client.notes) { [memory = client.memory] in try memory.recallAll(prefix) }
            },
            keep: { [self] (name, value) async throws(ShopFailure) in
                try goOn()
                let result = await client.notes.result { [memory = client.memory] in try memory.keep(name, value) }
                if case .failure(let error) = result {
                    throw .notSent("it cannot be kept on this machine: " + SafeText("\(error)"))
                }
            })
    }

    private func goOn() throws(ShopFailure) {
        try end()
        finishReading()
        state.withLock { $0.onlyReply = nil }
    }

    /// Ends a conversation whose answer is known.
    private func end() throws(ShopFailure) { if state.withLock({ $0.isUnchanged }) { throw .notFound } }

    private func read<Value: Sendable>(
        on queue: WorkQueue, _ work: @escaping @Sendable () throws -> Value
    ) async throws(ShopFailure) -> Value {
        try goOn()
        switch await queue.result(work) {
        case .success(let value): return value
        case .failure(let error): throw .notSent("what was kept of the shop cannot be read: " + SafeText("\(error)"))
        }
    }

    private func send(_ request: HTTPRequest, decides: Bool) async throws(ShopFailure) -> HTTPResponse {
        try goOn()
        guard query.isOfCatalogue else { return try await exchange(request, decides: decides) }
        // What everybody may look at is better old than not there.
        let name = request.cacheName
        let (read, problem) = state.withLock { ($0.read[name], $0.problems[name]) }
        if let read { return read }
        if let problem { return try await cached(name, insteadOf: problem) }
        let response: HTTPResponse
        do throws(ShopFailure) { response = try await exchange(request, decides: decides) } catch {
            try end()
            return try await cached(name, insteadOf: error)
        }
        if response.status == 429 || response.status >= 500 {
            let busy = ShopFailure.busy(status: response.status, retryAfterSeconds: nil)
            return (try? await cached(name, insteadOf: busy)) ?? response
        }
        state.withLock { $0.unread = (name, response) }
        return response
    }

    private func exchange(_ request: HTTPRequest, decides: Bool) async throws(ShopFailure) -> HTTPResponse {
        await client.keepPace(with: request, of: query)
        let isFirst = state.withLock { state in
            state.requests += 1
            if decides { state.hasDecided = true }
            // Only a GET is answered by that nothing has changed; to a POST the condition says something else.
            return state.requests == 1 && request.method == .get
        }
        var sent = request
        if isFirst, let known { sent.headers.append("If-None-Match", known.etag) }
        let response: HTTPResponse
        do throws(HTTPFailure) { response = try await client.http.reply(to: sent) } catch {
            // What has certainly not left decides nothing.
            if decides, !error.mayHaveBeenSent { state.withLock { $0.hasDecided = false } }
            throw ShopFailure(error)
        }
        client.tellTime(of: response, to: request)
        guard isFirst else { return response }
        state.withLock { state in
            state.isUnchanged = response.status == 304 && known != nil
            state.onlyReply = response
        }
        try end()
        return response
    }

    /// Reply that was kept under the name.
    /// - Throws: the failure where there is none.
    private func cached(_ name: String, insteadOf failure: ShopFailure) async throws(ShopFailure) -> HTTPResponse {
        let found = await client.notes.result { [replies = client.replies] in replies.recall(name) }
        guard case .success(let (response, time)?) = found else { throw failure }
        state.withLock { $0.cached = (min(time, $0.cached?.at ?? time), failure) }
        return response
    }
}

extension HTTPRequest {
    /// Name under which its reply is kept: some shops are asked everything at one address.
    fileprivate var cacheName: String {
        body.map { url + "#" + ShopNote.digest(String(decoding: $0, as: UTF8.self)) } ?? url
    }
}
