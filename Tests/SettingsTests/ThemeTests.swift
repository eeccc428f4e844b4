import TerminalKit
import Testing
import Themes

@testable import Settings

@Suite struct ThemeTests {
    @Test(arguments: Themes.all.map(\.name)) func aBuiltInThemeIsComplete(name: String) throws {
        let text = try #require(Themes.all.first { $0.name == name }?.text)
        let (theme, problems) = ThemeFile.parse(text, file: "t.toml", over: .plain)
        #expect(problems.isEmpty)
        #expect(theme.name == name)
        for role in Role.allCases { #expect(text.contains("\n\(role.name) = "), "\(role.name)") }
    }

    /// WCAG 2.1, success criterion 1.4.3: 4.5 to 1 for text; a rule is no text.
    @Test(arguments: Themes.all.map(\.name)) func everyRoleIsLegible(name: String) throws {
        let text = try #require(Themes.all.first { $0.name == name }?.text)
        let theme = ThemeFile.parse(text, file: "t.toml", over: .plain).theme
        for role in Role.allCases where role != .rule {
            guard let ink = theme[role].foreground.xterm, let paper = theme[role].background.xterm else {
                // The terminal's own colours on its own background: held by another test.
                continue
            }
            let contrast = ink.contrast(with: paper)
            #expect(contrast >= (name == "high-contrast" ? 7 : 4.5), "\(role): \(contrast)")
        }
    }

    private static func scheme(_ colours: [String]) -> String {
        "system: \"base16\"\nname: \"Sample\"\npalette:\n"
            + colours.enumerated().map { "  base0\(String($0, radix: 16, uppercase: true)): \"\($1)\"\n" }.joined()
    }

    @Test("A base16 scheme becomes a whole theme that can be read") func importing() throws {
        let dark = (0..<16).map {
            $0 < 8 ? "#" + String(repeating: String(0x10 + $0 * 30, radix: 16), count: 3) : "604020"
        }
        let text = try Base16.theme(from: Self.scheme(dark), name: "sample")
        let (theme, problems) = ThemeFile.parse(text, file: "sample.toml", over: .plain)
        #expect(problems.isEmpty && theme.name == "sample" && theme.appearance == .dark)
        for role in Role.allCases where role != .rule {
            let ink = try #require(theme[role].foreground.xterm)
            let paper = try #require(theme[role].background.xterm)
            #expect(ink.contrast(with: paper) >= 4.49, "\(role)")
        }
        // As the format was first: at the top, without the number sign.
        let old = text == (try Base16.theme(from: Self.scheme(dark).replacing("#", with: ""), name: "sample"))
        #expect(old)
        #expect(throws: Base16.Problem.missing("base0F")) {
            try Base16.theme(from: Self.scheme(Array(dark.prefix(15))), name: "x")
        }
        #expect(throws: Base16.Problem.notAName("../x")) { try Base16.theme(from: Self.scheme(dark), name: "../x") }
    }

    @Test("A colour made legible keeps its hue: red stays red") func hues() throws {
        for paper in ["#002b36", "#fdf6e3", "#282828", "#ffffff"].compactMap({ RGB(hex: String($0.dropFirst())) }) {
            let ink = paper.luminance < 0.2 ? RGB.white : RGB.black
            for name in ["dc322f", "b58900", "859900", "268bd2", "6c71c4", "d33682"] {
                let colour = try #require(RGB(hex: name))
                let shown = colour.readable(on: paper, orElse: ink)
                #expect(shown.contrast(with: paper) >= 4.5)
                let (before, after) = (Self.hueAndSaturation(colour), Self.hueAndSaturation(shown))
                #expect(abs(before.hue - after.hue) < 3, "\(name) on \(paper): \(shown)")
                #expect(abs(before.saturation - after.saturation) < 0.03, "\(name) on \(paper): \(shown)")
            }
        }
        let grey = try #require(RGB(hex: "777777"))
        #expect(grey.readable(on: .white, orElse: .black).description.hasPrefix("#7"))
    }

