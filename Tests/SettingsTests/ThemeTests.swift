import TerminalKit
import Testing
import Themes

@testable import Settings

@Suite struct ThemeTests {
    @Test func theBuiltInThemeIsComplete() {
        let (theme, problems) = ThemeFile.parse(Themes.terminal, file: "t.toml", over: .plain)
        #expect(problems.isEmpty)
        #expect(theme == .terminal)
        #expect(theme.name == "terminal")
        for role in Role.allCases {
            #expect(Themes.terminal.contains("\n\(role.name) = "), "\(role.name)")
        }
    }

    @Test func theBuiltInThemeIsLegibleOnLightAndDark() {
        let bornByBoth: [Color] = [.default, .ansi(1), .ansi(2), .ansi(5), .ansi(6)]
        for role in Role.allCases {
            let style = Theme.terminal[role]
            if style.background == .default {
                #expect(bornByBoth.contains(style.foreground), "\(role)")
            } else {
                #expect(style.foreground != .default, "\(role)")
            }
        }
    }

    @Test func rolesThatMustNotBeConfusedDiffer() {
        for theme in [Theme.terminal, Theme.terminal.withoutColours] {
            #expect(theme[.price] != theme[.priceWas])
            #expect(theme[.price] != theme[.stale])
            #expect(theme[.chatHost] != theme[.chatName])
            #expect(theme[.selection] != theme[.text])
            #expect(theme[.headerActive] != theme[.header])
            #expect(theme[.error] != theme[.text])
            #expect(theme[.warning] != theme[.text])
        }
    }

    @Test func everyWayToSayAColourIsRead() {
        let (theme, problems) = ThemeFile.parse(
            """
            name = "mine"
            appearance = "dark"
            [roles]
            text = { fg = "bright-cyan", bg = "#102aFF", bold = true, dim = false, underline = true }
            live = { fg = 208, bg = "default", italic = true, reverse = true }
            [roles.chat_host]
            fg = "white"
            """, file: "t.toml")
        #expect(problems.isEmpty)
        #expect(theme.name == "mine")
        #expect(theme.appearance == .dark)
        let text = Style(foreground: .ansi(14), background: .rgb(16, 42, 255), attributes: [.bold, .underline])
        #expect(theme[.text] == text)
        #expect(theme[.live] == Style(foreground: .indexed(208), attributes: [.italic, .reverse]))
        #expect(theme[.chatHost] == Style(foreground: .ansi(7)))
        #expect(theme[.price] == Theme.terminal[.price])
    }

    @Test func faultsAreToldWithTheirLine() {
        let (theme, problems) = ThemeFile.parse(
            """
            appearance = "dusk"
            [roles]
            txt = {}
            live = { fg = "pinkish", bold = 1, glow = true }
            price = "red"
            offer = { bg = 256 }
            """, file: "t.toml")
        #expect(
            problems.map(\.description).sorted() == [
                "t.toml:1: appearance is \"dusk\"; expected one of \"light\", \"dark\", \"any\"",
                "t.toml:3: unknown key \"txt\"; did you mean text?",
                "t.toml:4: roles.live.bold is 1; expected true or false",
                "t.toml:4: roles.live.fg is \"pinkish\"; expected a colour: \"cyan\", \"bright-cyan\", \"#30a0ff\", "
                    + "\"default\" or 0-255",
                "t.toml:4: unknown key \"glow\"; expected one of bg, bold, dim, fg, italic, reverse, underline",
                "t.toml:5: roles.price is \"red\"; expected a table",
                "t.toml:6: roles.offer.bg is 256; expected a colour: \"cyan\", \"bright-cyan\", \"#30a0ff\", "
                    + "\"default\" or 0-255",
            ])
        #expect(theme[.price] == Theme.terminal[.price])
        #expect(theme[.live] == .plain)
    }

    @Test(arguments: ["", "#12345", "#1234567", "#+12345", "#gggggg", "bright-", "bright-default", "Red", "brightred"])
    func whatIsNoColourIsNone(name: String) {
        #expect(Color(name: name) == nil)
    }

    @Test func withoutColoursOnlyAttributesAreLeft() {
        let theme = Theme.terminal.withoutColours
        for role in Role.allCases {
            #expect(theme[role].foreground == .default && theme[role].background == .default)
        }
        #expect(theme[.offer].attributes == [.bold, .reverse])
        #expect(theme[.live].attributes == .bold)
        #expect(Theme.refusesColour(["NO_COLOR": "1"]))
        #expect(!Theme.refusesColour(["NO_COLOR": ""]))
        #expect(!Theme.refusesColour([:]))
    }

    @Test func aRoleHasTheSameNameBothWays() {
        #expect(Role.chatHost.name == "chat_host")
        for role in Role.allCases { #expect(Role(name: role.name) == role) }
        #expect(Role(name: "chatHost") == nil)
    }

    @Test func aThemeOfTheUsersComesFirst() throws {
        try withFolder { folder in
            let paths = try XDGPaths(environment: ["HOME": folder])
            try paths.createAll()
            try XDGPaths.create(paths.config + "/themes")
            #expect(ThemeFile.load(named: "terminal", paths: paths).theme == .terminal)
            try TextFile.replace(paths.config + "/themes/terminal.toml", with: "[roles]\ntext = { fg = 9 }\n")
            #expect(ThemeFile.load(named: "terminal", paths: paths).theme[.text] == Style(foreground: .indexed(9)))
            let missing = ThemeFile.load(named: "night", paths: paths)
            #expect(missing.theme == .terminal)
            #expect(
                missing.problems.map(\.description) == [
                    "\(paths.config)/themes/night.toml: there is no such theme; built in: terminal"
                ])
            #expect(ThemeFile.load(named: "../../x", paths: paths).problems.count == 1)
        }
    }
}
