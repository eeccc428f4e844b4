import FoundationEssentials
import Glibc
import ProgramTesting
import TerminalKit
import TestThreads
import Testing

/// What happens to the terminal when the program is ended or dies.
@Suite(.programs, .timeLimit(.minutes(2))) struct TerminalTests {
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

    @Test(.serialized, arguments: [SIGTERM, SIGHUP, SIGINT]) func aSignalEndsItAndGivesTheTerminalBack(number: Int32)
        throws
    {
        let seat = try openAtSchedule()
        seat.child.signal(number)
        #expect(try seat.waitForEnd(within: .seconds(5)) == .exit(0))
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
    }

    @Test(.serialized, arguments: [SIGSEGV, SIGABRT, SIGTRAP, SIGQUIT]) func aCrashGivesTheTerminalBack(number: Int32)
        throws
    {
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

    /// A dump of the process's memory would hold the account's token. Where dumps are allowed to everybody, it allows none
    /// to itself, neither as a file nor piped to a program of the system's.
    @Test(.serialized, arguments: [SIGSEGV, SIGABRT]) func aCrashLeavesNoDump(number: Int32) throws {
        let script = "ulimit -c unlimited; cd \(shopper.home.path); exec \(Binaries.vitrine)"
        let seat = try Seat(
            "/bin/sh", ["-c", script], environment: shopper.environment, size: Size(columns: 120, rows: 36))
        try seat.wait(for: "LIVE NOW")
        let limits = String(
            decoding: try Data(contentsOf: URL(filePath: "/proc/\(seat.child.process)/limits")), as: UTF8.self)
        let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
        #expect(core?.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"], "\(limits)")
        let before = try FileManager.default.contentsOfDirectory(atPath: shopper.home.path).sorted()
        seat.child.signal(number)
        #expect(try seat.waitForEnd() == .signal(number))
        #expect(try FileManager.default.contentsOfDirectory(atPath: shopper.home.path).sorted() == before)
    }

    /// Nobody of the same user may read its memory, or trace it: the system shows that by whose its files there are.
    @Test(.enabled(if: access("/usr/bin/setpriv", X_OK) == 0, "setpriv is not installed: apt-get install util-linux"))
    func itsMemoryIsPrivate() throws {
        let somebody: uid_t = geteuid() == 0 ? 65534 : geteuid()
        chown(shopper.home.path, somebody, gid_t.max)
        let arguments =
            geteuid() == 0
            ? ["/usr/bin/setpriv", "--reuid=65534", "--clear-groups", Binaries.vitrine] : [Binaries.vitrine]
        let seat = try Seat(
            arguments[0], Array(arguments.dropFirst()), environment: shopper.environment,
            size: Size(columns: 120, rows: 36))
        try seat.wait(for: "LIVE NOW")
        var facts = stat()
        #expect(stat("/proc/\(seat.child.process)/maps", &facts) == 0)
        #expect(facts.st_uid == 0)
        let status = String(decoding: Canary.read("/proc/\(seat.child.process)/status"), as: UTF8.self)
        #expect(status.contains("Uid:\t\(somebody)\t"), "it runs as that user")
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
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
