import ArgumentParser
import CRescue
import DemoWorld
import Glibc
import Logging
import ShowServer

/// Runs the command with the exit codes of the other programs here: 0 done, 1 it cannot be done, 2 wrong usage.
@main
enum Main {
    static func main() {
        // Before any file is opened. Nobody can be told where this fails.
        guard rescue_prepare_process() == 0 else { exit(1) }
        let events = ProcessEvents()
        Task.detached {
            await run(events)
            exit(0)
        }
        events.waitForSignals()
    }

    private static func run(_ events: ProcessEvents) async {
        do {
            var command = try ServerCommand.parseAsRoot()
            if let server = command as? ServerCommand { try await server.serve(events) } else { try command.run() }
        } catch {
            guard ServerCommand.exitCode(for: error) == .validationFailure else {
                ServerCommand.exit(withError: error)
            }
            say("vitrine-server: " + ServerCommand.message(for: error), to: STDERR_FILENO)
            exit(2)
        }
    }
}

struct ServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vitrine-server", abstract: "Runs a live-shopping show server.",
        discussion: """
            It serves the shows, hosts and products of its database. With --world demo the demo world runs them: robots \
            who present, chat and buy, and play money.

            When it is ready it prints one line with its address. It ends on SIGTERM or SIGINT, after it has answered \
            what was asked, and loses nothing. Logs go to standard error.
            """)

    @Option(help: "Where to listen: HOST:PORT; port 0 takes a free one.")
    var listen = "127.0.0.1:8080"

    @Option(help: ArgumentHelp("The database file; it is made when missing.", valueName: "file"))
    var db: String

    @Option(help: "Who runs the shows: demo, or for tests quiet or flood. Nobody does without it.")
    var world: DemoConfiguration.Mode?

    @Option(help: "What the demo world is made from; the same seed makes the same world. A new one takes 1.")
    var seed: UInt64?

    @Flag(help: "Begin anew: remove the database first.")
    var fresh = false

    @Option(help: ArgumentHelp("Chat messages a second in the flood's show, up to 5000.", valueName: "number"))
    var chatRate = 100

    @Option(help: ArgumentHelp("Chat messages that the flood adds at once on SIGUSR1.", valueName: "number"))
    var chatBurst = 20_000

    @Option(
        help: ArgumentHelp(
            "How long a day lasts for the demo's orders: packed within one, delivered after four more, sent back within thirty.",
            valueName: "seconds"))
    var orderDay = 60.0

    @Flag(help: "End when standard input ends, so that a child does not outlive its parent.")
    var untilStdinCloses = false

    @Option(help: "What is logged: trace, debug, info, notice, warning, error or critical.")
    var logLevel = Logger.Level.warning

    @OptionGroup var limits: LimitOptions

    func validate() throws {
        _ = try address()
        guard (0...5000).contains(chatRate) else { throw ValidationError("--chat-rate is from 0 to 5000") }
        guard (0...100_000).contains(chatBurst) else { throw ValidationError("--chat-burst is from 0 to 100000") }
        guard (0.1...86400).contains(orderDay) else { throw ValidationError("--order-day is from 0.1 to 86400") }
        guard world != nil || seed == nil else { throw ValidationError("--seed needs --world: it makes the demo") }
        guard !db.isEmpty else { throw ValidationError("--db needs a file") }
    }

    /// Runs until `events` say that it is over.
    func serve(_ events: ProcessEvents) async throws {
        if untilStdinCloses { events.watchInput() }
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "vitrine-server")
        logger.logLevel = logLevel
        LimitOptions.raiseDescriptors()

        let (host, port) = try address()
        var configuration = ServerConfiguration(
            databasePath: db, host: host, port: port, beginsAnew: fresh, limits: limits.limits, logger: logger)
        let demo = world.map {
            configuration.host(
                DemoConfiguration(
                    $0, seed: seed, chatRate: chatRate, orderDay: .milliseconds(Int64(orderDay * 1000))))
        }
        let server: RunningServer
        do { server = try await RunningServer.start(configuration) } catch {
            say("vitrine-server: \(error)", to: STDERR_FILENO)
            throw ExitCode(1)
        }
        say("vitrine-server listening on \(server.origin)", to: STDOUT_FILENO)
        if demo == nil { say(try await Self.hint(server.inventory(), database: db), to: STDOUT_FILENO) }
        for await event in events.stream {
            switch event {
            case .burst: try await demo?.burst(chatBurst, in: server)
            case .end:
                try await server.stop()
                return
            }
        }
    }

    /// Words for what there is, and for how to begin.
    private static func hint(
        _ inventory: (shows: Int, hosts: Int, products: Int), database: String
    ) -> String {
        guard inventory.hosts > 0 else {
            return "There is nothing in \(database) yet. For a shop with shows, begin with: --world demo"
        }
        return "It has \(inventory.shows) shows, \(inventory.hosts) hosts and \(inventory.products) products, and "
            + "nobody runs the shows. A demo goes on with: --world demo"
    }

    private func address() throws -> (host: String, port: Int) {
        let colon = listen.lastIndex(of: ":")
        guard let colon, let port = UInt16(listen[listen.index(after: colon)...]), colon != listen.startIndex else {
            throw ValidationError("--listen is HOST:PORT, such as 127.0.0.1:8080, and not '\(listen)'")
        }
        var host = listen[..<colon]
        // An IPv6 address stands in brackets, so that its colons are not taken for the port's.
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return (String(host), Int(port))
    }
}

extension DemoConfiguration.Mode: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}

/// One line, written at once.
private func say(_ line: String, to descriptor: Int32) {
    let bytes = Array((line + "\n").utf8)
    _ = write(descriptor, bytes, bytes.count)
}
