import FoundationEssentials
import GRDB
import Glibc
import LiveAPI
import ProgramTesting
import TerminalKit
import TestThreads
import Testing

/// Signing in from the terminal, letting it in on the shop's page, and out again.
@Suite(.programs, .timeLimit(.minutes(3))) struct SignInProgramTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    private struct Shown: Decodable {
        var userCode: String
        var page: String
    }

    /// `vitrine login`, with somebody who lets it in as `name`.
    private func signIn(as name: String) async throws {
        let output = try Channel()
        let errors = Glibc.open("/dev/null", O_WRONLY | O_CLOEXEC)
        defer { for end in [output.reading, errors] { close(end) } }
        let child = try Child(
            Binaries.vitrine, ["login", "--json"], environment: shopper.environment,
            files: [errors, output.writing, errors])
        close(output.writing)
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while Glibc.read(output.reading, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        let shown = try JSONDecoder().decode(Shown.self, from: Data(line))
        let page = try await server.submit(
            shown.page, ["user_code": shown.userCode, "name": name, "decision": "allow"])
        #expect(page.contains("signed in as <strong>\(name)"))
        #expect(try child.wait(within: .seconds(60)) == .exit(0))
        #expect(output.readAll().contains("\"name\":\"\(name)\""))
    }

    @Test func whoeverIsSignedOutIsToldAndBuysNothing() async throws {
        try await signIn(as: "Bo")
        try server.change("UPDATE token_families SET revoked_at = 1")
        let seat = try shopper.open()
        try seat.wait(for: "signed out · say ‘vitrine login’")
        let outcome = try shopper.run(shopper.purchase())
        #expect(outcome.status == 1, "\(outcome)")
        #expect(try server.count("orders") == 0)
        #expect(try server.count("accounts") == 1)
        // Signed in again elsewhere, the viewer goes on by itself.
        _ = try shopper.run("logout")
        try await signIn(as: "Bo")
        seat.type("3")
        try seat.wait(gone: "signed out")
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
    }

    @Test func theTerminalShowsTheCodeAndItsPicture() async throws {
        let seat = try shopper.open("login", size: Size(columns: 80, rows: 40))
        try seat.wait(for: "type the code")
        try seat.wait(for: "Ctrl-C ends the wait")
        let row = try #require(seat.rows.first { $0.contains("type the code") })
        let code = try #require(row.split(separator: " ").last)
        #expect(seat.rows.contains { $0.contains("▀") || $0.contains("▄") })
        _ = try await server.submit(
            server.origin + "/sign-in", ["user_code": String(code), "decision": "deny"])
        #expect(try seat.waitForEnd(within: .seconds(30)) == .exit(1))
        #expect(seat.shows("denied"))
    }

    private static let chromium = "/usr/bin/chromium"

    /// A real browser makes something of the page, its style by its hash among it.
    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: chromium),
            "chromium is not installed: apt-get install chromium"))
    func aBrowserShowsThePage() throws {
        let picture = shopper.home.path + "/page.png"
        let child = try Child(
            Self.chromium,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=480,640",
                "--user-data-dir=" + shopper.home.path + "/chromium", "--screenshot=" + picture,
                server.origin + "/sign-in?user_code=BBBB-BBBB",
            ], environment: shopper.environment)
        try child.wait(within: .seconds(90))
        #expect(try Data(contentsOf: URL(filePath: picture)).count > 4000)
    }
}