    /// Of HSL, the hue in degrees.
    private static func hueAndSaturation(_ colour: RGB) -> (hue: Double, saturation: Double) {
        let (r, g, b) = (colour.red / 255, colour.green / 255, colour.blue / 255)
        let (most, least) = (max(r, g, b), min(r, g, b))
        let chroma = most - least
        let hue = most == r ? (g - b) / chroma : most == g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma
        return (hue * 60, chroma / (1 - abs(most + least - 1)))
    }

    @Test func theCatalogueHasTheUsersOwn() throws {
        try withFolder { folder in
            let paths = try XDGPaths(environment: ["HOME": folder, "XDG_CONFIG_HOME": folder])
            #expect(ThemeCatalogue(paths).names == Themes.all.map(\.name))
            try XDGPaths.create(paths.config + "/themes")
            try TextFile.replace(paths.config + "/themes/mine.toml", with: "[roles]\ntext = { bg = \"#102030\" }\n")
            try TextFile.replace(paths.config + "/themes/no name.toml", with: "")
            let catalogue = ThemeCatalogue(paths)
            #expect(catalogue.names == Themes.all.map(\.name) + ["mine"])
            // Its background is behind what names none.
            #expect(catalogue.theme(named: "mine").theme[.live].background == .rgb(0x10, 0x20, 0x30))
            #expect(catalogue.theme(named: "nobody's").problems.count == 1)
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
        // The background of the text is behind what names none.
        #expect(theme[.chatHost] == Style(foreground: .ansi(7), background: .rgb(16, 42, 255)))
        #expect(theme[.price] == Theme.terminal[.price].on(.rgb(16, 42, 255)))
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

    @Test func withoutColoursOnlyAttributesAreLeft() throws {
        let theme = Theme.terminal.withoutColours
        for role in Role.allCases {
            #expect(theme[role].foreground == .default && theme[role].background == .default)
        }
        #expect(theme[.offer].attributes == [.bold, .reverse])
        #expect(theme[.live].attributes == .bold)
        // A theme with a background everywhere is not reversed everywhere.
        let midnight = ThemeFile.load(named: "midnight", paths: try XDGPaths(environment: ["HOME": "/nonexistent"]))
            .theme
        #expect(!midnight.withoutColours[.text].attributes.contains(.reverse))
        #expect(midnight.withoutColours[.selection].attributes.contains(.reverse))
        #expect(Theme.refusesColour(["NO_COLOR": "1"]))
        #expect(!Theme.refusesColour(["NO_COLOR": ""]))
        #expect(!Theme.refusesColour([:]))
    }

    @Test func namesEachRoleAfterItsCase() {
        for role in Role.allCases {
            let words = String(describing: role).map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }
            #expect(role.name == words.joined())
        }
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
            let known = Themes.all.map(\.name).joined(separator: ", ")
            #expect(missing.theme == .terminal)
            #expect(
                missing.problems.map(\.description) == [
                    "\(paths.config)/themes/night.toml: there is no such theme; built in: \(known)"
                ])
            #expect(ThemeFile.load(named: "../../x", paths: paths).problems.count == 1)
        }
    }
}

extension Color {
    /// As xterm shows it; nil for the terminal's own background or text.
    fileprivate var xterm: RGB? {
        let basic: [(Double, Double, Double)] = [
            (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
            (229, 229, 229),
        ]
        switch self {
        case .default, .indexed: return nil
        case .ansi(let index):
            guard basic.indices.contains(Int(index)) else { return nil }
            let (red, green, blue) = basic[Int(index)]
            return RGB(red: red, green: green, blue: blue)
        case .rgb(let red, let green, let blue):
            return RGB(red: Double(red), green: Double(green), blue: Double(blue))
        }
    }
}
