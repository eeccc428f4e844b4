import Foundation
import Glibc
import Synchronization
import Testing

@testable import Settings

/// Other programs that are asked for a token.
@Suite(.timeLimit(.minutes(1))) struct HelperProgramSlowTests {
    /// As the program does at its start.
    init() { signal(SIGPIPE, SIG_IGN) }

    private func shell(_ script: String, _ arguments: String..., input: String = "", limit: Duration = .seconds(30))
        throws
        -> HelperProgram.Outcome
    {
        try HelperProgram(arguments: ["/bin/sh", "-c", script, "sh"] + arguments, input: input, limit: limit).run()
    }

    @Test func itReadsItsInputAndItsWordsAreNoShells() throws {
        #expect(try shell("cat", input: "token").output == "token")
        #expect(try HelperProgram(arguments: ["echo", "$HOME; ls", "*"]).run().output == "$HOME; ls *\n")
        #expect(try shell("exit 3").status == 3)
        // More than a pipe holds, to a program that reads none of it.
        #expect(try shell("exec <&-; echo done", input: String(repeating: "x", count: 200_000)).output == "done\n")
    }

    @Test func nothingWaitsForEver() {
        #expect(throws: HelperProgram.Failure.tooSlow) { try shell("sleep 100", limit: .milliseconds(300)) }
        // A grandchild that holds the outputs open.
        #expect(throws: HelperProgram.Failure.tooSlow) { try shell("sleep 3 &", limit: .milliseconds(300)) }
        // Outputs that are closed by a program that goes on.
        #expect(throws: HelperProgram.Failure.tooSlow) {
            try shell("exec >&- 2>&-; sleep 100", limit: .milliseconds(300))
        }
    }

    /// Somebody else in the process, a library perhaps, has waited for it first: that is no success.
    @Test func anEndThatNobodyKnowsIsAFailure() throws {
        var place = Array("/tmp/vitrine-helper-XXXXXX".utf8CString)
        let file = mkstemp(&place)
        try #require(file >= 0)
        close(file)
        let path = String(decoding: place.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        for _ in 0..<200 {
            unlink(path)
            let thief = Thief(path)
            do throws(HelperProgram.Failure) {
                let outcome = try HelperProgram(
                    arguments: ["/bin/sh", "-c", "echo $$ > \"$0.new\"; mv \"$0.new\" \"$0\"; read x; exit 3", path],
                    input: "x\n"
                ).run()
                thief.giveUp()
                #expect(outcome.status == 3)
            } catch {
                thief.giveUp()
                #expect(error == .unknownEnd)
                return
            }
        }
        Issue.record("nobody was ever faster")
    }

    @Test func whatItSaysIsBounded() throws {
        #expect(throws: HelperProgram.Failure.tooMuch) { try shell("cat /dev/zero") }
        #expect(throws: HelperProgram.Failure.notUTF8) { try shell(#"printf '\377'"#) }
        #expect(throws: HelperProgram.Failure.killed(signal: SIGTERM)) { try shell("kill -TERM $$") }
        let loud = try shell(#"printf '\033]0;title\007 no\nmore\n' >&2; head -c 300000 /dev/zero >&2; exit 1"#)
        #expect(loud.complaint == "\u{FFFD}]0;title\u{FFFD} no")
        #expect(throws: HelperProgram.Failure.cannotRun(code: ENOENT)) {
            try HelperProgram(arguments: ["/nonexistent"]).run()
        }
    }

    @Test func theFirstLineIsTheToken() throws {
        #expect(try GivenToken.run(["printf", "abc=\\nlogin: ana\\n"]) == "abc=")
        #expect(try GivenToken.run(["printf", "abc\\r\\n"]) == "abc")
    }

    @Test(arguments: [
        (["printf", ""], "token_command (\"printf\"): its first line is no token"),
        (["printf", "two words"], "token_command (\"printf\"): its first line is no token"),
        (
            ["/bin/sh", "-c", "echo secret; echo locked >&2; exit 2"],
            "token_command (\"/bin/sh\"): it ended with status 2: locked"
        ),
        (["/nonexistent"], "token_command (\"/nonexistent\"): it cannot be run: No such file or directory"),
    ])
    func whatIsNoTokenIsToldWithoutIt(command: [String], complaint: String) {
        #expect(throws: GivenToken.Failure(description: complaint)) { try GivenToken.run(command) }
    }
}

@Suite(.serialized) struct EnvironmentTokenSlowTests {
    @Test func itIsTakenOutOfTheEnvironment() throws {
        setenv(GivenToken.variable, "abc", 1)
        let place = try #require(getenv(GivenToken.variable))
        #expect(try GivenToken.takeFromEnvironment() == "abc")
        #expect(getenv(GivenToken.variable) == nil)
        #expect(place.pointee == 0)
        #expect(try GivenToken.takeFromEnvironment() == nil)
        setenv(GivenToken.variable, "", 1)
        #expect(try GivenToken.takeFromEnvironment() == nil)
    }

