import Domain
import Logging

/// How a server is set up.
package struct ServerConfiguration: Sendable {
    package var host: String
    /// 0 takes a free one.
    package var port: Int
    /// The database file; it is made when missing.
    package var databasePath: String
    /// The shop's name, ways to pay and addresses.
    package var shop: ShopSetup
    /// Whoever runs the shows from inside this process; nil for none.
    package var runner: (any ShowRunner)?
    /// Removes the database first, once it is sure that no other server is running on it.
    package var beginsAnew: Bool
    /// What is taken from whom.
    package var limits: Limits
    package var clock: WorldClock
    /// Time passes by itself; a test with a clock of its own calls `RunningServer.advance()` instead.
    package var movesByItself: Bool
    package var logger: Logger

    package init(
        databasePath: String, host: String = "127.0.0.1", port: Int = 0, shop: ShopSetup = ShopSetup(),
        runner: (any ShowRunner)? = nil, beginsAnew: Bool = false, limits: Limits = Limits(),
        clock: WorldClock = .system,
        movesByItself: Bool = true,
        logger: Logger = Logger(label: "vitrine-server")
    ) {
        self.databasePath = databasePath
        self.host = host
        self.port = port
        self.shop = shop
        self.runner = runner
        self.beginsAnew = beginsAnew
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
