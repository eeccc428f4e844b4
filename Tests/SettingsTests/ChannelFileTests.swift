import Glibc
import Testing

@testable import Settings

/// `config.toml` as its owner keeps it, when a channel is added or taken away.
@Suite struct ChannelFileTests {
    private let tea = ChannelConfig(name: "Tea", shop: .init(.vitrine, "https://tea.example"))
    private let lines = "[[channel]]\nname = \"Tea\"\nserver = \"https://tea.example\"\n"

    private func inFolder(_ text: String?, _ body: (XDGPaths) throws -> Void) throws {
        try withFolder { folder in
            let paths = try XDGPaths(environment: ["HOME": folder])
            try XDGPaths.create(paths.config)
            if let text { try TextFile.replace(paths.configFile, with: text) }
            try body(paths)
        }
    }

    private func removing(_ text: String, _ name: String = "Tea") throws -> String? {
        var rest: String?
        try inFolder(text) { paths in
            #expect(try ChannelFile(paths).remove(name))
            rest = try TextFile.read(paths.configFile)
        }
        return rest
    }

    @Test func aByteOrderMarkIsReadOver() throws {
        #expect(Config.parse("\u{FEFF}theme = \"fjord\"", file: "c").config.theme == "fjord")
        #expect(!Config.parse("\u{FEFF}[budget]\nper_day = { CHF = 1 }", file: "c").config.budget.isUnreadable)
        try inFolder("\u{FEFF}" + lines) { paths in
            let other = ChannelConfig(name: "Z", shop: .init(.vitrine, "https://z.example"))
            try ChannelFile(paths).add(other)
            #expect(Config.load(paths).config.channels == [tea, other])
            #expect(try ChannelFile(paths).remove("Tea"))
            #expect(try TextFile.read(paths.configFile)?.unicodeScalars.first == "\u{FEFF}")
            #expect(Config.load(paths).config.channels == [other] && Config.load(paths).problems.isEmpty)
        }
    }

    @Test func commentsOfOtherTablesStay() throws {
        let before = "# mine\ntheme = \"fjord\"\n\n"
        let after = "# What I may spend.\n# Not a cent more.\n[budget]\nper_day = { CHF = 1 } # each\n"
        #expect(try removing(before + lines + "\n" + after) == before + after)
        #expect(try removing(before + lines + after) == before + after)
        #expect(try removing(before + lines + "# the end") == before + "# the end")
        let others = "[[channel]]\nname = \"A\"\nserver = \"https://a.example\" # first\n\n"
        #expect(
            try removing(others + "# Tea is closed on Mondays\n" + lines) == others + "# Tea is closed on Mondays\n")
    }

    @Test func tablesWithinAChannelGoWithIt() throws {
        let written =
            "[[channel]]\nname = \"Tea\"\n# the shop\n[channel.shop]\nkind = \"shopify\"\nurl = \"https://t.example\"\n"
        #expect(
            try removing("mouse = false\n\n" + written + "\n[chat]\nmute = [\"x\"]\n")
                == "mouse = false\n\n[chat]\nmute = [\"x\"]\n")
    }

    @Test func lineEndsStayAsTheyAre() throws {
        let dos = "theme = \"fjord\"\r\n\r\n" + lines.replacing("\n", with: "\r\n") + "\r\n[chat]\r\nmute = [\"x\"]\r\n"
        #expect(try removing(dos) == "theme = \"fjord\"\r\n\r\n[chat]\r\nmute = [\"x\"]\r\n")
        try inFolder("theme = \"fjord\"\r\n") { paths in
            try ChannelFile(paths).add(tea)
            #expect(
                try TextFile.read(paths.configFile)
                    == "theme = \"fjord\"\r\n\r\n" + lines.replacing("\n", with: "\r\n"))
        }
    }

    @Test func theModeStays() throws {
        for wanted: mode_t in [0o644, 0o600, 0o660] {
            try inFolder(lines) { paths in
                chmod(paths.configFile, wanted)
                #expect(try ChannelFile(paths).remove("Tea"))
                try ChannelFile(paths).add(tea)
                #expect(mode(paths.configFile).map { $0 & 0o777 } == wanted)
            }
        }
        try inFolder(nil) { paths in
            try ChannelFile(paths).add(tea)
            #expect(mode(paths.configFile).map { $0 & 0o777 } == 0o600)
        }
    }

    @Test func aReadOnlyFileIsNotChanged() throws {
        try inFolder(lines) { paths in
            chmod(paths.configFile, 0o444)
            let refusal = SettingsError.readOnly(path: paths.configFile)
            #expect(throws: refusal) { _ = try ChannelFile(paths).remove("Tea") }
            #expect(throws: refusal) {
                try ChannelFile(paths).add(ChannelConfig(name: "Z", shop: .init(.vitrine, "https://z.example")))
            }
            #expect(try TextFile.read(paths.configFile) == lines)
            let wasThere = try ChannelFile(paths).remove("Nobody")
            #expect(!wasThere, "what is not there needs no change")
        }
    }

    @Test(arguments: ["dots.toml", "dots/config.toml", "/absolute"])
    func aLinkIsFollowed(_ target: String) throws {
        try inFolder(nil) { paths in
            let place = target == "/absolute" ? paths.config + "/far.toml" : paths.config + "/" + target
            if target.hasPrefix("dots/") { mkdir(paths.config + "/dots", 0o700) }
            symlink(target == "/absolute" ? place : target, paths.configFile)
            // A link to a file that is not there may have led to a budget.
            let broken = Config.load(paths)
            #expect(broken.config.budget.isUnreadable && broken.problems.count == 1)
            try ChannelFile(paths).add(tea)
            #expect(try TextFile.read(place) == lines)
            #expect(try ChannelFile(paths).remove("Tea"))
            #expect(try TextFile.read(place) == "")
            #expect(mode(paths.configFile).map { $0 & S_IFMT } == S_IFLNK)
        }
    }

    @Test func aLinkToItselfIsSaid() throws {
        try inFolder(nil) { paths in
            symlink("config.toml", paths.configFile)
            #expect(throws: SettingsError.system(path: paths.configFile, code: ELOOP)) { _ = try ChannelFile(paths) }
        }
    }
}
