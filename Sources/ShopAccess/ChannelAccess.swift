import Domain
import HTTPTransport
import Logging
import Providers
import Storage
import Synchronization
import Text

/// A channel's shop with the user's account there, and what is kept of it on this machine.
package final class ChannelAccess: Sendable {
    /// Name that the user gave the channel.
    package let title: String
    /// Key that local data are kept under.
    package let scope: String
    /// The machine that the shop is on, as its address names it.
    package let host: String
    package let shop: ShopClient
    package let accounts: Accounts
    package let tokenSource: TokenSource
    /// Logged and recorded, as everything is that leaves the program.
    package let http: HTTPClient
    /// Signing in and out; nil in a replay, which has nobody's account.
    package let signIn: SignInConversation?
    private let serverClock = SharedServerClock()
    private let liveClock: SharedServerClock?

    /// - Parameters:
    ///   - accounts: where the user's account is kept; nil keeps nothing beyond this run.
    ///   - store: where notes and replies are kept; nil keeps nothing, and nobody can sign in.
    ///   - now: the local time.
    package init(
        title: String, scope: String, host: String, provider: any ShopProvider, http: HTTPClient,
        credential: Credential?, accounts: Accounts, tokenSource: TokenSource, keeping: AccountKeeping, store: Store?,
        log: Logger, now: @escaping @Sendable () -> Timestamp
    ) {
        self.title = title
        self.scope = scope
        self.host = host
        self.accounts = accounts
        self.tokenSource = tokenSource
        self.http = http
        liveClock = provider.hasLiveSource ? SharedServerClock() : nil
        let shop = ShopClient(
            provider: provider, http: http, credential: credential, keeping: keeping,
            memory: store.map { .kept(in: $0, account: scope) } ?? .passing(),
            replies: store.map { .kept(in: $0, account: scope, log: log) } ?? .none, now: now)
        self.shop = shop
        signIn = store.map { store in
            SignInConversation(shop: shop, http: http, accounts: accounts, tokenSource: tokenSource) {
                try !store.run(.unresolved(account: scope)).isEmpty
            }
        }
        shop.onServerTime { [serverClock, liveClock] time, owner in
            switch owner {
            case .shop: serverClock.observe(time, at: now())
            case .liveSource: liveClock?.observe(time, at: now())
            }
        }
    }

    /// The time on the shop's clock.
    package func serverTime(at now: Timestamp) -> Timestamp { serverClock.serverTime(at: now) }
    /// The time on the clock that shows go by.
    package func showTime(at now: Timestamp) -> Timestamp { (liveClock ?? serverClock).serverTime(at: now) }
}

/// The server's clock for threads that hear of it and those that ask.
private final class SharedServerClock: Sendable {
    private let clock = Mutex(ServerClock())

    func observe(_ time: Timestamp, at now: Timestamp) { clock.withLock { $0.observe(clock: time, at: now) } }
    func serverTime(at now: Timestamp) -> Timestamp { clock.withLock { $0.serverTime(at: now) } }
}

extension ShopMemory {
    fileprivate static func kept(in store: Store, account: String) -> ShopMemory {
        ShopMemory(
            recall: { try store.run(.shopNote($0, account: account)) },
            recallAll: { try store.run(.shopNotes($0, account: account)) },
            keep: { try store.run(.setShopNote($0, $1, account: account)) },
            claim: { try store.run(.claimShopNote($0, account: account)) })
    }
}

extension ReplyKeeping {
    /// Of the headers, those that say what the body is, and where in a list it stands.
    private static let headers = ["Content-Type", "Link", "X-WP-Total", "X-WP-TotalPages"]
    /// More than any page of products.
    private static let mostBytes = 1 << 20

    fileprivate static func kept(in store: Store, account: String, log: Logger) -> ReplyKeeping {
        ReplyKeeping(
            recall: { url in
                do {
                    guard let reply = try store.run(.keptReply(url, account: account)) else { return nil }
                    var headers = HTTPHeaders()
                    for line in reply.headers.split(separator: "\n") {
                        guard let colon = line.firstRange(of: ": ") else { continue }
                        headers.append(String(line[..<colon.lowerBound]), String(line[colon.upperBound...]))
                    }
                    return (HTTPResponse(status: 200, headers: headers, body: reply.body), reply.at)
                } catch {
                    log.error("a kept reply was not read: \(error)")
                    return nil
                }
            },
            keep: { url, response, time in
                guard response.body.count <= mostBytes else { return }
                let lines = headers.compactMap { name in response.headers[name].map { "\(name): \($0)" } }
                let reply = KeptReply(at: time, headers: lines.joined(separator: "\n"), body: response.body)
                store.enqueue(.keepReply(reply, of: url, account: account)) { result in
                    // What is not kept is not there to be looked at later; nothing else is lost.
                    if case .failure(let error) = result { log.error("a reply was not kept: \(error)") }
                }
            })
    }
}
