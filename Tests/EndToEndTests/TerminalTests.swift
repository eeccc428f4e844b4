import FoundationEssentials
import Glibc
import TerminalKit
import Testing

/// What happens to the terminal when the program is ended or dies.
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
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGTRAP, SIGQUIT]) func aCrashGivesTheTerminalBack(number: Int32) throws {
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
