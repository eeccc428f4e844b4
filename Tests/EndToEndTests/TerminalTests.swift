import FoundationEssentials
import Glibc
import TerminalKit
import Testing

/// What happens to the terminal when the program is ended, stopped, resized or left alone.
@Suite(.timeLimit(.minutes(2))) struct TerminalTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    private func openAtSchedule() throws -> Seat {
        let seat = try shopper.open()
        try seat.wait(for: "LIVE NOW")
        try #require(!seat.isRestored)
        return seat
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT]) func aSignalEndsItAndGivesTheTerminalBack(number: Int32) throws {
        let seat = try openAtSchedule()
        seat.child.signal(number)
        #expect(try seat.waitForEnd(within: .seconds(5)) == .exit(0))
        #expect(seat.isRestored)
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGTRAP]) func aCrashGivesTheTerminalBack(number: Int32) throws {
        let seat = try openAtSchedule()
        seat.child.signal(number)
        #expect(try seat.waitForEnd(within: .seconds(5)) == .signal(number))
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
        // Nothing of the process's memory, and where to read more.
        let said = seat.rows.joined()
        #expect(said.contains("crashed; \(shopper.home.path)/state/vitrine/vitrine.log"), "\(said)")
        #expect(!said.contains("0x"))
    }

    /// What would be written across the screen, or be lost with it, is kept.
    @Test func standardErrorIsTheLogWhileTheScreenIsUp() throws {
        let seat = try openAtSchedule()
        let errors = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(seat.child.process)/fd/2")
        #expect(errors == shopper.home.path + "/state/vitrine/vitrine.log")
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
    }

    /// A dump of the process's memory would hold the account's token.
    @Test func aCrashLeavesNoDump() throws {
        let seat = try openAtSchedule()
        let limits = String(
            decoding: try Data(contentsOf: URL(filePath: "/proc/\(seat.child.process)/limits")), as: UTF8.self)
        let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
        #expect(core?.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"], "\(limits)")
    }

    @Test func theEndOfInputEndsItWithinASecond() throws {
        let seat = try openAtSchedule()
        let start = ContinuousClock.now
        seat.hangUp()
        #expect(try seat.waitForEnd(within: .seconds(5)) == .exit(0))
        #expect(ContinuousClock.now - start < .seconds(1))
    }

    /// Under nohup there is no signal: a read that returns nothing is all that tells.
    @Test func soItDoesWhereHangUpsAreIgnored() throws {
        let seat = try shopper.open("-c", "trap '' HUP; exec \(Binaries.vitrine)", program: "/bin/sh")
        try seat.wait(for: "LIVE NOW")
        let start = ContinuousClock.now
        seat.hangUp()
        try seat.waitForEnd(within: .seconds(5))
        #expect(ContinuousClock.now - start < .seconds(1))
    }

    @Test func aStormOfSizesEndsWithTheLastOne() throws {
        let seat = try openAtSchedule()
        seat.type("\r")
        try seat.wait(for: "ON AIR")
        for number in 0..<300 {
            seat.resize(Size(columns: 1 + number * 37 % 220, rows: 1 + number * 11 % 70))
            seat.child.signal(SIGWINCH)
            seat.takeOutput()
        }
        seat.resize(Size(columns: 100, rows: 30))
        try seat.wait(for: "ON AIR")
        try seat.wait(until: "the footer is on the last row") { $0[29].contains("help") }
        #expect(seat.rows[0].contains("1 Schedule"))
        seat.resize(Size(columns: 20, rows: 5))
        try seat.wait(for: "Vitrine needs")
        seat.resize(Size(columns: 80, rows: 24))
        try seat.wait(for: "ON AIR")
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
        #expect(seat.isRestored)
    }

    @Test func itIsStoppedAndTakenUpAgainByAShell() throws {
        let seat = try shopper.open("-i", program: "/bin/sh")
        try seat.wait(for: "#")
        let modes = seat.pty.modes
        // One line, so that nothing is typed ahead of a program that discards what was typed before it began.
        seat.type("\(Binaries.vitrine); echo ended with $?\n")
        try seat.wait(for: "LIVE NOW")
        #expect(seat.pty.modes != modes)
        seat.type("\u{1A}")
        try seat.wait(gone: "LIVE NOW")
        try seat.wait(until: "the shell has the terminal") { _ in seat.pty.modes == modes }
        seat.type("fg\n")
        try seat.wait(for: "LIVE NOW")
        seat.type("4")
        try seat.wait(for: "No orders yet")
        seat.type("Q")
        try seat.wait(until: "the shell has the terminal") { _ in seat.pty.modes == modes }
        seat.type("exit\n")
        try seat.waitForEnd()
        #expect(seat.isRestored)
    }

    @Test func theDemosServerDiesWithTheViewer() throws {
        let seat = try shopper.open("demo")
        try seat.wait(for: "LIVE NOW", within: .seconds(40))
        let server = try #require(Child.children(of: seat.child.process).first)
        #expect(Child.isRunning(server))
        seat.child.signal(SIGKILL)
        try seat.waitForEnd()
        let end = ContinuousClock.now + .seconds(10)
        while Child.isRunning(server), ContinuousClock.now < end { usleep(10_000) }
        #expect(!Child.isRunning(server))
    }
}
