import GRDB
import ProgramTesting

/// A real server, the line to it, and a shelf with enough on it.
final class Scene {
    static let sku = "MV-101-SNOW"

    let server: TestServer
    let proxy: FaultProxy
    private var stock = 0

    init() throws {
        server = try TestServer {
            try $0.execute(
                sql: "UPDATE variants SET stock = 100000, stock_total = 100000 WHERE sku = ?", arguments: [Self.sku])
        }
        proxy = try FaultProxy(to: server.origin)
        stock = try onShelvesAndSold()
    }

    private func onShelvesAndSold() throws -> Int {
        try server.read { db in
            let shelves = try Int.fetchOne(db, sql: "SELECT sum(stock) FROM variants") ?? 0
            let sold = try Int.fetchOne(
                db,
                sql: """
                    SELECT sum(quantity) FROM order_lines JOIN orders ON orders.id = order_id
                    WHERE orders.status NOT IN ('cancelled', 'returned')
                    """)
            return shelves + (sold ?? 0)
        }
    }

    /// Changes the shop behind everybody's back; what that takes from the shelves was not sold.
    func change(_ sql: String, _ arguments: StatementArguments = []) throws {
        let before = try onShelvesAndSold()
        let queue = try DatabaseQueue(path: server.database)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA busy_timeout = 5000")
            try db.execute(sql: sql, arguments: arguments)
        }
        try queue.close()
        stock += try onShelvesAndSold() - before
    }

    /// What must hold of the shop at every moment.
    var broken: [String] {
        get throws {
            var broken: [String] = []
            let least = try server.read { try Int.fetchOne($0, sql: "SELECT min(stock) FROM variants") } ?? 0
            if least < 0 { broken.append("stock below nothing") }
            let now = try onShelvesAndSold()
            if now != stock { broken.append("\(stock - now) lost from the shelves, and not sold") }
            return broken
        }
    }
}
