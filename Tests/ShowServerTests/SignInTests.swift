import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import ShopTesting
import Testing

@testable import ShowServer

extension Shop {
    /// A form as a program or a browser sends it.
    func form(
        _ path: String, _ fields: KeyValuePairs<String, String>, token: String? = nil,
        _ headers: KeyValuePairs<String, String> = [:], at location: SourceLocation = #_sourceLocation
    ) async throws -> HTTPResponse {
        let body = fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        var all: [(String, String)] = [("Content-Type", "application/x-www-form-urlencoded")]
        all += headers.map { ($0, $1) }
        return try await send(.post, path, body: body, token: token, fields: all, at: location)
    }

    func begin() async throws -> DeviceAuthorization {
        try await form("/v1/sign-in/device", ["client_id": "vitrine"]).value()
    }

    func poll(_ device: DeviceAuthorization) async throws -> HTTPResponse {
        try await form(
            "/v1/sign-in/token",
            ["grant_type": SignInRoutes.deviceGrant, "device_code": device.deviceCode, "client_id": "vitrine"])
    }

    func renew(_ refresh: String?) async throws -> HTTPResponse {
        try await form(
            "/v1/sign-in/token",
            ["grant_type": "refresh_token", "refresh_token": refresh ?? "", "client_id": "vitrine"])
    }

    func allow(_ device: DeviceAuthorization, as name: String) async throws -> HTTPResponse {
        try await form("/sign-in", ["user_code": device.userCode, "name": name, "decision": "allow"])
    }

    func signIn(as name: String = "Ana") async throws -> GrantedTokens {
        let device = try await begin()
        let allowed = try await allow(device, as: name)
        #expect(allowed.status == 200)
        return try await poll(device).value()
    }

    func facts(_ token: String) async throws -> AccountFacts { try await get(.me, token: token) }
}

extension HTTPResponse {
    /// OAuth's name of an error.
    fileprivate func error(_ expected: Int = 400, at location: SourceLocation = #_sourceLocation) throws -> String {
        try value(expected, as: OAuthError.self, sourceLocation: location).error
    }

    fileprivate var text: String { String(decoding: body, as: UTF8.self) }
}

/// OAuth's device authorization grant, as far as a program sees it.
@Suite struct SignInTests {
    @Test func somebodyLetsAProgramIn() async throws {
        try await Shop.open { shop in
            let device = try await shop.begin()
            let letters = try #require(try Regex("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}"))
            #expect(try letters.wholeMatch(in: device.userCode) != nil)
            #expect(device.verificationURI == shop.server.origin + "/sign-in")
            #expect(device.verificationURIComplete == shop.server.origin + "/sign-in?user_code=" + device.userCode)
            #expect(device.interval == 5)
            #expect(try await shop.poll(device).error() == "authorization_pending")
            #expect(try await shop.allow(device, as: " Ana  Lopez ").text.contains("signed in as <strong>Ana Lopez"))
            let tokens: GrantedTokens = try await shop.poll(device).value()
            #expect(tokens.name == "Ana Lopez")
            #expect(tokens.tokenType == "Bearer")
            let facts = try await shop.facts(tokens.accessToken)
            #expect(facts.account == tokens.account && !facts.isGuest && facts.formerly == [])
            // The same name, in any letters, is the same account.
            #expect(try await shop.signIn(as: "ANA LOPEZ").account == tokens.account)
            #expect(try await shop.signIn(as: "Ana").account != tokens.account)
        }
    }

    @Test func whoPollsTooFastIsSlowedDown() async throws {
        try await Shop.open { shop in
            let device = try await shop.begin()
            #expect(try await shop.poll(device).error() == "authorization_pending")
            shop.clock.advance(by: .seconds(4))
            #expect(try await shop.poll(device).error() == "slow_down")
            // From now on ten seconds.
            shop.clock.advance(by: .seconds(6))
            #expect(try await shop.poll(device).error() == "slow_down")
            shop.clock.advance(by: .seconds(15))
            #expect(try await shop.poll(device).error() == "authorization_pending")
        }
    }

    @Test func itEndsWithANoOrInTime() async throws {
        try await Shop.open { shop in
            let denied = try await shop.begin()
            let page = try await shop.form("/sign-in", ["user_code": denied.userCode, "decision": "deny"])
            #expect(page.text.contains("not let in"))
            #expect(try await shop.poll(denied).error() == "access_denied")
            #expect(try await shop.allow(denied, as: "Ana").status == 404)
            let late = try await shop.begin()
            shop.clock.advance(by: .seconds(600))
            #expect(try await shop.poll(late).error() == "expired_token")
            #expect(try await shop.allow(late, as: "Ana").status == 404)
        }
    }

