import Dispatch
import Domain
import FoundationEssentials
import Glibc
import HTTPTransport
import Providers
import Synchronization
import Testing
import Text

@testable import ShopAccess

/// A question that takes several requests: what is kept between them, and what is certain after a failure.
@Suite struct ConversationTests {
    /// Prepares, writes down, then decides.
    private struct Basket: ToyCheckout {
        func place(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> Order {
            let basket = try await io.send(HTTPRequest(.get, origin + "/basket"))
            guard basket.status == 200 else { throw .busy(status: basket.status, retryAfterSeconds: nil) }
            try await io.keep("basket", String(decoding: basket.body, as: UTF8.self))
            let name = try await io.recall("basket") ?? ""
            let order = try await io.decide(HTTPRequest(.post, origin + "/buy/" + name))
            guard order.status == 200 else { throw .notUnderstood("no order") }
            return placed(intent)
        }
    }

    private final class Line: Sendable {
        let replies: Mutex<[Result<HTTPResponse, HTTPFailure>]>
        let urls = Mutex<[String]>([])

        init(_ replies: [Result<HTTPResponse, HTTPFailure>]) { self.replies = Mutex(replies) }

        var client: HTTPClient {
            HTTPClient { request, completion in
                self.urls.withLock { $0.append(request.url) }
                completion(self.replies.withLock { $0.isEmpty ? .failure(.cannotConnect) : $0.removeFirst() })
                return HTTPCancellation {}
            }
        }
    }

    private func intent() throws -> OrderIntent {
        OrderIntent(
            key: "k", account: "https://shop.example", buyer: "me", sku: "1", title: "Cup", quantity: 1, quote: "q",
            quoteExpiresAt: Timestamp(seconds: 9), paymentMethod: "cod",
            maximumTotal: try #require(Money(amount: 1, exponent: 2, currency: "USD")), show: nil,
            createdAt: Timestamp(seconds: 1))
    }

    private func ask(_ line: Line, memory: ShopMemory = .passing()) throws -> Result<ShopAnswer, ShopFailure> {
        let account = Account(id: "me", name: "", token: "t")
        return try ShopClient(
            provider: Basket(), http: line.client, credential: Credential(account, .guest), keeping: .none,
            memory: memory, now: { Timestamp(seconds: 1) }
        ).wait(for: .placeOrder(intent()))
    }

    private func reply(_ status: Int, _ body: String = "") -> Result<HTTPResponse, HTTPFailure> {
        .success(HTTPResponse(status: status, body: Data(body.utf8)))
    }

    @Test func whatOneReplySaysIsKeptBeforeTheNextRequest() throws {
        let line = Line([reply(200, "b-7"), reply(200)])
        let memory = ShopMemory.passing()
        #expect(try ask(line, memory: memory) == .success(.order(placed(intent()))))
        #expect(line.urls.withLock { $0 } == ["https://shop.example/basket", "https://shop.example/buy/b-7"])
        #expect(try memory.recall("basket") == "b-7")
    }

    @Test(
        arguments: [
            .failure(.timedOut(sent: true)), .failure(.protocolError),
            .success(HTTPResponse(status: 503, body: Data())),
        ] as [Result<HTTPResponse, HTTPFailure>])
    func nothingIsBoughtBeforeTheRequestThatDecides(_ first: Result<HTTPResponse, HTTPFailure>) throws {
        switch try ask(Line([first])) {
        case .failure(.unreachable(_, mayHaveArrived: false)), .failure(.notSent): break
        case let other: Issue.record("\(other)")
        }
    }

    /// Somebody is asked for the keyring's passphrase, and is in no hurry.
    @Test func notesDoNotWaitForAKeyring() throws {
        let line = Line([reply(200, "b-7"), reply(200)])
        let (isAsked, isTyped) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let client = ShopClient(
            provider: Basket(), http: line.client,
            credential: Credential(Account(id: "me", name: "", token: "t"), .guest),
            keeping: AccountKeeping(
                find: nil,
                current: {
                    isAsked.signal()
                    isTyped.wait()
                    return nil
                }, exchange: { _, new in new }), memory: .passing(), now: { Timestamp(seconds: 1) })
        defer { isTyped.signal() }
        client.readContact { _ in }
        isAsked.wait()
        let answer = client.start(.placeOrder(try intent())).wait(until: .now + .seconds(20))
        #expect(try answer == .success(.order(placed(intent()))))
    }

