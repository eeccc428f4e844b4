import Domain

/// Events as a file that everybody's calendar programs read (RFC 5545): CRLF, folded at 75 octets, times in UTC.
package enum CalendarWriter {
    private static let longestLine = 75

    /// - Parameters:
    ///   - events: single ones; what repeats is written as what it was read as, each for itself.
    ///   - stamp: when it was made. Of two revisions with one `sequence` the later stamp counts.
    package static func calendar(of events: [CalendarEvent], named name: String = "", stamp: Timestamp) -> String {
        var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Vitrine//Shows//EN"]
        if !name.isEmpty { lines.append("X-WR-CALNAME:\(escaped(name))") }
        for event in events { lines += Self.lines(of: event, stamp: stamp) }
        lines.append("END:VCALENDAR")
        return lines.map { folded($0) + "\r\n" }.joined()
    }

    private static func lines(of event: CalendarEvent, stamp: Timestamp) -> [String] {
        var lines = [
            "BEGIN:VEVENT", "UID:\(escaped(event.id))", "DTSTAMP:\(utc(stamp))", "DTSTART:\(utc(event.startsAt))",
        ]
        if let end = event.endsAt, end > event.startsAt { lines.append("DTEND:\(utc(end))") }
        lines.append("SEQUENCE:\(event.sequence)")
        lines.append("STATUS:\(event.isCancelled ? "CANCELLED" : "CONFIRMED")")
        lines.append("SUMMARY:\(escaped(event.title.string))")
        if !event.summary.isEmpty { lines.append("DESCRIPTION:\(escaped(event.summary.string))") }
        if !event.location.isEmpty { lines.append("LOCATION:\(escaped(event.location.string))") }
        let categories = event.categories.map { escaped($0.string) }.joined(separator: ",")
        if !categories.isEmpty { lines.append("CATEGORIES:\(categories)") }
        // An address is no text: what would end its line has no place in it.
        if let url = event.url, url.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) { lines.append("URL:\(url)") }
        return lines + ["END:VEVENT"]
    }

    /// The years that four digits hold.
    private static func utc(_ time: Timestamp) -> String {
        let years = Civil.wall(year: 1, month: 1, day: 1)...Civil.wall(year: 10_000, month: 1, day: 1) - 1
        let seconds = Civil.floorQuotient(Int(clamping: time.milliseconds), 1000)
        let wall = min(max(seconds, years.lowerBound), years.upperBound)
        let date = Civil.date(ofDay: Civil.day(ofWall: wall))
        let second = Civil.secondOfDay(ofWall: wall)
        return padded(date.year, 4) + padded(date.month, 2) + padded(date.day, 2) + "T" + padded(second / 3600, 2)
            + padded(second / 60 % 60, 2) + padded(second % 60, 2) + "Z"
    }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        String(repeating: "0", count: max(0, digits - String(number).count)) + String(number)
    }

    /// A text in which nothing ends the line or the value.
    private static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ",", ";":
                escaped.append("\\")
                escaped.append(scalar)
            case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
            // No other control character may stand in a text.
            case _ where scalar.properties.generalCategory == .control: continue
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// In pieces of at most 75 octets, of which all but the first begin with a space, and no letter is parted.
    private static func folded(_ line: String) -> String {
        guard line.utf8.count > longestLine else { return line }
        var (folded, length) = ("", 0)
        for character in line {
            let size = character.utf8.count
            if length + size > longestLine, length > 1 {
                folded += "\r\n "
                length = 1
            }
            // A letter with more marks than a line holds is parted all the same.
            guard size <= longestLine - 1 else {
                length = append(character, to: &folded, length: length)
                continue
            }
            folded.append(character)
            length += size
        }
        return folded
    }

    private static func append(_ character: Character, to folded: inout String, length: Int) -> Int {
        var length = length
        for scalar in character.unicodeScalars {
            let size = UTF8.width(scalar)
            if length + size > longestLine {
                folded += "\r\n "
                length = 1
            }
            folded.unicodeScalars.append(scalar)
            length += size
        }
        return length
    }
}
