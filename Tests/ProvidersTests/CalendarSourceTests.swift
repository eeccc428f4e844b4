import Domain
import Foundation
import HTTPTransport
import OwncastStandIn
import Providers
import Synchronization
import Testing
import Text

/// A stream whose schedule is a file somewhere else.
@Suite final class CalendarSourceTests: Sendable {
    /// 2026-11-23T14:32:00Z, a Monday.
    private static let now = Timestamp(milliseconds: 1_795_444_320_000)
    private let memory = ShopMemory.passing()
    private let stream: StandInStream
    private let asked = Mutex<[HTTPRequest]>([])
    /// What stands at the file's address; nil is no server.
    private let file = Mutex<String?>(nil)

    init() {
        var rules = StandInStream.Rules()
        rules.hasSchedule = false
        stream = StandInStream(rules)
        stream.set(now: Self.now.milliseconds)
    }

    private var client: HTTPClient {
        HTTPClient { [self] request, completion in
            guard request.url.hasPrefix("https://cal.example/") else { return stream.client.send(request, completion) }
            asked.withLock { $0.append(request) }
            completion(reply(to: request))
            return HTTPCancellation {}
        }
    }

    private func reply(to request: HTTPRequest) -> Result<HTTPResponse, HTTPFailure> {
        guard let text = file.withLock({ $0 }) else { return .failure(.cannotConnect) }
        let etag = "\"\(text.utf8.count)\""
        if request.headers["If-None-Match"] == etag { return .success(HTTPResponse(status: 304)) }
        return .success(
            HTTPResponse(
                status: 200, headers: ["Content-Type": "text/calendar", "ETag": etag], body: Data(text.utf8)))
    }

    private func shows(after seconds: Int64 = 0) async throws -> [Show] {
        let time = Self.now + .seconds(seconds)
        stream.set(now: time.milliseconds)
        let provider = OwncastProvider(
            origin: try ShopOrigin("https://live.example"),
            calendar: CalendarSource(url: "https://cal.example/shows.ics"))
        let answer = try await ask(
            .shows(ShowFilter(), cursor: nil), of: provider, client, at: time, memory: memory)
        guard case .shows(let shows, _) = answer else { throw ShopFailure.notFound }
        return shows
    }

