import Domain
import Hummingbird
import LiveAPI
import Text

/// What belongs to one account: follows, chat, ways to pay, addresses.
struct AccountRoutes: Sendable {
    let floor: ShowFloor
    let shop: ShopSetup
    let names: NameRules
    private let guests: RateLimiter<ClientAddress>?
    private let requests: RateLimiter<String>?
    private let messages: RateLimiter<String>?

    init(floor: ShowFloor, shop: ShopSetup, names: NameRules, limits: Limits) {
        self.floor = floor
        self.shop = shop
        self.names = names
        guests = RateLimiter("guests", limits.guestsPerClient)
        requests = RateLimiter("account", limits.requestsPerAccount)
        messages = RateLimiter("chat", limits.messagesPerAccount)
    }

    func answer(_ route: Route, _ request: Request, client: ClientAddress?) async throws -> Answer {
        if case .guests = route { return try await openGuest(client) }
        let account = try await account(of: request)
        switch (route, request.method) {
        case (.me, _):
            guard let facts = try await floor.pool.read({ try Accounts.facts($0, account.id) }) else {
                throw Problem.unauthorized
            }
            return try .json(facts)
        case (.myGuests, _): return try await takeGuest(request, into: account)
        case (.follows, _):
            let hosts = try await floor.pool.read { try Accounts.follows($0, account.id) }
            return try .json(Page(items: hosts))
        case (.follow(let host), .put):
            let isKnown = try await floor.write { try Accounts.follow($0.db, account.id, host, now: $0.now) }
            guard isKnown else { throw Problem.notFound("host") }
            return .noContent
        case (.follow(let host), _):
            let isKnown = try await floor.write { try Accounts.unfollow($0.db, account.id, host) }
            guard isKnown else { throw Problem.notFound("host") }
            return .noContent
        case (.messages(let show), _): return try await post(request, in: show, as: account)
        case (.paymentMethods, _): return try .json(Page(items: shop.payments.map(\.method)))
        case (.addresses, _): return try .json(Page(items: shop.destinations.map(\.address)))
        default: throw Problem.notFound("path")
        }
    }

    /// Who asks, by the bearer token, as long as they do not ask too often.
    func account(of request: Request) async throws -> AccountRecord {
        let account = try await holder(of: request)
        try requests?.admit(account.id, now: floor.clock.now())
        return account
    }

    private func holder(of request: Request) async throws -> AccountRecord {
        guard let header = request.headers[.authorization], header.utf8.count <= 512,
            header.lowercased().hasPrefix("bearer ")
        else { throw Problem.unauthorized }
        let token = String(header.dropFirst("bearer ".count))
        if let guest = try await floor.pool.read({ try Accounts.guest($0, token: token) }) { return guest }
        let now = floor.clock.now()
        guard let (account, isNew) = try await floor.pool.read({ try SignIns.account($0, access: token, now: now) })
        else { throw Problem.unauthorized }
        if isNew { try await floor.write { try SignIns.noteUse($0.db, access: token) } }
        return account
    }

    /// Makes a guest's orders, follows and messages the account's own, all of them or none.
    private func takeGuest(_ request: Request, into account: AccountRecord) async throws -> Answer {
        guard !account.isGuest else {
            throw Problem(
                code: "not_signed_in", status: 409, title: "A guest's account takes no other's place",
                detail: "sign in first")
        }
        guard let token = try await request.form()["token"] else { throw Problem.invalid("token is missing") }
        let facts = try await floor.write { turn -> AccountFacts? in
            guard try SignIns.merge(guestToken: token, into: account.id, turn.db) else { return nil }
            return try Accounts.facts(turn.db, account.id)
        }
        guard let facts else { throw Problem.notFound("guest") }
        return try .json(facts)
    }

    private func openGuest(_ client: ClientAddress?) async throws -> Answer {
        if let client { try guests?.admit(client, now: floor.clock.now()) }
        let guest = try await floor.write { try Accounts.openGuest($0.db, now: $0.now) }
        return try .json(guest, .created)
    }

    // MARK: Chat

    private func post(_ request: Request, in show: ShowID, as account: AccountRecord) async throws -> Answer {
        let text = try Self.checked(await request.json(MessageRequest.self).text)
        // Names of guests are the server's own; others may be from before a rule, or before a host came.
        if !account.isGuest { try checkName(account.name) }
        let verdict = messages?.take(account.id, now: floor.clock.now())
        let fields = verdict.flatMap { messages?.fields($0) } ?? [:]
        if let verdict, !verdict.isAllowed {
            throw TooManyRequests(retryAfterSeconds: verdict.retryAfterSeconds, fields: fields)
        }
        let message = try await floor.write { try Self.say(text, in: show, as: account, &$0) }
        var answer = try Answer.json(message, .created)
        answer.headers = fields
        return answer
    }

    private func checkName(_ name: String) throws(Problem) {
        do throws(NameRules.Refusal) { try names.check(name) } catch {
            throw Problem(
                code: "name_refused", status: 403, title: "Nobody writes under this name",
                detail: "\(error.rawValue) Sign in under another one to write.")
        }
    }

    private static func checked(_ text: String) throws(Problem) -> SafeText {
        guard text.count <= WireLimits.chatCharacters else {
            throw .unprocessable("a message holds at most \(WireLimits.chatCharacters) characters")
        }
        let safe = SafeText(text)
        guard safe.string.contains(where: { !$0.isWhitespace }) else {
            throw .unprocessable("a message says something")
        }
        return safe
    }

    private static func say(
        _ text: SafeText, in show: ShowID, as account: AccountRecord, _ turn: inout Turn
    ) throws -> ChatMessage {
        guard try ShowRecords.row(turn.db, show) != nil else { throw Problem.notFound("show") }
        let now = turn.now
        let message = ChatMessage(
            id: MessageID("m-" + RandomName.text(bytes: 10)), author: SafeText(account.name), text: text, at: now,
            authorID: account.id)
        try turn.db.execute(
            sql: "INSERT INTO chat_messages (id, account, show, text, at) VALUES (?, ?, ?, ?, ?)",
            arguments: [message.id.rawValue, account.id, show.rawValue, text.string, now.milliseconds])
        let said: Void? = try turn.change(show) { try $0.append(.chat(message), at: now, to: $1) }
        guard said != nil else {
            throw Problem(
                code: "show_not_live", status: 409, title: "The show is not live", detail: "its chat is closed")
        }
        return message
    }
}
