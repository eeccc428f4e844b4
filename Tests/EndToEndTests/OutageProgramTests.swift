import Domain
import ProgramTesting
import TerminalKit
import TestThreads
import Testing

/// The server goes away while somebody watches, and comes back.
@Suite(.programs, .timeLimit(.minutes(2))) struct OutageProgramTests {
    @Test func theViewerOutlivesTheServer() async throws {
        let server = try TestServer()
        let show = try await server.liveShow()
        let shopper = try Shopper(server: server.origin)
        let seat = try shopper.open()
        try seat.wait(for: "LIVE NOW")
        try seat.wait(for: show.title.string)
        try watch(show, seat)
        for number in 1...6 { try await server.say("message \(number) of twelve", in: show.id) }
        try seat.wait(for: "message 6 of twelve")

        try server.crash()
        try seat.wait(for: "offline since")
        // Keys are answered: help comes and goes, the buy pane says what it cannot do.
        seat.type("?")
        try seat.wait(for: "Buy the product on air", within: .seconds(5))
        seat.type("?")
        try seat.wait(for: "message 6 of twelve", within: .seconds(5))
        seat.type("4")
        try seat.wait(for: "No orders yet", within: .seconds(5))
        seat.type("1")
        try seat.wait(for: show.title.string, within: .seconds(5))
        try watch(show, seat)

        try server.start()
        try seat.wait(for: "● live", within: .seconds(8))
        for number in 7...12 { try await server.say("message \(number) of twelve", in: show.id) }
        try seat.wait(for: "message 12 of twelve")
        #expect(numbers(in: seat.rows) == Array(1...12))
        #expect(!seat.shows("offline"))

        // Without leaving the page, too.
        try server.crash()
        try seat.wait(for: "offline since")
        try server.start()
        try seat.wait(for: "● live", within: .seconds(8))
        try await server.say("message 13 of twelve", in: show.id)
        try seat.wait(for: "message 13 of twelve")
        #expect(numbers(in: seat.rows) == Array(1...13))
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
        #expect(seat.isRestored)
    }

    /// Nothing happens in this show, so the server says that its answer is still the one from before.
    @Test func aShowLeftAndEnteredAgainIsThere() async throws {
        let server = try TestServer()
        let show = try await server.liveShow()
        let shopper = try Shopper(server: server.origin)
        let seat = try shopper.open()
        try seat.wait(for: "LIVE NOW")
        try watch(show, seat)
        try seat.wait(for: "★")
        seat.type("\u{1B}")
        try seat.wait(for: "LIVE NOW")
        seat.type("\r")
        try seat.wait(for: "★")
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
    }

    /// Opens a show from the schedule, wherever in it the show stands.
    private func watch(_ show: Show, _ seat: Seat) throws {
        seat.type("g")
        for _ in 0..<40 {
            seat.type("\r")
            try seat.wait(gone: "LIVE NOW")
            if seat.rows.prefix(4).contains(where: { $0.contains(show.title.string) }) { return }
            seat.type("\u{1B}")
            try seat.wait(for: "LIVE NOW")
            seat.type("j")
        }
        Issue.record("\(show.title) is not in the schedule")
    }

    private func numbers(in rows: [String]) -> [Int] {
        rows.compactMap { row in
            guard let start = row.firstRange(of: "message "), let end = row.firstRange(of: " of twelve") else {
                return nil
            }
            return Int(row[start.upperBound..<end.lowerBound])
        }
    }
}
