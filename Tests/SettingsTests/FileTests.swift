import Glibc
import HTTPTransport
import Testing

@testable import Settings

@Suite struct XDGPathsTests {
    @Test func absolutePathsCountAndOthersDoNot() throws {
        let paths = try XDGPaths(environment: [
            "HOME": "/home/ana", "XDG_CONFIG_HOME": "/c/", "XDG_STATE_HOME": "relative", "XDG_CACHE_HOME": "",
        ])
        #expect(paths.config == "/c/vitrine")
        #expect(paths.configFile == "/c/vitrine/config.toml")
        #expect(paths.state == "/home/ana/.local/state/vitrine")
        #expect(paths.data == "/home/ana/.local/share/vitrine")
        #expect(paths.cache == "/home/ana/.cache/vitrine")
    }

    @Test func withoutAHomeAllFourMustBeGiven() throws {
        #expect(throws: SettingsError.noHome(variable: "XDG_CONFIG_HOME")) { try XDGPaths(environment: [:]) }
        #expect(throws: SettingsError.noHome(variable: "XDG_DATA_HOME")) {
            try XDGPaths(environment: ["XDG_CONFIG_HOME": "/c", "HOME": "home"])
        }
        let paths = try XDGPaths(environment: [
            "XDG_CONFIG_HOME": "/", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "/s", "XDG_CACHE_HOME": "/k",
        ])
        #expect(paths.config == "/vitrine")
        #expect(paths.cache == "/k/vitrine")
    }

    @Test func foldersAreMadeForThisUserAloneAndLeftAsTheyAre() throws {
        try withFolder { folder in
            chmod(folder, 0o755)
            let path = folder + "/a/b/vitrine"
            try XDGPaths.create(path)
            try XDGPaths.create(path)
            #expect(mode(path).map { $0 & 0o777 } == 0o700)
            #expect(mode(folder + "/a").map { $0 & 0o777 } == 0o700)
            #expect(mode(folder).map { $0 & 0o777 } == 0o755)
        }
    }

    @Test func aFileInTheWayIsNamed() throws {
        try withFolder { folder in
            try TextFile.replace(folder + "/a", with: "")
            #expect(throws: SettingsError.notAFolder(path: folder + "/a")) {
                try XDGPaths.create(folder + "/a/vitrine")
            }
        }
    }
}

@Suite struct ConfigFileTests {
    @Test func aMissingFileIsNoProblem() throws {
        try withFolder { folder in
            let loaded = Config.load(try XDGPaths(environment: ["HOME": folder]))
            #expect(loaded.config == Config())
            #expect(loaded.problems.isEmpty)
        }
    }

    @Test func aFileThatCannotBeReadIsOneProblem() throws {
        try withFolder { folder in
            let paths = try XDGPaths(environment: ["HOME": folder])
            try XDGPaths.create(paths.configFile)
            #expect(
                Config.load(paths).problems.map(\.message) == ["expected an ordinary file"])
            rmdir(paths.configFile)
            #expect(mkfifo(paths.configFile, 0o600) == 0)
            #expect(Config.load(paths).problems.count == 1)
            unlink(paths.configFile)
            let large = String(repeating: "#", count: TextFile.mostBytes + 1)
            try TextFile.replace(paths.configFile, with: large)
            #expect(Config.load(paths).problems.map(\.message) == ["it is larger than 1048576 bytes"])
        }
    }

    @Test func aFileThatIsNotTextIsOneProblem() throws {
        try withFolder { folder in
            let paths = try XDGPaths(environment: ["HOME": folder])
            try XDGPaths.create(paths.config)
            let file = try #require(fopen(paths.configFile, "w"))
            fwrite([0xFF, 0xFE, 0x41] as [UInt8], 1, 3, file)
            fclose(file)
            #expect(Config.load(paths).problems.map(\.message) == ["expected UTF-8 text"])
        }
    }
}

@Suite struct AccountFileTests {
    private func withTokens(_ body: (AccountFile, String, String) throws -> Void) throws {
        try withFolder { folder in
            let origin = "https://shop.example"
            try body(AccountFile(path: folder + "/tokens"), folder + "/tokens", origin)
        }
    }

    @Test func eachServerHasItsOwn() throws {
        try withTokens { tokens, path, origin throws in
            let other = "https://shop.example:8443"
            #expect(try tokens.account(for: origin)?.token == nil)
            let (one, two) = (SavedAccount(id: "g-1", token: "one"), SavedAccount(id: "g-1", token: "two"))
            #expect(try tokens.exchange(nil, for: one, scope: origin) == one)
            #expect(try tokens.exchange(nil, for: two, scope: other) == two)
            #expect(try tokens.exchange(one, for: two, scope: origin) == two)
            #expect(try tokens.account(for: origin) == two)
            #expect(try tokens.exchange(two, for: nil, scope: origin) == nil)
            #expect(try tokens.account(for: origin) == nil)
            #expect(try tokens.account(for: other) == two)
            #expect(mode(path).map { $0 & 0o7777 } == 0o600)
        }
    }

