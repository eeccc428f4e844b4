import Domain
import Glibc
import Testing

@testable import Settings

/// Files that version 0.1.0 wrote: accounts of every kind, and a config that was written by hand and by `channel add`.
@Suite struct OldSettingsTests {
    private static let accounts = """
        https://bowls.example guest eyJjaXR5IjoiT2FrbGFuZCIsImNvdW50cnkiOiJVUyJ9 Guest
        https://tea.example a-v36txn512cr4aqv vta_made-up Ana
         signed-in vtr_made-up 1796070609099
         formerly a-12 a-9
        https://lamps.example a-55tkqng91z3h4et vt_made-up guest-3705

        """

    private static let config = """
        # written by hand
        theme = "ember"
        server = "https://lamps.example"

        [budget]
        per_order = { CHF = "900.00", USD = "900.00" }
        per_month = { CHF = "9000.00" }

        [chat]
        mute = ["spoiler"]

        [keys]
        buy = ["b", "f5"]

        [[channel]]
        name = "Tea"
        server = "https://tea.example"

        [[channel]]
        name = "Bowls"
        shop = { kind = "woocommerce", url = "https://bowls.example" }

        [[channel]]
        name = "Moon"
        shop = { kind = "shopify", url = "https://moon.example" }

        [[channel]]
        name = "Ana"
        live = { kind = "owncast", url = "https://ana.example" }
        hosts = ["Ana"]

        """

    @Test func everyAccountIsRead() throws {
        try withFolder { folder in
            try TextFile.replace(folder + "/accounts", with: Self.accounts)
            let file = AccountFile(path: folder + "/accounts")
            #expect(
                try file.account(for: "https://bowls.example")
                    == SavedAccount(id: "guest", token: "eyJjaXR5IjoiT2FrbGFuZCIsImNvdW50cnkiOiJVUyJ9", name: "Guest"))
            #expect(
                try file.account(for: "https://tea.example")
                    == SavedAccount(
                        id: "a-v36txn512cr4aqv", token: "vta_made-up", name: "Ana",
                        signIn: .init(refreshToken: "vtr_made-up", expiresAt: 1_796_070_609_099),
                        formerly: ["a-12", "a-9"]))
            #expect(
                try file.account(for: "https://lamps.example")
                    == SavedAccount(id: "a-55tkqng91z3h4et", token: "vt_made-up", name: "guest-3705"))
        }
    }

    @Test func aChangeLeavesTheOtherAccounts() throws {
        try withFolder { folder in
            try TextFile.replace(folder + "/accounts", with: Self.accounts)
            let file = AccountFile(path: folder + "/accounts")
            let tea = try file.account(for: "https://tea.example")
            _ = try file.exchange(tea, for: nil, scope: "https://tea.example")
            let gone = ["https://tea.example", " signed-in", " formerly"]
            let lines = Self.accounts.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let others = lines.filter { line in !gone.contains { line.hasPrefix($0) } }.joined(separator: "\n")
            #expect(try TextFile.read(folder + "/accounts", isSecret: true) == others)
        }
    }

    @Test func everySettingIsRead() throws {
        let (config, problems) = Config.parse(Self.config, file: "config.toml")
        #expect(problems.isEmpty)
        #expect(config.server == "https://lamps.example" && config.theme == "ember")
        #expect(
            config.channels == [
                ChannelConfig(name: "Tea", shop: .init(.vitrine, "https://tea.example")),
                ChannelConfig(name: "Bowls", shop: .init(.woocommerce, "https://bowls.example")),
                ChannelConfig(name: "Moon", shop: .init(.shopify, "https://moon.example")),
                ChannelConfig(name: "Ana", live: .init(.owncast, "https://ana.example"), hosts: ["Ana"]),
            ])
        #expect(config.keys.map(\.action) == ["buy"] && config.mute == ["spoiler"])
        let now = Timestamp(seconds: 1_796_067_000)
        for (amount, isWithin) in [(Int64(90_000), true), (90_001, false)] {
            let total = try #require(Money(amount: amount, exponent: 2, currency: "CHF"))
            let verdict = config.budget.verdict(on: total, after: [], now: now)
            if case .within = verdict { #expect(isWithin) } else { #expect(!isWithin, "\(verdict)") }
        }
    }
}