    private static let weekly = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//x//y//EN
        BEGIN:VEVENT
        UID:lamps@cal.example
        DTSTAMP:20261101T000000Z
        DTSTART;TZID=Europe/Zurich:20261102T200000
        DTEND;TZID=Europe/Zurich:20261102T213000
        RRULE:FREQ=WEEKLY
        SUMMARY:Lamp hour
        END:VEVENT
        BEGIN:VEVENT
        UID:lamps@cal.example
        RECURRENCE-ID;TZID=Europe/Zurich:20261130T200000
        DTSTAMP:20261101T000000Z
        DTSTART;TZID=Europe/Zurich:20261130T200000
        STATUS:CANCELLED
        SEQUENCE:1
        SUMMARY:Lamp hour
        END:VEVENT
        BEGIN:VEVENT
        UID:day@cal.example
        DTSTAMP:20261101T000000Z
        DTSTART;VALUE=DATE:20261125
        SUMMARY:A whole day
        END:VEVENT
        END:VCALENDAR
        """

    @Test func itsTimesAreShows() async throws {
        file.withLock { $0 = Self.weekly }
        let shows = try await shows()
        #expect(shows.count == 5 && shows.allSatisfy { $0.title == "Lamp hour" })
        // Eight in the evening in Zurich, in winter.
        #expect(shows.first?.startsAt == Timestamp(milliseconds: 1_795_460_400_000))
        #expect(shows.map(\.state) == [.scheduled, .cancelled, .scheduled, .scheduled, .scheduled])
        #expect(Set(shows.map(\.id)).count == 5)
    }

    @Test func itIsAskedSeldomAndWhetherItHasChanged() async throws {
        file.withLock { $0 = Self.weekly }
        for minute in 0..<60 { _ = try await shows(after: Int64(minute) * 60) }
        let questions = asked.withLock { $0 }
        #expect(questions.count == 4)
        #expect(questions.map { $0.headers["If-None-Match"] != nil } == [false, true, true, true])
        // What is unchanged is counted from today all the same, once a day.
        let tomorrow = try await shows(after: 90_000)
        #expect(asked.withLock { $0.last?.headers["If-None-Match"] } == nil)
        #expect(tomorrow.count == 4 && tomorrow.first?.state == .cancelled)
    }

    /// Asked for as often as it wants, in reason, also where it is told to be unchanged.
    @Test(arguments: [
        ("REFRESH-INTERVAL;VALUE=DURATION:PT1H", 60), ("X-PUBLISHED-TTL:PT30M", 30), ("REFRESH-INTERVAL:PT1S", 5),
        ("X-PUBLISHED-TTL:P0D", 5), ("REFRESH-INTERVAL:P9W", 1440), ("REFRESH-INTERVAL:often", 15),
        ("X-PUBLISHED-TTL:PT2H\nREFRESH-INTERVAL:PT20M", 20), ("REFRESH-INTERVAL:-PT1H\nX-PUBLISHED-TTL:PT10M", 10),
    ])
    func howOftenItWantsToBeAskedCounts(_ line: String, _ minutes: Int) async throws {
        file.withLock { $0 = Self.weekly.replacing("PRODID", with: line + "\nPRODID") }
        var times: [Int] = []
        for minute in stride(from: 0, through: 3000, by: 5) {
            let before = asked.withLock { $0.count }
            _ = try await shows(after: Int64(minute) * 60)
            if asked.withLock({ $0.count }) > before { times.append(minute) }
        }
        #expect(times == Array(stride(from: 0, through: 3000, by: minutes)), "\(line)")
    }

    /// One that has failed is asked for again soon, however long it wanted to be kept.
    @Test func aFailureIsNotKeptForADay() async throws {
        file.withLock { $0 = Self.weekly.replacing("PRODID", with: "REFRESH-INTERVAL:P1D\nPRODID") }
        let known = try await shows()
        #expect(!known.isEmpty)
        file.withLock { $0 = "<html>sign in</html>" }
        #expect(try await shows(after: 86_400).isEmpty == false)
        _ = try await shows(after: 86_430)
        #expect(asked.withLock { $0.count } == 2)
        _ = try await shows(after: 86_460)
        #expect(asked.withLock { $0.count } == 3)
    }

    private static func response(_ lines: [String], _ contentType: String = "text/calendar") -> HTTPResponse {
        let text = (["BEGIN:VCALENDAR"] + lines + ["END:VCALENDAR"]).joined(separator: "\r\n")
        return HTTPResponse(
            status: 200, headers: ["Content-Type": contentType], body: Data(text.unicodeScalars.map { UInt8($0.value) })
        )
    }

    @Test func theCharacterSetOfTheReplyCounts() throws {
        let lines = ["BEGIN:VEVENT", "UID:1", "DTSTART:20261125T100000Z", "SUMMARY:Z\u{FC}rich", "END:VEVENT"]
        for charset in ["; charset=iso-8859-1", "; charset=windows-1252", ""] {
            let reading = try CalendarSource.reading(
                of: Self.response(lines, "text/calendar" + charset), at: Self.now)
            #expect(reading.shows == 1 && reading.complaints.isEmpty)
        }
        let unknown = Self.response(lines, "text/calendar; charset=koi8-r")
        #expect(try CalendarSource.reading(of: unknown, at: Self.now).complaints.count == 1)
    }

    @Test func whatIsNotShownIsCounted() throws {
        let lines = [
            "BEGIN:VEVENT", "UID:1", "DTSTART:20261125T100000Z", "DTEND:never", "END:VEVENT", "BEGIN:VEVENT", "UID:2",
            "DTSTART:soon", "END:VEVENT", "BEGIN:VEVENT", "UID:3", "DTSTART;TZID=Mars/Olympus:20261125T100000",
            "END:VEVENT", "BEGIN:VEVENT", "UID:4", "DTSTART;VALUE=DATE:20261125", "END:VEVENT",
        ]
        let reading = try CalendarSource.reading(of: Self.response(lines), at: Self.now)
        #expect(reading.shows == 1 && reading.leftOut == 2)
        #expect(
            reading.complaints == [
                "the time zone “Mars/Olympus” is unknown: 1 event is left out",
                "the start cannot be read: 1 event is left out", "DTEND cannot be read: 1 event is shown without it",
                "1 entry takes whole days: not shown",
            ])
    }

    @Test func moreThanIsShownIsSaid() throws {
        let lines = [
            "BEGIN:VEVENT", "UID:1", "DTSTART:20261101T000000Z",
            "RRULE:FREQ=DAILY;BYHOUR=0,2,4,6,8,10,12,14,16,18,20,22", "END:VEVENT",
        ]
        let reading = try CalendarSource.reading(of: Self.response(lines), at: Self.now)
        #expect(reading.shows == 200 && reading.leftOut == 0)
        #expect(reading.complaints == ["it holds more than is looked at: the first 200 shows are shown"])
    }

    /// Ids have letters of their own; a calendar's names have any.
    @Test(arguments: ["lamps 1", "l\u{E4}mps", "", "a\u{0}b"])
    func aNameWithOtherLettersStandsForItself(_ name: String) async throws {
        let event = { (name: String, hour: String) in
            "BEGIN:VEVENT\nUID:\(name)\nDTSTART:20261125T\(hour)0000Z\nSUMMARY:\(hour)\nEND:VEVENT\n"
        }
        file.withLock { $0 = "BEGIN:VCALENDAR\n\(event(name, "10"))\(event("other", "11"))END:VCALENDAR" }
        let shows = try await shows()
        #expect(shows.map(\.title) == ["10", "11"] && Set(shows.map(\.id)).count == 2)
        #expect(shows.allSatisfy { IDAlphabet.isID($0.id.rawValue) })
    }

    @Test func oneThatIsAwayOrNoneHidesNothing() async throws {
        file.withLock { $0 = Self.weekly }
        let known = try await shows()
        stream.start("On")
        for text in [nil, "", "<html>sign in</html>", "BEGIN:VCALENDAR\nBEGIN:VEVENT"] {
            file.withLock { $0 = text }
            let later = try await shows(after: 1000)
            #expect(later.first?.title == "On" && Array(later.dropFirst()) == known)
        }
    }
}
