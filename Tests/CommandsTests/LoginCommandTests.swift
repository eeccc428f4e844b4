import Commands
import Domain
import FaceTesting
import FoundationEssentials
import HTTPTransport
import Lines
import Settings
import Synchronization
import Testing

/// `vitrine login` and `vitrine logout` on the engine, against the server's own logic in this process.
@Suite(.timeLimit(.minutes(1))) struct LoginCommandTests {
    private let shop: InProcessShop
    private let folder: AccountFolder
    private let shopper: TestShopper

    init() throws {
        shop = try InProcessShop()
        folder = try AccountFolder()
        shopper = try TestShopper(shop, accountFile: folder.file)
    }

    // MARK: Steps of a test

    /// Somebody on the server's page, who types the code that a program shows before it asks for the second time.
    private func decide(_ decision: String) {
        let form = Mutex("")
        shop.arm(
            "POST /v1/sign-in/device",
            reply: { response in
                form.withLock { $0 = "user_code=\(Self.text("user_code", in: response))&\(decision)" }
                return response
            })
        shop.arm("POST /v1/sign-in/token")
        shop.arm(
            "POST /v1/sign-in/token",
            before: { server in
                let page = await server.answer(
                    "POST", "/sign-in", headers: [("Content-Type", "application/x-www-form-urlencoded")],
                    body: Array(form.withLock { $0 }.utf8))
                #expect(page.status == 200)
            })
    }

    private static func text(_ name: String, in response: HTTPResponse) -> String {
        let body = String(decoding: response.body, as: UTF8.self)
        guard let start = body.firstRange(of: "\"\(name)\":\"")?.upperBound else { return "" }
        return String(body[start...].prefix { $0 != "\"" })
    }

    private func logIn(_ shopper: TestShopper? = nil, json: Bool = false) async -> Printed {
        await (shopper ?? self.shopper).use { session in
            session.pause = shop.pause
            try session.logIn(token: nil, json: json)
        }
    }

    private func logOut(evenGuest: Bool = false) async -> Printed {
        await shopper.use { try $0.logOut(evenGuest: evenGuest) }
    }

    /// Opens a guest's account and keeps it, as a first question does.
    private func openGuest() async throws -> SavedAccount {
        let reply = await shop.server.answer("POST", "/v1/guests", headers: [], body: [])
        let response = HTTPResponse(status: reply.status, headers: HTTPHeaders(), body: Data(reply.body))
        let guest = SavedAccount(
            id: Self.text("account", in: response), token: Self.text("token", in: response),
            name: Self.text("name", in: response))
        #expect(try AccountFile(path: folder.file).exchange(nil, for: guest, scope: InProcessShop.origin) == guest)
        return guest
    }

    private var bodies: [String] { shop.messages.map { String(decoding: $0.body ?? Data(), as: UTF8.self) } }

    @Test func asksAtWhichOfSeveralChannels() async throws {
        let several = try TestShopper(shop, titles: ["Lamps", "Tea"], accountFile: folder.file)
        let needed = "an account is of one channel: add --channel NAME, one of Lamps, Tea"
        let loggedIn = await several.use { try $0.logIn(token: nil, json: false) }
        #expect(loggedIn.status == .usage && loggedIn.complaints == [needed], "\(loggedIn)")
        let loggedOut = await several.use { try $0.logOut(evenGuest: false) }
        #expect(loggedOut.status == .usage && loggedOut.complaints == [needed], "\(loggedOut)")
        #expect(shop.requests.isEmpty)
    }

    // MARK: In

    @Test func signsInOnceSomebodyHasSaidYes() async throws {
        let guest = try await openGuest()
        decide("name=Ana&decision=allow")
        let printed = await logIn()
        #expect(printed.status == .done, "\(printed)")
        let code = try #require(printed.output.dropFirst().first?.split(separator: " ").last)
        #expect(
            printed.output == [
                "Open \(InProcessShop.origin)/sign-in", "and type the code  \(code)",
                "It is good for 10 minutes; Ctrl-C ends the wait.", "signed in as Ana",
            ])
        #expect(
            printed.complaints == [
                "vitrine: the account's token is in \(folder.file), which only you can read: there is no Secret Service here"
            ])
        let account = try #require(try shopper.account())
        #expect(account.name == "Ana" && account.formerly == [guest.id] && account.signIn?.refreshToken != nil)
        #expect(
            shop.requests == [
                "POST /v1/sign-in/device", "POST /v1/sign-in/token", "POST /v1/sign-in/token", "POST /v1/me/guests",
            ])
        // Twice the shop's interval, and not a moment longer than the clock needs.
        #expect(shop.now >= InProcessShop.start + .seconds(10) && shop.now < InProcessShop.start + .seconds(11))
    }

    @Test func sendsWhatItAlwaysSent() async throws {
        let guest = try await openGuest()
        let secret = Mutex("")
        shop.arm(
            "POST /v1/sign-in/device",
            reply: { response in
                secret.withLock { $0 = Self.text("device_code", in: response) }
                return response
            })
        let printed = await shopper.use { session in
            session.pause = shop.pause
            _ = try session.signIn(at: session.channels[0]) { code in
                // Before the first poll.
                let form = "user_code=\(code.userCode)&name=Ana&decision=allow"
                shop.arm(
                    "POST /v1/sign-in/token",
                    before: { server in
                        _ = await server.answer(
                            "POST", "/sign-in", headers: [("Content-Type", "application/x-www-form-urlencoded")],
                            body: Array(form.utf8))
                    })
            }
        }
        #expect(printed.status == .done, "\(printed)")
        let account = try #require(try shopper.account())
        #expect(
            bodies == [
                "client_id=vitrine",
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=\(secret.withLock { $0 })"
                    + "&client_id=vitrine", "token=\(guest.token)&client_id=vitrine",
            ])
        #expect(shop.messages.map { $0.headers["Authorization"] } == [nil, nil, "Bearer " + account.token])
    }

    @Test func printsNoSecretAndLogsNone() async throws {
        let guest = try await openGuest()
        let secret = Mutex("")
        decide("name=Ana&decision=allow")
        shop.arm("POST /v1/me/guests", reply: nil)
        let first = await logIn(json: true)
        #expect(first.status == .done, "\(first)")
        let account = try #require(try shopper.account())
        let second = await logOut()
        #expect(second.status == .done, "\(second)")
        shop.arm(
            "POST /v1/sign-in/device",
            reply: { response in
                secret.withLock { $0 = Self.text("device_code", in: response) }
                return response
            })
        let third = await logIn()
        #expect(third.status == .refused, "\(third)")
        let secrets = [guest.token, account.token, account.signIn?.refreshToken ?? "", secret.withLock { $0 }]
        #expect(secrets.allSatisfy { $0.count > 20 })
        #expect(shopper.log.contains { $0.contains("/v1/sign-in/token") })
        let told =
            [first, second, third].flatMap { $0.output + $0.complaints } + shopper.log + shop.messages.map(\.url)
        for secret in secrets { #expect(!told.contains { $0.contains(secret) }) }
    }

    @Test func writesTwoLinesForPrograms() async throws {
        decide("name=Ana&decision=allow")
        let printed = await logIn(json: true)
        let id = try #require(try shopper.account()?.id)
        let start =
            #"{"expiresIn":600,"page":"http://127.0.0.1:1/sign-in","pageWithCode":"http://127.0.0.1:1/sign-in?user_code="#
        #expect(printed.output.count == 2, "\(printed)")
        #expect(printed.output.first?.hasPrefix(start) == true, "\(printed)")
        #expect(printed.output.last == #"{"account":"\#(id)","keptIn":"file","name":"Ana"}"#)
    }

    @Test func saysThatItWasDenied() async throws {
        decide("decision=deny")
        let printed = await logIn()
        #expect(printed.status == .refused)
        #expect(printed.complains("not signed in: it was denied on the page"), "\(printed)")
        #expect(try shopper.account() == nil)
    }

    @Test func endsWithTheCode() async throws {
        let printed = await logIn()
        #expect(printed.status == .refused)
        #expect(printed.complains("not signed in: the code has run out; try again"), "\(printed)")
        #expect(shop.now < InProcessShop.start + .seconds(700))
        #expect(shop.requests.count { $0 == "POST /v1/sign-in/token" } > 100)
    }

    @Test func outlivesAServerThatIsAway() async throws {
        decide("name=Ana&decision=allow")
        for _ in 0..<3 { shop.arm("POST /v1/sign-in/token", reply: nil) }
        let printed = await logIn()
        #expect(printed.says("signed in as Ana"), "\(printed)")
    }

    @Test func stopsWhenTheWaitIsEnded() async throws {
        let printed = await shopper.use { session in
            var isShown = false
            session.pause = { isShown ? false : shop.pause($0, $1) }
            let account = try session.signIn(at: session.channels[0]) { _ in isShown = true }
            #expect(account == nil)
            #expect(try session.engine().state.signIns[.first].phase == .idle)
        }
        #expect(printed.status == .done, "\(printed)")
        #expect(try shopper.account() == nil)
    }

    // MARK: With a token

    @Test func keepsAToken() async throws {
        decide("name=Ana&decision=allow")
        _ = await logIn()
        let known = try #require(try shopper.account())
        let folder = try AccountFolder()
        let other = try TestShopper(shop, accountFile: folder.file)
        let printed = await other.use { try $0.logIn(token: { known.token }, json: false) }
        #expect(printed.output == ["signed in as Ana"], "\(printed)")
        let kept = try #require(try other.account())
        #expect(kept.id == known.id && kept.token == known.token && kept.signIn == .init())
        #expect(shop.requests.last == "GET /v1/me")
        #expect(!(printed.complaints + other.log).contains { $0.contains(known.token) })
    }

    @Test func refusesATokenOfNobody() async throws {
        let printed = await shopper.use { try $0.logIn(token: { "nobodys-token" }, json: false) }
        #expect(printed.status == .refused)
        #expect(printed.complaints == ["the server does not accept this token"], "\(printed)")
        #expect(!shopper.log.contains { $0.contains("nobodys-token") })
    }

    @Test func asksForNoTokenWhereSomebodyIsSignedIn() async throws {
        decide("name=Ana&decision=allow")
        _ = await logIn()
        let printed = await shopper.use { session in
            try session.logIn(
                token: {
                    Issue.record("a token was asked for")
                    return ""
                }, json: false)
        }
        #expect(printed.status == .refused)
        #expect(printed.complains("you are signed in already as Ana; ‘vitrine logout’ signs you out"), "\(printed)")
    }

    @Test func refusesWhereTheTokenIsTheUsersOwn() async throws {
        var config = Config()
        config.server = InProcessShop.origin
        config.tokenCommand = ["true"]
        let shopper = try TestShopper(shop, config: config, accountFile: folder.file)
        let login = await shopper.use { try $0.logIn(token: nil, json: false) }
        #expect(login.status == .usage)
        #expect(login.complains("the account comes from token_command in config.toml"), "\(login)")
        let logout = await shopper.use { try $0.logOut(evenGuest: false) }
        #expect(logout.complains("token_command in config.toml, and is not kept here"), "\(logout)")
        #expect(shop.requests == [])
    }

    // MARK: Out

    @Test func revokesTheTokens() async throws {
        decide("name=Ana&decision=allow")
        _ = await logIn()
        let account = try #require(try shopper.account())
        let printed = await logOut()
        #expect(printed.output == ["signed out as Ana"], "\(printed)")
        #expect(try shopper.account() == nil)
        #expect(bodies.last == "token=\(account.signIn?.refreshToken ?? "")&client_id=vitrine")
        let reply = await shop.server.answer(
            "GET", "/v1/me", headers: [("Authorization", "Bearer " + account.token)], body: [])
        #expect(reply.status == 401)
        let again = await logOut()
        #expect(again.status == .refused && again.complains("you are not signed in"), "\(again)")
    }

    @Test func saysThatATokenMayStillBeGood() async throws {
        decide("name=Ana&decision=allow")
        _ = await logIn()
        shop.arm("POST /v1/sign-in/revoke", reply: nil)
        let printed = await logOut()
        #expect(printed.status == .network)
        #expect(
            printed.complains("signed out here, but the server could not be told that the token is over"), "\(printed)")
        #expect(try shopper.account() == nil)
    }

    @Test func endsAGuestOnlyWhenThatIsMeant() async throws {
        let guest = try await openGuest()
        let refused = await logOut()
        #expect(refused.status == .refused)
        #expect(
            refused.complains(
                "you are not signed in: \(guest.name) is a guest, and its orders could not be found again; ‘vitrine logout --guest’"
            ), "\(refused)")
        #expect(try shopper.account() == guest)
        let printed = await logOut(evenGuest: true)
        #expect(printed.output == ["signed out as \(guest.name)"], "\(printed)")
        #expect(try shopper.account() == nil)
        #expect(bodies == ["token=\(guest.token)&client_id=vitrine"])
    }

    @Test func keepsAGuestWhosePurchaseIsInDoubt() async throws {
        let guest = try await openGuest()
        let ids = try await shop.server.products()
        try await shop.server.shelve(ids[0], stock: 5)
        let reply = await shop.server.answer("GET", "/v1/products/\(ids[0])", headers: [], body: [])
        let sku = Self.text(
            "sku", in: HTTPResponse(status: 200, headers: HTTPHeaders(), body: Data(reply.body)))
        for _ in 0..<12 {
            shop.arm("POST /v1/orders", reply: nil)
            shop.arm("GET /v1/orders", reply: nil)
        }
        let bought = await shopper.use { session in
            var command = BuyCommand(sku: sku)
            command.maxTotal = "100000.00"
            command.buys = true
            try command.run(session)
        }
        #expect(bought.complains("perhaps bought"), "\(bought)")
        let printed = await logOut(evenGuest: true)
        #expect(printed.status == .refused)
        #expect(
            printed.complains("a purchase of \(guest.name) may still have been bought; ‘vitrine orders’ finds out"),
            "\(printed)")
        #expect(try shopper.account() == guest)
    }
}
