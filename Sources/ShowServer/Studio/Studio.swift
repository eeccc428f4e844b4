import Domain
import GRDB

/// The operations of those who run shows: they make hosts, products and shows, go on air, sell, and send off what was sold.
///
/// A studio is open for one transaction (`RunningServer.studio`). All that is done in it is written as a whole, or not at
/// all when an operation throws. Each operation throws a `StudioRefusal` where it is not possible, and what the database
/// throws where that fails.
package struct Studio {
    var turn: Turn

    init(_ turn: Turn) { self.turn = turn }

    var db: Database { turn.db }

    /// The server's time.
    package var now: Timestamp { turn.now }

    /// A note that whoever runs the shows keeps between two starts of the server.
    package func note(_ name: String) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [name])
    }

    package func keep(note name: String, _ value: String) throws {
        try db.execute(sql: "REPLACE INTO meta (key, value) VALUES (?, ?)", arguments: [name, value])
    }
}

/// An operation that the studio cannot carry out.
package enum StudioRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case noSuchShow(ShowID)
    case notOnAir(ShowID)
    case notScheduled(ShowID)
    case noSuchProduct(ProductID)
    case noSuchVariant(SKU)
    case noSuchOrder(OrderID)
    /// The order has a status from which there is no way to the one that is asked for.
    case orderDoesNotMove(OrderID, to: OrderStatus)
    case notMoney(SKU)

    package var description: String {
        switch self {
        case .noSuchShow(let id): "there is no show \(id)"
        case .notOnAir(let id): "the show \(id) is not on air"
        case .notScheduled(let id): "the show \(id) has begun or is over"
        case .noSuchProduct(let id): "there is no product \(id)"
        case .noSuchVariant(let sku): "there is no variant \(sku)"
        case .noSuchOrder(let id): "there is no order \(id)"
        case .orderDoesNotMove(let id, let status): "the order \(id) cannot become \(status.rawValue)"
        case .notMoney(let sku): "the price of \(sku) is not an amount of money"
        }
    }
}

/// Somebody who runs a server's shows from inside its process, such as the demo's robots. The server opens the studio for
/// it again and again.
package protocol ShowRunner: Sendable {
    /// Time between two openings of the studio.
    var pace: Duration { get }
    /// Brings the shows up to now, before the server listens.
    func begin(_ studio: inout Studio) throws
    /// Does what is due.
    func advance(_ studio: inout Studio) throws
    /// Nothing of the last opening was written.
    func forgetLastTurn()
    /// Tells what happened in a show that was over before anybody could watch it; the studio is that of its time.
    func tellPast(of show: ShowID, _ studio: inout Studio) throws
}
