import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

/// Requests that are nearly right.
@Suite struct LetterTests {
    private static let maximum = Int64.max

    @Test(arguments: [
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":1e0}]}"#, 400, "whole number"),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":1.0}]}"#, 400, "whole number"),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":9223372036854775808}]}"#, 400, "whole number"),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":-9223372036854775808}]}"#, 422, "from 1 to 99"),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":1,"quantity":2}]}"#, 400, "twice"),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":1,"quan\u0074ity":2}]}"#, 400, "twice"),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":1}],"x":{"a":1,"a":1}}"#, 400, "twice"),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":1}],"show":"nope"}"#, 422, "no such show"),
        (#"{"lines":[{"quantity":1}]}"#, 400, "sku is missing"), ("[]", 400, "an object"), (#""x""#, 400, "an object"),
        ("{} {}", 400, "byte 3"), ("{", 400, "byte 1"), ("", 400, "byte 0"),
        (#"{"lines":7}"#, 400, "an array"), (#"{"lines":[{"sku":7,"quantity":1}]}"#, 400, "a string"),
        (#"{"lines":[{"sku":"","quantity":1}]}"#, 400, "1 to 128 visible ASCII characters"),
        // A database ends a text at a zero byte: two lines of one SKU, and 198 of it.
        (
            #"{"lines":[{"sku":"MV-101-SAGE","quantity":99},{"sku":"MV-101-SAGE\u0000","quantity":99}]}"#, 400,
            "1 to 128 visible ASCII characters"
        ),
        (#"{"lines":[{"sku":"MV-101-SAGE","quantity":1},{"sku":"MV-101-SAGE","quantity":1}]}"#, 422, "one line"),
        (
            #"{"lines":[{"sku":"MV-101-SAGE","quantity":1}],"show":"p-1\u0000"}"#, 400,
            "1 to 128 visible ASCII characters"
        ),
    ])
    func whatIsWrongWithAQuoteIsSaid(_ body: String, _ status: Int, _ reason: String) async throws {
        try await Shop.open { shop in
            let token = try await shop.guest()
            let answer = try await shop.send(.post, "/v1/quotes", body: body, token: token)
            let problem: Problem = try answer.value(status)
            #expect(problem.code == ProblemCode.invalid)
            #expect(try #require(problem.detail).contains(reason))
        }
    }

    /// What is not bought to the letter is not bought at all.
    @Test(arguments: [
        (#""amount":1e9,"exponent":2,"currency":"EUR""#, 400), (#""amount":1.0,"exponent":2,"currency":"EUR""#, 400),
        (#""amount":1,"amount":99999,"exponent":2,"currency":"EUR""#, 400),
        (#""amount":9223372036854775807,"exponent":0,"currency":"CHF""#, 422),
        (#""amount":-9223372036854775808,"exponent":6,"currency":"CHF""#, 409),
        (#""amount":1,"exponent":7,"currency":"EUR""#, 400), (#""amount":1,"exponent":2,"currency":"eur""#, 400),
    ])
    func anOrderIsReadToTheLetter(_ money: String, _ status: Int) async throws {
        try await Shop.open { shop in
            let token = try await shop.guest()
            let quote = try await shop.quote("MV-101-SAGE", token: token)
            let before = try await shop.stock("mv-101", "MV-101-SAGE")
            let body = #"{"quote":"\#(quote.id)","maximumTotal":{\#(money)},"paymentMethod":"pm-card"}"#
            let answer = try await shop.send(
                .post, "/v1/orders", body: body, token: token, ["Idempotency-Key": "letter"])
            let problem: Problem = try answer.value(status)
            #expect(problem.code == (status == 409 ? ProblemCode.totalAboveMaximum : ProblemCode.invalid))
            #expect(try await shop.stock("mv-101", "MV-101-SAGE") == before)
        }
    }

    @Test(arguments: [
        ("/v1/orders?key=", 400), ("/v1/orders?key=a&key=b", 400), ("/v1/orders?cursor=\(maximum)0~x", 400),
        ("/v1/orders?cursor=\(maximum)~x", 200), ("/v1/me/follows?a=1&a=1", 400), ("/v1/me/follows?a=%zz", 400),
    ])
    func privateQueriesAreReadStrictly(_ path: String, _ status: Int) async throws {
        try await Shop.open { shop in
            let answer = try await shop.send(.get, path, token: try await shop.guest())
            #expect(answer.status == status)
        }
    }

    @Test(arguments: [
        ("/v1/shows?state=live&state=live", 400), ("/v1/shows?state=", 400), ("/v1/shows?state", 400),
        ("/v1/shows?host=", 400), ("/v1/shows?from=", 400), ("/v1/shows?q=&q=", 400), ("/v1/shows?q=", 200),
        ("/v1/shows?from=9999-12-31T23:59:60Z&to=0000-01-01T00:00:00%2B23:59", 200),
        ("/v1/shows?from=2026-13-01T00:00:00Z", 400), ("/v1/shows?cursor=\(maximum)~x", 200),
        ("/v1/shows?host=a%00", 400), ("/v1/shows?host=a+b", 400), ("/v1/shows?q=a%00b", 400),
        ("/v1/shows?tag=%00", 400),
        ("/v1/products?show=p-1%00", 400), ("/v1/products?host=%C3%BC", 400), ("/v1/shows?cursor=1~", 400),
        ("/v1/shows?cursor=1~x%00", 400), ("/v1/shows?cursor=~x", 400), ("/v1/shows?cursor=1e3~x", 400),
        ("/v1/hosts?cursor=\(maximum)", 200),
        ("/v1/hosts?cursor=\(maximum)0", 400), ("/v1/products?show=", 400), ("/v1/products?show=none", 404),
        ("/v1/shows/p-1/timeline/0", 200), ("/v1/shows/p-1/timeline/00", 404), ("/v1/shows/p-1/timeline/007", 404),
        ("/v1/shows/p-1/timeline/+0", 404), ("/v1/shows/p-1/timeline/-0", 404), ("/v1/shows/p-1/timeline/0x0", 404),
        ("/v1/shows/p-1/timeline/\(maximum)", 404), ("/v1/shows/p-1/timeline/\(maximum)0", 404),
        ("/v1?x=1&x=2", 400), ("/v1/nothing", 404), ("/v1/shows/p-1/", 404), ("//v1/shows", 404),
        ("/v1/shows/%00", 404), ("/v1/shows/" + String(repeating: "x", count: 129), 404),
    ])
    func publicRequestsAreReadStrictly(_ path: String, _ status: Int) async throws {
        try await Shop.open { shop in
            let answer = try await shop.send(.get, path)
            #expect(answer.status == status, "\(String(decoding: answer.body, as: UTF8.self))")
            guard status != 200 else { return }
            let problem: Problem = try answer.value(status)
            #expect(problem.status == status)
            #expect(answer.headers["Content-Type"] == Problem.mediaType)
            #expect(answer.headers["Cache-Control"] == "no-store")
        }
    }

    @Test func theServiceSaysWhereAccountsComeFrom() async throws {
        try await Shop.open { shop in
            let service: ServiceDocument = try await shop.get(.service)
            let guests = try #require(service.signIn?.guests)
            let account: GuestAccount = try await shop.send(.post, guests).value(201)
            #expect(try await shop.send(.get, Route.follows.path, token: account.token).status == 200)
        }
    }
}
