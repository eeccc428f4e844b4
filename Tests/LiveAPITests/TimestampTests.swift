import Domain
import Foundation
import LiveAPI
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-23T14:31:05.120Z", 1_795_444_265_120),
            ("2026-11-23T15:31:05.12+01:00", 1_795_444_265_120), ("2026-11-23T09:01:05.1209-05:30", 1_795_444_265_120),
            ("2026-11-23t14:31:05.120z", 1_795_444_265_120), ("2026-11-23 14:31:05.120Z", 1_795_444_265_120),
            ("1969-12-31T23:59:59.999Z", -1), ("2024-02-29T00:00:00Z", 1_709_164_800_000),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("0000-01-01T00:00:00Z", -62_167_219_200_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999), ("2026-11-23T14:31:05.123456789Z", 1_795_444_265_123),
        ] as [(String, Int64)])
    func isRead(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "now", "2026", "2026-11-23", "2026-11-23T14:31:05", "2026-11-23T14:31Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
        "2026-11-00T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T14:60:00Z", "2026-11-23T14:31:61Z",
        "2026-11-23T14:31:05.Z", "2026-11-23T14:31:05,1Z", "2026-11-23T14:31:05+24:00", "2026-11-23T14:31:05+0100",
        "2026-11-23T14:31:05Z ", " 2026-11-23T14:31:05Z", "-026-11-23T14:31:05Z", "２026-11-23T14:31:05Z",
        "2026-11-23T14:31:05.1111111111111111111111111Z",
    ])
    func isRefused(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    /// Foundation's own format, from 1590 on (before 1582 it counts Julian days, which RFC 3339 does not).
    @Test func isWrittenAsFoundationWritesIt() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for step in Int64(-3800)...4000 {
            let time = Timestamp(milliseconds: step * 3_155_692_601)
            let expected = style.format(Date(timeIntervalSince1970: Double(time.milliseconds) / 1000))
            #expect(time.rfc3339.prefix(19) == expected.prefix(19))
            #expect(Timestamp(rfc3339: time.rfc3339) == time)
        }
    }

    @Test func whatTheFormCannotWriteIsClamped() {
        #expect(Timestamp.distantPast.rfc3339 == "0000-01-01T00:00:00.000Z")
        #expect(Timestamp.distantFuture.rfc3339 == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: .min).rfc3339 == "0000-01-01T00:00:00.000Z")
        #expect(Timestamp(milliseconds: .max).rfc3339 == "9999-12-31T23:59:59.999Z")
    }
}
