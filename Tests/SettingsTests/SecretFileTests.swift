import Glibc
import Testing

@testable import Settings

/// What may stand where a file with tokens is expected.
@Suite struct SecretFileTests {
    private static let scope = "https://shop.example"

    private func withFile(_ body: (AccountFile, String) throws -> Void) throws {
        try withFolder { folder in
            let file = AccountFile(path: folder + "/accounts")
            _ = try file.exchange(nil, for: SavedAccount(id: "a-1", token: "secret"), scope: Self.scope)
            try body(file, folder + "/accounts")
        }
    }

    /// Of all 512 modes, those that leave anything to anybody else are refused, and nothing is mended.
    @Test func everyMode() throws {
        try withFile { file, path throws in
            for bits in mode_t(0)...0o777 {
                chmod(path, bits)
                let result = Result { try file.account(for: Self.scope) }
                if bits & 0o077 != 0, bits & 0o400 != 0 || geteuid() == 0 {
                    #expect(
                        throws: SettingsError.readableByOthers(path: path, mode: UInt32(bits)),
                        "\(String(bits, radix: 8))"
                    ) { try result.get() }
                } else if geteuid() == 0 || bits & 0o400 != 0 {
                    #expect(try result.get()?.token == "secret", "\(String(bits, radix: 8))")
                } else {
                    #expect(throws: SettingsError.self) { try result.get() }
                }
                #expect(mode(path).map { $0 & 0o7777 } == bits)
            }
        }
    }

    @Test func whatIsNoFileIsRefusedAndHoldsNothingUp() throws {
        try withFile { file, path throws in
            unlink(path)
            mkdir(path, 0o700)
            #expect(throws: SettingsError.notAFile(path: path)) { try file.account(for: Self.scope) }
            rmdir(path)
            mkfifo(path, 0o600)
            #expect(throws: SettingsError.notAFile(path: path)) { try file.account(for: Self.scope) }
            unlink(path)
            #expect(try file.account(for: Self.scope) == nil)
        }
    }

    @Test func aLinkInPlaceOfALockIsRefused() throws {
        try withFile { file, path throws in
            unlink(path + ".lock")
            symlink("/dev/null", path + ".lock")
            #expect(throws: SettingsError.system(path: path + ".lock", code: ELOOP)) {
                _ = try file.exchange(nil, for: nil, scope: Self.scope)
            }
        }
    }

    @Test func whoHasSignedInIsKeptWithWhatRenewsTheToken() throws {
        try withFile { file, path throws in
            let guest = SavedAccount(id: "a-1", token: "secret")
            let ana = SavedAccount(
                id: "a-2", token: "t2", name: "Ana Lopez",
                signIn: .init(refreshToken: "r2", expiresAt: 1_795_443_065_120),
                formerly: ["a-1", "a-0"])
            #expect(try file.exchange(guest, for: ana, scope: Self.scope) == ana)
            #expect(try file.account(for: Self.scope) == ana)
            var plain = ana
            plain.signIn = .init()
            #expect(try file.exchange(ana, for: plain, scope: Self.scope) == plain)
            #expect(try file.account(for: Self.scope) == plain)
            #expect(try file.exchange(guest, for: nil, scope: "https://other.example") == nil)
            #expect(try file.account(for: Self.scope) == plain)
        }
    }

    @Test(arguments: [
        " signed-in a b\n", "https://a a-1 x\n signed-in r\n", "https://a a-1 x\n signed-in r soon\n",
        "https://a a-1 x\n sign-in\n", "https://a a-1 @secret-service\n signed-in r 1\n", "https://a a-1 @elsewhere\n",
    ])
    func whatThisProgramHasNotWrittenIsDamage(text: String) throws {
        try withFile { file, path throws in
            try TextFile.replace(path, with: text)
            #expect(throws: SettingsError.self) { try file.account(for: "https://a") }
        }
    }
}
