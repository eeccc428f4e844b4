import CurlTransport
import Domain
import FoundationEssentials
import Glibc
import HTTPTransport
import LiveAPI
import ShowServer
import Synchronization
import Testing

/// A running server with a folder of its own, and the client that speaks to it over real connections.
final class Shop: Sendable {
    let server: RunningServer
    let clock: ManualClock
    let database: String
    private let curl = CurlClient(version: "test")

    static let start = Timestamp(seconds: 1_795_443_065)

    private init(_ server: RunningServer, _ clock: ManualClock, _ database: String) {
        self.server = server
        self.clock = clock
        self.database = database
    }

    /// Runs `body` with a server on a fresh copy of the seeded database, and ends it whatever happens.
    static func open(
        _ world: ServerConfiguration.World = .quiet, database: String? = nil, limits: Limits = Limits(),
        _ body: (Shop) async throws -> Void
    ) async throws {
        let path = if let database { database } else { try await Template.copy(world) }
        let clock = ManualClock(start)
        // Those who are refused wait for the end of their connection.
        var limits = limits
        limits.partingTime = .milliseconds(300)
        let server = try await RunningServer.start(
            ServerConfiguration(
                databasePath: path, world: world, seed: 7, limits: limits, clock: clock.clock,
                movesByItself: false))
        let shop = Shop(server, clock, path)
        do {
            try await body(shop)
        } catch {
            try? await shop.stop()
            throw error
        }
        try await shop.stop()
    }

    /// A seeded database that is no server's yet.
    static func database(_ world: ServerConfiguration.World) async throws -> String { try await Template.copy(world) }

    private func stop() async throws {
        curl.shutdown()
        try await server.stop()
    }

    /// Sends a request; what it answers is for the test to judge, as far as the API's document allows it.
    func send(
        _ method: HTTPMethod, _ path: String, body: String? = nil, token: String? = nil,
        _ headers: KeyValuePairs<String, String> = [:], at location: SourceLocation = #_sourceLocation
    ) async throws -> HTTPResponse {
        try await send(method, path, body: body, token: token, fields: headers.map { ($0, $1) }, at: location)
    }

    func send(
        _ method: HTTPMethod, _ path: String, body: String?, token: String?, fields headers: [(String, String)],
        at location: SourceLocation
    ) async throws -> HTTPResponse {
        var fields = HTTPHeaders()
        if let token { fields.set("Authorization", "Bearer " + token) }
        if body != nil { fields.set("Content-Type", "application/json") }
        for (name, value) in headers { fields.set(name, value) }
        let response = try await curl.client.response(
            to: HTTPRequest(method, server.origin + path, headers: fields, body: body.map { Data($0.utf8) }))
        try APIDocument.own.get().check(response, to: method, path, location)
        return response
    }

    func get<Value: Decodable>(_ route: Route, token: String? = nil, as _: Value.Type = Value.self) async throws
        -> Value
    {
        try await send(.get, route.path, token: token).value()
    }

    /// The first show on air, by its id.
    func liveShow() async throws -> ShowDetail {
        let page: Page<Show> = try await send(.get, "/v1/shows?state=live").value()
        let id = try #require(page.items.map(\.id).min())
        return try await get(.show(id))
    }

    func head(_ id: ShowID) async throws -> ShowHead { try await get(.head(id)) }

    func guest() async throws -> String {
        let account: GuestAccount = try await send(.post, "/v1/guests").value(201)
        return account.token
    }

    func quote(
        _ sku: SKU, _ quantity: Int = 1, in show: ShowID? = nil, by deliveries: DeliveryChoice = [:], token: String
    ) async throws -> Quote {
        let request = QuoteRequest(
            lines: [.init(sku: sku, quantity: quantity)], show: show, deliveries: deliveries)
        return try await send(.post, "/v1/quotes", body: text(request), token: token).value(201)
    }

    func order(
        _ quote: Quote, maximum: Money? = nil, payment: PaymentMethodID = "pm-card", key: String, token: String
    ) async throws -> HTTPResponse {
        let request = OrderRequest(quote: quote.id, maximumTotal: maximum ?? quote.total, paymentMethod: payment)
        return try await send(
            .post, "/v1/orders", body: text(request), token: token, ["Idempotency-Key": key])
    }

    func stock(_ product: ProductID, _ sku: SKU) async throws -> Int {
        let product: Product = try await get(.product(product))
        return try #require(product.variant(sku)?.stock)
    }

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}

extension HTTPResponse {
    /// The body as a value, after the status has been checked.
    func value<Value: Decodable>(
        _ expected: Int = 200, as _: Value.Type = Value.self, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Value {
        #expect(status == expected, "\(String(decoding: body, as: UTF8.self))", sourceLocation: sourceLocation)
        return try WireJSON.decode(Value.self, from: body)
    }

    var etag: String? { headers["ETag"] }
}

/// Seeding takes a moment, so it is done once for each kind of world and copied for every test.
private actor Template {
    private static let shared = Template()
    private var seeded: [ServerConfiguration.World: Task<String, any Error>] = [:]

    static func copy(_ world: ServerConfiguration.World) async throws -> String {
        let source = try await shared.seed(world)
        let target = try Folder.make() + "/shop.sqlite"
        try FileManager.default.copyItem(atPath: source, toPath: target)
        return target
    }

    private func seed(_ world: ServerConfiguration.World) async throws -> String {
        if let task = seeded[world] { return try await task.value }
        let task = Task {
            let path = try Folder.make() + "/template.sqlite"
            let server = try await RunningServer.start(
                ServerConfiguration(
                    databasePath: path, world: world, seed: 7, clock: ManualClock(Shop.start).clock,
                    movesByItself: false))
            try await server.stop()
            return path
        }
        seeded[world] = task
        return try await task.value
    }
}

/// Folders that go when the tests end.
enum Folder {
    private static let made = Mutex<[String]>([])

    static func make() throws -> String {
        var template = Array("/tmp/vitrine-server-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(.EIO) }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let isFirst = made.withLock { made in
            made.append(path)
            return made.count == 1
        }
        if isFirst { atexit { Folder.removeAll() } }
        return path
    }

    private static func removeAll() {
        for path in made.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
    }
}

extension Folder {
    /// The bytes of a file and of those that are named after it.
    static func contents(ofFilesBeginningWith path: String) throws -> [[UInt8]] {
        try ["", "-wal", "-shm"].compactMap { suffix in
            guard FileManager.default.fileExists(atPath: path + suffix) else { return nil }
            return try Array(Data(contentsOf: URL(filePath: path + suffix)))
        }
    }
}
