import CurlTransport
import DemoWorld
import Domain
import FoundationEssentials
import Glibc
import HTTPTransport
import LiveAPI
import ShowServer
import Synchronization
import Testing

/// A running server with a folder of its own, and the client that speaks to it over real connections.
package final class Shop: Sendable {
    package let server: RunningServer
    package let clock: ManualClock
    package let database: String
    private let world: World?
    private let curl = CurlClient(version: "test")

    package static let start = Timestamp(seconds: 1_795_443_065)

    private init(_ server: RunningServer, _ world: World?, _ clock: ManualClock, _ database: String) {
        self.world = world
        self.server = server
        self.clock = clock
        self.database = database
    }

    /// Runs `body` with a server on a fresh copy of the seeded database, and ends it whatever happens.
    package static func open(
        _ mode: DemoConfiguration.Mode = .quiet, database: String? = nil, limits: Limits = Limits(),
        _ body: (Shop) async throws -> Void
    ) async throws {
        let path = if let database { database } else { try await Template.copy(mode) }
        let clock = ManualClock(start)
        // Those who are refused wait for the end of their connection.
        var limits = limits
        limits.partingTime = .milliseconds(300)
        try await open(path, DemoConfiguration(mode, seed: 7), limits, clock, body)
    }

    /// Runs `body` with a server that knows no demo, on an empty database unless one is named.
    package static func openWithoutDemo(
        database: String? = nil, _ body: (Shop) async throws -> Void
    ) async throws {
        let path = if let database { database } else { try Folder.make() + "/own.sqlite" }
        try await open(path, nil, Limits(), ManualClock(start), body)
    }

    private static func open(
        _ path: String, _ demo: DemoConfiguration?, _ limits: Limits, _ clock: ManualClock,
        _ body: (Shop) async throws -> Void
    ) async throws {
        var configuration = ServerConfiguration(
            databasePath: path, limits: limits, clock: clock.clock, movesByItself: false)
        let world = demo.map { configuration.host($0) }
        let shop = Shop(try await RunningServer.start(configuration), world, clock, path)
        do {
            try await body(shop)
        } catch {
            try? await shop.stop()
            throw error
        }
        try await shop.stop()
    }

    /// A seeded database that is no server's yet.
    package static func database(_ mode: DemoConfiguration.Mode) async throws -> String {
        try await Template.copy(mode)
    }

    /// Has so many messages come at once in the flood.
    package func burst(_ count: Int) async throws { try await world?.burst(count, in: server) }

    private func stop() async throws {
        curl.shutdown()
        try await server.stop()
    }

    /// Sends a request; what it answers is for the test to judge, as far as the API's document allows it.
    package func send(
        _ method: HTTPMethod, _ path: String, body: String? = nil, token: String? = nil,
        _ headers: KeyValuePairs<String, String> = [:], at location: SourceLocation = #_sourceLocation
    ) async throws -> HTTPResponse {
        try await send(method, path, body: body, token: token, fields: headers.map { ($0, $1) }, at: location)
    }

    package func send(
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

    package func get<Value: Decodable>(_ route: Route, token: String? = nil, as _: Value.Type = Value.self) async throws
        -> Value
    {
        try await send(.get, route.path, token: token).value()
    }

    /// The first show on air, by its id.
    package func liveShow() async throws -> ShowDetail {
        let page: Page<Show> = try await send(.get, "/v1/shows?state=live").value()
        let id = try #require(page.items.map(\.id).min())
        return try await get(.show(id))
    }

    package func head(_ id: ShowID) async throws -> ShowHead { try await get(.head(id)) }

    package func guest() async throws -> String {
        let account: GuestAccount = try await send(.post, "/v1/guests").value(201)
        return account.token
    }

    package func quote(
        _ sku: SKU, _ quantity: Int = 1, in show: ShowID? = nil, by deliveries: DeliveryChoice = [:], token: String
    ) async throws -> Quote {
        let request = QuoteRequest(
            lines: [.init(sku: sku, quantity: quantity)], show: show, deliveries: deliveries)
        return try await send(.post, "/v1/quotes", body: text(request), token: token).value(201)
    }

    package func order(
        _ quote: Quote, maximum: Money? = nil, payment: PaymentMethodID = "pm-card", key: String, token: String
    ) async throws -> HTTPResponse {
        let request = OrderRequest(quote: quote.id, maximumTotal: maximum ?? quote.total, paymentMethod: payment)
        return try await send(
            .post, "/v1/orders", body: text(request), token: token, ["Idempotency-Key": key])
    }

    package func stock(_ product: ProductID, _ sku: SKU) async throws -> Int {
        let product: Product = try await get(.product(product))
        return try #require(product.variant(sku)?.stock)
    }

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}

extension HTTPResponse {
    /// The body as a value, after the status has been checked.
    package func value<Value: Decodable>(
        _ expected: Int = 200, as _: Value.Type = Value.self, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Value {
        #expect(status == expected, "\(String(decoding: body, as: UTF8.self))", sourceLocation: sourceLocation)
        return try WireJSON.decode(Value.self, from: body)
    }

    package var etag: String? { headers["ETag"] }
}

/// Seeding takes a moment, so it is done once for each mode of the demo and copied for every test.
private actor Template {
    private static let shared = Template()
    private var seeded: [DemoConfiguration.Mode: Task<String, any Error>] = [:]

    static func copy(_ mode: DemoConfiguration.Mode) async throws -> String {
        let source = try await shared.seed(mode)
        let target = try Folder.make() + "/shop.sqlite"
        try FileManager.default.copyItem(atPath: source, toPath: target)
        return target
    }

    private func seed(_ mode: DemoConfiguration.Mode) async throws -> String {
        if let task = seeded[mode] { return try await task.value }
        let task = Task {
            let path = try Folder.make() + "/template.sqlite"
            let server = try await RunningServer.start(
                ServerConfiguration(
                    databasePath: path, clock: ManualClock(Shop.start).clock, movesByItself: false
                ).hosting(DemoConfiguration(mode, seed: 7)))
            try await server.stop()
            return path
        }
        seeded[mode] = task
        return try await task.value
    }
}

/// Folders that go when the tests end.
package enum Folder {
    private static let made = Mutex<[String]>([])

    package static func make() throws -> String {
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
    package static func contents(ofFilesBeginningWith path: String) throws -> [[UInt8]] {
        try ["", "-wal", "-shm"].compactMap { suffix in
            guard FileManager.default.fileExists(atPath: path + suffix) else { return nil }
            return try Array(Data(contentsOf: URL(filePath: path + suffix)))
        }
    }
}
