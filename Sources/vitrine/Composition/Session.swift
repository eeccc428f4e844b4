import AppCore
import Diagnostics
import Dispatch
import Domain
import FoundationEssentials
import Glibc
import HTTPTransport
import Logging
import Providers
import Settings
import Storage
import Synchronization
import Text
import Viewer
import ViewerUI

/// Everything concrete that a command needs, put together: folders, settings, the local store, the network, the shop.
final class Session {
    let paths: XDGPaths
    /// As they were at the start.
    let settings: UserSettings
    let store: Store
    let shop: ShopClient
    let scope: String
    let log: Logger
    let accounts: Accounts
    /// Tokens that are held elsewhere.
    let means: OwnMeans
    /// How commands wait; the dialogue listens meanwhile.
    var patience: Patience
    let clock: LoopClock
    private let traffic: Traffic
    /// Logged and recorded, as everything is that leaves the program.
    private let http: HTTPClient

    private let serverClock = SharedServerClock()

    var now: Timestamp { clock.now }
    /// The server's clock, as its replies have told it.
    var serverNow: Timestamp { serverClock.serverTime(at: now) }

    /// For the server of the command line, of `VITRINE_SERVER` or of `config.toml`, in this order.
    /// - Parameter tellsProblems: whether what is wrong in `config.toml` is said at once; the viewer says it on its
    ///   screen, and again when that is gone.
    convenience init(_ options: ServerOptions, tellsProblems: Bool = true) throws {
        let environment = ProcessInfo.processInfo.environment
        try self.init(
            origin: options.server ?? environment["VITRINE_SERVER"].flatMap { $0.isEmpty ? nil : $0 }, scope: nil,
            database: nil, verbosity: options.verbose, traffic: options.recording.source, tellsProblems: tellsProblems)
    }

    /// - Parameters:
    ///   - origin: nil takes the one in `config.toml`.
    ///   - scope: what local data are kept under; nil takes the server's origin.
    ///   - database: where local data are kept; nil takes the data folder's.
    ///   - tellsProblems: as above.
    init(
        origin: String?, scope: String?, database: String?, verbosity: Int, traffic source: Traffic.Source,
        tellsProblems: Bool = false
    ) throws {
        let environment = ProcessInfo.processInfo.environment
        do {
            paths = try XDGPaths(environment: environment)
            try XDGPaths.create(paths.data)
            try XDGPaths.create(paths.state)
        } catch {
            throw CommandFailure(.usage, error.description)
        }
        settings = UserSettings(paths)
        let level = LogLevel(verbosity: verbosity, environment: environment)
        log = FileLog.logger(path: paths.logFile, level: level.level)
        if let problem = level.problem { log.warning("\(problem)") }
        for problem in settings.problems { log.warning("\(problem)") }
        traffic = try Traffic(source)
        clock = traffic.clock
        let replayed = traffic.replayer
        // Before anything that may be wrong because of it.
        if tellsProblems || (replayed?.origin ?? origin ?? settings.config.server) == nil {
            Output.complain(about: settings.problems)
        }
        guard let address = replayed?.origin ?? origin ?? settings.config.server else {
            throw CommandFailure(
                .usage, "no server: name one with --server or in \(paths.configFile), or try ‘vitrine demo’")
        }
        let provider: VitrineAPIProvider
        do { provider = try VitrineAPIProvider(origin: address) } catch {
            throw CommandFailure(.usage, "--server \(SafeText(Redactor.address(address))): \(error)")
        }
        let accountScope = scope ?? provider.origin
        self.scope = accountScope
        do {
            // What is replayed is nobody's: it is not mixed with what the user has.
            store =
                try replayed == nil ? Store.open(path: database ?? paths.data + "/vitrine.sqlite") : Store.inMemory()
        } catch {
            throw CommandFailure(.network, "\(error)")
        }
        accounts = Accounts(
            file: AccountFile(path: paths.accountFile, service: SecretService(environment: environment)),
            scope: accountScope)
        let means: OwnMeans
        var credential = replayed?.account.map {
            Credential(Account(id: $0.id, name: SafeText($0.name), token: Redactor.mark), .guest)
        }
        do {
            // A demo's server is none of the user's own, and what is replayed is no server.
            means =
                try scope == nil && replayed == nil ? OwnMeans(settings.config, for: provider.origin) : OwnMeans()
            if try replayed == nil && means.isEmpty && !accounts.isElsewhere {
                credential = try accounts.current().map { Credential($0) }
            }
        } catch {
            throw CommandFailure(.usage, "the account cannot be used: \(error)")
        }
        self.means = means
        http = try traffic.client(origin: provider.origin, account: credential?.account, at: clock.now).logged(by: log)
        shop = ShopClient(
            provider: provider, http: http, credential: credential,
            keeping: replayed == nil ? accounts.keeping(means, log: log) : .none,
            memory: replayed == nil ? .kept(in: store, account: accountScope) : .passing(),
            now: { [clock] in clock.now })
        patience = Patience(shop)
        shop.onServerTime { [serverClock, clock] time in
            serverClock.observe(time, at: clock.now)
        }
        if case .recording(let path) = source {
            Output.complain("a replay of \(path): no server is asked, and nothing is bought")
            if let note = replayed?.note { Output.complain(note) }
        }
    }