    @Test func whatCannotBeKeptIsNotGoneOnWith() throws {
        struct Full: Error {}
        let line = Line([reply(200, "b-7"), reply(200)])
        let result = try ask(
            line,
            memory: ShopMemory(
                recall: { _ in nil }, recallAll: { _ in [:] }, keep: { _, _ in throw Full() }, claim: { _ in nil }))
        guard case .failure(.notSent) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(line.urls.withLock { $0.count } == 1)
    }

    /// Anything after the reply that decides says nothing of what the shop did: it is never a certain no.
    @Test func afterItNothingIsACertainNo() throws {
        struct Full: Error {}
        let account = Account(id: "me", name: "", token: "t")
        func ask(_ line: Line, _ memory: ShopMemory) throws -> Result<ShopAnswer, ShopFailure> {
            try ShopClient(
                provider: Notary(), http: line.client, credential: Credential(account, .guest), keeping: .none,
                memory: memory, now: { Timestamp(seconds: 1) }
            ).wait(for: .placeOrder(intent()))
        }
        let full = ShopMemory(
            recall: { _ in nil }, recallAll: { _ in [:] }, keep: { _, _ in throw Full() }, claim: { _ in nil })
        guard case .failure(.notUnderstood) = try ask(Line([reply(200)]), full) else {
            Issue.record("a disk that is full was taken for a no")
            return
        }
        guard
            case .failure(.unreachable(_, mayHaveArrived: true)) = try ask(
                Line([reply(200), .failure(.cannotConnect)]), .passing())
        else {
            Issue.record("a later request was taken for the one that buys")
            return
        }
    }

    /// Buys first, then writes it down and asks once more.
    private struct Notary: ToyCheckout {
        func place(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> Order {
            _ = try await io.decide(HTTPRequest(.post, origin + "/buy"))
            try await io.keep("bought", "yes")
            _ = try await io.send(HTTPRequest(.get, origin + "/order"))
            return placed(intent)
        }
    }

    /// Runs conversations where they are answered, and counts their parts.
    private final class Counting: TaskExecutor {
        let threads = Mutex<[pthread_t]>([])

        func enqueue(_ job: consuming ExecutorJob) {
            threads.withLock { $0.append(pthread_self()) }
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    /// Nothing goes on by itself: each part of a conversation is run by the executor, on the thread that brings its reply.
    @Test func runsOnTheExecutorThatItIsGiven() throws {
        let executor = Counting()
        let held = Mutex<[HTTPClient.Completion]>([])
        let client = HTTPClient { _, completion in
            held.withLock { $0.append(completion) }
            return HTTPCancellation {}
        }
        let shop = ShopClient(
            provider: Basket(), http: client, credential: Credential(Account(id: "me", name: "", token: "t"), .guest),
            keeping: .none, memory: .passing(), queue: { _ in WorkQueue { _, work in work() } }, executor: executor,
            now: { Timestamp(seconds: 1) })
        let answer = Mutex<Result<ShopAnswer, ShopFailure>?>(nil)
        shop.ask(.placeOrder(try intent())) { result in answer.withLock { $0 = result } }
        for parts in 1...2 {
            #expect(executor.threads.withLock { $0.count } == parts && answer.withLock { $0 } == nil)
            let completion = try #require(held.withLock { $0.popLast() })
            completion(reply(200, "b-7"))
        }
        #expect(try answer.withLock { $0 } == .success(.order(placed(intent()))))
        #expect(executor.threads.withLock { $0.allSatisfy { pthread_equal($0, pthread_self()) != 0 } })
    }

    @Test func fromThereOnItMayBeBought() throws {
        let lost = try ask(Line([reply(200, "b-7"), .failure(.timedOut(sent: true))]))
        guard case .failure(.unreachable(_, mayHaveArrived: true)) = lost else {
            Issue.record("\(lost)")
            return
        }
        #expect(try ask(Line([reply(200, "b-7"), reply(500)])) == .failure(.notUnderstood("no order")))
    }
}

/// Questions that the shop need not answer again, since nothing has changed.
@Suite struct UnchangedReplyTests {
    /// Answers with what stands in the replies, of as many requests as its name has letters.
    private struct Shop: ToyCatalogue, ShopHosts {
        var name: SafeText
        let reading: @Sendable () -> Void
        var hosts: (any ShopHosts)? { self }
        var hostCapabilities: ShopCapabilities { [.follows] }

