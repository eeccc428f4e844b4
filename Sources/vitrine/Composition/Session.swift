import AppCore
import CurlTransport
import Diagnostics
import Domain
import Engine
import FoundationEssentials
import Glibc
import HTTPTransport
import Logging
import Providers
import Settings
import ShopAccess
import Storage
import Text
import ViewerUI

/// Everything concrete that a command needs, put together: folders, settings, the local store, the network, the shops.
final class Session {
    let paths: XDGPaths
    /// As they were at the start.
    let settings: UserSettings
    let store: Store
    let log: Logger
    /// The channels that the command is about: at least one.
    let channels: [ChannelSession]
    /// The one whose shop is asked.
    private(set) var channel: ChannelSession
    /// How commands wait; the dialogue listens meanwhile.
    var patience: Patience
    let clock: LoopClock
    private let traffic: Traffic
    private let choice: Choice
    /// Whether the server is the command line's own, and not that of a variable or of the settings.
    private let isServerTyped: Bool

    var shop: ShopClient { channel.shop }
    var scope: String { channel.scope }
    var accounts: Accounts { channel.accounts }
    /// Tokens that are held elsewhere.
    var means: OwnMeans { channel.means }
    var now: Timestamp { clock.now }
    /// The clock on the wall, read anew: days and months go by it.
    var wall: Timestamp { clock.wall }
    /// The shop's clock, as its replies have told it.
    var serverNow: Timestamp { channel.serverTime(at: now) }
    /// The clock that shows go by.
    var showNow: Timestamp { channel.showTime(at: now) }

    /// For the channel or server of the command line, else for the server of `VITRINE_SERVER`, else for what is in
    /// `config.toml`.
    /// - Parameter tellsProblems: whether what is wrong in `config.toml` is said at once; the viewer says it on its
    ///   screen, and again when that is gone.
    convenience init(_ options: ServerOptions, tellsProblems: Bool = true) throws {
        let environment = ProcessInfo.processInfo.environment
        let typed = options.server ?? environment["VITRINE_SERVER"].flatMap { $0.isEmpty ? nil : $0 }
        let server = typed.map { TypedAddress.completed($0, hostNames: .curl) }
        try self.init(
            options.channel.map { .channel($0) } ?? server.map { .server($0) } ?? .configured,
            database: nil, verbosity: options.verbose, traffic: options.recording.source,
            tellsProblems: tellsProblems, isServerTyped: options.server != nil)
    }

    /// Whom a command asks.
    enum Choice {
        /// All that is in `config.toml`.
        case configured
        /// A channel of `config.toml`, by its name.
        case channel(String)
        /// A server of our own API, by its address.
        case server(String)
        /// The demo's own: local data are kept under its scope, and none of the user's tokens is for it.
        case demo(address: String, scope: String)
    }

    /// - Parameters:
    ///   - database: where local data are kept; nil takes the data folder's.
    ///   - tellsProblems: as above.
    init(
        _ choice: Choice, database: String?, verbosity: Int, traffic source: Traffic.Source,
        tellsProblems: Bool = false, isServerTyped: Bool = false
    ) throws {
        self.choice = choice
        self.isServerTyped = isServerTyped
        let environment = ProcessInfo.processInfo.environment
        do { paths = try XDGPaths(environment: environment) } catch {
            throw CommandFailure(.usage, error.description)
        }
        // A folder that cannot be made is told by what is to be kept in it: what only views needs none.
        for folder in [paths.data, paths.state] { try? XDGPaths.create(folder) }
        settings = UserSettings(paths)
        let level = LogLevel(verbosity: verbosity, environment: environment)
        log = FileLog.logger(path: paths.logFile, level: level.level)
        if let problem = level.problem { log.warning("\(problem)") }
        for problem in settings.problems { log.warning("\(problem)") }
        traffic = try Traffic(source, on: Network(settings.config, environment))
        clock = traffic.clock
        let replayed = traffic.replayer
        let chosen = replayed.map { .server($0.origin) } ?? choice
        let targets = ChannelTarget.targets(of: chosen, settings.config)
        // Before anything that may be wrong because of it.
        if tellsProblems || targets.isEmpty {
            Output.complain(about: settings.problems)
        }
        if case .network(recordedInto: _?) = source, targets.count > 1 {
            throw CommandFailure(.usage, "a recording is of one channel: add --channel NAME")
        }
        guard !targets.isEmpty else { throw ChannelTarget.none(for: chosen, settings.config, paths) }
        do {
            // What is replayed is nobody's: it is not mixed with what the user has.
            let path = database ?? paths.data + "/vitrine.sqlite"
            store = try replayed == nil ? Store.openOrLook(path: path) : Store.inMemory()
        } catch {
            throw CommandFailure(.network, "\(error)")
        }
        if let problem = store.problem {
            log.error("nothing is kept: \(problem)")
            if tellsProblems { Output.complain("nothing is kept, and nothing can be bought: \(problem)") }
        }
        let ground = ChannelSession.Ground(
            paths: paths, config: settings.config, store: store, log: log, clock: clock, traffic: traffic,
            environment: environment)
        channels = try targets.map { try ChannelSession($0, on: ground) }
        channel = channels[0]
        patience = Patience(channel.shop)
        if case .recording(let path) = source {
            Output.complain("a replay of \(path): no server is asked, and nothing is bought")
            if let note = replayed?.note { Output.complain(note) }
        }
    }

