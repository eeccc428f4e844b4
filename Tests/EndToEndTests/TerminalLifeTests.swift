import Foundation
import Glibc
import ProgramTesting
import TerminalKit
import TestThreads
import Testing

/// What the program does when its terminal is resized, taken away for a while, or gone.
@Suite(.programs, .timeLimit(.minutes(2))) struct TerminalLifeTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    // MARK: Gone

    /// Without spinning: the processor's time says so, however busy the machine is.
    @Test(.alone) func theEndOfInputEndsItWithinASecond() throws {
        let seat = try shopper.open()
        try seat.wait(for: "LIVE NOW")
        try expectQuietEnd(of: seat)
    }

    /// Under nohup there is no signal: a read that returns nothing is all that tells.
    @Test(.alone) func soItDoesWhereHangUpsAreIgnored() throws {
        let seat = try shopper.open("-c", "trap '' HUP; exec \(Binaries.vitrine)", program: "/bin/sh")
        try seat.wait(for: "LIVE NOW")
        try expectQuietEnd(of: seat)
    }

    private func expectQuietEnd(of seat: Seat) throws {
        let start = ContinuousClock.now
        let before = seat.child.processorTime
        seat.hangUp()
        #expect(try seat.waitForEnd(within: .seconds(5)) == .exit(0))
        #expect(ContinuousClock.now - start < .seconds(1))
        let taken = seat.child.processorTime - before
        #expect(taken < .milliseconds(50), "\(taken)")
    }

    // MARK: Coming

    /// A signal between the two would leave the terminal raw.
    @Test(.enabled(if: SystemCalls.hindrance == nil, "programs cannot be traced here"))
    func theRescueIsThereBeforeTheTerminalIsRaw() throws {
        let trace = shopper.home.path + "/trace"
        let seat = try shopper.open(
            "-f", "-o", trace, "-e", "trace=ioctl,rt_sigaction", Binaries.vitrine, program: SystemCalls.strace)
        try seat.wait(for: "LIVE NOW", within: .seconds(60))
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
        let calls = String(decoding: try Data(contentsOf: URL(filePath: trace)), as: UTF8.self).split(separator: "\n")
        // Nothing else handles this signal, and curses sets no modes of the terminal's.
        let rescue = calls.firstIndex { $0.contains("rt_sigaction(SIGALRM, {sa_handler=0x") }
        let raw = calls.firstIndex { $0.contains("TCSETS") && $0.hasSuffix("= 0") }
        #expect(try #require(rescue) < #require(raw))
    }

    // MARK: Another size

    @Test func aStormOfSizesEndsWithTheLastOne() throws {
        let seat = try shopper.open()
        try seat.wait(for: "LIVE NOW")
        seat.type("\r")
        try seat.wait(for: "ON AIR")
        for number in 0..<200 {
            // From 1×1 to 500×200, in no order.
            seat.resize(Size(columns: 1 + number * 177 % 500, rows: 1 + number * 83 % 200))
            seat.takeOutput()
            usleep(3000)
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
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
    }

    // MARK: Away for a while

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
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
        // Whatever the shell has made of the screen meanwhile, all of it is drawn again.
        seat.forgetScreen()
        seat.type("fg\n")
        try seat.wait(for: "LIVE NOW")
        try seat.wait(until: "the whole screen is drawn") { $0[0].contains("1 Schedule") && $0[35].contains("help") }
        #expect(!seat.isRestored)
        seat.type("4")
        try seat.wait(for: "No orders yet")
        seat.type("Q")
        try seat.wait(until: "the shell has the terminal") { _ in seat.pty.modes == modes }
        seat.type("exit\n")
        try seat.waitForEnd()
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
    }

    /// A terminal that has stopped reading, such as one behind Ctrl-S or a dead line, holds nothing else up.
    @Test func aTerminalThatDoesNotReadStallsNoPoll() throws {
        let line = try FaultProxy(to: server.origin)
        shopper.server = line.origin
        let seat = try shopper.open()
        try seat.wait(for: "LIVE NOW")
        seat.type("\r")
        try seat.wait(for: "ON AIR")
        // More frames than any terminal's buffer holds.
        for number in 0..<200 {
            seat.pty.resize(Size(columns: 100 + number % 2 * 100, rows: 50))
            usleep(3000)
        }
        let before = line.requests
        let end = ContinuousClock.now + .seconds(30)
        while line.requests < before + 4, ContinuousClock.now < end { usleep(20_000) }
        #expect(line.requests >= before + 4)
        seat.resize(Size(columns: 120, rows: 36))
        try seat.wait(for: "ON AIR")
        try seat.wait(until: "the footer is on the last row") { $0[35].contains("help") }
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
    }

    private static let tmux = "/usr/bin/tmux"

    /// The program goes on while nobody looks, and whoever comes back sees it whole, in a window of another size.
    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: tmux), "tmux is not installed: apt-get install tmux"))
    func tmuxIsDetachedAndAttachedAgain() throws {
        let socket = shopper.home.path + "/tmux"
        let first = try shopper.open(
            "-S", socket, "-f", "/dev/null", "new-session", Binaries.vitrine, size: Size(columns: 100, rows: 30),
            program: Self.tmux)
        try first.wait(for: "LIVE NOW")
        first.type("\u{2}d")
        try first.waitForEnd()
        let second = try shopper.open("-S", socket, "attach", size: Size(columns: 80, rows: 24), program: Self.tmux)
        try second.wait(for: "LIVE NOW")
        try second.wait(until: "it fills the new window") { $0[0].contains("1 Schedule") && $0[22].contains("help") }
        second.type("4")
        try second.wait(for: "No orders yet")
        second.type("Q")
        // tmux ends with its last window.
        try second.waitForEnd()
        #expect(second.isRestored, "\(second.whatIsLeft)")
    }
}