        func products(
            search: String?, show: ShowID?, cursor: String?, _ io: ShopIO
        ) async throws(ShopFailure) -> ListPage<Product> { ListPage([], next: try await read(io)) }

        func findHosts(search: String?, cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Host> {
            ListPage([], next: try await read(io))
        }

        func host(_ id: HostID, _ io: ShopIO) async throws(ShopFailure) -> Host { throw .notFound }

        func follows(_ io: ShopIO) async throws(ShopFailure) -> [Host] {
            _ = try await read(io)
            return []
        }

        func follow(_ id: HostID, _ isFollowed: Bool, _ io: ShopIO) async throws(ShopFailure) { throw .notFound }

        private func read(_ io: ShopIO) async throws(ShopFailure) -> String {
            var words = ""
            for _ in name.string {
                let reply = try await io.send(HTTPRequest(.get, origin + "/x"))
                guard reply.status == 200 else { throw .notUnderstood("no words") }
                reading()
                words += String(decoding: reply.body, as: UTF8.self)
            }
            return words
        }
    }

    private func words(_ requests: SafeText, _ query: ShopQuery) -> (answers: [String?], asked: [String?], reads: Int) {
        let asked = Mutex<[String?]>([])
        let reads = Mutex(0)
        let http = HTTPClient { request, completion in
            let etag = request.headers["If-None-Match"]
            asked.withLock { $0.append(etag) }
            let whole = HTTPResponse(status: 200, headers: ["ETag": "\"1\""], body: Data("new".utf8))
            completion(.success(etag == nil ? whole : HTTPResponse(status: 304)))
            return HTTPCancellation {}
        }
        let client = ShopClient(
            provider: Shop(name: requests) { reads.withLock { $0 += 1 } }, http: http,
            credential: Credential(
                Account(id: "me", name: "", token: "t"), .guest), keeping: .none, memory: .passing(),
            now: { Timestamp(seconds: 1) })
        let answers = (0..<3).map { _ in
            if case .success(.hosts(_, let words)) = client.wait(for: query) { words } else { nil as String? }
        }
        return (answers, asked.withLock { $0 }, reads.withLock { $0 })
    }

    /// With nothing decoded a second time.
    @Test func areAnsweredAsBefore() {
        let (answers, asked, reads) = words("1", .hosts(search: nil, cursor: nil))
        #expect(answers == ["new", "new", "new"] && asked == [nil, "\"1\"", "\"1\""] && reads == 1)
    }

    /// Several replies have no name by which they could be asked for again; and some questions are asked anew each time.
    @Test func onlyOneReplyCanBeAskedForByItsName() {
        let (answers, asked, _) = words("12", .hosts(search: nil, cursor: nil))
        #expect(answers == ["newnew", "newnew", "newnew"] && asked.allSatisfy { $0 == nil })
        #expect(words("1", .follows).asked.allSatisfy { $0 == nil })
    }
}

/// Goods of before, when the shop cannot be asked.
@Suite final class ReplyKeepingTests: Sendable {
    private let shop = ShopOfOneReply()
    private let kept = Mutex<[String: (HTTPResponse, Timestamp)]>([:])

