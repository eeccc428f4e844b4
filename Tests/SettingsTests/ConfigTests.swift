import Domain
import HTTPTransport
import TerminalKit
import Testing

@testable import Settings

@Suite struct ConfigTests {
    private func parse(_ text: String, actions: Set<String>? = nil) -> (config: Config, problems: [String]) {
        let (config, problems) = Config.parse(text, file: "c.toml", actions: actions)
        return (config, problems.map(\.description))
    }

    @Test func theReasonComesBeforeWhatMayBeCut() {
        let file = "/home/somebody/with/a/long/way/to/their/.config/vitrine/config.toml"
        let first = ConfigProblem(file: file, line: 2, message: "mouse is 1; expected true or false")
        let other = ConfigProblem(file: file, line: 3, message: "theme is 1; expected a text in quotes")
        #expect([ConfigProblem]().summary(width: 78) == nil)
        #expect([first].summary(width: 78) == "config.toml:2: mouse is 1; expected true or false")
        let both = [first, other]
        #expect(
            both.summary(width: 100)
                == "config.toml:2: mouse is 1; expected true or false (1 of 2; all are told when you quit)")
        #expect(both.summary(width: 60) == "config.toml:2 (1 of 2): mouse is 1; expected true or false")
    }

    @Test func everythingIsRead() {
        let (config, problems) = parse(
            """
            server = "https://shop.example/base"
            theme = 'night'
            mouse = false
            reduce_motion = true
            [keys]
            buy = "B"
            quit = ["Q", "ctrl-c"]
            """)
        #expect(problems.isEmpty)
        #expect(config.server == "https://shop.example/base")
        #expect(config.theme == "night")
        #expect(!config.mouse)
        #expect(config.reduceMotion)
        #expect(
            config.keys == [
                .init(action: "buy", keys: [.character("B")], line: 6),
                .init(action: "quit", keys: [.character("Q"), .control("c")], line: 7),
            ])
    }

    @Test func aTokenCommandIsAListOfWordsAndBelongsToTheServer() {
        let (config, problems) = parse(
            """
            server = "https://shop.example"
            [account]
            token_command = ["pass", "show", "vitrine; x"]
            """)
        #expect(problems.isEmpty)
        #expect(config.tokenCommand == ["pass", "show", "vitrine; x"])
        for wrong in ["\"pass show x\"", "[]", "[\"\"]", "[3]", "[\"a\", 3]"] {
            let (config, problems) = parse("server = 'https://a'\n[account]\ntoken_command = \(wrong)")
            #expect(config.tokenCommand.isEmpty)
            #expect(
                problems == [
                    "c.toml:3: account.token_command: expected a list of words, such as [\"pass\", \"show\", \"vitrine\"]"
                ])
        }
        let (alone, complaints) = parse("[account]\ntoken_command = ['x']\ntoken = 'secret'")
        #expect(alone.tokenCommand.isEmpty)
        #expect(complaints.count == 2)
        #expect(!complaints.joined().contains("secret"))
    }

    @Test func whatIsMutedInTheChatIsRead() {
        let (config, problems) = parse(
            """
            [chat]
            mute = ["spoiler", "@troll", 3, " "]
            hide = "x"
            """)
        #expect(config.mute == ["spoiler", "@troll"])
        #expect(
            problems == [
                "c.toml:2: chat.mute is 3; expected words, or people such as \"@name\"",
                "c.toml:2: chat.mute is \" \"; expected words, or people such as \"@name\"",
                "c.toml:3: unknown key \"hide\"; expected one of mute",
            ])
        #expect(parse("[chat]\nmute = \"spoiler\"\n").config.mute == ["spoiler"])
    }

    @Test func aBudgetIsExact() throws {
        let (config, problems) = parse(
            """
            [budget]
            per_order = { CHF = "200.00", JPY = 30000 }
            per_month = { CHF = "400.50" }
            """)
        #expect(problems.isEmpty && !config.budget.isUnreadable)
        #expect(config.budget.limit(.order, currency: "CHF") == Money(amount: 20000, exponent: 2, currency: "CHF"))
        #expect(config.budget.limit(.order, currency: "JPY") == Money(amount: 30000, exponent: 0, currency: "JPY"))
        #expect(config.budget.limit(.month, currency: "CHF") == Money(amount: 40050, exponent: 2, currency: "CHF"))
        #expect(config.budget.limit(.day, currency: "CHF") == nil)
    }

    @Test(arguments: [
        "per_order = { CHF = 200.5 }", "per_order = { CHF = \"200.005\" }", "per_order = { CHF = \"-1\" }",
        "per_order = { chf = \"1\" }", "per_order = \"200\"", "per_week = { CHF = \"1\" }",
        "per_order = { CHF = \"much\" }",
    ]) func aBudgetThatIsWrongLetsNothingPass(line: String) {
        let (config, problems) = parse("[budget]\n" + line)
        #expect(config.budget.isUnreadable)
        #expect(problems.count == 1 && problems[0].hasPrefix("c.toml:2"))
    }

    @Test func aFileThatCannotBeReadMayHaveHadABudget() {
        #expect(parse("theme = [").config.budget.isUnreadable)
    }

    @Test func nothingGivesTheDefaults() {
        let (config, problems) = parse("# nothing\n")
        #expect(config == Config())
        #expect(config.mouse && !config.reduceMotion && config.theme == "terminal" && config.server == nil)
        #expect(problems.isEmpty)
    }

    @Test func everyFaultIsToldAndWhatIsRightCounts() {
        let (config, problems) = parse(
            """
            servr = "https://a"
            mouse = "yes"

            theme = "night"
            [keys]
            buy = "hyper-b"
            follow = 3
            """)
        #expect(config.theme == "night")
        #expect(config.mouse)
        #expect(config.keys.isEmpty)
        #expect(
            problems.sorted() == [
                "c.toml:1: unknown key \"servr\"; did you mean server?",
                "c.toml:2: mouse is \"yes\"; expected true or false",
                "c.toml:6: keys.buy is \"hyper-b\"; expected the name of a key, such as \"b\", \"ctrl-r\", \"pgup\" or \"f5\"",
                "c.toml:7: keys.follow is 3; expected the name of a key, such as \"b\", \"ctrl-r\", \"pgup\" or \"f5\"",
            ])
    }

    @Test(arguments: [
        "http://shop.example", "shop", "ftp://a", "https://", "https://user:pw@a", "", "lampen-müller.example",
    ])
    func aServerMustBeSafeToReach(url: String) {
        let (config, problems) = parse("server = \"\(url)\"")
        #expect(config.server == nil)
        #expect(problems.first?.hasPrefix("c.toml:1: server is \"\(url)\"; expected an address") == true)
        #expect(problems.count == 1)
    }

    @Test func anAddressIsWrittenAsPeopleDo() {
        let names = HostNames { _ in "xn--lampen-mller-klb.example" }
        let text = """
            server = "shop.example"
            [[channel]]
            name = "Lampen"
            live = { kind = "owncast", url = "lampen-müller.example" }
            shop = { kind = "woocommerce", url = "localhost:8080" }
            schedule = "webcal://host.example/shows.ics"
            """
        let (config, problems) = Config.parse(text, file: "c.toml", hostNames: names)
        #expect(problems.isEmpty, "\(problems)")
        #expect(config.server == "https://shop.example")
        let channel = config.channels.first
        #expect(channel?.live?.url == "https://xn--lampen-mller-klb.example")
        #expect(channel?.shop?.url == "http://localhost:8080")
        #expect(channel?.schedule == "https://host.example/shows.ics")
    }

    @Test func certificatesAreAWholeName() {
        #expect(parse("certificates = \"/etc/ssl/company.pem\"").config.certificates == "/etc/ssl/company.pem")
        for wrong in ["\"company.pem\"", "3", "\"\"", "\"~/ca.pem\""] {
            let (config, problems) = parse("certificates = \(wrong)")
            #expect(config.certificates == nil && problems.count == 1, "\(problems)")
        }
    }

    @Test func plainHTTPIsAllowedToThisMachine() {
        #expect(parse("server = \"http://127.0.0.1:8080\"").config.server == "http://127.0.0.1:8080")
    }

    @Test func aSyntaxErrorNamesItsLine() {
        let (config, problems) = parse("mouse = false\ntheme = night\n")
        var expected = Config()
        // A budget may have been among what could not be read.
        expected.budget.isUnreadable = true
        #expect(config == expected)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("c.toml:2: ") == true)
    }

    @Test func linesAreCountedWithCarriageReturnsAndDottedKeys() {
        let (_, problems) = parse("# a\r\n\r\nkeys.buy = true\r\n")
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("c.toml:3: keys.buy is true; expected") == true)
    }

    @Test func onlyKnownActionsHaveKeys() {
        let (config, problems) = parse("[keys]\nbuy = \"x\"\nby = \"y\"", actions: ["buy", "quit"])
        #expect(config.keys.map(\.action) == ["buy"])
        #expect(problems == ["c.toml:3: unknown key \"by\"; did you mean buy?"])
    }

    /// The path once, though the error knows it too.
    @Test func aComplaintNamesItsFileOnce() {
        let error = SettingsError.notUTF8(path: "/c.toml")
        #expect(ConfigProblem(file: "/c.toml", line: nil, message: error.reason).description == error.description)
        #expect(error.description == "/c.toml: expected UTF-8 text")
    }

    @Test func anActionKeepsAKey() {
        let (config, problems) = parse("[keys]\nbuy = []\nquit = \"x\"")
        #expect(config.keys.map(\.action) == ["quit"])
        #expect(
            problems == [
                "c.toml:2: keys.buy is an empty list; expected the name of a key, such as \"b\", \"ctrl-r\", \"pgup\" or \"f5\""
            ])
    }

    @Test func whatAUserWroteCannotWriteOnTheTerminal() {
        let (_, problems) = parse("\"a\\u001b]0;x\\u0007\" = 1\n\"\\u202e\" = 2")
        #expect(problems.count == 2)
        for problem in problems {
            #expect(problem.unicodeScalars.allSatisfy { $0.value >= 32 && $0 != "\u{202E}" })
        }
    }

    @Test func aNULIsNotTheEndOfTheFile() {
        #expect(parse("mouse = false\n\0theme = 3").problems == ["c.toml:2: expected a key"])
        #expect(parse("\"mouse\\u0000b\" = 1").problems.first?.hasPrefix("c.toml:1: unknown key") == true)
    }

    /// Seeded, so that a failure comes again.
    @Test func noTextCanCrashTheProgram() {
        let text = Array(
            """
            server = "https://a"
            mouse = true
            [keys]
            buy = ["b", "ctrl-x"] # c
            quit = { a = 1, b = [1.5, 1979-05-27T07:32:00Z] }
            [[list]]
            "x.y".z = '''q'''
            """.utf8)
        var seed: UInt64 = 7
        func random(_ below: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % below
        }
        for _ in 0..<3_000 {
            var bytes = text
            for _ in 0...random(4) {
                let place = random(bytes.count)
                switch random(4) {
                case 0: bytes[place] = UInt8(random(256))
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(Array("[]{}\"'=.,\\u\n#".utf8)[random(13)], at: place)
                default: bytes.removeSubrange(place...)
                }
                if bytes.isEmpty { bytes = [61] }
            }
            let changed = String(decoding: bytes, as: UTF8.self)
            _ = Config.parse(changed, file: "c.toml")
            _ = ThemeFile.parse(changed, file: "t.toml")
        }
    }

}
