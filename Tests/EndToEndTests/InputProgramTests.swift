import FoundationEssentials
import Glibc
import ProgramTesting
import TerminalKit
import TestThreads
import Testing

/// Bytes as a terminal sends them, to the real viewer: commands, searches, pastes and the mouse.
@Suite(.programs, .timeLimit(.minutes(2))) struct InputProgramTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    private func openAtSchedule() throws -> Seat {
        let seat = try shopper.open()
        try seat.wait(for: "LIVE NOW")
        try seat.wait(for: "● live ·")
        return seat
    }

    private func quit(_ seat: Seat) throws {
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
    }

    @Test func aCommandIsCompletedRunAndRemembered() throws {
        let seat = try openAtSchedule()
        seat.type(":th\t")
        try seat.wait(for: ":theme")
        try seat.wait(for: "midnight")
        seat.type("pap\t")
        try seat.wait(for: ":theme paper")
        seat.type("\r")
        try seat.wait(for: "Theme paper")
        seat.type(":orders\r")
        try seat.wait(for: "No orders yet")
        seat.type(":\u{1B}[A\u{10}")
        try seat.wait(for: ":theme paper")
        seat.type("\u{15}nonsense\r")
        try seat.wait(for: "There is no command “nonsense”")
        seat.type(":quit\r")
        #expect(try seat.waitForEnd() == .exit(0))
        #expect(seat.isRestored)
    }

    @Test func settingsAreReadAgain() throws {
        _ = try shopper.write("[chat]\nmute = [\"spoiler\"]\n", to: "config/vitrine/config.toml")
        let seat = try openAtSchedule()
        seat.type(":unmute \t")
        try seat.wait(for: ":unmute spoiler")
        _ = try shopper.write("theme = 3\n", to: "config/vitrine/config.toml")
        seat.type("\u{15}reload\r")
        try seat.wait(for: "theme is 3; expected")
        try quit(seat)
    }

    @Test func theChatIsSearched() async throws {
        let show = try await server.liveShow()
        for text in ["a needle in here", "hay one", "hay two"] { try await server.say(text, in: show.id) }
        let seat = try openAtSchedule()
        seat.type(":go \(show.id.rawValue)\r")
        try seat.wait(for: "hay two")
        seat.type("/NEEDLE\r")
        try seat.wait(for: "In the chat “NEEDLE”")
        try seat.wait(until: "the match is marked") { $0.contains { $0.hasPrefix("›") && $0.contains("a needle") } }
        seat.type("N")
        try seat.wait(for: "No newer match.")
        seat.type("q")
        try seat.wait(gone: "In the chat")
        try seat.wait(until: "nothing is marked") { !$0.contains { $0.hasPrefix("›") } }
        try quit(seat)
    }

    /// A paste holds keys that would quit, open and buy; none of them is pressed by it.
    @Test func aPasteIsTextInAPromptAndNothingElsewhere() throws {
        let seat = try openAtSchedule()
        let paste = "\u{1B}[200~Q\r4\u{3}\rb\r\u{1B}[201~"
        seat.type(paste)
        seat.type("/")
        try seat.wait(for: "Enter done")
        seat.type(paste)
        try seat.wait(for: "/ Q 4")
        seat.type("\u{15}")
        try seat.wait(gone: "/ Q 4")
        seat.type("\r\r")
        try seat.wait(for: "★")
        seat.type("b")
        try seat.wait(for: "Enter buy for")
        seat.type(paste + paste)
        // A key that is answered after the paste shows that the paste has been read.
        seat.type("\u{1B}[B")
        try seat.wait(for: "‹ 1 ›")
        seat.type("q")
        try seat.wait(gone: "BUY ─")
        #expect(try server.count("orders") == 0)
        try quit(seat)
    }

    @Test func theMouseIsUsedUnlessItIsSwitchedOff() throws {
        let seat = try openAtSchedule()
        let header = try #require(seat.rows.first)
        let column = header.distance(
            from: header.startIndex, to: try #require(header.firstRange(of: "4 Orders")).lowerBound)
        let click = "\u{1B}[<0;\(column + 2);1M\u{1B}[<0;\(column + 2);1m"
        seat.type(click)
        try seat.wait(for: "No orders yet")
        seat.type("1")
        try seat.wait(for: "LIVE NOW")
        _ = try shopper.write("mouse = false\n", to: "config/vitrine/config.toml")
        seat.type(":reload\r")
        try seat.wait(for: "The settings are read again.")
        seat.type(click + "?")
        try seat.wait(for: "KEYS")
        seat.type("q")
        try seat.wait(for: "LIVE NOW")
        try quit(seat)
    }

    @Test func aMessageIsWrittenAndALinkCopied() async throws {
        let show = try await server.liveShow()
        try await server.say("look: https://lopez.example/moon", in: show.id)
        let seat = try openAtSchedule()
        seat.type(":go \(show.id.rawValue)\r")
        try seat.wait(for: "look: https")
        seat.type("u")
        try seat.wait(for: "Copied https://lopez.example/moon")
        seat.type("i")
        try seat.wait(for: "0/500")
        seat.type("grüezi")
        try seat.wait(for: "6/500")
        seat.type("\r")
        try seat.wait(for: "you")
        try seat.wait(for: "grüezi")
        try quit(seat)
    }
}