    @Test(
        arguments: [
            (["grant_type": "password", "client_id": "vitrine"], 400, "unsupported_grant_type"),
            (["grant_type": "refresh_token", "client_id": "vitrine"], 400, "invalid_request"),
            (["grant_type": "refresh_token", "refresh_token": "x", "client_id": "vitrine"], 400, "invalid_grant"),
            (
                ["grant_type": SignInRoutes.deviceGrant, "device_code": "x", "client_id": "vitrine"], 400,
                "invalid_grant"
            ),
            (["grant_type": "refresh_token", "client_id": "other"], 401, "invalid_client"),
            (["grant_type": "refresh_token"], 400, "invalid_request"),
            (["client_id": "vitrine"], 400, "invalid_request"),
            (["client_id": "vitrine", "token": ""], 400, "invalid_request"),
        ] as [(KeyValuePairs<String, String>, Int, String)])
    func whatIsWrongHasItsName(_ fields: KeyValuePairs<String, String>, _ status: Int, _ name: String) async throws {
        try await Shop.open { shop in
            #expect(try await shop.form("/v1/sign-in/token", fields).error(status) == name)
            let json = try await shop.send(.post, "/v1/sign-in/token", body: "{}")
            #expect(try json.error() == "invalid_request")
            #expect(
                try await shop.form("/v1/sign-in/token", ["client_id": "vitrine", "client_id": "vitrine"]).error()
                    == "invalid_request")
        }
    }

    @Test func tokensEndAndAreRenewed() async throws {
        try await Shop.open { shop in
            let first = try await shop.signIn()
            _ = try await shop.facts(first.accessToken)
            shop.clock.advance(by: .seconds(3600))
            #expect(try await shop.send(.get, "/v1/me", token: first.accessToken).status == 401)
            let second: GrantedTokens = try await shop.renew(first.refreshToken).value()
            #expect(second.account == first.account)
            #expect(second.refreshToken != first.refreshToken)
            _ = try await shop.facts(second.accessToken)
            // A refresh token is not an access token, nor the other way round.
            #expect(try await shop.send(.get, "/v1/me", token: second.refreshToken).status == 401)
            #expect(try await shop.renew(second.accessToken).error() == "invalid_grant")
            shop.clock.advance(by: .seconds(91 * 86_400))
            #expect(try await shop.renew(second.refreshToken).error() == "invalid_grant")
        }
    }

    /// Somebody else has it too.
    @Test func aRefreshTokenShownAgainRevokesThemAll() async throws {
        try await Shop.open { shop in
            let other = try await shop.signIn()
            let first = try await shop.signIn()
            let second: GrantedTokens = try await shop.renew(first.refreshToken).value()
            _ = try await shop.facts(second.accessToken)
            #expect(try await shop.renew(first.refreshToken).error() == "invalid_grant")
            #expect(try await shop.send(.get, "/v1/me", token: second.accessToken).status == 401)
            #expect(try await shop.renew(second.refreshToken).error() == "invalid_grant")
            // Another sign-in of the same account is none of its business.
            _ = try await shop.facts(other.accessToken)
        }
    }

    /// An answer can be lost, of a renewal and of the first tokens.
    @Test func whatWasLostOnTheWayIsGivenAgain() async throws {
        try await Shop.open { shop in
            let device = try await shop.begin()
            _ = try await shop.allow(device, as: "Ana")
            let lost: GrantedTokens = try await shop.poll(device).value()
            let first: GrantedTokens = try await shop.poll(device).value()
            #expect(first.accessToken == lost.accessToken && first.refreshToken == lost.refreshToken)
            _ = try await shop.facts(first.accessToken)
            let alsoLost: GrantedTokens = try await shop.renew(first.refreshToken).value()
            let second: GrantedTokens = try await shop.renew(first.refreshToken).value()
            _ = try await shop.facts(second.accessToken)
            // Whoever shows the lost one has it from somewhere.
            #expect(try await shop.renew(alsoLost.refreshToken).error() == "invalid_grant")
            #expect(try await shop.send(.get, "/v1/me", token: second.accessToken).status == 401)
            #expect(try await shop.poll(device).error() == "invalid_grant")
        }
    }

    @Test func signingOutRevokesByAnyToken() async throws {
        try await Shop.open { shop in
            for byRefresh in [true, false] {
                let tokens = try await shop.signIn()
                let token = byRefresh ? tokens.refreshToken ?? "" : tokens.accessToken
                for _ in 0..<2 {
                    let answer = try await shop.form("/v1/sign-in/revoke", ["token": token, "client_id": "vitrine"])
                    #expect(answer.status == 200)
                }
                #expect(try await shop.send(.get, "/v1/me", token: tokens.accessToken).status == 401)
                #expect(try await shop.renew(tokens.refreshToken).error() == "invalid_grant")
            }
            let nobodys = try await shop.form("/v1/sign-in/revoke", ["token": "x", "client_id": "vitrine"])
            #expect(nobodys.status == 200)
        }
    }

    // MARK: Once and in time

    /// However often a code is shown, one set of tokens comes of it, which revokes itself when it is in two hands.
    @Test func aCodePolledTwiceYieldsOneSet() async throws {
        try await Shop.open { shop in
            let device = try await shop.begin()
            _ = try await shop.allow(device, as: "Ana")
            let answers = try await withThrowingTaskGroup(of: GrantedTokens.self) { group in
                for _ in 0..<8 { group.addTask { try await shop.poll(device).value() } }
                return try await group.reduce(into: [GrantedTokens]()) { $0.append($1) }
            }
            #expect(Set(answers.map(\.accessToken)).count == 1 && Set(answers.map(\.refreshToken)).count == 1)
            _ = try await shop.facts(answers[0].accessToken)
            #expect(try await shop.poll(device).error() == "invalid_grant")
            #expect(try await shop.send(.get, "/v1/me", token: answers[0].accessToken).status == 401)
        }
    }

    @Test func aCodeThatHasRunOutBringsNothing() async throws {
        try await Shop.open { shop in
            let device = try await shop.begin()
            _ = try await shop.allow(device, as: "Ana")
            shop.clock.advance(by: .seconds(600))
            #expect(try await shop.poll(device).error() == "expired_token")
        }
    }

    /// The page has said that it worked, and the program asks only now and then.
    @Test func aYesInTheLastSecondHoldsForAMinute() async throws {
        try await Shop.open { shop in
            let (early, late) = (try await shop.begin(), try await shop.begin())
            shop.clock.advance(by: .seconds(599))
            for device in [early, late] { #expect(try await shop.allow(device, as: "Ana").status == 200) }
            shop.clock.advance(by: .seconds(59))
            #expect(try await shop.poll(early).status == 200)
            shop.clock.advance(by: .seconds(1))
            #expect(try await shop.poll(late).error() == "expired_token")
        }
    }

    @Test func aGuestsTokenCanBeRevoked() async throws {
        try await Shop.open { shop in
            let (guest, other) = (try await shop.guest(), try await shop.guest())
            let answer = try await shop.form("/v1/sign-in/revoke", ["token": guest, "client_id": "vitrine"])
            #expect(answer.status == 200)
            #expect(try await shop.send(.get, "/v1/me", token: guest).status == 401)
            let ana = try await shop.signIn()
            #expect(try await shop.form("/v1/me/guests", ["token": guest], token: ana.accessToken).status == 404)
            _ = try await shop.facts(other)
        }
    }

    // MARK: A guest's own things

    @Test func whatAGuestHasComesAlongAtOnce() async throws {
        try await Shop.open { shop in
            let (guest, ana) = (try await shop.guest(), try await shop.signIn())
            let guestID = try await shop.facts(guest).account
            let show = try await shop.liveShow()
            let product = try #require(show.lineUp.first?.variants.first)
            let quote = try await shop.quote(product.sku, token: guest)
            let order: Order = try await shop.order(quote, key: "k-1", token: guest).value(201)
            let hosts: Page<Host> = try await shop.send(.get, "/v1/hosts").value()
            for host in hosts.items.prefix(2) {
                _ = try await shop.send(.put, "/v1/me/follows/\(host.id)", token: guest)
            }
            _ = try await shop.send(.put, "/v1/me/follows/\(hosts.items[0].id)", token: ana.accessToken)
            let before: Host = try await shop.get(.host(hosts.items[0].id))

            for _ in 0..<2 {
                let facts: AccountFacts = try await shop.form(
                    "/v1/me/guests", ["token": guest], token: ana.accessToken
                ).value()
                #expect(facts.account == ana.account && facts.formerly == [guestID])
            }
            #expect(try await shop.send(.get, "/v1/me", token: guest).status == 401)
            let orders: Page<Order> = try await shop.send(.get, "/v1/orders?key=k-1", token: ana.accessToken).value()
            #expect(orders.items.map(\.id) == [order.id])
            // The same purchase, sent again in the new name, buys nothing twice.
            let again = try await shop.order(quote, key: "k-1", token: ana.accessToken)
            #expect(again.status == 201 && again.headers["Idempotency-Replayed"] == "true")
            let follows: Page<Host> = try await shop.send(.get, "/v1/me/follows", token: ana.accessToken).value()
            #expect(Set(follows.items.map(\.id)) == Set(hosts.items.prefix(2).map(\.id)))
            let after: Host = try await shop.get(.host(hosts.items[0].id))
            #expect(after.followers == before.followers.map { $0 - 1 })
            #expect(try await shop.poll(try await shop.begin()).error() == "authorization_pending")
            // A guest of somebody else's is nobody's to take.
            let bo = try await shop.signIn(as: "Bo")
            #expect(try await shop.form("/v1/me/guests", ["token": guest], token: bo.accessToken).status == 404)
            #expect(
                try await shop.form("/v1/me/guests", ["token": bo.accessToken], token: ana.accessToken).status == 404)
            let other = try await shop.guest()
            #expect(try await shop.form("/v1/me/guests", ["token": other], token: shop.guest()).status == 409)
        }
    }

    @Test func twoPurchasesOfOneKeyAreBothKept() async throws {
        try await Shop.open { shop in
            let (guest, ana) = (try await shop.guest(), try await shop.signIn())
            let sku = try #require(try await shop.liveShow().lineUp.first?.variants.first?.sku)
            for token in [guest, ana.accessToken] {
                let quote = try await shop.quote(sku, token: token)
                #expect(try await shop.order(quote, key: "same", token: token).status == 201)
            }
            _ = try await shop.form("/v1/me/guests", ["token": guest], token: ana.accessToken)
            let orders: Page<Order> = try await shop.send(.get, "/v1/orders", token: ana.accessToken).value()
            #expect(orders.items.count == 2)
        }
    }
}

