import Diagnostics
import Dispatch
import Domain
import Engine
import Glibc
import Lines
import Logging
import Providers
import Settings
import ShopAccess
import Storage
import Synchronization
import Text

/// All that lines and commands have printed, and how they ended.
package struct Printed: Sendable {
    package var output: [String]
    package var complaints: [String]
    /// Exit status as the program's would be.
    package var status: ExitStatus

    package func says(_ words: String) -> Bool { output.contains { $0.contains(words) } }
    package func complains(_ words: String) -> Bool { complaints.contains { $0.contains(words) } }
}

/// Somebody at a shop in this process, with a local store of their own, who uses lines and commands.
package final class TestShopper: Sendable {
    package let shop: InProcessShop
    package let store: Store
    private let titles: [String]
    private let config: Config
    private let accountFile: String?
    private let logged = SharedText()

    /// - Parameters:
    ///   - titles: of the channels, which are all the same shop under different scopes.
    ///   - accountFile: keeps the accounts; nil forgets them after each session.
    package init(
        _ shop: InProcessShop, titles: [String] = ["shop"], config: Config = Config(), accountFile: String? = nil
    ) throws {
        self.shop = shop
        self.titles = titles
        self.config = config
        self.accountFile = accountFile
        store = try Store.inMemory()
    }

    /// Everything that was logged, down to each exchange with the shop.
    package var log: [String] { logged.lines }

    /// The only channel's account, as it is kept.
    package func account() throws -> SavedAccount? {
        try accountFile.flatMap { try AccountFile(path: $0).account(for: InProcessShop.origin) }
    }

    /// Uses a session on a thread of its own, as the program's main thread is: waiting there keeps no other test from running.
    package func use(_ body: @escaping @Sendable (Session) throws -> Void) async -> Printed {
        let (lines, complaints) = (SharedText(), SharedText())
        let sink = OutputSink { text, stream in
            stream == .output ? lines.append(text) : complaints.append(text)
            return nil
        }
        let failure: (any Error)? = await withCheckedContinuation { continuation in
            DispatchQueue(label: "shopper").async { [self] in
                let result = Result {
                    try OutputSink.$current.withValue(sink) {
                        let session = try session()
                        defer { session.close() }
                        try body(session)
                    }
                }
                if case .failure(let error) = result {
                    continuation.resume(returning: error)
                } else {
                    continuation.resume(returning: nil)
                }
            }
        }
        var status = ExitStatus.done
        if let failure {
            status = (failure as? CommandFailure)?.status ?? .usage
            complaints.append("\(failure)\n")
        }
        return Printed(output: lines.lines, complaints: complaints.lines, status: status)
    }

    /// Types lines into a dialogue, through a pipe.
    /// - Parameters:
    ///   - request: the one with which the input ends; nil ends it after the lines.
    ///   - prepare: changes the dialogue before it begins.
    package func talk(
        _ lines: String..., staysUntil request: String? = nil,
        prepare: @escaping @Sendable (Dialogue) -> Void = { _ in }
    ) async throws -> Printed {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw CommandFailure(.network, "no pipe") }
        let (reading, writing) = (ends[0], ends[1])
        let text = lines.map { $0 + "\n" }.joined()
        _ = text.withCString { write(writing, $0, strlen($0)) }
        if let request { shop.arm(request, before: { _ in close(writing) }) } else { close(writing) }
        defer { close(reading) }
        return await use { session in
            let dialogue = Dialogue(session, input: LineInput(reading))
            prepare(dialogue)
            try dialogue.run()
        }
    }

    private func session() throws -> Session {
        let log = Logger(label: "test", factory: { [logged] _ in KeptLog(text: logged) })
        let clock = LoopClock { [shop] in shop.now }
        let path = accountFile ?? "/nonexistent/accounts"
        let channels = try titles.map { title in
            let scope = titles.count > 1 ? InProcessShop.origin + "/" + title : InProcessShop.origin
            let accounts = Accounts(file: AccountFile(path: path), scope: scope)
            let tokenSource = try TokenSource(config, for: InProcessShop.origin)
            return ChannelAccess(
                title: title, scope: scope, host: "127.0.0.1",
                provider: try VitrineAPIProvider(origin: InProcessShop.origin), http: shop.http.logged(by: log),
                credential: try accountFile.flatMap { _ in try accounts.current().map { Credential($0) } },
                accounts: accounts, tokenSource: tokenSource,
                keeping: accountFile == nil ? .none : accounts.keeping(tokenSource, log: log), store: store, log: log,
                now: { clock.now })
        }
        let session = Session(
            channels: channels, store: store, config: config, log: log, clock: clock,
            accountFile: path, hostNames: .none, pointing: titles.count > 1 ? .channel : .none)
        session.sleeps = { _ in true }
        return session
    }
}

/// Text that several threads add to.
private final class SharedText: Sendable {
    private let text = Mutex("")

    func append(_ more: String) { text.withLock { $0 += more } }
    var lines: [String] { text.withLock { $0.split(separator: "\n").map(String.init) } }
}

private struct KeptLog: LogHandler {
    let text: SharedText
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { text.append("\(event.level) \(event.message)\n") }
}