    @Test func whatIsNoTokenIsRefusedWithoutBeingShown() {
        setenv(GivenToken.variable, "a b", 1)
        let expected = GivenToken.Failure(
            description: "VITRINE_TOKEN: the token is empty, too long, or has characters that a token cannot have")
        #expect(throws: expected) { try GivenToken.takeFromEnvironment() }
        #expect(getenv(GivenToken.variable) == nil)
    }
}

/// `secret-tool`, played by a script that keeps what it is given in a folder.
@Suite(.timeLimit(.minutes(1))) struct SecretServiceSlowTests {
    private static let scope = "https://shop.example"
    private let ana = SavedAccount(
        id: "a-2", token: "t2", name: "Ana", signIn: .init(refreshToken: "r2", expiresAt: 17), formerly: ["a-1"])

    private func withTool(_ script: String, _ body: (AccountFile, String) throws -> Void) throws {
        try withFolder { folder in
            try TextFile.replace(folder + "/secret-tool", with: "#!/bin/sh\ncd '\(folder)'\n" + script)
            chmod(folder + "/secret-tool", 0o700)
            let service = try #require(
                SecretService(environment: ["PATH": "relative:\(folder)", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"]))
            try body(AccountFile(path: folder + "/accounts", service: service), folder)
        }
    }

    private static let keeper = """
        case $1 in
        store) echo "$@" > arguments; cat > kept ;;
        lookup) cat kept 2>/dev/null || exit 1 ;;
        clear) rm -f kept ;;
        esac
        """

    @Test func whoSignsInIsKeptThereAndNotInTheFile() throws {
        try withTool(Self.keeper) { file, folder throws in
            #expect(try file.exchange(nil, for: ana, scope: Self.scope) == ana)
            #expect(try file.account(for: Self.scope) == ana)
            #expect(try file.isElsewhere(Self.scope))
            #expect(try TextFile.read(folder + "/kept") == "t2 r2 17")
            let kept = try #require(try TextFile.read(folder + "/accounts"))
            #expect(kept == "https://shop.example a-2 @secret-service Ana\n signed-in\n formerly a-1\n")
            let arguments = try #require(try TextFile.read(folder + "/arguments"))
            #expect(arguments == "store --label=Vitrine: \(Self.scope) application vitrine server \(Self.scope)\n")
            // Another copy of the program with an older account gets the one that is kept.
            #expect(try file.exchange(nil, for: SavedAccount(id: "a-3", token: "t3"), scope: Self.scope) == ana)
            #expect(try file.exchange(ana, for: nil, scope: Self.scope) == nil)
            #expect(try TextFile.read(folder + "/kept") == nil)
            #expect(try TextFile.read(folder + "/accounts") == "")
        }
    }

    @Test func guestsStayInTheFile() throws {
        try withTool(Self.keeper) { file, folder throws in
            let guest = SavedAccount(id: "a-1", token: "t1")
            _ = try file.exchange(nil, for: guest, scope: Self.scope)
            #expect(try file.account(for: Self.scope) == guest)
            #expect(try TextFile.read(folder + "/kept") == nil)
        }
    }

    @Test func whatItDoesNotTakeIsInTheFile() throws {
        try withTool("echo 'Cannot autolaunch D-Bus without X11' >&2; exit 1") { file, _ throws in
            #expect(try file.exchange(nil, for: ana, scope: Self.scope) == ana)
            #expect(try file.account(for: Self.scope) == ana)
            #expect(try !file.isElsewhere(Self.scope))
        }
    }

    @Test func oneThatIsLockedIsToldAndWhatItForgotIsGone() throws {
        let script = Self.keeper.replacing("lookup)", with: "lookup) [ ! -e locked ] || { echo locked >&2; exit 1; };")
        try withTool(script) { file, folder throws in
            _ = try file.exchange(nil, for: ana, scope: Self.scope)
            try TextFile.replace(folder + "/locked", with: "")
            let locked = SettingsError.secretService(reason: "locked")
            #expect(throws: locked) { try file.account(for: Self.scope) }
            #expect(throws: locked) { _ = try file.exchange(nil, for: nil, scope: Self.scope) }
            unlink(folder + "/locked")
            unlink(folder + "/kept")
            #expect(try file.account(for: Self.scope) == nil)
            #expect(try file.exchange(nil, for: ana, scope: Self.scope) == ana)
        }
    }

    @Test func thereIsNoneWithoutADesktop() {
        #expect(SecretService(environment: ["PATH": "/usr/bin:/bin"]) == nil)
        #expect(SecretService(environment: ["PATH": "/nowhere", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"]) == nil)
    }
}

/// Waits for the process whose number a file tells, as fast as it can.
private final class Thief: Sendable {
    private let isOver = Mutex(false)

    init(_ path: String) {
        Thread.detachNewThread { [self] in
            var process: pid_t?
            while process == nil, !isOver.withLock({ $0 }) {
                process = (try? TextFile.read(path)).flatMap { pid_t($0.prefix { $0 != "\n" }) }
            }
            var status: Int32 = 0
            while let process, waitpid(process, &status, WNOHANG) == 0, !isOver.withLock({ $0 }) {}
        }
    }

    func giveUp() { isOver.withLock { $0 = true } }
}
