import FoundationEssentials
import GRDB
import ProgramTesting

/// What the shopper's database and the server's say about one shopper's purchases.
struct Books {
    struct Intent { let key, state: String; let order: String?; let maximum: Int }
    struct Order: Equatable { let id, key, status: String; let total: Int }

    let intents: [Intent]
    let orders: [Order]
    /// Orders as the shopper's own database has them.
    let kept: [String]

    /// Reads copies, so that neither program's files are touched.
    init(shopper: Shopper, account: String, server: TestServer) throws {
        let copy = try Self.copy(of: shopper.database)
        let own = try DatabaseQueue(path: copy.path + "/copy.sqlite")
        (intents, kept) = try own.read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT key, state, order_id, maximum FROM order_intents")
            return (
                rows.map { Intent(key: $0[0], state: $0[1], order: $0[2], maximum: $0[3]) },
                try String.fetchAll(db, sql: "SELECT id FROM orders")
            )
        }
        try own.close()
        orders = try server.read { db in
            try Row.fetchAll(
                db, sql: "SELECT id, key, status, total FROM orders WHERE account = ? ORDER BY id", arguments: [account]
            ).map { Order(id: $0[0], key: $0[1], status: $0[2], total: $0[3]) }
        }
    }

    private static func copy(of path: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for ending in ["", "-wal"] where FileManager.default.fileExists(atPath: path + ending) {
            try FileManager.default.copyItem(atPath: path + ending, toPath: folder.path + "/copy.sqlite" + ending)
        }
        return folder
    }

    var open: [Intent] { intents.filter { ["committed", "sent", "unknown"].contains($0.state) } }

    /// What must hold at every moment.
    var broken: [String] {
        var broken: [String] = []
        if Set(orders.map(\.key)).count < orders.count { broken.append("two orders for a key") }
        for order in orders {
            guard let intent = intents.first(where: { $0.key == order.key }) else {
                broken.append("an order that is written down nowhere")
                continue
            }
            if order.total > intent.maximum { broken.append("charged \(order.total), shown \(intent.maximum)") }
            if intent.state == "refused" { broken.append("said not to be bought, and bought") }
            if intent.state == "placed", intent.order != order.id { broken.append("kept as another order") }
        }
        for intent in intents where intent.state == "placed" && !orders.contains(where: { $0.key == intent.key }) {
            broken.append("said to be bought, and not bought")
        }
        return broken
    }
}
