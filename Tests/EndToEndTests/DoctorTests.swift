import FoundationEssentials
import Glibc
import ProgramTesting
import TerminalKit
import TestThreads
import Testing

/// `vitrine doctor` on a terminal, in a pipe, and where things are wrong.
@Suite(.programs, .timeLimit(.minutes(2))) struct DoctorTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    @Test func allIsWellOnATerminal() throws {
        #expect(try shopper.run("shows").status == 0)
        let seat = try shopper.open("doctor", size: Size(columns: 140, rows: 30))
        #expect(try seat.waitForEnd() == .exit(0), "\(seat.rows)")
        for words in [
            "libcurl 7.", "ncurses 6.", "SQLite 3.", "\(server.origin), from VITRINE_SERVER", "clocks agree",
            "mode 600",
            "synchronous FULL, intact", "xterm-256color, 140x30, 256 colours", "widths of 10 test glyphs: as expected",
            "none yet: a guest's", "All is well.",
        ] { #expect(seat.shows(words), "\(words)") }
        #expect(seat.rows.first?.hasPrefix("vitrine ") == true, "the test glyphs are gone")
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
    }

    @Test func aTerminalThatKeepsSilentIsNotWaitedForLong() throws {
        let seat = try shopper.open("doctor")
        seat.answersQuestions = false
        #expect(try seat.waitForEnd() == .exit(0))
        #expect(seat.shows("it does not say"))
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
    }

    @Test func aSignalInTheMiddleGivesTheTerminalBack() throws {
        for number in [SIGTERM, SIGSEGV] {
            let seat = try shopper.open("doctor")
            seat.answersQuestions = false
            let end = ContinuousClock.now + .seconds(20)
            while seat.pty.modes == seat.modesBefore, ContinuousClock.now < end { usleep(500) }
            seat.child.signal(number)
            #expect(try seat.waitForEnd() == (number == SIGTERM ? .exit(1) : .signal(number)))
            #expect(seat.isRestored, "\(seat.whatIsLeft)")
        }
    }

    @Test func noSecretIsPrinted() throws {
        let canary = "canary7"
        let accounts = try shopper.write(
            "\(server.origin) a-1 \(canary) Guest\n", to: "state/vitrine/accounts")
        #expect(chmod(accounts, 0o600) == 0)
        _ = try shopper.write("token = \"\(canary)\"\n", to: "config/vitrine/config.toml")
        shopper.more = [
            "https_proxy": "http://me:\(canary)@127.0.0.1:1", "ALL_PROXY": "me:\(canary)@127.0.0.1:1",
            "VITRINE_TOKEN": canary,
        ]
        for more in [[], ["--json"], ["--server", "https://me:\(canary)@shop.example"]] {
            let outcome = try shopper.run(["doctor"] + more)
            #expect(!(outcome.output + outcome.errors).contains(canary), "\(outcome)")
            if more.isEmpty { #expect(outcome.output.contains("account   ")) }
        }
    }
}