    // MARK: Several channels

    /// For so long the channels are told of in their order, whichever answers first.
    private static let orderHolds = Duration.seconds(1)

    /// Carries something out for each channel, one after the other: in their order, but that one which has been asked ahead and
    /// takes its time comes after those that have answered.
    func forEachChannel(_ body: () throws -> Void) rethrows {
        defer { turn(to: channels[0]) }
        let until = ContinuousClock.now + Self.orderHolds
        var waiting = channels
        while !waiting.isEmpty {
            turn(to: waiting.remove(at: next(of: waiting, until)))
            try body()
        }
    }

    private func next(of waiting: [ChannelSession], _ until: ContinuousClock.Instant) -> Int {
        while true {
            let ready = waiting.firstIndex { !$0.isAwaited }
            if let ready, ready == 0 || .now >= until { return ready }
            usleep(10_000)
        }
    }

    /// The same for those that can be asked; what is wrong with the others is said, and the command fails when all is done.
    /// - Parameters:
    ///   - first: what all are asked at once, so that one that is slow holds up no other.
    ///   - only: whether the channel has been chosen.
    func forEachReachable(
        first query: ShopQuery? = nil, only isChosen: Bool = false, _ body: () throws -> Void
    ) throws {
        guard channels.count > 1, !isChosen else { return try body() }
        if let query { channels.forEach { $0.askAhead(query) } }
        var failures: [CommandFailure] = []
        try forEachChannel {
            do { try body() } catch let failure as CommandFailure {
                failures.append(CommandFailure(failure.status, "\(channel.title): \(failure.description)"))
            }
        }
        for failure in failures.dropLast() { Output.complain(failure.description) }
        if let last = failures.last { throw last }
    }

    func turn(to channel: ChannelSession) {
        self.channel = channel
        patience = Patience(channel.shop)
    }

    /// What another command needs so that it is about the channel that is asked; empty where it is anyway.
    var pointing: String {
        switch choice {
        case .server(let address) where isServerTyped: " --server " + Self.shellWord(address)
        case .channel: " --channel " + Self.shellWord(channel.title)
        case .configured where channels.count > 1: " --channel " + Self.shellWord(channel.title)
        case .server, .configured, .demo: ""
        }
    }

    /// What stands before an id where there are several channels: `Lamps/`.
    var prefix: String { channels.count > 1 ? channel.title + "/" : "" }

    /// Turns to the channel that an id names, as lists print them.
    /// - Returns: the id that the channel's shop knows.
    func choose(_ id: String) throws -> String {
        guard channels.count > 1 else { return id }
        guard let named = channels.first(where: { id.hasPrefix($0.title + "/") }) else {
            let names = channels.map { "\($0.title)/" }.joined(separator: ", ")
            throw CommandFailure(
                .usage, "\(SafeText(id)): of which channel? Begin with one of \(names) or add --channel")
        }
        turn(to: named)
        return String(id.dropFirst(named.title.count + 1))
    }

    /// For output that has no place for a channel's name.
    func requireOneChannel(for option: String) throws {
        guard channels.count == 1 else {
            let names = channels.map { Self.shellWord($0.title) }.joined(separator: ", ")
            throw CommandFailure(.usage, "\(option) is of one channel: add --channel NAME, one of \(names)")
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
        for channel in channels {
            do { try channel.shop.findAccount() } catch {
                throw CommandFailure(.usage, "the account cannot be used: \(error)")
            }
        }
    }

    // MARK: For commands: blocking, with errors as a person reads them

    /// - Parameter deadline: how long to wait at most; nil waits as long as the network does.
    func answer(
        to query: ShopQuery, while doing: String, until deadline: ContinuousClock.Instant? = nil
    ) throws -> ShopAnswer {
        switch channel.takeAhead(query)?.wait(until: deadline) ?? patience.answer(query, deadline) {
        case .success(.kept(let answer, let at, let failure)):
            let age = Phrase.age(now - at)
            Output.complain("\(CommandFailure(failure, while: doing).description); what follows is of \(age)")
            return answer
        case .success(let answer): return answer
        case .failure(let failure):
            log.info("\(doing): \(failure)")
            let isAboutAddress = CommandFailure(failure, while: doing).aboutAddress != nil
            throw CommandFailure(
                failure, while: doing, remedy: isAboutAddress ? " ‘\(hint("address", "--ask"))’ tells it." : "")
        }
    }

    /// A request apart from the shop's questions, about the account itself.
    func response(to request: HTTPRequest) -> Result<HTTPResponse, HTTPFailure> {
        channel.http.wait(for: request)
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
        try forEachPage(doing, list) { items += $0 }
        return items
    }

    /// The pages of a list, each as it comes.
    func forEachPage<Item>(_ doing: String, _ list: ListQuestion<Item>, _ body: ([Item]) -> Void) throws {
        var seen: Set<String> = []
        var cursor: String?
        repeat {
            let (more, next) = try answer(to: list.page(cursor), while: doing)
            body(more)
            cursor = next
            if let next, !seen.insert(next).inserted {
                throw CommandFailure(.notUnderstood("the server's list comes back to where it was"), while: doing)
            }
        } while cursor != nil
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
