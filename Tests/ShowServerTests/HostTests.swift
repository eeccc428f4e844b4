import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import ShopTesting
import Testing

@testable import ShowServer

/// Whom a request is meant for, and when its answer was given: both stand in the header fields of every exchange.
@Suite(.timeLimit(.minutes(2))) struct HostTests {
    private func ask(_ shop: Shop, _ text: String) async throws -> String {
        let client = try RawClient(shop.server)
        try await client.send(text)
        return try await client.readToEnd()
    }

    @Test(arguments: [
        "", "Host: a\r\nHost: b\r\n", "Host: a\r\nHost: a\r\n", "Host: \r\nHost: a\r\n", "Host: a b\r\n",
        "Host: a/b\r\n",
        "Host: user@a\r\n", "Host: a:b\r\n", "Host: a:80:80\r\n", "Host: [::1]x:y\r\n", "Host: a,b\"\r\n",
        "Host: http://a\r\n", "Host: ä\r\n",
    ])
    func aRequestForNobodyOrForTwoIsRefused(_ host: String) async throws {
        try await Shop.open { shop in
            for line in ["GET /v1 HTTP/1.1", "POST /v1/guests HTTP/1.1", "GET http://a/v1 HTTP/1.1"] {
                let answer = try await ask(shop, "\(line)\r\n\(host)Connection: close\r\n\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains("\"invalid_request\""), "\(line)")
                #expect(answer.contains("Host header field"), "\(line)")
            }
        }
    }

    /// On a connection that goes on, an answer refused for its host stands in its place among the others.
    @Test func theRequestsBesideItAreAnswered() async throws {
        try await Shop.open { shop in
            let good = "GET /v1 HTTP/1.1\r\nHost: x\r\n"
            let answers = try await ask(
                shop, good + "\r\nGET /v1 HTTP/1.1\r\n\r\n" + good + "Connection: close\r\n\r\n")
            let statuses = answers.matches(of: #/HTTP/1\.1 (\d+) /#).map { String($0.1) }
            #expect(statuses == ["200", "400", "200"])
        }
    }

    @Test(arguments: [
        "Host: x", "Host: 127.0.0.1:8080", "Host: [::1]", "Host: [::1]:80", "Host: a.example:", "Host:", "host: X-1_y.",
        "Host: %C3%A4.example",
    ])
    func aHostIsNotJudgedByItsName(_ host: String) async throws {
        try await Shop.open { shop in
            let answer = try await ask(shop, "GET /v1 HTTP/1.1\r\n\(host)\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }

    /// HTTP/1.0 knew no Host; that there are not two holds for it as well.
    @Test(arguments: [("", "200"), ("Host: x\r\n", "200"), ("Host: x\r\nHost: y\r\n", "400")])
    func anOldRequestNeedsNoHost(_ host: String, _ status: String) async throws {
        try await Shop.open { shop in
            let answer = try await ask(shop, "GET /v1 HTTP/1.0\r\n\(host)Connection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        }
    }

    // MARK: Date

    /// Also what the connection's guard says, and what Hummingbird says by itself.
    @Test(arguments: [
        "GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET /v1 HTTP/1.1\r\nConnection: close\r\n\r\n",
        "hello\r\n\r\n", "GET /v1 HTTP/1.1\r\nX: \(String(repeating: "x", count: 9000))\r\n\r\n",
        "GET /v1 HTTP/1.1\r\nHost: x\r\n\r\nhello\r\n\r\n", "GET /v1 HTTP/1.1\r\nHost:",
        "POST /v1/guests HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n\r\n",
    ])
    func everyAnswerHasItsDate(_ text: String) async throws {
        var limits = Limits()
        limits.headTime = .milliseconds(400)
        try await Shop.open(limits: limits) { shop in
            let answers = try await ask(shop, text)
            let dates = answers.matches(of: #/\r\nDate: ([^\r]+)\r\n/#).compactMap {
                HTTPDate.secondsSince1970(String($0.1))
            }
            #expect(dates.count == answers.matches(of: #/HTTP/1\.1 \d/#).count && !dates.isEmpty, "\(answers)")
            let now = Int64(Date.now.timeIntervalSince1970)
            for date in dates { #expect((now - 20...now + 1).contains(date)) }
        }
    }

    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
    ])
    func datesAreWrittenAsRFC9110Does(_ seconds: Int64, _ text: String) {
        #expect(FieldDate.text(Timestamp(seconds: seconds)) == text)
    }
}
