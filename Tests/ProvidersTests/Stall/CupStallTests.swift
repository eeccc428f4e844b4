import DecoderOracle
import Domain
import Foundation
import HTTPTransport
import Synchronization
import Testing

@testable import Providers

/// A provider that follows `docs/adding-a-provider.md` to the letter.
@Suite final class CupStallTests: Sendable {
    /// The stall itself: a small server with state.
    private struct Counter {
        var rappen = 1200
        var sold: [String: String] = [:]
        var losesReplies = false
        var log: [String] = []
    }

    private let counter = Mutex(Counter())
    private let memory = ShopMemory.passing()

    private var io: ShopIO {
        .scripted(memory, account: nil, now: Timestamp(seconds: 100)) { [self] (request) async throws(ShopFailure) in
            guard let response = answer(request) else { throw .unreachable("lost", mayHaveArrived: true) }
            return response
        }
    }

    private func answer(_ request: HTTPRequest) -> HTTPResponse? {
        counter.withLock { counter in
            let path = request.url.dropFirst("https://stall.example".count)
            counter.log.append("\(request.method.rawValue) \(path)")
            func json(_ text: String) -> HTTPResponse { HTTPResponse(status: 200, body: Data(text.utf8)) }
            if path == "/stall.json" {
                return json(#"{"name":"Cups","goods":[{"id":"1","title":"Cup","rappen":\#(counter.rappen)}]}"#)
            }
            if path == "/buy",
                let mark = String(decoding: request.body ?? Data(), as: UTF8.self).split(separator: "\"").dropLast()
                    .last
            {
                counter.sold[String(mark)] = "\(counter.sold.count + 1)"
                return counter.losesReplies ? nil : json(#"{"number":"\#(counter.sold.count)"}"#)
            }
            guard let number = counter.sold[path.split(separator: "/").last.map(String.init) ?? ""] else {
                return HTTPResponse(status: 404)
            }
            return json(#"{"number":"\#(number)"}"#)
        }
    }

    private func ask(_ query: ShopQuery) async throws -> ShopAnswer {
        try await StallProvider(origin: ShopOrigin("https://stall.example")).answer(to: query, io)
    }

    private func intent() async throws -> OrderIntent {
        guard case .quote(let quote) = try await ask(.quote("1", quantity: 2, show: nil)) else { throw Unexpected() }
        return OrderIntent(
            key: "key-1", account: "https://stall.example", buyer: "guest", sku: "1", title: "Cup", quantity: 2,
            quote: quote.id, quoteExpiresAt: quote.expiresAt, paymentMethod: "cash", maximumTotal: quote.total,
            show: nil, createdAt: Timestamp(seconds: 100), isKeyed: false)
    }

    @Test func canDoWhatItHasPartsFor() async throws {
        let stall = StallProvider(origin: try ShopOrigin("https://stall.example"))
        #expect(stall.capabilities == [.orders])
        guard case .service(let info) = try await ask(.service),
            case .products(let goods, nil) = try await ask(.products(search: "cu", show: nil, cursor: nil))
        else { throw Unexpected() }
        #expect(info.name == "Cups" && goods.map(\.title) == ["Cup"])
        // Of what it has no part for there is nothing.
        #expect(try await ask(.shows(ShowFilter(), cursor: nil)) == .shows([], nextCursor: nil))
        await #expect(throws: ShopFailure.notFound) { try await ask(.head("1")) }
        await #expect(throws: ShopFailure.notSent("this shop has no chat")) {
            try await ask(.postMessage("1", text: "?"))
        }
    }

    @Test func buys() async throws {
        guard case .order(let order) = try await ask(.placeOrder(intent())) else { throw Unexpected() }
        #expect(order.id == "1" && order.total.amount == 2400)
        #expect(try await ask(.orders(cursor: nil)) == .orders([order], nextCursor: nil))
    }

    @Test func refusesAPriceThatRose() async throws {
        let intent = try await intent()
        counter.withLock { $0.rappen = 1300 }
        do {
            _ = try await ask(.placeOrder(intent))
            Issue.record("it was bought")
        } catch ShopFailure.refused(let refusal) { #expect(refusal.quote?.total.amount == 2600) }
        #expect(counter.withLock { $0.sold.isEmpty })
    }

    @Test func findsAPurchaseWhoseReplyWasLost() async throws {
        let intent = try await intent()
        counter.withLock { $0.losesReplies = true }
        await #expect(throws: ShopFailure.unreachable("lost", mayHaveArrived: true)) {
            try await ask(.placeOrder(intent))
        }
        guard case .order(let order) = try await ask(.traceOrder(intent)) else { throw Unexpected() }
        #expect(order.id == "1" && order.key == "key-1")
        #expect(counter.withLock { $0.log.count { $0 == "POST /buy" } } == 1)
    }

    /// The page quotes the provider, so that neither changes without the other.
    @Test func theGuideQuotesIt() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        func lines(_ url: URL) throws -> [String] {
            try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
                .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
        let code = try lines(folder.appending(path: "StallProvider.swift")).joined(separator: "\n")
        let page = try lines(folder.appending(path: "../../../docs/adding-a-provider.md").standardizedFileURL)
        var quotes: [[String]] = []
        var isQuoting = false
        for line in page {
            if line == "```swift" { quotes.append([]) }
            if line.hasPrefix("```") {
                isQuoting = line == "```swift"
            } else if isQuoting {
                quotes[quotes.count - 1].append(line)
            }
        }
        #expect(quotes.count >= 4)
        for quote in quotes { #expect(code.contains(quote.joined(separator: "\n")), "\(quote)") }
    }
}
