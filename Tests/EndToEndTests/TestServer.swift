import CurlTransport
import GRDB
import Glibc
import ProgramTesting

/// A real `vitrine-server` with a database of its own, in which nothing happens unless somebody acts,
/// or a world that moves where a test asks for one.
final class TestServer: ServedShop {
    let folder: TemporaryFolder
    private(set) var origin = ""
    private(set) var child: Child?
    private var lifeline: Int32 = -1
    let curl = CurlClient(version: "test")
    /// The clock of every start; nil for the machine's.
    private let clock: MovedClock?

    /// How long a day of the post lasts, in seconds, in a world that moves; nil for one that does not. It counts from the
    /// next start on.
    var orderDay: Double?

    /// - Parameter prepare: changes the shop before it opens.
    init(clock: MovedClock? = nil, _ prepare: (Database) throws -> Void = { _ in }) throws {
        self.clock = clock
        folder = try TemporaryFolder()
        try SeededShop.copy(to: database)
        try DatabaseQueue(path: database).write(prepare)
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
}