    private func ask(_ query: ShopQuery, _ result: Result<HTTPResponse, HTTPFailure>, at seconds: Int64) -> Result<
        ShopAnswer, ShopFailure
    > {
        let http = HTTPClient { _, completion in
            completion(result)
            return HTTPCancellation {}
        }
        let client = ShopClient(
            provider: shop, http: http, keeping: .none, memory: .passing(),
            replies: ReplyKeeping(
                recall: { url in self.kept.withLock { $0[url] } },
                keep: { url, response, time in self.kept.withLock { $0[url] = (response, time) } }),
            now: { Timestamp(seconds: seconds) })
        return client.wait(for: query)
    }

    private let page = ShopQuery.products(search: nil, show: nil, cursor: nil)

    @Test func isAnsweredWithItsAge() {
        let fresh = ShopAnswer.products([], nextCursor: "body")
        let reply = HTTPResponse(status: 200, body: Data("body".utf8))
        #expect(ask(page, .failure(.cannotConnect), at: 1) == .failure(ShopFailure(.cannotConnect)))
        #expect(ask(page, .success(reply), at: 2) == .success(fresh))
        #expect(
            ask(page, .failure(.cannotConnect), at: 9)
                == .success(.kept(fresh, at: Timestamp(seconds: 2), ShopFailure(.cannotConnect))))
        #expect(
            ask(page, .success(HTTPResponse(status: 503)), at: 9)
                == .success(
                    .kept(fresh, at: Timestamp(seconds: 2), .busy(status: 503, retryAfterSeconds: nil))))
        // A network's own page in its place is no news of it, and is not kept.
        let html = HTTPResponse(status: 200, body: Data("<html>".utf8))
        for _ in 0..<2 {
            #expect(
                ask(page, .success(html), at: 9)
                    == .success(.kept(fresh, at: Timestamp(seconds: 2), .notUnderstood("a network's own page"))))
        }
        // What the shop says no to is no longer so.
        #expect(ask(page, .success(HTTPResponse(status: 404)), at: 9) == .failure(.notFound))
    }

    /// Nothing that buys or is searched for is ever answered from what was kept.
    @Test func nothingElseIsKept() {
        let reply = HTTPResponse(status: 200, body: Data("body".utf8))
        let others: [ShopQuery] = [
            .products(search: "tea", show: nil, cursor: nil), .head("s"), .shows(ShowFilter(), cursor: nil), .service,
        ]
        for query in others {
            _ = ask(query, .success(reply), at: 2)
            #expect(ask(query, .failure(.cannotConnect), at: 9) == .failure(ShopFailure(.cannotConnect)))
        }
    }

    private struct ShopOfOneReply: ToyCatalogue, ShopShows {
        var shows: (any ShopShows)? { self }

        func about(_ io: ShopIO) async throws(ShopFailure) -> ShopInfo {
            _ = try await read(io)
            return ShopInfo(name: name, capabilities: [], serverTime: nil)
        }

        func products(
            search: String?, show: ShowID?, cursor: String?, _ io: ShopIO
        ) async throws(ShopFailure) -> ListPage<Product> { ListPage([], next: try await read(io)) }

        var showCapabilities: ShopCapabilities { [.shows] }

        func schedule(_ filter: ShowFilter, cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Show> {
            ListPage([], next: try await read(io))
        }

        func show(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> ShowDetail { throw .notFound }

        func head(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> ShowHead {
            _ = try await read(io)
            throw .notFound
        }

        func segment(_ id: ShowID, _ number: Int, _ io: ShopIO) async throws(ShopFailure) -> TimelineSegment {
            throw .notFound
        }

        func moments(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> [Moment] { throw .notFound }

        private func read(_ io: ShopIO) async throws(ShopFailure) -> String {
            let reply = try await io.send(HTTPRequest(.get, origin + "/x"))
            guard reply.status == 200 else {
                throw reply.status == 404 ? .notFound : .busy(status: reply.status, retryAfterSeconds: nil)
            }
            let body = String(decoding: reply.body, as: UTF8.self)
            guard !body.hasPrefix("<") else { throw .notUnderstood("a network's own page") }
            return body
        }
    }
}
