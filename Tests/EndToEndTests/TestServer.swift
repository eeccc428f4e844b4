import CurlTransport
import Dispatch
import Domain
import FoundationEssentials
import GRDB
import Glibc
import HTTPTransport
import LiveAPI

/// A real `vitrine-server` with a database of its own, in which nothing happens unless somebody acts,
/// or a world that moves where a test asks for one.
final class TestServer {
    let folder: TemporaryFolder
    private(set) var origin = ""
    private(set) var child: Child?
    private var lifeline: Int32 = -1
    private let curl = CurlClient(version: "test")
    /// The clock of every start; nil for the machine's.
    private let clock: MovedClock?

    var database: String { folder.path + "/shop.sqlite" }

    /// How long a day of the post lasts, in seconds, in a world that moves; nil for one that does not. It counts from the
    /// next start on.
    var orderDay: Double?

    /// - Parameter prepare: changes the shop before it opens.
    init(clock: MovedClock? = nil, _ prepare: (Database) throws -> Void = { _ in }) throws {
        self.clock = clock
        folder = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: try SeededShop.database.get(), toPath: database)
        try DatabaseQueue(path: database).write(prepare)
        try start()
    }

    fileprivate init(seedingIn folder: TemporaryFolder) throws {
        clock = nil
        self.folder = folder
        try start()
    }

    deinit {
        curl.shutdown()
        try? stop()
    }

    /// Starts it, at the address it had before where it had one.
    func start() throws {
        let (input, output) = (try Channel(), try Channel())
        let errors = Glibc.open(folder.path + "/server.log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { for end in [input.reading, output.reading, errors] { close(end) } }
        let address = origin.isEmpty ? "127.0.0.1:0" : String(origin.dropFirst("http://".count))
        child = try Child(
            Binaries.server,
            ["--listen", address, "--db", database, "--until-stdin-closes"] + world,
            environment: ["PATH": "/usr/bin:/bin", "TZ": "UTC"].merging(clock?.environment ?? [:]) { own, _ in own },
            files: [input.reading, output.writing, errors])
        close(output.writing)
        lifeline = input.writing
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while Glibc.read(output.reading, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        let text = String(decoding: line, as: UTF8.self)
        guard let start = text.firstRange(of: "http://") else {
            throw Child.Failure(description: "the server did not start; it said “\(text)”")
        }
        origin = String(text[start.lowerBound...])
    }

    private var world: [String] {
        orderDay.map { ["--world", "demo", "--order-day", String($0)] } ?? ["--world", "quiet"]
    }

    func stop() throws {
        guard let child else { return }
        self.child = nil
        child.signal(SIGTERM)
        close(lifeline)
        try child.wait()
    }

    /// As a power failure would end it.
    func crash() throws {
        guard let child else { return }
        self.child = nil
        child.signal(SIGKILL)
        close(lifeline)
        try child.wait()
    }

    /// Asks for all that was over before the shop opened, since that is told when somebody asks. Otherwise every copy of the
    /// database would be told it again, in seconds of each server's time.
    fileprivate func tellPast() throws {
        let shows = try read { try String.fetchAll($0, sql: "SELECT id FROM shows WHERE state = 'ended'") }
        for show in shows {
            let isTold = DispatchSemaphore(value: 0)
            _ = curl.send(HTTPRequest(.get, origin + Route.head(ShowID(show)).path)) { _ in isTold.signal() }
            isTold.wait()
        }
        let untold = try read {
            try Int.fetchOne(
                $0,
                sql: """
                    SELECT count(*) FROM shows
                    WHERE state = 'ended' AND NOT EXISTS (SELECT 1 FROM segments WHERE show = shows.number)
                    """) ?? 0
        }
        guard untold == 0 else { throw Child.Failure(description: "\(untold) shows of the past are not told") }
    }

    // MARK: What the shop knows

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: database, configuration: configuration).read(body)
    }

    func count(_ table: String) throws -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    func stock(of sku: String) throws -> Int? {
        try read { try Int.fetchOne($0, sql: "SELECT stock FROM variants WHERE sku = ?", arguments: [sku]) }
    }

    /// The sum of what is on the shelves.
    func stockOfAll() throws -> Int { try read { try Int.fetchOne($0, sql: "SELECT sum(stock) FROM variants") ?? 0 } }

    // MARK: What it answers

    func get<Value: Decodable>(_ path: String) async throws -> Value {
        let response = try await curl.client.response(to: HTTPRequest(.get, origin + path))
        return try WireJSON.decode(Value.self, from: response.body)
    }

    /// A page as a browser has it: fetched, or its form sent.
    func browse(_ address: String, pays: Bool = false) async throws -> String {
        let response = try await curl.client.response(to: HTTPRequest(pays ? .post : .get, address))
        return String(decoding: response.body, as: UTF8.self)
    }

    /// A page's form, as a browser sends it.
    func submit(_ address: String, _ fields: KeyValuePairs<String, String>) async throws -> String {
        var headers = HTTPHeaders()
        headers.append("Content-Type", "application/x-www-form-urlencoded")
        headers.append("Sec-Fetch-Site", "same-origin")
        let form = fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        let response = try await curl.client.response(
            to: HTTPRequest(.post, address, headers: headers, body: Data(form.utf8)))
        return String(decoding: response.body, as: UTF8.self)
    }

    /// The body as it is, apart from the program's own types.
    func json(_ path: String) async throws -> JSONValue {
        let response = try await curl.client.response(to: HTTPRequest(.get, origin + path))
        return try JSONDecoder().decode(JSONValue.self, from: Data(response.body))
    }

    /// The live show that has begun first.
    func liveShow() async throws -> Show {
        let page: Page<Show> = try await get("/v1/shows?state=live")
        guard let show = page.items.min(by: { $0.startsAt < $1.startsAt }) else {
            throw Child.Failure(description: "no show is live")
        }
        return show
    }

    /// An account of nobody's, with its token.
    func openAccount() async throws -> GuestAccount {
        let guest = try await curl.client.response(to: HTTPRequest(.post, origin + "/v1/guests"))
        return try WireJSON.decode(GuestAccount.self, from: guest.body)
    }

    /// Says something in a show, as a guest of its own.
    func say(_ text: String, in show: ShowID) async throws {
        let account = try await openAccount()
        var headers = HTTPHeaders()
        headers.append("Authorization", "Bearer " + account.token)
        headers.append("Content-Type", "application/json")
        let body = try JSONEncoder().encode(MessageRequest(text: text))
        let request = HTTPRequest(.post, origin + Route.messages(show).path, headers: headers, body: body)
        let status = try await curl.client.response(to: request).status
        guard status == 201 else { throw Child.Failure(description: "“\(text)” was answered with \(status)") }
    }
}

/// The demo world in a file: made once, since making it takes longer than most tests.
private enum SeededShop {
    static let database: Result<String, any Error> = Result {
        let server = try TestServer(seedingIn: folder.get())
        try server.tellPast()
        try server.stop()
        // A static is never taken apart.
        atexit { if case .success(let folder) = SeededShop.folder { folder.remove() } }
        return server.database
    }

    private static let folder = Result { try TemporaryFolder() }
}
