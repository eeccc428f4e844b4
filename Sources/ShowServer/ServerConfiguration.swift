import Domain
import Logging

/// How a server is set up.
package struct ServerConfiguration: Sendable {
    /// What happens in the shows.
    package enum World: String, Sendable, CaseIterable {
        /// Everything moves: chat, highlights, offers, other buyers; shows begin and end.
        case demo
        /// The same data, but nothing changes unless somebody acts.
        case quiet
        /// Quiet, with one more live show (`flood`) whose chat runs at a given rate.
        case flood
    }

    package var host: String
    /// 0 takes a free one.
    package var port: Int
    /// The database file; it is made when missing.
    package var databasePath: String
    package var world: World
    /// What the world is made from; nil for the seed that the database has, and 1 for a new one.
    package var seed: UInt64?
    /// Removes the database first, once it is sure that no other server is running on it.
    package var beginsAnew: Bool
    /// Messages a second in the flood's show.
    package var chatRate: Int
    /// How long a day lasts for orders on their way: an order is packed within one, delivered after four more, and can
    /// be sent back for thirty.
    package var orderDay: Duration
    package static let usualOrderDay = Duration.seconds(60)
    /// What is taken from whom.
    package var limits: Limits
    package var clock: WorldClock
    /// Whether the world moves by itself; a test with a clock of its own calls `RunningServer.advance()` instead.
    package var movesByItself: Bool
    package var logger: Logger

    package init(
        databasePath: String, host: String = "127.0.0.1", port: Int = 0, world: World = .demo, seed: UInt64? = nil,
        beginsAnew: Bool = false, chatRate: Int = 100, orderDay: Duration = usualOrderDay, limits: Limits = Limits(),
        clock: WorldClock = .system,
        movesByItself: Bool = true,
        logger: Logger = Logger(label: "vitrine-server")
    ) {
        self.databasePath = databasePath
        self.host = host
        self.port = port
        self.world = world
        self.seed = seed
        self.beginsAnew = beginsAnew
        self.chatRate = chatRate
        self.orderDay = orderDay
        self.limits = limits
        self.clock = clock
        self.movesByItself = movesByItself
        self.logger = logger
    }
}

/// Why a server cannot start: one line for people.
package struct ServerFailure: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
