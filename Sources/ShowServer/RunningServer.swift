import Domain
import GRDB
import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization

/// A server that answers, in this process.
package final class RunningServer: Sendable {
    /// `http://127.0.0.1:49152`
    package let origin: String
    package let port: Int
    private let group: ServiceGroup
    private let running: Task<Void, any Error>
    private let moving: Task<Void, Never>?
    private let housekeeping: Housekeeping
    private let pool: DatabasePool
    private let lock: DatabaseLock
    /// Its end, once somebody has asked for it.
    private let ending = Mutex<Task<Void, any Error>?>(nil)

    private init(
        origin: String, port: Int, group: ServiceGroup, running: Task<Void, any Error>, moving: Task<Void, Never>?,
        housekeeping: Housekeeping, pool: DatabasePool, lock: DatabaseLock
    ) {
        self.origin = origin
        self.port = port
        self.group = group
        self.running = running
        self.moving = moving
        self.housekeeping = housekeeping
        self.pool = pool
        self.lock = lock
    }

    /// Opens the database, lets whoever runs the shows bring them up to now, and listens.
    /// - Throws: `ServerFailure` with one line for people.
    package static func start(_ configuration: ServerConfiguration) async throws -> RunningServer {
        let lock = try DatabaseLock(database: configuration.databasePath)
        if configuration.beginsAnew { try Store.remove(path: configuration.databasePath) }
        let pool = try Store.open(path: configuration.databasePath)
        let checkouts = try CheckoutSecret(database: configuration.databasePath)
        let floor = try ShowFloor(pool: pool, clock: configuration.clock)
        let housekeeping = Housekeeping(floor: floor, runner: configuration.runner)
        try housekeeping.begin()

        let origin = ServerOrigin(checkouts: checkouts)
        let dispatcher = try Dispatcher(
            housekeeping, shop: configuration.shop, origin: origin, limits: configuration.limits,
            logger: configuration.logger)
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            responder: dispatcher, server: .http1(configuration: configuration.limits.connection),
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: .maximum(
                    configuration.limits.possibleConnections, logger: configuration.logger)),
            onServerRunning: { announce.yield($0.localAddress?.port ?? 0) }, logger: configuration.logger)
        var ending = ServiceGroupConfiguration(services: [application], logger: configuration.logger)
        // A client that never finishes its request does not keep the server from ending.
        ending.maximumGracefulShutdownDuration = .seconds(5)
        let group = ServiceGroup(configuration: ending)
        let running = Task {
            defer { announce.finish() }
            try await group.run()
        }
        guard let port = await ports.first(where: { _ in true }) else {
            let result = await running.result
            throw ServerFailure(Self.reason(result, configuration))
        }
        let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
        origin.value = "http://\(host):\(port)"
        lock.tell(origin.value)
        let moving = configuration.movesByItself ? Self.move(housekeeping, configuration) : nil
        return RunningServer(
            origin: origin.value, port: port, group: group, running: running, moving: moving,
            housekeeping: housekeeping, pool: pool, lock: lock)
    }

    private static func reason(_ result: Result<Void, any Error>, _ configuration: ServerConfiguration) -> String {
        let place = "\(configuration.host):\(configuration.port)"
        guard case .failure(let error) = result else { return "the server ended before it listened on \(place)" }
        let words = "\(error)"
        return words.contains("ddress already in use")
            ? "cannot listen on \(place): the port is in use" : "cannot listen on \(place): \(words)"
    }

    /// Lets time pass by the server's clock, and has the past told in between.
    private static func move(_ housekeeping: Housekeeping, _ configuration: ServerConfiguration) -> Task<Void, Never> {
        let pace = housekeeping.pace
        return Task {
            var hasPast = true
            while true {
                do {
                    try await Task.sleep(for: hasPast ? min(pace, Self.pastPace) : pace)
                    try await housekeeping.advance()
                    if hasPast { hasPast = try await housekeeping.tellNextPast() }
                } catch is CancellationError {
                    return
                } catch {
                    configuration.logger.error("time stood still in the shop", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Between two shows of the past.
    private static let pastPace = Duration.milliseconds(500)

    /// For tests that have to know what is kept.
    var floor: ShowFloor { housekeeping.floor }

    /// Does what is due; for a server that does not move by itself.
    package func advance() async throws { try await housekeeping.advance() }

    /// Opens the studio for operations that are written as a whole.
    package func studio<Value: Sendable>(
        _ work: @escaping @Sendable (inout Studio) throws -> Value
    ) async throws -> Value {
        try await floor.write { try $0.open(work) }
    }

    /// The shows, hosts and products that the database has.
    package func inventory() async throws -> (shows: Int, hosts: Int, products: Int) {
        try await floor.pool.read { db in
            func count(_ table: String) throws -> Int {
                try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
            }
            return (try count("shows"), try count("hosts"), try count("products"))
        }
    }

    /// Answers what has been asked, takes no more questions, and closes the database. There is one end: whoever asks for
    /// it again waits for the same.
    package func stop() async throws {
        let end = ending.withLock { ending in
            let end = ending ?? Task { try await self.end() }
            ending = end
            return end
        }
        try await end.value
    }

    private func end() async throws {
        moving?.cancel()
        await moving?.value
        await group.triggerGracefulShutdown()
        let result = await running.result
        try Store.close(pool)
        lock.release()
        try result.get()
    }

    /// Returns when the server has ended.
    package func wait() async throws { try await running.value }
}
