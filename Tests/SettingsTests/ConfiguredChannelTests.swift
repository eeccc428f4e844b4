import Testing

@testable import Settings

@Suite struct ConfiguredChannelTests {
    private func parse(_ text: String) -> (config: Config, problems: [ConfigProblem]) {
        Config.parse(text, file: "config.toml")
    }

    @Test func channelsAreReadInTheirOrder() {
        let (config, problems) = parse(
            """
            [[channel]]
            name = "Ana's lamps"
            server = "https://lamps.example"
            [[channel]]
            name = "Tea"
            shop = { kind = "woocommerce", url = "https://tea.example" }
            """)
        #expect(problems.isEmpty)
        let tea = ChannelConfig(name: "Tea", shop: .init(.woocommerce, "https://tea.example"))
        #expect(
            config.channels == [
                ChannelConfig(name: "Ana's lamps", shop: .init(.vitrine, "https://lamps.example")), tea,
            ])
    }

    @Test(arguments: [
        "[[channel]]\nserver = 'https://a.example'", "[[channel]]\nname = 'a/b'\nserver = 'https://a.example'",
        "[[channel]]\nname = 'A'", "[[channel]]\nname = 'A'\nserver = 'http://a.example'",
        "[[channel]]\nname = 'A'\nshop = { kind = 'bakery', url = 'https://a.example' }",
        "[[channel]]\nname = 'A'\nshop = { kind = 'woocommerce' }", "channel = 3", "[[channel]]\nname = 3",
    ])
    func whatIsWrongIsToldAndTheRestCounts(_ text: String) {
        let (config, problems) = parse(text + "\n[[channel]]\nname = 'Tea'\nserver = 'https://tea.example'")
        #expect(!problems.isEmpty)
        #expect(config.channels.allSatisfy { $0.name == "Tea" })
    }

    @Test func twoOfOneNameAreOneTooMany() {
        let (config, problems) = parse(
            "[[channel]]\nname = 'A'\nserver = 'https://a.example'\n[[channel]]\nname = 'A'\nserver = 'https://b.example'"
        )
        #expect(config.channels.map(\.source.url) == ["https://a.example"] && problems.count == 1)
    }

    @Test func whatIsWrittenIsReadAgain() {
        let name = "quote\" back\\ Ünï"
        for kind in ChannelConfig.Kind.allCases where !kind.isLive {
            let channel = ChannelConfig(name: name, shop: .init(kind, "https://a.example"))
            #expect(parse(channel.toml).config.channels == [channel])
        }
        let live = ChannelConfig.Source(.owncast, "https://live.example")
        let plain = ChannelConfig.Source(
            .woocommerce, "https://a.example/tea", api: "https://a.example/tea/index.php?rest_route=/")
        for shop in [nil, ChannelConfig.Source(.woocommerce, "https://a.example"), plain] {
            let channel = ChannelConfig(
                name: name, live: live, shop: shop, schedule: "https://live.example/shows.ics", hosts: ["Ana", "\"B\""])
            let read = parse(channel.toml)
            #expect(read.config.channels == [channel] && read.problems.isEmpty)
        }
    }

    /// What goes with what: each is told, and what is left of a channel counts.
    @Test(arguments: [
        ("server = 'https://a.example'\nlive = { kind = 'owncast', url = 'https://b.example' }", 1),
        ("shop = { kind = 'woocommerce', url = 'https://a.example' }\nhosts = ['Ana']", 1),
        ("live = { kind = 'woocommerce', url = 'https://a.example' }", 2),
        ("live = { kind = 'owncast', url = 'https://a.example' }\nschedule = 'http://b.example/a.ics'", 1),
        ("live = { kind = 'owncast', url = 'https://a.example' }\nhosts = ['Ana', 3]", 1),
        ("shop = { kind = 'shopify', url = 'https://a.example', api = 'https://a.example/wp-json/' }", 1),
        ("shop = { kind = 'woocommerce', url = 'https://a.example', api = 'http://a.example/wp-json/' }", 1),
    ])
    func whatDoesNotGoTogetherIsTold(_ lines: String, _ count: Int) {
        let (config, problems) = parse("[[channel]]\nname = 'A'\n" + lines)
        #expect(problems.count == count, "\(problems)")
        #expect(config.channels.count == (count == 1 ? 1 : 0))
    }

    @Test func addingAndRemovingLeavesTheRestOfTheFileAsItIs() throws {
        try withFolder { folder in
            let paths = try XDGPaths(environment: ["HOME": folder])
            let file = try ChannelFile(paths)
            try file.add(ChannelConfig(name: "A", shop: .init(.vitrine, "https://a.example")))
            let first = try #require(try TextFile.read(paths.configFile))
            let before =
                "# mine\ntheme = \"fjord\"   # kept\n\n[[channel]]\nname = \"Z\" # the last\nserver = \"https://z.example\"\n\n[chat]\nmute = [\"x\"]"
            try TextFile.replace(paths.configFile, with: before)
            try file.add(ChannelConfig(name: "A", shop: .init(.vitrine, "https://a.example")))
            #expect(try TextFile.read(paths.configFile) == before + "\n\n" + first)
            #expect(try file.remove("A"))
            #expect(try TextFile.read(paths.configFile)?.hasPrefix(before) == true)
            #expect(try !file.remove("A"))
            #expect(try file.remove("Z"))
            let rest = try #require(try TextFile.read(paths.configFile))
            #expect(rest.contains("theme = \"fjord\"   # kept") && rest.contains("[chat]\nmute = [\"x\"]"))
            #expect(!rest.contains("z.example"))
        }
    }

    @Test func aFileThatIsNoTOMLIsNotTouched() throws {
        try withFolder { folder in
            let paths = try XDGPaths(environment: ["HOME": folder])
            let file = try ChannelFile(paths)
            try TextFile.replace(paths.configFile, with: "this is [ no TOML")
            #expect(throws: SettingsError.self) {
                try file.add(ChannelConfig(name: "A", shop: .init(.vitrine, "https://a.example")))
            }
            #expect(try TextFile.read(paths.configFile) == "this is [ no TOML")
        }
    }
}
