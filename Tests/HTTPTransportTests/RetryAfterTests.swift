import FoundationEssentials
import Testing

@testable import HTTPTransport

@Suite struct RetryAfterTests {
    private func retryAfter(_ value: String, date: String? = nil) -> Duration? {
        var headers: HTTPHeaders = ["Retry-After": value]
        if let date { headers.set("Date", date) }
        return HTTPResponse(status: 503, headers: headers).retryAfter(now: 0)
    }

    @Test func secondsAndDatesAreRead() {
        #expect(retryAfter("120") == .seconds(120))
        #expect(retryAfter("0") == .zero)
        let date = "Mon, 23 Nov 2026 14:32:00 GMT"
        #expect(retryAfter("Mon, 23 Nov 2026 14:33:30 GMT", date: date) == .seconds(90))
        #expect(retryAfter("Mon, 23 Nov 2026 14:31:00 GMT", date: date) == .zero)
        #expect(retryAfter("Thu, 01 Jan 1970 00:00:07 GMT") == .seconds(7))
    }

    @Test(arguments: ["", "-1", "1.5", "soon", "Mon, 23 Nov 2026", "Mon, 99 Nov 2026 14:33:30 GMT", "١٢"])
    func nonsenseIsNoAnswer(value: String) {
        #expect(retryAfter(value) == nil)
    }

    @Test func endlessDigitsDoNotOverflow() {
        #expect(retryAfter(String(repeating: "9", count: 400)) == .seconds(1 << 32))
        #expect(HTTPResponse(status: 503).retryAfter(now: 0) == nil)
    }

    @Test func datesAreCountedFromTheEpoch() {
        #expect(HTTPDate.secondsSince1970("Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
        #expect(HTTPDate.secondsSince1970("Thu, 29 Feb 2024 00:00:00 GMT") == 1_709_164_800)
        #expect(HTTPDate.secondsSince1970("Fri, 31 Dec 9999 23:59:59 GMT") == 253_402_300_799)
        #expect(HTTPDate.secondsSince1970("Sun, 06 Nov 1994 08:49:37 CET") == nil)
        #expect(HTTPDate.secondsSince1970("Sun, 06 Nov 1994 08:49:3ß GMT") == nil)
    }
}
