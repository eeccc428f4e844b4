import Domain
import GRDB
import Hummingbird
import Logging

/// The server's logic and its database, in memory and on no connection: whoever holds it is the network, and decides
/// what arrives, when, and how often. No time passes in it unless it is told to.
package final class UnconnectedServer: Sendable {
    /// An answer before it is bytes on a connection.
    package struct Reply: Sendable {
        package let status: Int
        package let headers: [(name: String, value: String)]
        package let body: [UInt8]
    }

    private let floor: ShowFloor
    private let dispatcher: Dispatcher
    private let housekeeping: Housekeeping
    private let shop: ShopSetup

    /// - Parameters:
    ///   - origin: begins the addresses of its pages.
    ///   - prepare: fills the shop.
    package init(
        clock: WorldClock, shop: ShopSetup = ShopSetup(), origin address: String = "",
        _ prepare: (inout Studio) throws -> Void = { _ in }
    ) throws {
        floor = try ShowFloor(pool: try Store.inMemory(), clock: clock)
        try floor.writeNow { try $0.open(prepare) }
        self.shop = shop
        housekeeping = Housekeeping(floor: floor, runner: nil)
        let origin = ServerOrigin(checkouts: CheckoutSecret())
        origin.value = address
        dispatcher = try Dispatcher(
            housekeeping, shop: shop, origin: origin, limits: Limits(),
            logger: Logger(label: "unconnected", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// Carries a request out as if it had just arrived whole.
    /// - Parameter target: path and query.
    package func answer(
        _ method: String, _ target: String, headers: [(name: String, value: String)], body: [UInt8]
    ) async -> Reply {
        var fields = HTTPFields()
        for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
        let head = HTTPRequest(
            method: HTTPRequest.Method(rawValue: method) ?? .get, scheme: "http", authority: "unconnected",
            path: target,
            headerFields: fields)
        let answer = await dispatcher.answer(
            to: Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body))))
        var replied = answer.headers.map { (name: $0.name.canonicalName, value: $0.value) }
        replied.append(("Content-Type", answer.mediaType))
        return Reply(
            status: answer.status.code, headers: replied, body: answer.body.map { Array($0.readableBytesView) } ?? [])
    }

    /// Lets what is due by the clock happen.
    package func advance() async throws { try await housekeeping.advance() }

    /// The ids of all that is sold, in the shop's order.
    package func products() async throws -> [ProductID] {
        try await floor.pool.read { try String.fetchAll($0, sql: "SELECT id FROM products ORDER BY position") }
            .map { ProductID($0) }
    }

    /// From now on it costs so much.
    package func setPrice(of sku: SKU, to amount: Int64) async throws {
        try await floor.write {
            try $0.db.execute(sql: "UPDATE variants SET amount = ? WHERE sku = ?", arguments: [amount, sku.rawValue])
        }
    }

    /// Puts so many on the shelf, or lets other buyers take them, where there are as many.
    /// - Returns: by how many the stock has changed.
    package func changeStock(of sku: SKU, by count: Int) async throws -> Int {
        try await floor.write {
            try $0.db.execute(
                sql: "UPDATE variants SET stock = stock + ? WHERE sku = ? AND stock + ? >= 0",
                arguments: [count, sku.rawValue, count])
            return $0.db.changesCount == 0 ? 0 : count
        }
    }

    /// Puts all variants of a product back to their usual price, and exactly so many of each on the shelf.
    package func shelve(_ product: ProductID, stock: Int) async throws {
        try await floor.write {
            try $0.db.execute(
                sql: "UPDATE variants SET amount = usual_amount, was = usual_was, stock = ? WHERE product = ?",
                arguments: [stock, product.rawValue])
        }
    }

    /// How many there are of each variant of a product.
    package func stock(of product: ProductID) async throws -> [Int] {
        try await floor.pool.read {
            try Int.fetchAll($0, sql: "SELECT stock FROM variants WHERE product = ?", arguments: [product.rawValue])
        }
    }

    /// Every order of an account, as it is in the database.
    package func orders(of account: String) async throws -> [Order] {
        let now = floor.clock.now()
        return try await floor.pool.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM orders WHERE account = ?", arguments: [account])
                .map { try Orders.record(db, $0, of: shop, now: now).order }
        }
    }
}
