import CurlTransport
import Dispatch
import Domain
import FoundationEssentials
import GRDB
import HTTPTransport
import LiveAPI

/// A shop of our own server with a database file of its own, in which nothing happens unless somebody acts, or a world that
/// moves where a test asks for one: a program, or a server in the test's process.
package protocol ServedShop: AnyObject {
    /// Folder of the database.
    var folder: TemporaryFolder { get }
    var origin: String { get }
    var curl: CurlClient { get }
}

extension ServedShop {
    package var database: String { folder.path + "/shop.sqlite" }

    // MARK: What the shop knows

    package func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: database, configuration: configuration).read(body)
    }

    /// Changes what the shop knows, while it is open.
    package func change(_ sql: String) throws {
        var configuration = Configuration()
        // The server writes, too.
        configuration.busyMode = .timeout(10)
        try DatabaseQueue(path: database, configuration: configuration).write { try $0.execute(sql: sql) }
    }

    /// Names of those whose orders the shop has, the oldest first.
    package func buyers() throws -> [String] {
        try read {
            try String.fetchAll(
                $0, sql: "SELECT accounts.name FROM orders JOIN accounts ON accounts.id = account ORDER BY placed_at")
        }
    }

    package func count(_ table: String) throws -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    package func stock(of sku: String) throws -> Int? {
        try read { try Int.fetchOne($0, sql: "SELECT stock FROM variants WHERE sku = ?", arguments: [sku]) }
    }

    /// The sum of what is on the shelves.
    package func stockOfAll() throws -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT sum(stock) FROM variants") ?? 0 }
    }

    // MARK: What it answers

    package func get<Value: Decodable>(_ path: String) async throws -> Value {
        let response = try await curl.client.response(to: HTTPRequest(.get, origin + path))
        return try WireJSON.decode(Value.self, from: response.body)
    }

    /// A page as a browser has it: fetched, or its form sent.
    package func browse(_ address: String, pays: Bool = false) async throws -> String {
        let response = try await curl.client.response(to: HTTPRequest(pays ? .post : .get, address))
        return String(decoding: response.body, as: UTF8.self)
    }

    /// A page's form, as a browser sends it.
    package func submit(_ address: String, _ fields: KeyValuePairs<String, String>) async throws -> String {
        var headers = HTTPHeaders()
        headers.append("Content-Type", "application/x-www-form-urlencoded")
        headers.append("Sec-Fetch-Site", "same-origin")
        let form = fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        let response = try await curl.client.response(
            to: HTTPRequest(.post, address, headers: headers, body: Data(form.utf8)))
        return String(decoding: response.body, as: UTF8.self)
    }

    /// The body as it is, apart from the program's own types.
    package func json(_ path: String) async throws -> JSONValue {
        let response = try await curl.client.response(to: HTTPRequest(.get, origin + path))
        return try JSONDecoder().decode(JSONValue.self, from: Data(response.body))
    }

    /// The live show that has begun first.
    package func liveShow() async throws -> Show {
        let page: Page<Show> = try await get("/v1/shows?state=live")
        guard let show = page.items.min(by: { $0.startsAt < $1.startsAt }) else {
            throw TestFailure(description: "no show is live")
        }
        return show
    }

    /// An account of nobody's, with its token.
    package func openAccount() async throws -> GuestAccount {
        let guest = try await curl.client.response(to: HTTPRequest(.post, origin + "/v1/guests"))
        return try WireJSON.decode(GuestAccount.self, from: guest.body)
    }

    /// Says something in a show, as a guest of its own.
    package func say(_ text: String, in show: ShowID) async throws {
        let account = try await openAccount()
        var headers = HTTPHeaders()
        headers.append("Authorization", "Bearer " + account.token)
        headers.append("Content-Type", "application/json")
        let body = try JSONEncoder().encode(MessageRequest(text: text))
        let request = HTTPRequest(.post, origin + Route.messages(show).path, headers: headers, body: body)
        let status = try await curl.client.response(to: request).status
        guard status == 201 else { throw TestFailure(description: "“\(text)” was answered with \(status)") }
    }
}