    /// After sleep, connections are dead without knowing it.
    func networkChanged() { traffic.networkChanged() }

    func close() {
        store.drain()
        traffic.close()
    }

    /// Looks for the user's own account, which may ask for a passphrase on the terminal: before the screen is taken, and
    /// before lines are read.
    func findAccount() throws {
        do { try shop.findAccount() } catch {
            throw CommandFailure(.usage, "the account cannot be used: \(error)")
        }
    }

    // MARK: For commands: blocking, with errors as a person reads them

    /// - Parameter deadline: how long to wait at most; nil waits as long as the network does.
    func answer(
        to query: ShopQuery, while doing: String, until deadline: ContinuousClock.Instant? = nil
    ) throws -> ShopAnswer {
        switch patience.answer(query, deadline) {
        case .success(let answer): return answer
        case .failure(let failure):
            log.info("\(doing): \(failure)")
            throw CommandFailure(failure, while: doing)
        }
    }

    /// A request apart from the shop's questions, about the account itself.
    func response(to request: HTTPRequest) -> Result<HTTPResponse, HTTPFailure> {
        let reply = Mutex<Result<HTTPResponse, HTTPFailure>?>(nil)
        let isThere = DispatchSemaphore(value: 0)
        _ = http.send(request) { result in
            reply.withLock { $0 = result }
            isThere.signal()
        }
        isThere.wait()
        return reply.withLock { $0 } ?? .failure(.protocolError)
    }

    func answer<Value>(
        to question: Question<Value>, while doing: String, until deadline: ContinuousClock.Instant? = nil
    ) throws -> Value {
        let answer = try answer(to: question.query, while: doing, until: deadline)
        guard let value = question.read(answer) else {
            throw CommandFailure(.notUnderstood("the server's reply is about something else"), while: doing)
        }
        return value
    }

    /// All pages of a list.
    func collect<Item>(_ doing: String, _ list: ListQuestion<Item>) throws -> [Item] {
        var items: [Item] = []
        var seen: Set<String> = []
        var cursor: String?
        repeat {
            let (more, next) = try answer(to: list.page(cursor), while: doing)
            items += more
            cursor = next
            if let next, !seen.insert(next).inserted {
                throw CommandFailure(.notUnderstood("the server's list comes back to where it was"), while: doing)
            }
        } while cursor != nil
        return items
    }

    func run<Value>(_ operation: StoreOperation<Value>) throws -> Value {
        do { return try store.run(operation) } catch { throw CommandFailure(.network, "\(error)") }
    }

    /// Keeps something that the command has done already: a failure is told, and does not undo it.
    func keep<Value>(_ operation: StoreOperation<Value>) {
        do { _ = try store.run(operation) } catch {
            log.error("not kept: \(error)")
            Output.complain("not kept on this machine: \(error)")
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
            keep: { try store.run(.setShopNote($0, $1, account: account)) })
    }
}
