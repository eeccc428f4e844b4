import Dispatch
import Domain
import Engine
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

    /// - Parameter titles: of the channels, which are all the same shop under different scopes.
    package init(_ shop: InProcessShop, titles: [String] = ["shop"], config: Config = Config()) throws {
        self.shop = shop
        self.titles = titles
        self.config = config
        store = try Store.inMemory()
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

    private func session() throws -> Session {
        let log = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let clock = LoopClock { InProcessShop.start }
        let channels = try titles.map { title in
            let scope = titles.count > 1 ? InProcessShop.origin + "/" + title : InProcessShop.origin
            return ChannelAccess(
                title: title, scope: scope, host: "127.0.0.1",
                provider: try VitrineAPIProvider(origin: InProcessShop.origin), http: shop.http, credential: nil,
                accounts: Accounts(file: AccountFile(path: "/nonexistent/accounts"), scope: scope),
                tokenSource: TokenSource(), keeping: .none, store: store, log: log, now: { clock.now })
        }
        let session = Session(
            channels: channels, store: store, config: config, log: log, clock: clock,
            accountFile: "/nonexistent/accounts", hostNames: .none, pointing: titles.count > 1 ? .channel : .none)
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
