import Testing

@testable import ICalendar

@Suite("What is written is what is read")
struct FormatTests {
    private func lines(_ text: String) -> [String] { lines(Array(text.utf8)) }

    private func lines(_ bytes: [UInt8]) -> [String] {
        var (reader, lines) = (LineReader(bytes), [String]())
        while reader.advance() { lines.append(String(decoding: reader.line, as: UTF8.self)) }
        return lines
    }

    @Test func foldsAreTakenOut() {
        #expect(lines("A:one\r\n  two\r\nB:three\n\tfour\n") == ["A:one two", "B:threefour"])
        #expect(lines("A:x\r\n \r\n y") == ["A:xy"], "an empty piece of a line is one, too")
        #expect(lines("") == [] && lines("\n\n") == ["", ""])
    }

    @Test func aFoldMayPartALetter() {
        for cut in 1..<12 {
            var bytes = Array("A:李雷 ü".utf8)
            bytes.insert(contentsOf: "\r\n ".utf8, at: min(cut, bytes.count))
            #expect(lines(bytes) == ["A:李雷 ü"])
        }
    }

    @Test func aLineThatIsTooLongIsMarked() {
        let picture = "ATTACH:" + String(repeating: "x", count: LineReader.longestLine)
        var (reader, marks) = (LineReader(Array("A:1\n\(picture)\n \(picture)\nB:2".utf8)), [Bool]())
        while reader.advance() { marks.append(reader.isTooLong) }
        #expect(marks == [false, true, false])
    }

    @Test(arguments: ["\n", "\r\n", "\r", "\r\r\n"])
    func everyLineEndEndsALine(_ end: String) {
        #expect(lines(["A:one", " two", "\tthree", "B:x", ""].joined(separator: end)) == ["A:onetwothree", "B:x"])
    }

    @Test func lineEndsMayBeMixed() {
        #expect(lines("A:1\rB:2\nC:3\r\nD:4\r\r\nE:5") == ["A:1", "B:2", "C:3", "D:4", "E:5"])
        #expect(lines("A:1\r\n\r\n 2\r\n\r\nB:3") == ["A:12", "", "B:3"], "an empty line within a fold")
        #expect(lines("A:1\n\r 2") == ["A:12"])
    }

    @Test func linesAreCounted() {
        var reader = LineReader(Array("A:1\n 2\n 3\nB:4\n".utf8))
        _ = reader.advance()
        #expect(reader.number == 1)
        _ = reader.advance()
        #expect(reader.number == 4)
    }

    private func parsed(_ text: String) -> ContentLine? { ContentLine(Array(text.utf8)) { _ in true } }

    @Test func parametersMayBeQuoted() throws {
        let line = try #require(parsed(#"dtstart;tzid="A;B:C,D";Value=DATE-TIME:2026:01"#))
        #expect(line.name == "DTSTART" && line.value == "2026:01")
        #expect(line.parameters == ["TZID": "A;B:C,D", "VALUE": "DATE-TIME"])
    }

    @Test func caretsStandForWhatCannotBeWritten() throws {
        let line = try #require(parsed("X;A=^^n ^'q^' a^nb ^x ^:"))
        #expect(line.parameters["A"] == "^n \"q\" a\nb ^x ^")
    }

    @Test(arguments: ["", ":x", "NAME", "NAME;A=\"x:y", "NAME;=x:y", "na me:x", "NAME;A=b"])
    func whatIsNoLineIsNone(_ text: String) {
        #expect(parsed(text) == nil)
    }

    @Test(arguments: [
        (#"a\nb\Nc"#, "a\nb\nc"), (#"a\, b\; c\\n"#, #"a, b; c\n"#), (#"a, b"#, "a, b"), (#"C:\path\"#, #"C:\path\"#),
        ("", ""),
    ])
    func textsAreUnescaped(_ written: String, _ meant: String) {
        #expect(TextValue.text(written) == meant)
    }

    @Test func listsArePartedAtCommas() {
        #expect(TextValue.list(#"a,b\,c,\\,d"#) == ["a", "b,c", #"\"#, "d"])
    }

    @Test(arguments: [
        ("P7W", 49, 0), ("P1DT2H30M5S", 1, 9005), ("PT90M", 0, 5400), ("+P1D", 1, 0), ("PT0S", 0, 0),
    ])
    func durations(_ text: String, _ days: Int, _ seconds: Int) {
        #expect(CalendarDuration(text) == CalendarDuration(days: days, seconds: seconds))
    }

    @Test(arguments: ["", "P", "PT", "1D", "-P1D", "P1H", "PT1D", "P999999999W", "P9999999999D", "PD", "P1DT"])
    func whatIsNoDurationIsNone(_ text: String) {
        #expect(CalendarDuration(text) == nil)
    }

    @Test(arguments: [
        "2026010", "20260132", "20261301", "20260229", "00000101", "20260101T", "20260101T240000", "20260101T006000",
        "20260101T000000+0100", "20260101T000000ZZ", "٢٠٢٦٠١٠١", "-0260101", "20260101 000000",
    ])
    func whatIsNoTimeIsNone(_ text: String) {
        #expect(CalendarTime(text, clock: .floating) == nil)
    }

    @Test func everyDayIsCountedThereAndBack() {
        // 400 years are the whole of the calendar.
        let first = Civil.day(year: 1800, month: 1, day: 1)
        var date = CivilDate(year: 1800, month: 1, day: 1)
        for day in first..<first + 146_097 {
            #expect(
                Civil.date(ofDay: day) == date && Civil.day(year: date.year, month: date.month, day: date.day) == day)
            date.day += 1
            if date.day > Civil.daysIn(month: date.month, of: date.year) {
                (date.month, date.day) = (date.month + 1, 1)
            }
            if date.month > 12 { (date.year, date.month) = (date.year + 1, 1) }
        }
        #expect(date == CivilDate(year: 2200, month: 1, day: 1))
        #expect(Civil.weekday(ofDay: Civil.day(year: 2026, month: 11, day: 27)) == 4, "a Friday")
    }
}
