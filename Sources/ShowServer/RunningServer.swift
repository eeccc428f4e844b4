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
    private let world: World
    private let pool: DatabasePool
    private let lock: DatabaseLock
    /// Its end, once somebody has asked for it.
    private let ending = Mutex<Task<Void, any Error>?>(nil)

    private init(
        origin: String, port: Int, group: ServiceGroup, running: Task<Void, any Error>, moving: Task<Void, Never>?,
        world: World, pool: DatabasePool, lock: DatabaseLock
    ) {
        self.origin = origin
        self.port = port
        self.group = group
        self.running = running
        self.moving = moving
        self.world = world
        self.pool = pool
        self.lock = lock
    }

    /// Opens the database, seeds it when it is new, brings the world up to now, and listens.
    /// - Throws: `ServerFailure` with one line for people.
    package static func start(_ configuration: ServerConfiguration) async throws -> RunningServer {
        let lock = try DatabaseLock(database: configuration.databasePath)
        if configuration.beginsAnew { try Store.remove(path: configuration.databasePath) }
        let pool = try Store.open(path: configuration.databasePath)
        let checkouts = try CheckoutSecret(database: configuration.databasePath)
        let seed = try await pool.read { try Seeding.seed($0, asked: configuration.seed) }
        let floor = try ShowFloor(pool: pool, clock: configuration.clock)
        let fulfilment = Fulfilment(day: configuration.orderDay)
        let world = World(
            floor: floor, mode: configuration.world, seed: seed, chatRate: configuration.chatRate,
            fulfilment: fulfilment)
        try world.begin()

        let origin = ServerOrigin(checkouts: checkouts)
        let dispatcher = Dispatcher(
            floor: floor, world: world, origin: origin, fulfilment: fulfilment, limits: configuration.limits,
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
        let moving = configuration.movesByItself ? Self.move(world, configuration) : nil
        return RunningServer(
            origin: origin.value, port: port, group: group, running: running, moving: moving, world: world, pool: pool,
            lock: lock)
    }

    private static func reason(_ result: Result<Void, any Error>, _ configuration: ServerConfiguration) -> String {
        let place = "\(configuration.host):\(configuration.port)"
        guard case .failure(let error) = result else { return "the server ended before it listened on \(place)" }
        let words = "\(error)"
        return words.contains("ddress already in use")
            ? "cannot listen on \(place): the port is in use" : "cannot listen on \(place): \(words)"
    }

    /// Moves the world on the server's clock, and tells the past in between. In a quiet world only what is due ends.
    private static func move(_ world: World, _ configuration: ServerConfiguration) -> Task<Void, Never> {
        let pace: Duration = configuration.world == .flood ? .milliseconds(100) : .milliseconds(500)
        return Task {
            var hasPast = true
            while true {
                do {
                    try await Task.sleep(for: hasPast || configuration.world != .quiet ? pace : Self.quietPace)
                    try await world.advance()
                    if hasPast { hasPast = try await world.tellNextPast() }
                } catch is CancellationError {
                    return
                } catch {
                    configuration.logger.error("the world stood still", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    private static let quietPace = Duration.seconds(5)

    /// For tests that have to know what is kept.
    var floor: ShowFloor { world.floor }

    /// Tells what has happened since the last call; for a world that does not move by itself.
    package func advance() async throws { try await world.advance() }

    /// Adds so many messages to the flood's chat at once.
    package func burst(_ count: Int) async throws {
        world.flood.add(count)
        try await world.advance()
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
