import FoundationEssentials
import GRDB
import Glibc
import ProgramTesting
import TerminalKit
import TestThreads
import Testing

/// Where a token comes from, and that it goes nowhere else: the real programs, with a token that is looked for
/// everywhere afterwards.
@Suite(.programs, .timeLimit(.minutes(4))) struct SecretsTests {
    let server: TestServer
    let shopper: Shopper
    /// The account that the token is of.
    let account: String
    let canary: Canary

    init() async throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
        let guest = try await server.openAccount()
        account = guest.account
        canary = Canary(token: guest.token)
    }

    private func configure(_ command: String) throws {
        _ = try shopper.write(
            "server = \"\(server.origin)\"\n[account]\ntoken_command = \(command)\n", to: "config/vitrine/config.toml")
    }

    private func anySKU() throws -> String {
        try #require(try server.read { try String.fetchOne($0, sql: "SELECT sku FROM variants WHERE stock > 5") })
    }

    private func owner(ofOrder id: String) throws -> String? {
        try server.read { try String.fetchOne($0, sql: "SELECT account FROM orders WHERE id = ?", arguments: [id]) }
    }

    /// Asks, buys and follows, with all that the log can be made to say, each time with a recording in the home folder;
    /// then has the doctor look.
    private func useCommands() throws {
        let sku = try anySKU()
        let uses = [
            ["shows"], ["orders"], ["orders", "--json"],
            ["buy", sku, "--max-total", "100000", "--yes"], ["follow", "nobody"], ["orders"], ["show", "none"],
        ]
        for (index, arguments) in uses.enumerated() {
            let recording = shopper.home.path + "/recording-\(index)"
            let outcome = try shopper.run(arguments + ["-vv", "--record", recording])
            canary.isNot(in: outcome)
            #expect(FileManager.default.contents(atPath: recording)?.isEmpty == false)
            #expect(outcome.status == (arguments.contains { $0.hasPrefix("no") } ? 1 : 0), "\(arguments): \(outcome)")
        }
        #expect(
            try server.read { try String.fetchAll($0, sql: "SELECT DISTINCT account FROM orders") } == [account])
        for arguments in [["doctor"], ["doctor", "--json"]] {
            let outcome = try shopper.run(arguments + ["-vv"])
            canary.isNot(in: outcome)
            #expect(outcome.output.contains("account"), "\(outcome)")
        }
        // The server's database, log and all that lies beside them.
        #expect(canary.files(below: server.folder.path) == [])
    }

    /// The viewer, which is then killed in the way of a crash.
    private func useViewer(crashingBy number: Int32) throws {
        let seat = try shopper.open("-vv", "--record", shopper.home.path + "/recording-of-the-viewer")
        try seat.wait(for: "LIVE NOW")
        seat.type("4")
        try seat.wait(for: "awaiting shipment")
        #expect(canary.processesTold == [])
        #expect(!canary.isInEnvironment(of: seat.child.process))
        seat.child.signal(number)
        #expect(try seat.waitForEnd() == .signal(number))
        seat.takeOutput()
        #expect(!canary.isIn(seat.written))
    }

    @Test func aVariablesTokenIsNowhere() throws {
        shopper.more["VITRINE_TOKEN"] = canary.token
        try useCommands()
        try useViewer(crashingBy: SIGSEGV)
        #expect(canary.files(below: shopper.home.path) == [])
    }

    @Test func aCommandsTokenIsNowhere() throws {
        let outside = try TemporaryFolder()
        try Data(canary.token.utf8).write(to: URL(filePath: outside.path + "/token"))
        try configure("[\"cat\", \"\(outside.path)/token\"]")
        shopper.server = nil
        try useCommands()
        try useViewer(crashingBy: SIGABRT)
        #expect(canary.files(below: shopper.home.path) == [])
    }

    @Test func aTokenFromStandardInputIsInItsFileAlone() throws {
        let recording = shopper.home.path + "/recording-of-the-login"
        let outcome = try shopper.run(
            ["login", "--with-token", "-vv", "--record", recording], input: canary.token + "\n")
        #expect(outcome.status == 0, "\(outcome)")
        canary.isNot(in: outcome)
        #expect(outcome.complaint.contains("which only you can read"))
        // Whose the token is was asked, and both the recording and the log know that.
        for file in ["/recording-of-the-login", "/state/vitrine/vitrine.log"] {
            let text = try String(contentsOf: URL(filePath: shopper.home.path + file), encoding: .utf8)
            #expect(text.contains("/v1/me"), "\(file): \(text)")
        }
        try useCommands()
        try useViewer(crashingBy: SIGTRAP)
        #expect(canary.files(below: shopper.home.path) == ["state/vitrine/accounts"])
        let again = try shopper.run(["login", "--with-token"], input: canary.token + "\n")
        #expect(again.status == 1)
        #expect(again.complaint.contains("signed in already"), "\(again)")
        #expect(try shopper.run("logout").output.hasPrefix("signed out"))
        #expect(canary.files(below: shopper.home.path) == [])
        #expect(try shopper.run("logout").status == 1)
    }

    /// The demo's server is a child, and is nobody's whom the token is for.
    @Test func theDemosServerInheritsNoToken() throws {
        shopper.more["VITRINE_TOKEN"] = canary.token
        let seat = try shopper.open("demo", "-vv")
        try seat.wait(for: "LIVE NOW", within: .seconds(60))
        let child = try #require(Child.children(of: seat.child.process).first)
        #expect(!Canary.read("/proc/\(child)/environ").isEmpty)
        #expect(!canary.isInEnvironment(of: child))
        #expect(!canary.isInEnvironment(of: seat.child.process))
        seat.type("4")
        try seat.wait(for: "No orders yet")
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
        #expect(canary.files(below: shopper.home.path) == [])
    }

    /// A token of the one in `config.toml` is not sent to whatever server is named on a command line.
    @Test func aCommandsTokenIsForItsServerAlone() throws {
        let mark = shopper.home.path + "/asked"
        try configure("[\"touch\", \"\(mark)\"]")
        shopper.server = nil
        let other = try TestServer()
        #expect(try shopper.run("orders", "--server", other.origin).status == 0)
        #expect(!FileManager.default.fileExists(atPath: mark))
        let own = try shopper.run("orders")
        #expect(own.complaint == "vitrine: your orders: token_command (\"touch\"): its first line is no token")
        #expect(own.status == 2)
        #expect(FileManager.default.fileExists(atPath: mark))
        // Nobody is made a guest because the token could not be had.
        #expect(try shopper.run("buy", anySKU(), "--max-total", "1000", "--yes").status == 2)
        #expect(try server.count("accounts") == 1)
    }

    @Test func aTokenThatNobodyHasMakesNoGuest() throws {
        shopper.more["VITRINE_TOKEN"] = "vt_nobody"
        let outcome = try shopper.run("buy", anySKU(), "--max-total", "1000", "--yes")
        #expect(outcome.status == 1)
        #expect(try server.count("accounts") == 1)
        shopper.more["VITRINE_TOKEN"] = nil
        let login = try shopper.run(["login", "--with-token"], input: "vt_nobody")
        #expect(login.complaint == "vitrine: the server does not accept this token")
        #expect(try shopper.run(["login", "--with-token"], input: "two words").status == 2)
        #expect(try shopper.run(["login", "--with-token"]).complaint.contains("no token on standard input"))
    }

    @Test func aTokenIsTypedUnseen() throws {
        let seat = try shopper.open("login", "--with-token")
        try seat.wait(for: "Token:")
        seat.type(canary.token + "\n")
        try seat.wait(for: "signed in")
        #expect(try seat.waitForEnd() == .exit(0))
        #expect(!canary.isIn(seat.written))
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
    }

    @Test(.serialized, arguments: [SIGINT, SIGTERM, SIGHUP]) func whoThinksBetterOfItGetsTheTerminalBack(number: Int32)
        throws
    {
        let seat = try shopper.open("login", "--with-token")
        try seat.wait(for: "Token:")
        seat.type("half a tok")
        if number == SIGINT { seat.type("\u{3}") } else { seat.child.signal(number) }
        #expect(try seat.waitForEnd() == .exit(1))
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
        #expect(!seat.shows("half"))
    }
}
