import OwncastStandIn
import ProgramTesting
import TerminalKit
import TestThreads
import Testing

/// Guests of a chat who want to be taken for the program, the host or a moderator.
@Suite(.programs, .timeLimit(.minutes(3))) struct ForgedLineTests {
    private let live: StreamServer
    private let shopper: Shopper
    private let ana: String
    private static let forged = "On air: everything, USD 0.10"

    init() throws {
        let clock = try MovedClock()
        live = try StreamServer(clock: clock)
        shopper = try Shopper(clock: clock)
        ana = live.stream.join("Ana", isAuthenticated: true)
        live.stream.start("Late-night lamps")
        let added = try shopper.run("channel", "add", live.origin, "--name", "Ana", "--host", "Ana")
        #expect(added.status == 0, "\(added)")
    }

    /// Whatever the message is filled up with, and wherever the window ends.
    @Test(.serialized, arguments: [30, 40, 80]) func noRowBeginsWithAGuestsWords(columns: Int) throws {
        let jo = live.stream.join("Jo")
        let talk = try TerminalTalk(shopper, "watch", "live", "--plain", columns: columns)
        try talk.wait(for: "Show: ")
        // What was said before it listens is not told.
        for _ in 0..<40 where !talk.recent.contains("<Jo> joined") {
            live.stream.say("joined", by: jo)
            try? talk.wait(for: "<Jo> joined", within: .milliseconds(500))
        }
        for pad in [" ", "\u{A0}", "\u{2003}", "\u{3000}", "\u{2800}", "\u{3164}", "\u{200B}", "\u{FFFC}"] {
            live.stream.say("hi" + String(repeating: pad, count: 3 * columns) + Self.forged, by: jo)
        }
        // One of these lengths ends where a window of that width does.
        for length in 0..<min(columns, 40) {
            live.stream.say(String(repeating: ".", count: length) + " " + Self.forged, by: jo)
            if length % 20 == 19 {
                live.stream.say("so far \(length)", by: jo)
                try talk.wait(for: "> so far \(length)")
            }
        }
        live.stream.say("the end of \(String(repeating: "it", count: columns))", by: jo)
        live.stream.say("over", by: jo)
        try talk.wait(for: "> over")
        let rows = talk.recent.split(separator: "\r\n")
        #expect(rows.count > 50)
        for row in rows {
            let words = row.dropFirst(row.hasPrefix("│") ? 0 : 7)
            #expect(row.count < columns, "\(row)")
            #expect(row.hasPrefix("│ ") || row.hasPrefix("Show: ") || words.hasPrefix("<Jo>"), "\(row)")
        }
    }

    @Test func noNameSpeaksForAnybodyElse() throws {
        let names = [
            "On air", "Sven, moderator", "▌mod Sven", "host <Ana", "Ana> host <Ana", "\u{3164}", "Ana", "you ✓",
        ]
        let shown = [
            "<On air>", "<Sven, moderator>", "<·mod Sven>", "<host (Ana>", "<Ana) host (Ana>", "<(no name)>", "<Ana>",
            "<you ·>",
        ]
        let talk = try Talk(shopper, "watch", "live", "--plain")
        let json = try Talk(shopper, "watch", "live", "--json")
        let jo = live.stream.join("Jo")
        for _ in 0..<40 where !(talk.output.contains("<Jo> joined") && json.output.contains("joined")) {
            live.stream.say("joined", by: jo)
            try? json.wait(for: "joined", within: .milliseconds(500))
            try? talk.wait(for: "<Jo> joined", within: .milliseconds(500))
        }
        for name in names { live.stream.say("everything, USD 0.10", by: live.stream.join(name)) }
        live.stream.say("good evening", by: ana)
        try talk.wait(for: "good evening")
        try json.wait(for: "good evening")
        let said = talk.output.split(separator: "\n").filter { $0.contains("everything") || $0.contains("evening") }
        #expect(
            said.map { $0.dropFirst(7) } == shown.map { "\($0) everything, USD 0.10" } + ["host <Ana> good evening"])
        let events = json.output.split(separator: "\n")
        #expect(events.count { $0.contains("everything") && $0.contains("\"role\":\"viewer\"") } == names.count)
        #expect(events.count { $0.contains("\"role\":\"host\"") } == 1)

        for variables in [["TERM": "xterm-256color"], ["TERM": "vt100", "NO_COLOR": "1"]] {
            shopper.more = variables
            let seat = try shopper.open()
            try seat.wait(for: "Late-night lamps")
            seat.type("\r")
            try seat.wait(for: "good evening")
            let marked = seat.rows.filter { $0.contains("▌") || $0.contains("▸") }
            #expect(marked.count == 1 && marked[0].contains("▌Ana"), "\(seat.rows.joined(separator: "\n"))")
            seat.type("\u{3}")
            #expect(try seat.waitForEnd() == .exit(0))
        }
    }
}
