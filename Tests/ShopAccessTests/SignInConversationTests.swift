import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import Settings
import ShopAccess
import Synchronization
import Testing

/// Signing in and out, step by step, on a network that is a function.
@Suite(.timeLimit(.minutes(1))) struct SignInConversationTests {
    /// A shop that says one thing after the other, and whoever signs in there.
    private final class Stage: Sendable {
        private let replies = Mutex<[Result<HTTPResponse, HTTPFailure>]>([])
        private let requests = Mutex<[String]>([])
        private let seconds = Mutex<Int64>(1000)
        let path: String
        let hasOpenPurchases = Mutex(false)
        /// Happens while the shop is asked, once.
        let meanwhile = Mutex<(@Sendable () throws -> Void)?>(nil)

        init() throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "vitrine-" + UUID().uuidString).path()
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            path = folder
        }

        deinit {
            // What is left behind in the temporary folder harms no other test.
            try? FileManager.default.removeItem(atPath: path)
        }

        static let origin = "https://shop.example"
        var accounts: Accounts { Accounts(file: AccountFile(path: path + "/accounts"), scope: Self.origin) }
        var asked: [String] { requests.withLock { $0 } }
        var now: Timestamp { Timestamp(seconds: seconds.withLock { $0 }) }
        func advance(by more: Int64) { seconds.withLock { $0 += more } }

        func say(_ status: Int, _ body: String = "{}") {
            let response = HTTPResponse(
                status: status, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
            replies.withLock { $0.append(.success(response)) }
        }

        func fail() { replies.withLock { $0.append(.failure(.connectionLost(sent: true))) } }

        var http: HTTPClient {
            HTTPClient { request, completion in
                let body = String(decoding: request.body ?? Data(), as: UTF8.self)
                self.requests.withLock { $0.append("\(request.url.dropFirst(Self.origin.count + 4)) \(body)") }
                let event = self.meanwhile.withLock { $0.take() }
                do { try event?() } catch { Issue.record(error) }
                let reply = self.replies.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                completion(reply ?? .failure(.cannotConnect))
                return HTTPCancellation {}
            }
        }

        func conversation() throws -> SignInConversation {
            let shop = ShopClient(
                provider: try VitrineAPIProvider(origin: Self.origin), http: http,
                credential: try accounts.current().map { Credential($0) }, keeping: .none, memory: .passing(),
                queue: { _ in WorkQueue { _, work in work() } }, now: { self.now })
            return SignInConversation(shop: shop, http: http, accounts: accounts, tokenSource: TokenSource()) {
                self.hasOpenPurchases.withLock { $0 }
            }
        }
    }

    private let stage: Stage
    private let conversation: SignInConversation
    private let guest = SavedAccount(id: "g-1", token: "guest-secret", name: "guest-1")

    init() throws {
        stage = try Stage()
        #expect(try stage.accounts.exchange(nil, for: guest) == guest)
        conversation = try stage.conversation()
    }

    /// The reply to a step, which comes at once here.
    private func carryOut(_ step: SignInStep) -> SignInReply? {
        let reply = Mutex<SignInReply?>(nil)
        conversation.carryOut(step) { answer in reply.withLock { $0 = answer } }
        return reply.withLock { $0 }
    }

    private static let tokens = #"""
        {"access_token":"access-secret","token_type":"Bearer","expires_in":3600,"refresh_token":"refresh-secret",
         "account":"a-1","name":"Ana","formerly":["g-0"]}
        """#
    private static let owner = #"{"account":"a-1","name":"Ana","isGuest":false,"formerly":["g-0","g-1"]}"#

    private func begin(life: Int = 600) {
        stage.say(
            200,
            #"{"device_code":"device-secret","user_code":"BCDF-GHJK","verification_uri":"https://shop.example/sign-in","#
                + #""expires_in":\#(life),"interval":5}"#)
        let code = SignInCode(
            userCode: "BCDF-GHJK", page: "https://shop.example/sign-in", pageWithCode: nil, life: .seconds(life))
        #expect(carryOut(.begin(.code)) == .code(code, pollAfter: .seconds(5)))
    }

    private func beGranted() {
        begin()
        stage.say(200, Self.tokens)
        #expect(carryOut(.poll) == .granted)
    }

    private static let ana = SignedInAccount(
        id: "a-1", name: "Ana", formerly: ["g-0", "g-1"], isInSecretService: false)

    // MARK: In

    @Test func aGuestBecomesAPartOfTheAccount() throws {
        beGranted()
        stage.say(200, Self.owner)
        #expect(carryOut(.keep) == .signedIn(Self.ana))
        let kept = try #require(try stage.accounts.current())
        #expect(kept.token == "access-secret" && kept.formerly == ["g-0", "g-1"])
        #expect(kept.signIn == .init(refreshToken: "refresh-secret", expiresAt: (1000 + 3600) * 1000))
        #expect(
            stage.asked.map { $0.split(separator: " ")[0] } == ["sign-in/device", "sign-in/token", "me/guests"])
        #expect(stage.asked.last == "me/guests token=guest-secret&client_id=vitrine")
    }

    @Test func theNextQuestionIsInTheNewAccountsName() throws {
        beGranted()
        stage.say(200, Self.owner)
        _ = carryOut(.keep)
        #expect(carryOut(.begin(.code)) == .failed(.alreadySignedIn(name: "Ana")))
        stage.say(200)
        #expect(carryOut(.signOut(evenGuest: false)) == .signedOut(name: "Ana", unrevoked: nil))
        #expect(stage.asked.last == "sign-in/revoke token=refresh-secret&client_id=vitrine")
        #expect(try stage.accounts.current() == nil)
    }

    @Test func aShopThatHasForgottenTheGuestTakesNothingAlong() throws {
        beGranted()
        stage.say(404, #"{"code":"not_found"}"#)
        guard case .signedIn(let account)? = carryOut(.keep) else {
            Issue.record("\(stage.asked)")
            return
        }
        #expect(account.formerly == ["g-0"])
    }

    @Test func aShopThatDoesNotAnswerIsAskedThreeTimes() throws {
        beGranted()
        for _ in 0..<3 { stage.fail() }
        #expect(carryOut(.keep) == .keepAgain(after: .seconds(1)))
        #expect(carryOut(.keep) == .keepAgain(after: .seconds(2)))
        stage.say(200)
        guard case .failed(.guestNotMerged(name: "guest-1", .unreachable))? = carryOut(.keep) else {
            Issue.record("\(stage.asked)")
            return
        }
        // The tokens are given back, and the guest's account is as it was.
        #expect(stage.asked.suffix(2).map { $0.split(separator: " ")[0] } == ["me/guests", "sign-in/revoke"])
        #expect(try stage.accounts.current() == guest)
    }

    @Test func aMergeThatWasLateIsEnough() {
        beGranted()
        stage.fail()
        #expect(carryOut(.keep) == .keepAgain(after: .seconds(1)))
        stage.say(200, Self.owner)
        #expect(carryOut(.keep) == .signedIn(Self.ana))
    }

    @Test func anotherVitrineIsFaster() throws {
        beGranted()
        let bo = SavedAccount(id: "a-2", token: "bos-secret", name: "Bo", signIn: .init())
        let (accounts, guest) = (stage.accounts, guest)
        stage.meanwhile.withLock { $0 = { _ = try accounts.exchange(guest, for: bo) } }
        stage.say(200, Self.owner)
        stage.say(200)
        #expect(carryOut(.keep) == .failed(.overtaken))
        #expect(stage.asked.last == "sign-in/revoke token=refresh-secret&client_id=vitrine")
        #expect(try stage.accounts.current() == bo)
    }

    @Test func aGuestOpenedMeanwhileComesAlongToo() throws {
        beGranted()
        let other = SavedAccount(id: "g-2", token: "other-secret", name: "guest-2")
        let (accounts, guest) = (stage.accounts, guest)
        stage.meanwhile.withLock { $0 = { _ = try accounts.exchange(guest, for: other) } }
        for _ in 0..<2 { stage.say(200, Self.owner) }
        #expect(carryOut(.keep) == .signedIn(Self.ana))
        #expect(stage.asked.last == "me/guests token=other-secret&client_id=vitrine")
    }

    @Test(arguments: [("access_denied", SignInFailure.denied), ("expired_token", .expired)])
    func itEndsWithTheShopsNo(_ name: String, _ failure: SignInFailure) throws {
        begin()
        stage.say(400, #"{"error":"\#(name)"}"#)
        #expect(carryOut(.poll) == .failed(failure))
        #expect(try stage.accounts.current() == guest)
    }

    @Test func thePaceIsTheShops() {
        begin()
        stage.say(400, #"{"error":"authorization_pending"}"#)
        #expect(carryOut(.poll) == .notYet(pollAfter: .seconds(5)))
        stage.say(400, #"{"error":"slow_down"}"#)
        #expect(carryOut(.poll) == .notYet(pollAfter: .seconds(10)))
        stage.fail()
        #expect(carryOut(.poll) == .notYet(pollAfter: .seconds(20)))
        stage.advance(by: 600)
        stage.say(400, #"{"error":"authorization_pending"}"#)
        #expect(carryOut(.poll) == .failed(.expired))
    }

    @Test func whoSaysYesTooLateLetsNobodyIn() throws {
        beGranted()
        stage.say(200)
        #expect(carryOut(.stop) == nil)
        #expect(stage.asked.last == "sign-in/revoke token=refresh-secret&client_id=vitrine")
        #expect(carryOut(.keep) == .failed(.overtaken))
        #expect(try stage.accounts.current() == guest)
    }

    // MARK: With a token

    @Test func aTokenIsNotGivenBackWhenItCannotBeKept() throws {
        #expect(carryOut(.begin(.token)) == .tokenWanted)
        conversation.offer(token: "own-secret")
        stage.say(200, Self.owner)
        #expect(carryOut(.useToken) == .granted)
        for _ in 0..<3 { stage.fail() }
        for _ in 0..<2 { _ = carryOut(.keep) }
        guard case .failed(.guestNotMerged)? = carryOut(.keep) else {
            Issue.record("\(stage.asked)")
            return
        }
        #expect(!stage.asked.contains { $0.hasPrefix("sign-in/revoke") })
    }

    @Test func aTokenIsUsedOnce() {
        conversation.offer(token: "own-secret")
        stage.say(401, #"{"code":"unauthorized"}"#)
        #expect(carryOut(.useToken) == .failed(.tokenRefused))
        #expect(carryOut(.useToken) == .failed(.tokenRefused))
        #expect(stage.asked.count == 1)
    }

    // MARK: Out

    @Test func aTokenThatCouldNotBeRevokedIsForgottenAndSaidSo() throws {
        stage.fail()
        let reply = carryOut(.signOut(evenGuest: true))
        guard case .signedOut(name: "guest-1", unrevoked: .unreachable?)? = reply else {
            Issue.record("\(String(describing: reply))")
            return
        }
        #expect(try stage.accounts.current() == nil)
        #expect(carryOut(.signOut(evenGuest: true)) == .failed(.notSignedIn))
    }

    @Test func aGuestIsEndedOnlyWhereNothingIsInDoubt() throws {
        #expect(carryOut(.signOut(evenGuest: false)) == .failed(.isGuest(name: "guest-1")))
        stage.hasOpenPurchases.withLock { $0 = true }
        #expect(carryOut(.signOut(evenGuest: true)) == .failed(.purchaseInDoubt(name: "guest-1")))
        #expect(stage.asked.isEmpty)
        #expect(try stage.accounts.current() == guest)
    }

    // MARK: Secrets

    @Test func noReplyHoldsASecret() {
        stage.say(
            200,
            #"{"device_code":"device-secret","user_code":"BCDF-GHJK","verification_uri":"https://shop.example/sign-in","#
                + #""expires_in":600,"interval":5}"#)
        stage.say(200, Self.tokens)
        stage.say(200, Self.owner)
        stage.fail()
        let steps: [SignInStep] = [.begin(.code), .poll, .keep, .begin(.code), .signOut(evenGuest: false)]
        let replies = steps.map { carryOut($0) }
        var text = ""
        dump(replies, to: &text)
        #expect(text.contains("Ana") && text.contains("unrevoked"), "\(text)")
        #expect(!text.contains("secret"), "\(text)")
    }
}
