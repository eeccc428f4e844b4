import Dispatch
import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import ShopAccess
import Synchronization
import Testing

/// Servers that take none of their own tokens, or grant some that end at once: what is asked of them has an end.
@Suite(.timeLimit(.minutes(1))) struct AccountLoopTests {
    /// Grants whatever is asked for, and answers everything else with 401, or with what was asked for.
    private final class Shop: Sendable {
        struct State {
            var tokens = 0
            var guests = 0
            var questions = 0
            var accepts: (@Sendable (_ token: String) -> Bool) = { _ in false }
            var kept: Credential?
            var now = Timestamp(seconds: 1000)
        }

        let state = Mutex(State())
        let life: Int

        init(life: Int = 3600) { self.life = life }

        var http: HTTPClient {
            HTTPClient { request, completion in
                completion(.success(self.answer(request)))
                return HTTPCancellation {}
            }
        }

        private func answer(_ request: HTTPRequest) -> HTTPResponse {
            state.withLock { state in
                switch request.url.split(separator: "/").dropFirst(2).joined(separator: "/") {
                case "v1/sign-in/token":
                    state.tokens += 1
                    return Self.reply(
                        200,
                        #"{"access_token":"t\#(state.tokens)","token_type":"bearer","expires_in":\#(life),"#
                            + #""refresh_token":"r\#(state.tokens)","account":"a-1","name":"Ana","formerly":[]}"#)
                case "v1/guests":
                    state.guests += 1
                    return Self.reply(
                        201, #"{"account":"g-\#(state.guests)","name":"guest-1","token":"g\#(state.guests)"}"#)
                default:
                    state.questions += 1
                    let token = request.headers["Authorization"]?.dropFirst("Bearer ".count) ?? ""
                    guard state.accepts(String(token)) else { return Self.reply(401, #"{"code":"unauthorized"}"#) }
                    return Self.reply(200, #"{"items":[]}"#)
                }
            }
        }

        private static func reply(_ status: Int, _ body: String) -> HTTPResponse {
            HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
        }

        func client(_ credential: Credential?) throws -> ShopClient {
            state.withLock { $0.kept = credential }
            return ShopClient(
                provider: try VitrineAPIProvider(origin: "https://shop.example"), http: http, credential: credential,
                keeping: AccountKeeping(
                    current: { [self] in state.withLock { $0.kept } },
                    exchange: { [self] old, new in
                        state.withLock { state in
                            guard state.kept == old else { return state.kept }
                            state.kept = new
                            return new
                        }
                    }), memory: .passing(), now: { [self] in state.withLock { $0.now } })
        }

        func pass(_ time: Duration) { state.withLock { $0.now = $0.now + time } }
        var tokens: Int { state.withLock { $0.tokens } }
        var guests: Int { state.withLock { $0.guests } }
        var questions: Int { state.withLock { $0.questions } }
    }

    private static let ana = Credential(
        Account(id: "a-1", name: "Ana", token: "t0"), .signedIn,
        renewal: .init(refreshToken: "r0", expiresAt: Timestamp(seconds: 5000)))

    private static func purchase() throws -> ShopQuery {
        .placeOrder(
            OrderIntent(
                key: "k", account: "https://shop.example", buyer: "a-1", sku: "S-1", title: "Cup", quantity: 1,
                quote: "q",
                quoteExpiresAt: Timestamp(seconds: 9000), paymentMethod: "pm-card",
                maximumTotal: try #require(Money(amount: 100, exponent: 2, currency: "CHF")), show: nil,
                createdAt: Timestamp(seconds: 1000)))
    }

    @Test(arguments: [true, false])
    func aServerThatTakesNothingIsAskedTwice(_ isPurchase: Bool) throws {
        let shop = Shop()
        let query: ShopQuery = isPurchase ? try Self.purchase() : .follows
        let client = try shop.client(Self.ana)
        #expect(client.wait(for: query) == .failure(.unauthorized))
        #expect(client.isSignedOut)
        #expect(shop.tokens == 1 && shop.questions == 2)
        // After that it is left alone, and a purchase is certainly not sent.
        let unsent: ShopFailure = isPurchase ? .notSent("the shop does not know this account") : .unauthorized
        for _ in 0..<100 { #expect(client.wait(for: query) == .failure(unsent)) }
        #expect(shop.tokens == 1 && shop.questions == 2)
    }

    @Test func aGuestOfAServerThatTakesNothingIsOpenedOnce() throws {
        let shop = Shop()
        let client = try shop.client(nil)
        for _ in 0..<100 { #expect(client.wait(for: .follows) == .failure(.unauthorized)) }
        #expect(shop.guests == 1 && shop.questions == 1)
    }

    @Test func aForgottenGuestIsReplacedOnce() throws {
        let shop = Shop()
        let client = try shop.client(Credential(Account(id: "g-0", name: "guest", token: "g0"), .guest))
        for _ in 0..<100 { #expect(client.wait(for: .follows) == .failure(.unauthorized)) }
        #expect(shop.guests == 1 && shop.questions == 2)
        // A shop that has its wits about it again takes the one that it was asked for last.
        shop.state.withLock { $0.accepts = { $0 == "g1" } }
        shop.pass(.seconds(60))
        #expect(client.wait(for: .follows) == .success(.follows([])))
        #expect(shop.guests == 1)
    }

    @Test func manyQuestionsAtOnceOpenNoMoreAccounts() throws {
        let shop = Shop()
        let client = try shop.client(nil)
        let isDone = DispatchSemaphore(value: 0)
        for _ in 0..<50 { client.ask(.follows) { _ in isDone.signal() } }
        for _ in 0..<50 { isDone.wait() }
        #expect(shop.guests <= 2 && shop.questions <= 100)
    }

    /// Further and further apart, to an hour: in a day some thirty times, however often something is asked.
    @Test(arguments: [true, false])
    func aServerThatTakesNothingIsTriedSeldomer(_ isSignedIn: Bool) throws {
        let shop = Shop()
        let client = try shop.client(isSignedIn ? Self.ana : nil)
        for _ in 0..<(24 * 120) {
            #expect(client.wait(for: .follows) == .failure(.unauthorized))
            shop.pass(.seconds(30))
        }
        #expect((20...32).contains(isSignedIn ? shop.tokens : shop.guests))
        #expect(shop.questions <= 64)
    }

    @Test(arguments: [-1, 0, 1, 29, 30])
    func aTokenOfAMomentIsUsedAndNotRenewedAtOnce(_ life: Int) throws {
        let shop = Shop(life: life)
        shop.state.withLock { $0.accepts = { $0 != "t0" } }
        let client = try shop.client(Self.ana)
        for _ in 0..<100 { #expect(client.wait(for: .follows) == .success(.follows([]))) }
        #expect(shop.tokens == 1)
        // Half a minute before the end of the shortest life it is renewed, once.
        shop.pass(.seconds(31))
        for _ in 0..<100 { #expect(client.wait(for: .follows) == .success(.follows([]))) }
        #expect(shop.tokens == 2)
    }

    @Test func aTokenThatEndsAtOnceIsRenewedOnceAQuestion() throws {
        let shop = Shop(life: 1)
        let uses = Mutex<Set<String>>([])
        shop.state.withLock { $0.accepts = { token in uses.withLock { $0.insert(token).inserted } && token != "t0" } }
        let client = try shop.client(Self.ana)
        for _ in 0..<10 { #expect(client.wait(for: .follows) == .success(.follows([]))) }
        #expect(shop.tokens == 10)
    }

    /// A full disk: the account that was opened waits for it.
    @Test func aGuestThatCannotBeKeptIsOpenedOnce() throws {
        struct Full: Error {}
        let shop = Shop()
        shop.state.withLock { $0.accepts = { $0 == "g1" } }
        let isFull = Mutex(true)
        let client = ShopClient(
            provider: try VitrineAPIProvider(origin: "https://shop.example"), http: shop.http, credential: nil,
            keeping: AccountKeeping(
                current: { nil }, exchange: { _, new in if isFull.withLock({ $0 }) { throw Full() } else { new } }),
            memory: .passing(), now: { Timestamp(seconds: 1000) })
        for _ in 0..<20 {
            guard case .failure(.notSent) = client.wait(for: .follows) else {
                Issue.record("it was asked in the name of an account that is not kept")
                return
            }
        }
        #expect(shop.guests == 1 && shop.questions == 0)
        isFull.withLock { $0 = false }
        #expect(client.wait(for: .follows) == .success(.follows([])))
        #expect(shop.guests == 1)
    }

    @Test func whoSignsInAgainIsNotKeptWaiting() throws {
        let shop = Shop()
        let client = try shop.client(Self.ana)
        #expect(client.wait(for: .follows) == .failure(.unauthorized))
        var again = Self.ana
        again.account.token = "new"
        shop.state.withLock {
            $0.kept = again
            $0.accepts = { $0 == "new" }
        }
        #expect(client.wait(for: .follows) == .success(.follows([])))
        #expect(!client.isSignedOut && shop.tokens == 1)
    }

    @Test func aClockThatIsSetBackDoesNotKeepItAway() throws {
        let shop = Shop()
        let client = try shop.client(Self.ana)
        #expect(client.wait(for: .follows) == .failure(.unauthorized))
        shop.state.withLock { $0.accepts = { _ in true } }
        shop.pass(.seconds(-86_400))
        #expect(client.wait(for: .follows) == .success(.follows([])))
    }
}
