import FoundationEssentials
import ProgramTesting
import TestThreads
import Testing
import WooStandIn

/// The desktop's own keyring, on a session bus of the test's.
@Suite(.programs, .timeLimit(.minutes(2))) struct KeyringTests {
    private static let programs = [
        "/usr/bin/dbus-run-session", "/usr/bin/gnome-keyring-daemon", "/usr/bin/secret-tool",
    ]

    @Test(
        .enabled(
            if: programs.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) },
            "the keyring is not installed: apt-get install gnome-keyring libsecret-tools dbus"))
    func theTokenIsInTheKeyringAlone() async throws {
        let server = try TestServer()
        let shopper = try Shopper(server: server.origin)
        let canary = Canary(token: try await server.openAccount().token)
        let token = try shopper.write(canary.token, to: "token")
        let script = try shopper.write(
            """
            printf '%s' pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
            '\(Binaries.vitrine)' login --with-token --json < '\(token)' && rm '\(token)'
            grep -c @secret-service "$XDG_STATE_HOME/vitrine/accounts"
            '\(Binaries.vitrine)' orders && '\(Binaries.vitrine)' logout

            """, to: "script")
        let seat = try shopper.open("--", "/bin/sh", script, program: Self.programs[0])
        try seat.waitForEnd(within: .seconds(60))
        let said = seat.rows.joined(separator: "\n")
        #expect(said.contains("\"keptIn\":\"secret-service\"") && said.contains("\n1\n"), "\(said)")
        #expect(said.contains("No orders.") && said.contains("signed out as guest-"), "\(said)")
        #expect(!canary.isIn(seat.written))
        #expect(canary.files(below: shopper.home.path) == [])
    }

    /// Where somebody lives is kept there too, for shops that ask for it with each order.
    @Test(
        .enabled(
            if: programs.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) },
            "the keyring is not installed: apt-get install gnome-keyring libsecret-tools dbus"))
    func soIsTheAddress() throws {
        let place = try WooShop(StandInShop.Rules())
        let shopper = try place.shopper()
        let script = try shopper.write(
            """
            printf '%s' pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
            '\(Binaries.vitrine)' address --first-name Ana --last-name Lopez --street '1 Main Street' --city Oakland \\
                --state CA --postcode 94607 --country US --email ana@example.org > /dev/null
            grep -c @secret-service "$XDG_STATE_HOME/vitrine/accounts"
            '\(Binaries.vitrine)' buy 31 --max-total 100 --yes && '\(Binaries.vitrine)' address --forget

            """, to: "script")
        let seat = try shopper.open("--", "/bin/sh", script, program: Self.programs[0])
        try seat.waitForEnd(within: .seconds(60))
        let said = seat.rows.joined(separator: "\n")
        #expect(said.contains("1\n") && said.contains("Order placed."), "\(said)")
        #expect(place.shop.orders.map(\.email) == ["ana@example.org"])
        #expect(Canary(token: "94607").files(below: shopper.home.path + "/state") == [])
    }
}
