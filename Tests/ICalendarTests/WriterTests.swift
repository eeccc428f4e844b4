import Domain
import Testing
import Text

@testable import ICalendar

@Suite("What is written for other calendars")
struct WriterTests {
    private let stamp = Timestamp(seconds: 1_795_000_000)

    private func event() throws -> CalendarEvent {
        CalendarEvent(
            uid: "show-1@shop.example", title: "Lamps; light, and \\more\\",
            summary: "台灯和落地灯，今晚八点。 All of them, 🧑‍🧑‍🧒‍🧒 for everybody; nothing is kept back",
            startsAt: try at("20261127T200000Z"), endsAt: try at("20261127T213000Z"), url: "https://shop.example/1",
            location: "Zürich", categories: ["lamps", "a,b"])
    }

    @Test func asTheRFCHasIt() throws {
        var show = try event()
        (show.summary, show.isCancelled, show.sequence) = ("", true, 1)
        #expect(
            CalendarWriter.calendar(of: [show], named: "Ana, live", stamp: stamp).replacing("\r\n", with: "\n") == """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Vitrine//Shows//EN
                X-WR-CALNAME:Ana\\, live
                BEGIN:VEVENT
                UID:show-1@shop.example
                DTSTAMP:20261118T110640Z
                DTSTART:20261127T200000Z
                DTEND:20261127T213000Z
                SEQUENCE:1
                STATUS:CANCELLED
                SUMMARY:Lamps\\; light\\, and \\\\more\\\\
                LOCATION:Zürich
                CATEGORIES:lamps,a\\,b
                URL:https://shop.example/1
                END:VEVENT
                END:VCALENDAR

                """)
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let show = try event()
        var (other, open) = (show, show)
        (other.uid, other.isCancelled, other.sequence) = ("show-2@shop.example", true, 3)
        (open.uid, open.endsAt, open.url, open.categories) = ("show-3@shop.example", nil, nil, [])
        open.location = ""
        let text = CalendarWriter.calendar(of: [show, other, open], named: "Ana", stamp: stamp)
        let feed = try read(text)
        #expect(feed.problems.isEmpty && feed.name == "Ana")
        #expect(try occurrences(text) == [show, other, open])
    }

    @Test func noLineIsLongerThan75OctetsAndNoLetterIsParted() throws {
        for length in 0..<160 {
            var show = try event()
            show.summary += SafeText(" " + String(repeating: "ü", count: length) + " 李雷 👩🏽‍🚀")
            let text = CalendarWriter.calendar(of: [show], stamp: stamp)
            let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
            #expect(
                lines.allSatisfy { $0.utf8.count <= 75 } && !text.replacing("\r\n", with: "").contains { $0.isNewline })
            #expect(text.hasSuffix("\r\n") && lines.contains { $0.hasPrefix(" ") })
            // A piece that began with a joiner or a mark would have lost what it belongs to.
            let pieces = lines.filter { $0.hasPrefix(" ") }.map { $0.dropFirst() }
            #expect(
                pieces.allSatisfy {
                    $0.first.map { !"\u{200D}\u{1F3FD}".unicodeScalars.contains($0.unicodeScalars.first ?? " ") }
                        ?? true
                })
            #expect(try occurrences(text).first?.summary == show.summary)
        }
    }

    @Test func nothingThatIsWrittenEndsItsLine() throws {
        var show = try event()
        show.uid = "a\r\nSTATUS:CANCELLED\u{0}\u{1B}\u{85};b"
        show.url = "https://a.example/\r\nX:y"
        let text = CalendarWriter.calendar(of: [show], named: "a\nb", stamp: stamp)
        #expect(text.contains("UID:a\\nSTATUS:CANCELLED\\;b\r\n") && text.contains("X-WR-CALNAME:a\\nb\r\n"))
        #expect(!text.contains("URL") && !text.contains("X:y"))
        #expect(try occurrences(text).map(\.isCancelled) == [false])
        var endless = try event()
        (endless.startsAt, endless.endsAt) = (.distantPast, .distantFuture)
        let lines = CalendarWriter.calendar(of: [endless], stamp: stamp)
        #expect(lines.contains("DTSTART:00010101T000000Z\r\nDTEND:99991231T235959Z\r\n"))
    }
}
