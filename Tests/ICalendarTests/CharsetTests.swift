import Testing

@testable import ICalendar

@Suite struct CharsetTests {
    private let title = "SUMMARY:Zürich – 20 €"

    private func titles(_ bytes: [UInt8], _ contentType: String? = nil) throws -> [String] {
        try CalendarFeed(parsing: bytes, contentType: contentType, zones: noZones)
            .occurrences(from: at("20260101T000000Z"), to: at("20270101T000000Z"), localZone: .utc, limit: 9)
            .events.map(\.title.string)
    }

    private var text: String { event("DTSTART:20260501T100000Z", title) }

    private func utf16(_ text: String, isBigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { isBigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    /// One byte for each letter; those of the title as Windows has them.
    private var windows: [UInt8] {
        text.unicodeScalars.map { $0 == "–" ? 0x96 : $0 == "€" ? 0x80 : UInt8($0.value) }
    }

    @Test(arguments: [
        nil, "text/calendar", "text/calendar; charset=utf-8", "text/calendar;charset=\"UTF-8\"",
        "text/calendar; charset=us-ascii", "text/calendar; charset=iso-8859-1; component=VEVENT",
    ])
    func aByteOrderMarkCountsMost(_ contentType: String?) throws {
        #expect(try titles([0xEF, 0xBB, 0xBF] + Array(text.utf8), contentType) == ["Zürich – 20 €"])
        #expect(try titles([0xFF, 0xFE] + utf16(text, isBigEndian: false), contentType) == ["Zürich – 20 €"])
        #expect(try titles([0xFE, 0xFF] + utf16(text, isBigEndian: true), contentType) == ["Zürich – 20 €"])
    }

    @Test(arguments: [
        "text/calendar; charset=ISO-8859-1", "text/calendar; Charset=Windows-1252", "text/calendar;charset='latin1'",
        nil,
        "text/calendar",
    ])
    func lettersOfOneByte(_ contentType: String?) throws {
        #expect(try titles(windows, contentType) == ["Zürich – 20 €"])
    }

    @Test func theEuroOfLatin9() throws {
        let bytes = event("DTSTART:20260501T100000Z", "SUMMARY:20 ¤").unicodeScalars.map { UInt8($0.value) }
        #expect(try titles(bytes, "text/calendar; charset=ISO-8859-15") == ["20 €"])
        #expect(try titles(bytes, "text/calendar; charset=ISO-8859-1") == ["20 ¤"])
    }

    @Test(arguments: ["text/calendar; charset=utf-16", "text/calendar; charset=UTF-16BE", nil])
    func sixteenBitsWithoutAMark(_ contentType: String?) throws {
        #expect(try titles(utf16(text, isBigEndian: true), contentType) == ["Zürich – 20 €"])
        guard contentType?.hasSuffix("BE") != true else { return }
        #expect(try titles(utf16(text, isBigEndian: false), contentType) == ["Zürich – 20 €"])
    }

    @Test func oneBrokenLetterDoesNotChangeTheOthers() throws {
        let bytes = Array(text.replacing("20 €", with: "20 €?").utf8).map { $0 == UInt8(ascii: "?") ? 0xFF : $0 }
        #expect(try titles(bytes) == ["Zürich – 20 €\u{FFFD}"])
    }

    @Test func aCharacterSetThatIsNotReadIsSaid() throws {
        let feed = try CalendarFeed(parsing: Array(text.utf8), contentType: "text/calendar; charset=KOI8-R")
        #expect(feed.problems == [.charset("koi8-r")])
        #expect(feed.problems.map(\.description) == ["the character set “koi8-r” is not read: letters may be wrong"])
    }

    @Test func aCalendarWithCarriageReturnsAlone() throws {
        let bytes = Array(text.replacing("\r\n", with: "\r").utf8)
        #expect(try titles(bytes) == ["Zürich – 20 €"])
    }
}
