import FoundationEssentials
import GRDB
import Glibc
import LiveAPI
import ProgramTesting
import TestThreads
import Testing

/// Signing in, letting it in on the shop's page, and out again.
@Suite(.ownThread, .timeLimit(.minutes(3))) struct SigningInTests {
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
        let talk = try Talk(shopper, "login", "--json")
        try talk.wait(for: "\n")
        let shown = try JSONDecoder().decode(Shown.self, from: Data(talk.output.utf8))
        let page = try await server.submit(
            shown.page, ["user_code": shown.userCode, "name": name, "decision": "allow"])
        #expect(page.contains("signed in as <strong>\(name)"))
        #expect(try talk.end().contains("\"name\":\"\(name)\""))
    }

    @Test func aGuestsOrdersComeAlongAndTheTokenIsRenewedByItself() async throws {
        #expect(try shopper.run(shopper.purchase()).status == 0)
        #expect(try server.buyers().first?.hasPrefix("guest-") == true)
        try await signIn(as: "Ana")
        #expect(try server.buyers() == ["Ana"])
        #expect(try shopper.run("orders").output.contains("awaiting shipment"))
        // The token ends, as the server sees it: nothing is lost, and nothing bought twice.
        try server.change("UPDATE tokens SET expires_at = 0")
        #expect(try shopper.run(shopper.purchase()).status == 0)
        #expect(try server.buyers() == ["Ana", "Ana"])
        #expect(try server.count("tokens") == 2)
        // And as the viewer sees it.
        let path = shopper.home.path + "/state/vitrine/accounts"
        let kept = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let ended = kept.replacing(try Regex(" [0-9]{13}\n"), with: " 1\n")
        #expect(ended != kept)
        try Data(ended.utf8).write(to: URL(filePath: path))
        chmod(path, 0o600)
        #expect(try shopper.run(shopper.purchase()).status == 0)
        #expect(try server.count("tokens") == 3)
        #expect(try shopper.run("logout").output == "signed out as Ana\n")
        #expect(try server.count("token_families WHERE revoked_at IS NULL") == 0)
        #expect(try shopper.run("logout").status == 1)
    }

    @Test func aGuestsTokenIsRevokedWhenThatIsMeant() async throws {
        #expect(try shopper.run(shopper.purchase()).status == 0)
        let refused = try shopper.run("logout")
        #expect(refused.status == 1 && refused.errors.contains("‘vitrine logout --guest’"), "\(refused)")
        #expect(try server.count("accounts WHERE token_hash LIKE 'revoked%'") == 0)
        #expect(try shopper.run("logout", "--guest").output.hasPrefix("signed out as guest-"))
        #expect(try server.count("accounts WHERE token_hash LIKE 'revoked%'") == 1)
        // What comes after that is another guest's.
        #expect(try shopper.run(shopper.purchase()).status == 0)
        #expect(try server.count("accounts") == 2)
    }
}