    @Test("What another copy of the program has kept meanwhile stays") func theFirstIsKept() throws {
        try withTokens { tokens, _, origin throws in
            let first = SavedAccount(id: "g-1", token: "one", name: "Ana Lopez 李")
            let second = SavedAccount(id: "g-2", token: "two")
            #expect(try tokens.exchange(nil, for: first, scope: origin) == first)
            #expect(try tokens.exchange(nil, for: second, scope: origin) == first)
            #expect(try tokens.exchange(second, for: nil, scope: origin) == first)
            #expect(try tokens.account(for: origin) == first)
        }
    }

    @Test func nothingIsLeftBesideIt() throws {
        try withFolder { folder in
            let origin = "https://a"
            _ = try AccountFile(path: folder + "/tokens").exchange(
                nil, for: SavedAccount(id: "g-1", token: "x"), scope: origin)
            #expect(names(in: folder) == ["tokens", "tokens.lock"])
        }
    }

    @Test(arguments: [0o640, 0o604, 0o666, 0o601] as [mode_t])
    func aFileThatOthersMayTouchIsRefused(bits: mode_t) throws {
        try withTokens { tokens, path, origin throws in
            _ = try tokens.exchange(nil, for: SavedAccount(id: "g-1", token: "secret"), scope: origin)
            chmod(path, bits)
            let expected = SettingsError.readableByOthers(path: path, mode: UInt32(bits))
            #expect(throws: expected) { try tokens.account(for: origin) }
            #expect(throws: expected) {
                try tokens.exchange(nil, for: SavedAccount(id: "g-1", token: "new"), scope: origin)
            }
            #expect(expected.description.contains("chmod 600 \(path)"))
        }
    }

    @Test func aLinkIsRefused() throws {
        try withTokens { tokens, path, origin throws in
            _ = try tokens.exchange(nil, for: SavedAccount(id: "g-1", token: "secret"), scope: origin)
            rename(path, path + ".real")
            symlink(path + ".real", path)
            #expect(throws: SettingsError.symbolicLink(path: path)) { try tokens.account(for: origin) }
            #expect(throws: SettingsError.symbolicLink(path: path)) {
                _ = try tokens.exchange(nil, for: SavedAccount(id: "g-1", token: "new"), scope: origin)
            }
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func aFileOfAnotherUserIsRefused() throws {
        try withTokens { tokens, path, origin throws in
            _ = try tokens.exchange(nil, for: SavedAccount(id: "g-1", token: "secret"), scope: origin)
            chown(path, 12345, 12345)
            #expect(throws: SettingsError.notOurs(path: path)) { try tokens.account(for: origin) }
        }
    }

    @Test func aDamagedLineIsNamedAndNotShown() throws {
        try withTokens { tokens, path, origin throws in
            try TextFile.replace(path, with: "https://a g-1 x\nsecret-without-origin\n")
            #expect(throws: SettingsError.damaged(path: path, line: 2)) { try tokens.account(for: origin) }
            #expect(!SettingsError.damaged(path: path, line: 2).description.contains("secret"))
        }
    }

    @Test(arguments: ["", "a b", "a\nhttps://evil x", "a\r", "ä", String(repeating: "x", count: 4097)])
    func whatIsNoTokenIsNotKept(token: String) throws {
        try withTokens { tokens, path, origin throws in
            #expect(throws: SettingsError.illegalToken) {
                _ = try tokens.exchange(nil, for: SavedAccount(id: "g-1", token: token), scope: origin)
            }
            #expect(mode(path) == nil)
        }
    }

    private static func token(_ origin: String) -> String { "token-\(origin.utf8.map(Int.init).reduce(0, +))" }

    @Test func manyWritersLoseNothing() throws {
        try withTokens { tokens, _, _ in
            let origins = (0..<20).map { "https://shop\($0).example" }
            let threads = origins.map { origin in
                Thread {
                    _ = try? tokens.exchange(
                        nil, for: SavedAccount(id: "g-1", token: Self.token(origin)), scope: origin)
                }
            }
            for thread in threads { thread.join() }
            for origin in origins {
                let token = try tokens.account(for: origin)?.token
                #expect(token == Self.token(origin))
            }
        }
    }
}

/// Enough of a thread for the test above, whose calls block.
private struct Thread {
    private var handle = pthread_t()

    init(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Box(body: body))
        pthread_create(
            &handle, nil,
            { context in
                if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, box.toOpaque())
    }

    func join() { pthread_join(handle, nil) }

    private final class Box: Sendable {
        let body: @Sendable () -> Void
        init(body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
