import Domain
import Hummingbird
import LiveAPI

/// How a program without a browser gets tokens for somebody: OAuth 2.0 (RFC 6749), its device authorization grant (RFC
/// 8628) and revocation (RFC 7009).
struct SignInRoutes: Sendable {
    /// The programs that may ask, by what somebody is told of them. They keep no secret of their own.
    static let clients = ["vitrine": "Vitrine, the viewer for the terminal"]
    static let deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"

    let floor: ShowFloor
    let origin: ServerOrigin
    /// Somebody who begins again and again does not fill the database.
    let beginnings = RateLimiter<ClientAddress?>("sign-in", .init(30, in: 60))

    /// A refusal in OAuth's own words.
    private struct Refusal: Error {
        var error: String
        var description: String?
    }

    func answer(_ route: Route, _ request: Request, client: ClientAddress?) async throws -> Answer {
        do {
            let form = try await Self.form(of: request)
            let program = try Self.program(form)
            switch route {
            case .deviceCode: return try await begin(program, for: client)
            case .token: return try await token(form, program)
            case .revocation: return try await revoke(form)
            default: throw Problem.notFound("path")
            }
        } catch let refusal as Refusal {
            return try .json(
                OAuthError(error: refusal.error, description: refusal.description),
                refusal.error == "invalid_client" ? .unauthorized : .badRequest)
        }
    }

    // MARK: What is asked

    private static func form(of request: Request) async throws -> QueryReader {
        let type = request.headers[.contentType]?.lowercased().prefix { $0 != ";" }
        guard type == "application/x-www-form-urlencoded" else {
            throw Refusal(error: "invalid_request", description: "expected application/x-www-form-urlencoded")
        }
        do { return try await request.form() } catch let problem as Problem where problem.status == 400 {
            throw Refusal(error: "invalid_request", description: problem.detail)
        }
    }

    private static func program(_ form: QueryReader) throws -> String {
        guard let client = form["client_id"] else {
            throw Refusal(error: "invalid_request", description: "client_id is missing")
        }
        guard clients[client] != nil else { throw Refusal(error: "invalid_client") }
        return client
    }

    private func required(_ name: String, _ form: QueryReader) throws -> String {
        guard let value = form[name], !value.isEmpty else {
            throw Refusal(error: "invalid_request", description: "\(name) is missing")
        }
        return value
    }

    // MARK: What is done

    private func begin(_ program: String, for client: ClientAddress?) async throws -> Answer {
        try beginnings.admit(client, now: floor.clock.now())
        let code = try await floor.write { try DeviceCodes.begin($0.db, client: program, now: $0.now) }
        let page = origin.value + SignInPage.path
        let shown = DeviceCodes.shown(code.userCode)
        return try .json(
            DeviceAuthorization(
                deviceCode: code.deviceCode, userCode: shown, verificationURI: page,
                verificationURIComplete: "\(page)?user_code=\(shown)", expiresIn: Int(DeviceCodes.lifeSeconds),
                interval: Int(DeviceCodes.intervalSeconds)))
    }

    private func token(_ form: QueryReader, _ client: String) async throws -> Answer {
        switch try required("grant_type", form) {
        case Self.deviceGrant:
            let code = try required("device_code", form)
            let (verdict, facts) = try await floor.write { turn -> (DeviceCodes.Verdict, AccountFacts?) in
                let verdict = try DeviceCodes.poll(turn.db, deviceCode: code, client: client, now: turn.now)
                guard case .tokens(let account, _) = verdict else { return (verdict, nil) }
                return (verdict, try Accounts.facts(turn.db, account))
            }
            switch verdict {
            case .error(let error): throw Refusal(error: error)
            case .tokens(_, let tokens): return try grant(tokens, facts)
            }
        case "refresh_token":
            let refresh = try required("refresh_token", form)
            let renewed = try await floor.write { turn -> (SignIns.Tokens, AccountFacts?)? in
                guard
                    let (account, tokens) = try SignIns.renew(
                        turn.db, refresh: refresh, client: client, now: turn.now)
                else { return nil }
                return (tokens, try Accounts.facts(turn.db, account))
            }
            guard let (tokens, facts) = renewed else { throw Refusal(error: "invalid_grant") }
            return try grant(tokens, facts)
        default: throw Refusal(error: "unsupported_grant_type")
        }
    }

    private func grant(_ tokens: SignIns.Tokens, _ facts: AccountFacts?) throws -> Answer {
        guard let facts else { throw Refusal(error: "invalid_grant") }
        return try .json(
            GrantedTokens(
                accessToken: tokens.access, expiresIn: Int(SignIns.accessSeconds), refreshToken: tokens.refresh,
                account: facts.account, name: facts.name, formerly: facts.formerly))
    }

    private func revoke(_ form: QueryReader) async throws -> Answer {
        let token = try required("token", form)
        try await floor.write { try SignIns.revoke($0.db, token: token, now: $0.now) }
        return Answer(.ok, bytes: [])
    }
}