/// The page in a browser, driven by its forms.
@Suite struct SignInPageTests {
    @Test func itLeadsFromTheCodeToTheEnd() async throws {
        try await Shop.open { shop in
            let device = try await shop.begin()
            let start = try await shop.send(.get, "/sign-in")
            #expect(start.text.contains("<label for=\"code\">") && start.text.contains("<html lang=\"en\">"))
            #expect(!start.text.contains("<script"))
            let policy = try #require(start.headers["Content-Security-Policy"])
            #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(start.headers["Cache-Control"] == "no-store")
            // As somebody types it: small, with a blank.
            let typed = device.userCode.lowercased().replacing("-", with: "+")
            let consent = try await shop.send(.get, "/sign-in?user_code=" + typed)
            #expect(consent.text.contains("Vitrine, the viewer for the terminal</strong> asks"))
            #expect(consent.text.contains(device.userCode))
            for name in ["", "  ", "guest-1234", String(repeating: "x", count: 41)] {
                let page = try await shop.allow(device, as: name)
                #expect(page.status == 400 && page.text.contains("role=\"alert\""))
            }
            let odd = try await shop.allow(device, as: "<i>Ana")
            #expect(odd.status == 400 && odd.text.contains("&lt;i&gt;Ana") && !odd.text.contains("<i>"))
            #expect(try await shop.allow(device, as: "\u{202E}Ana O'Neil").text.contains(">Ana O&#39;Neil<"))
            #expect(try await shop.allow(device, as: "Ana").status == 404)
        }
    }

