import Dispatch
import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import ShopAccess
import Synchronization
import Testing

/// In whose name the shop is asked, on a network that is a function.
@Suite(.timeLimit(.minutes(1))) struct AccountTests {
    /// A shop that takes one token, and gives the next one for the refresh token that belongs to it.
    private final class Shop: Sendable {
        struct State {
            var number = 1
            var asked: [String] = []
            var isRevoked = false
            var loses = 0
            var kept: Credential?
            var isReachable = true
        }

        let state = Mutex(State())

        var http: HTTPClient {
            HTTPClient { request, completion in
                completion(self.answer(request))
                return HTTPCancellation {}
            }
        }

        private func answer(_ request: HTTPRequest) -> Result<HTTPResponse, HTTPFailure> {
            state.withLock { state in
                let path = request.url.split(separator: "/").dropFirst(2).joined(separator: "/")
                let token = request.headers["Authorization"] ?? "-"
                state.asked.append("\(path) \(token)")
                guard path == "v1/sign-in/token" else {
                    let isTaken = token == "Bearer t\(state.number)" && !state.isRevoked
                    return isTaken ? Self.reply(200, #"{"items":[]}"#) : Self.reply(401, #"{"code":"unauthorized"}"#)
                }
                guard state.isReachable else { return .failure(.cannotConnect) }
                let form = String(decoding: request.body ?? Data(), as: UTF8.self)
                guard !state.isRevoked, form.contains("refresh_token=r\(state.number)&") else {
                    return Self.reply(400, #"{"error":"invalid_grant"}"#)
                }
                if state.loses > 0 {
                    state.loses -= 1
                    return .failure(.connectionLost(sent: true))
                }
                state.number += 1
                return Self.reply(
                    200,
                    #"{"access_token":"t\#(state.number)","token_type":"bearer","expires_in":3600,"#
                        + #""refresh_token":"r\#(state.number)","account":"a-1","name":"Ana","formerly":["g-1"]}"#)
            }
        }

        private static func reply(_ status: Int, _ body: String) -> Result<HTTPResponse, HTTPFailure> {
            .success(HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: Data(body.utf8)))
        }

        var asked: [String] { state.withLock { $0.asked } }
        var kept: Credential? { state.withLock { $0.kept } }
    }

    private let shop = Shop()

    private func client(
        _ credential: Credential?, expired: Bool = false, find: (@Sendable () throws -> AccountKeeping.Found?)? = nil
    ) throws -> ShopClient {
        shop.state.withLock { $0.kept = credential }
        return ShopClient(
            provider: try VitrineAPIProvider(origin: "https://shop.example"), http: shop.http, credential: credential,
            keeping: AccountKeeping(
                find: find, current: { [shop] in shop.kept },
                exchange: { [shop] old, new in
                    shop.state.withLock { state in
                        guard state.kept == old else { return state.kept }
                        state.kept = new
                        return new
                    }
                }), memory: .passing(), now: { Timestamp(seconds: expired ? 2000 : 1000) })
    }

    private let ana = Credential(
        Account(id: "a-1", name: "Ana", token: "t1"), .signedIn,
        renewal: .init(refreshToken: "r1", expiresAt: Timestamp(seconds: 2000)), formerly: ["g-1"])

    @Test func aTokenThatIsNotTakenIsRenewedAndKeptBeforeItIsUsed() throws {
        let client = try client(ana)
        shop.state.withLock { $0.number = 1 }
        // Ended early, as the shop sees it.
        var early = ana
        early.account.token = "t0"
        let other = try self.client(early)
        #expect(other.wait(for: .follows) == .success(.follows([])))
        #expect(shop.kept?.account.token == "t2")
        #expect(shop.kept?.renewal == .init(refreshToken: "r2", expiresAt: Timestamp(seconds: 4600)))
        #expect(shop.asked == ["v1/me/follows Bearer t0", "v1/sign-in/token -", "v1/me/follows Bearer t2"])
        // The other copy of the program takes what is kept, and spends no refresh token.
        #expect(client.wait(for: .follows) == .success(.follows([])))
        #expect(shop.asked.count == 5)
        #expect(!client.isSignedOut)
    }

    @Test func aTokenThatHasEndedIsNotSent() throws {
        let client = try client(ana, expired: true)
        #expect(client.wait(for: .follows) == .success(.follows([])))
        #expect(shop.asked == ["v1/sign-in/token -", "v1/me/follows Bearer t2"])
    }

    @Test func whileItCannotBeRenewedNothingIsSent() throws {
        let client = try client(ana, expired: true)
        shop.state.withLock { $0.loses = 1 }
        #expect(client.wait(for: .follows) == .failure(.unreachable("the connection was lost", mayHaveArrived: false)))
        #expect(!client.isSignedOut)
        #expect(client.wait(for: .follows) == .success(.follows([])))
    }

    @Test func whoeverIsSignedOutIsNoGuest() throws {
        let client = try client(ana, expired: true)
        shop.state.withLock { $0.isRevoked = true }
        #expect(client.wait(for: .follows) == .failure(.unauthorized))
        #expect(client.isSignedOut)
        #expect(shop.kept == ana)
        #expect(shop.asked == ["v1/sign-in/token -"])
        // Somebody has signed in again elsewhere.
        var again = ana
        again.account.token = "t1"
        again.renewal = nil
        shop.state.withLock {
            $0.isRevoked = false
            $0.kept = again
        }
        #expect(client.wait(for: .follows) == .success(.follows([])))
        #expect(!client.isSignedOut)
    }

    @Test func manyQuestionsRenewOnce() throws {
        let client = try client(ana, expired: true)
        let isDone = DispatchSemaphore(value: 0)
        for _ in 0..<20 { client.ask(.follows) { _ in isDone.signal() } }
        for _ in 0..<20 { isDone.wait() }
        #expect(shop.asked.count { $0.hasPrefix("v1/sign-in") } == 1)
    }

    @Test func whatCannotBeFoundMakesNobodyAGuest() throws {
        struct Locked: Error, CustomStringConvertible { let description = "locked" }
        let client = try client(nil, find: { throw Locked() })
        #expect(client.wait(for: .follows) == .failure(.notSent("locked")))
        #expect(shop.asked == [])
    }
}

/// Waiting for somebody to let the program in, on a clock that stands still.
@Suite struct DeviceWaitTests {
    private func code(life: Int, interval: Int) throws -> SignInAPI.DeviceCode {
        let api = try #require(try VitrineAPIProvider(origin: "https://shop.example").signIn)
        let body = """
            {"device_code":"d","user_code":"BCDF-GHJK","verification_uri":"https://shop.example/sign-in",
             "expires_in":\(life),"interval":\(interval)}
            """
        return try api.deviceCode(
            from: .success(
                HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: Data(body.utf8))))
    }

    @Test func thePaceIsTheShopsAndSlowerWhenToldOrUnanswered() throws {
        let start = Timestamp(seconds: 0)
        var wait = DeviceWait(try code(life: 600, interval: 5), now: start)
        #expect(wait.first == .seconds(5))
        #expect(wait.step(after: .success(.pending), now: start) == .wait(.seconds(5)))
        #expect(wait.step(after: .success(.slowDown), now: start) == .wait(.seconds(10)))
        #expect(wait.step(after: .success(.pending), now: start) == .wait(.seconds(10)))
        let lost = Result<SignInAPI.Poll, ShopFailure>.failure(.unreachable("", mayHaveArrived: true))
        #expect(wait.step(after: lost, now: start) == .wait(.seconds(20)))
        #expect(wait.step(after: lost, now: start) == .wait(.seconds(40)))
        #expect(wait.step(after: lost, now: start) == .wait(.seconds(60)))
        #expect(wait.step(after: .success(.pending), now: start) == .wait(.seconds(10)))
        #expect(wait.step(after: .success(.denied), now: start) == .denied)
        #expect(wait.step(after: .success(.expired), now: start) == .expired)
        #expect(wait.step(after: .failure(.unauthorized), now: start) == .failed(.unauthorized))
        #expect(wait.step(after: .success(.pending), now: start + .seconds(600)) == .expired)
    }

    /// Somebody may say yes in the last moment, and the page has told them then that it worked.
    @Test func theLastQuestionIsAskedAtTheEnd() throws {
        let start = Timestamp(seconds: 0)
        var wait = DeviceWait(try code(life: 600, interval: 5), now: start)
        #expect(wait.step(after: .success(.pending), now: start + .milliseconds(597_000)) == .wait(.seconds(5)))
        let lost = Result<SignInAPI.Poll, ShopFailure>.failure(.unreachable("", mayHaveArrived: true))
        for _ in 0..<5 { _ = wait.step(after: lost, now: start + .seconds(10)) }
        // Not after a pause that goes on beyond the end.
        #expect(wait.step(after: lost, now: start + .seconds(580)) == .wait(.seconds(20)))
        #expect(wait.step(after: .success(.pending), now: start + .seconds(600)) == .expired)
    }

    @Test func aServerThatIsBusySaysWhenToComeAgain() throws {
        let start = Timestamp(seconds: 0)
        var wait = DeviceWait(try code(life: 600, interval: 5), now: start)
        func busy(_ seconds: Int?) -> Result<SignInAPI.Poll, ShopFailure> {
            .failure(.busy(status: 429, retryAfterSeconds: seconds))
        }
        #expect(wait.step(after: busy(90), now: start) == .wait(.seconds(90)))
        #expect(wait.step(after: busy(1), now: start) == .wait(.seconds(20)))
        #expect(wait.step(after: busy(-5), now: start) == .wait(.seconds(40)))
        #expect(wait.step(after: busy(40), now: start + .seconds(590)) == .wait(.seconds(40)))
        // There is nobody to ask after that.
        #expect(wait.step(after: busy(.max), now: start) == .expired)
    }

    @Test func aPageThatNobodyShouldOpenIsNotShown() {
        for page in [
            "http://shop.example/", "javascript:x", "https://ana@shop.example/", "https://shop.example/\u{1B}",
        ] {
            #expect(WebAddress(page) == nil)
        }
        #expect(WebAddress("http://127.0.0.1:8080/sign-in") != nil)
    }
}
