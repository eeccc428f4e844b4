import Glibc
import ProgramTesting
import TestThreads
import Testing

/// Two shops at once, from a config that `vitrine channel` has written.
@Suite(.programs, .timeLimit(.minutes(3))) struct ChannelProgramTests {
    private let lamps: TestServer
    private let tea: TestServer
    private let shopper: Shopper

    init() throws {
        (lamps, tea) = (try TestServer(), try TestServer())
        shopper = try Shopper()
        try shopper.addChannels([("Lamps", lamps.origin), ("Tea", tea.origin)])
    }

    /// The first of two takes a question and keeps silent: the second is listed meanwhile, and the first when it speaks again.
    @Test(.serialized, arguments: [["products"], ["channel", "test"]])
    func oneThatIsSilentHoldsUpNoList(_ command: [String]) throws {
        try #require(lamps.child).signal(SIGSTOP)
        defer { lamps.child?.signal(SIGCONT) }
        let talk = try Talk(shopper, command)
        let (first, second) =
            command == ["products"] ? ("  Lamps/", "  Tea/") : ("Lamps\n", "Tea\n")
        try talk.wait(for: second)
        #expect(!talk.output.contains(first))
        lamps.child?.signal(SIGCONT)
        #expect(try talk.child.wait(within: .seconds(20)) == .exit(0))
        #expect(talk.output.contains(first), "\(talk.output)")
    }

    @Test func theViewerHasBothAndOneThatIsAwayHoldsUpNothing() throws {
        let seat = try shopper.open()
        try seat.wait(for: "LIVE NOW")
        try seat.wait(for: "● live · ")
        try tea.stop()
        seat.type("R")
        // It is said which one is away.
        try seat.wait(for: "Tea: ")
        // Each channel has live shows: those of the one that is there can be opened.
        seat.type("g")
        var isOpen = false
        for _ in 0..<6 where !isOpen {
            seat.type("\r")
            try seat.wait(until: "a show or why there is none") { rows in
                rows.contains { $0.contains("on air") || $0.contains("could not be loaded") }
            }
            isOpen = seat.shows("on air")
            guard !isOpen else { continue }
            seat.type("q")
            try seat.wait(for: "LIVE NOW")
            seat.type("j")
        }
        #expect(isOpen)
        #expect(seat.shows("● live · "))
        seat.type("\u{3}")
        #expect(try seat.waitForEnd() == .exit(0))
    }
}