    @Test func anotherSitesFormIsRefused() async throws {
        try await Shop.open { shop in
            let device = try await shop.begin()
            let fields: KeyValuePairs = ["user_code": device.userCode, "name": "Ana", "decision": "allow"]
            for foreign: KeyValuePairs in [
                ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Origin": "https://evil.example"],
                ["Origin": "null"],
            ] {
                #expect(try await shop.form("/sign-in", fields, foreign).status == 403)
            }
            #expect(try await shop.poll(device).error() == "authorization_pending")
            let own: KeyValuePairs = ["Sec-Fetch-Site": "same-origin", "Origin": shop.server.origin]
            #expect(try await shop.form("/sign-in", fields, own).status == 200)
        }
    }

    @Test func guessesRunOut() async throws {
        try await Shop.open { shop in
            for number in 0..<20 {
                let page = try await shop.send(.get, "/sign-in?user_code=BBBB-BBB\(number)")
                #expect(page.status == 404 && page.text.contains("role=\"alert\""))
            }
            let device = try await shop.begin()
            let page = try await shop.allow(device, as: "Ana")
            #expect(page.status == 429 && page.headers["Retry-After"] == "30")
            shop.clock.advance(by: .seconds(30))
            #expect(try await shop.allow(device, as: "Ana").status == 200)
        }
    }

    @Test func beginningsRunOut() async throws {
        try await Shop.open { shop in
            for _ in 0..<30 { _ = try await shop.begin() }
            let answer = try await shop.form("/v1/sign-in/device", ["client_id": "vitrine"])
            #expect(answer.status == 429 && answer.headers["Retry-After"] == "2")
        }
    }
}
