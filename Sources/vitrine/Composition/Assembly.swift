import Commands
import CurlTransport
import Diagnostics
import Domain
import Engine
import FoundationEssentials
import HTTPTransport
import Lines
import Logging
import Providers
import Settings
import ShopAccess
import Storage
import Text

/// The concrete parts that a command needs, put together: folders, settings, the local store, the network, the shops.
final class Assembly {
    let paths: XDGPaths
    /// As they were at the start.
    let settings: UserSettings
    let session: Session
    private let traffic: Traffic

    /// For the channel or server of the command line, else for the server of `VITRINE_SERVER`, else for what is in
    /// `config.toml`.
    /// - Parameter tellsProblems: whether what is wrong in `config.toml` is said at once; the viewer says it on its
    ///   screen, and again when that is gone.
    convenience init(_ options: ServerOptions, tellsProblems: Bool = true) throws {
        let environment = Surroundings.environment
        let typed = options.server ?? environment["VITRINE_SERVER"].flatMap { $0.isEmpty ? nil : $0 }
        let server = typed.map { TypedAddress.completed($0, hostNames: .curl) }
        try self.init(
            options.channel.map { .channel($0) } ?? server.map { .server($0) } ?? .configured,
            database: nil, verbosity: options.verbose, traffic: options.recording.source,
            tellsProblems: tellsProblems, isServerTyped: options.server != nil)
    }

    /// - Parameters:
    ///   - database: where local data are kept; nil takes the data folder's.
    ///   - tellsProblems: as above.
    init(
        _ choice: ChannelChoice, database: String?, verbosity: Int, traffic source: Traffic.Source,
        tellsProblems: Bool = false, isServerTyped: Bool = false
    ) throws {
        let environment = Surroundings.environment
        do { paths = try XDGPaths(environment: environment) } catch {
            throw CommandFailure(.usage, error.description)
        }
        // A folder that cannot be made is told by what is to be kept in it: what only views needs none.
        for folder in [paths.data, paths.state] { try? XDGPaths.create(folder) }
        settings = UserSettings(paths)
        let level = LogLevel(verbosity: verbosity, environment: environment)
        let log = FileLog.logger(path: paths.logFile, level: level.level)
        if let problem = level.problem { log.warning("\(problem)") }
        for problem in settings.problems { log.warning("\(problem)") }
        traffic = try Traffic(source, on: Network(settings.config, environment))
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
        let store: Store
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
        let clock = traffic.clock
        let pointing: Session.Pointing =
            switch chosen {
            case .server(let address) where isServerTyped: .server(address)
            case .channel: .channel
            case .configured where targets.count > 1: .channel
            case .server, .configured, .demo: .none
            }
        let parts = ChannelParts(
            paths: paths, config: settings.config, store: store, log: log, clock: clock, traffic: traffic,
            environment: environment)
        session = Session(
            channels: try targets.map { try parts.access(to: $0) }, store: store, config: settings.config, log: log,
            clock: clock, accountFile: paths.accountFile, hostNames: .curl, pointing: pointing)
        if case .recording(let path) = source {
            Output.complain("a replay of \(path): no server is asked, and nothing is bought")
            if let note = replayed?.note { Output.complain(note) }
        }
    }

    /// After sleep, connections are dead without knowing it.
    func networkChanged() { traffic.networkChanged() }

    func close() {
        session.close()
        traffic.close()
    }

    /// Looks for the user's own account, which may ask for a passphrase on the terminal: before the screen is taken, and
    /// before lines are read.
    func findAccount() throws {
        for channel in session.channels {
            do { try channel.shop.findAccount() } catch {
                throw CommandFailure(.usage, "the account cannot be used: \(error)")
            }
        }
    }
}

/// Parts that the channels of a command share.
private struct ChannelParts {
    let paths: XDGPaths
    let config: Config
    let store: Store
    let log: Logger
    let clock: LoopClock
    let traffic: Traffic
    let environment: [String: String]

    func access(to target: ChannelTarget) throws -> ChannelAccess {
        let provider = try target.provider()
        let scope = target.scope ?? provider.origin
        let replayed = traffic.replayer
        let accounts = Accounts(
            file: AccountFile(path: paths.accountFile, service: SecretService(environment: environment)), scope: scope)
        var credential = replayed?.account.map {
            Credential(Account(id: $0.id, name: SafeText($0.name), token: Redactor.mark), .guest)
        }
        let tokenSource: TokenSource
        do {
            // A demo's server is none of the user's own, and what is replayed is no server.
            tokenSource =
                try target.scope == nil && replayed == nil
                ? TokenSource(config, for: provider.origin) : TokenSource()
            if try replayed == nil && tokenSource.isEmpty && !accounts.isElsewhere {
                credential = try accounts.current().map { Credential($0) }
            }
        } catch {
            throw CommandFailure(.usage, "the account cannot be used: \(error)")
        }
        let http = try traffic.client(origin: provider.origin, account: credential?.account, at: clock.now).logged(
            by: log)
        return ChannelAccess(
            title: target.title, scope: scope, host: HTTPOrigin(provider.origin)?.host ?? target.title,
            provider: provider, http: http, credential: credential, accounts: accounts, tokenSource: tokenSource,
            keeping: replayed == nil ? accounts.keeping(tokenSource, log: log) : .none,
            store: replayed == nil ? store : nil, log: log, now: { [clock] in clock.now })
    }
}
