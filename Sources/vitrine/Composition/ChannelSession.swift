import AppCore
import Diagnostics
import Domain
import Engine
import HTTPTransport
import Logging
import Providers
import Settings
import ShopAccess
import Storage
import Synchronization
import Text

/// One channel of a session: its shop with the user's account there, and what is kept of it on this machine.
final class ChannelSession {
    /// How the user calls it.
    let title: String
    /// What local data are kept under.
    let scope: String
    /// The machine that the shop is on, as its address names it.
    let host: String
    let shop: ShopClient
    let accounts: Accounts
    let means: OwnMeans
    /// Logged and recorded, as everything is that leaves the program.
    let http: HTTPClient
    private let serverClock = SharedServerClock()
    private let liveClock: SharedServerClock?
    /// A question whose answer somebody will want, asked already.
    private var ahead: (query: ShopQuery, answer: PendingAnswer)?

    func askAhead(_ query: ShopQuery) { ahead = (query, shop.start(query)) }

    /// Something has been asked ahead, and is not answered yet.
    var isAwaited: Bool { ahead.map { $0.answer.answeredAt == nil } ?? false }

    /// The answer that is on its way, once.
    func takeAhead(_ query: ShopQuery) -> PendingAnswer? {
        guard let pending = ahead, pending.query == query else { return nil }
        ahead = nil
        return pending.answer
    }

    /// The shop's clock.
    func serverTime(at now: Timestamp) -> Timestamp { serverClock.serverTime(at: now) }
    /// The clock that shows go by.
    func showTime(at now: Timestamp) -> Timestamp { (liveClock ?? serverClock).serverTime(at: now) }

    /// What all channels stand on.
    struct Ground {
        let paths: XDGPaths
        let config: Config
        let store: Store
        let log: Logger
        let clock: LoopClock
        let traffic: Traffic
        let environment: [String: String]
    }

    init(_ target: ChannelTarget, on ground: Ground) throws {
        title = target.title
        let provider = try target.provider()
        scope = target.scope ?? provider.origin
        liveClock = provider.hasLiveSource ? SharedServerClock() : nil
        host = HTTPOrigin(provider.origin)?.host ?? target.title
        let replayed = ground.traffic.replayer
        accounts = Accounts(
            file: AccountFile(path: ground.paths.accountFile, service: SecretService(environment: ground.environment)),
            scope: scope)
        var credential = replayed?.account.map {
            Credential(Account(id: $0.id, name: SafeText($0.name), token: Redactor.mark), .guest)
        }
        do {
            // A demo's server is none of the user's own, and what is replayed is no server.
            means =
                try target.scope == nil && replayed == nil
                ? OwnMeans(ground.config, for: provider.origin) : OwnMeans()
            if try replayed == nil && means.isEmpty && !accounts.isElsewhere {
                credential = try accounts.current().map { Credential($0) }
            }
        } catch {
            throw CommandFailure(.usage, "the account cannot be used: \(error)")
        }
        let clock = ground.clock
        http = try ground.traffic.client(origin: provider.origin, account: credential?.account, at: clock.now).logged(
            by: ground.log)
        shop = ShopClient(
            provider: provider, http: http, credential: credential,
            keeping: replayed == nil ? accounts.keeping(means, log: ground.log) : .none,
            memory: replayed == nil ? .kept(in: ground.store, account: scope) : .passing(),
            replies: replayed == nil ? .kept(in: ground.store, account: scope, log: ground.log) : .none,
            now: { clock.now })
        shop.onServerTime { [serverClock, liveClock] time, owner in
            switch owner {
            case .shop: serverClock.observe(time, at: clock.now)
            case .liveSource: liveClock?.observe(time, at: clock.now)
            }
        }
    }
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
