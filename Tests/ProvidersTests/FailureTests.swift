import Domain
import Foundation
import HTTPTransport
import Providers
import Testing
import Text

@Suite struct FailureTests {
    private static let page = Data("<!DOCTYPE html><html><body>Welcome to HotelNet</body></html>".utf8)

    private func message(_ failure: ShopFailure?) -> String? {
        if case .notUnderstood(let text)? = failure { text.string } else { nil }
    }

    @Test func aSignInPageIsNamedAsOne() throws {
        for query in try everyQuery() {
            for type in ["text/html; charset=utf-8", "TEXT/HTML", "application/json", nil] {
                let message = message(try failure(query, reply(200, Self.page, type: type)))
                #expect(message?.contains("sign-in page") == true, "\(query) \(type ?? "-")")
            }
        }
        let late = Data("\u{FEFF}\r\n\t <html>".utf8)
        #expect(message(try failure(.service, reply(200, late, type: nil)))?.contains("sign-in page") == true)
        #expect(message(try failure(.service, reply(511, Self.page)))?.contains("sign-in page") == true)
    }

    @Test func anEmptyReplyIsNamedAsOne() throws {
        for query in try everyQuery() where query != .follow("mira") && query != .unfollow("mira") {
            for status in [200, 201, 204] {
                #expect(message(try failure(query, reply(status, type: nil)))?.contains("empty") == true, "\(query)")
            }
        }
    }

    @Test func garbageIsNotUnderstood() throws {
        let deep = String(repeating: "[", count: 100_000)
        let deepInside = #"{"items":"# + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000) + "}"
        let bodies: [Data] = [
            Data("garbage".utf8), Data("{".utf8), Data("null".utf8), Data("[]".utf8), Data("42".utf8),
            Data(#"{"items": {}}"#.utf8), Data(#"{"items": [1, 2"#.utf8), Data(deep.utf8), Data(deepInside.utf8),
            Data([0xFF, 0xFE, 0x00, 0x7B]), Data(repeating: 0, count: 4096), Data(#"{"a":"\ud8"}"#.utf8),
        ]
        for query in try everyQuery() where query != .follow("mira") && query != .unfollow("mira") {
            for body in bodies {
                #expect(message(try failure(query, reply(200, body))) != nil, "\(query) \(body.prefix(20))")
            }
        }
    }

    /// Something deep in a place that is not looked at, and a refusal that is deep itself.
    @Test func nestingIsRefusedWhereverItIs() throws {
        let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        let shows = Data(#"{"items":[],"later":\#(deep)}"#.utf8)
        #expect(message(try failure(.shows(ShowFilter(), cursor: nil), reply(200, shows))) != nil)
        let problem = Data(#"{"code":"sold_out","title":"Sold out","later":\#(deep)}"#.utf8)
        let no = try failure(.placeOrder(try intent()), reply(409, problem, type: "application/problem+json"))
        #expect(message(no) != nil, "what cannot be read is no refusal: \(String(describing: no))")
    }

    @Test func everyOtherFixtureIsNoAnswer() throws {
        for name in ["service", "quote", "problem-sold-out", "guest"] {
            #expect(message(try failure(.head("autumn-bags"), reply(200, fixture(name)))) != nil)
            #expect(message(try failure(.shows(ShowFilter(), cursor: nil), reply(200, fixture(name)))) != nil)
        }
        #expect(message(try failure(.head("another-show"), reply(200, fixture("head")))) != nil)
        #expect(message(try failure(.segment("autumn-bags", 3), reply(200, fixture("segment")))) != nil)
    }

    @Test(arguments: [
        (429, "7", 7), (503, "120", 120), (503, "soon", nil), (500, nil, nil), (502, nil, nil), (599, "-5", nil),
        (503, "99999999999999999999999", 1 << 32),
    ])
    func busyServersSayForHowLong(status: Int, retryAfter: String?, seconds: Int?) throws {
        let headers = retryAfter.map { [("Retry-After", $0)] } ?? []
        for query in try everyQuery() {
            let failure = try failure(query, reply(status, Self.page, type: "text/html", headers: headers))
            #expect(failure == .busy(status: status, retryAfterSeconds: seconds))
        }
    }

    @Test func aDateToComeBackAtCountsFromTheRepliesOwn() throws {
        let headers = [
            ("Date", "Mon, 23 Nov 2026 14:32:00 GMT"), ("Retry-After", "Mon, 23 Nov 2026 14:33:30 GMT"),
        ]
        #expect(
            try failure(.service, reply(503, headers: headers)) == .busy(status: 503, retryAfterSeconds: 90))
    }

    @Test func aStatusWithoutAReasonIsSaid() throws {
        #expect(message(try failure(.service, reply(301)))?.contains("another place") == true)
        #expect(message(try failure(.service, reply(404, Self.page)))?.contains("no shop's API") == true)
        #expect(message(try failure(.service, reply(407)))?.contains("proxy") == true)
        #expect(message(try failure(.service, reply(418)))?.contains("418") == true)
        for status in [0, -1, 100, 199, 600, 999, Int.max] {
            #expect(message(try failure(.service, reply(status))) != nil)
        }
    }

    @Test(arguments: [
        (HTTPFailure.cannotResolve, false), (.cannotConnect, false), (.tls(reason: "expired"), false),
        (.timedOut(sent: false), false), (.timedOut(sent: true), true), (.connectionLost(sent: false), false),
        (.connectionLost(sent: true), true), (.cancelled(sent: true), true), (.cancelled(sent: false), false),
        (.tooLarge(limit: 1), true), (.tooSlow, true), (.protocolError, true), (.redirectRefused, true),
    ])
    func whatIsNotSureMayHaveArrived(failure: HTTPFailure, mayHaveArrived: Bool) async {
        let expected = ShopFailure.unreachable(SafeText(failure.description), mayHaveArrived: mayHaveArrived)
        await #expect(throws: expected) { try await asked(over: failure) }
    }

    @Test(arguments: [HTTPFailure.insecure, .badRequest(reason: "a header is not valid")])
    func whatWasRefusedHereWasNotSent(failure: HTTPFailure) async {
        await #expect(throws: ShopFailure.notSent(SafeText(failure.description))) { try await asked(over: failure) }
    }

    private func asked(over failure: HTTPFailure) async throws -> ShopAnswer {
        let client = HTTPClient { _, completion in
            completion(.failure(failure))
            return HTTPCancellation {}
        }
        return try await ask(.service, of: provider(), client, at: Timestamp(seconds: 1))
    }
}
