import Dispatch
import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import Synchronization
import Testing
import Text

@testable import ShopAccess

/// A question that takes several requests: what is kept between them, and what is certain after a failure.
@Suite struct StepTests {
    /// Prepares, writes down, then decides.
    private struct Basket: ShopProvider {
        var name: SafeText { "basket" }
        var origin: String { "https://shop.example" }
        var capabilities: ShopCapabilities { [.orders] }

        func steps(for query: ShopQuery, account: Account?, now: Timestamp) throws(ShopFailure) -> ShopStep {
            .send(HTTPRequest(.get, origin + "/basket"), isDecisive: false) { (reply) throws(ShopFailure) in
                guard reply.status == 200 else { throw .busy(status: reply.status, retryAfterSeconds: nil) }
                return .keep("basket", String(decoding: reply.body, as: UTF8.self)) {
                    .recall("basket") { value in
                        .send(HTTPRequest(.post, origin + "/buy/" + (value ?? "")), isDecisive: true) {
                            (reply) throws(ShopFailure) in
                            guard reply.status == 200 else { throw .notUnderstood("no order") }
                            return .answer(.done)
                        }
                    }
                }
            }
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
        #expect(try ask(line, memory: memory) == .success(.done))
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
        #expect(answer == .success(.done))
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

    /// What comes after the reply that decides says nothing of what the shop did: it is never a certain no.
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
    private struct Notary: ShopProvider {
        var name: SafeText { "notary" }
        var origin: String { "https://shop.example" }
        var capabilities: ShopCapabilities { [.orders] }

        func steps(for query: ShopQuery, account: Account?, now: Timestamp) throws(ShopFailure) -> ShopStep {
            .send(HTTPRequest(.post, origin + "/buy"), isDecisive: true) { _ in
                .keep("bought", "yes") {
                    .send(HTTPRequest(.get, origin + "/order"), isDecisive: false) { _ in .answer(.done) }
                }
            }
        }
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

/// What was sold, when the shop cannot be asked.
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

    private struct ShopOfOneReply: ShopProvider {
        var name: SafeText { "shop" }
        var origin: String { "https://shop.example" }
        var capabilities: ShopCapabilities { [] }

        func steps(for query: ShopQuery, account: Account?, now: Timestamp) throws(ShopFailure) -> ShopStep {
            .send(HTTPRequest(.get, origin + "/x"), isDecisive: false) { (reply) throws(ShopFailure) in
                guard reply.status == 200 else {
                    throw reply.status == 404 ? .notFound : .busy(status: reply.status, retryAfterSeconds: nil)
                }
                return .answer(.products([], nextCursor: String(decoding: reply.body, as: UTF8.self)))
            }
        }
    }
}
