import Domain
import HTTPTransport
import Providers
import Synchronization
import Testing
import Text

@testable import ShopAccess

/// No shop is asked more often than its makers say.
@Suite final class PaceTests: Sendable {
    private static func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: 1_000_000 + milliseconds) }

    @Test func inAnyStretchThereAreNoMoreThanThat() {
        var pacer = RequestPacer(RequestPace(requests: 3, in: .seconds(10)))
        var times: [Int64] = []
        // A hundred at once, then one every second.
        for number in 0..<160 {
            let now = Int64(max(0, number - 100)) * 1000
            times.append(now + pacer.delay(at: Self.at(now), mayWait: true).milliseconds)
        }
        for (first, fourth) in zip(times, times.dropFirst(3)) { #expect(fourth - first >= 10_000) }
        #expect(times[..<3].allSatisfy { $0 == 0 } && times[3] == 10_000)
    }

    @Test func whoBuysDoesNotWaitAndCounts() {
        var pacer = RequestPacer(RequestPace(requests: 2, in: .seconds(10)))
        for _ in 0..<5 { #expect(pacer.delay(at: Self.at(0), mayWait: false) == .zero) }
        #expect(pacer.delay(at: Self.at(1000), mayWait: true) == .seconds(9))
    }

    @Test func aClockThatIsSetBackHoldsNothingUp() {
        var pacer = RequestPacer(RequestPace(requests: 1, in: .seconds(10)))
        #expect(pacer.delay(at: Self.at(86_400_000), mayWait: true) == .zero)
        #expect(pacer.delay(at: Self.at(0), mayWait: true) == .zero)
    }

    private let sent = Mutex<[String]>([])

    @Test func theClientKeepsIt() throws {
        let http = HTTPClient { [self] request, completion in
            sent.withLock { $0.append(request.url) }
            completion(.success(HTTPResponse(status: 404)))
            return HTTPCancellation {}
        }
        let client = ShopClient(
            provider: try WooCommerceProvider(origin: "https://shop.example"), http: http, keeping: .none,
            memory: .passing(), now: { Self.at(0) })
        for number in 1...50 { client.ask(.product(ProductID(String(number)))) { _ in } }
        #expect(sent.withLock { $0.count } == 20)
    }

    /// Also beside others on one server, and by a parameter.
    @Test func aShopInAFolderIsPaced() throws {
        let http = HTTPClient { [self] request, completion in
            sent.withLock { $0.append(request.url) }
            completion(.success(HTTPResponse(status: 404)))
            return HTTPCancellation {}
        }
        let home = "https://shop.example/tea"
        let shop = WooCommerceProvider(site: try WooSite(home: home, api: home + "/index.php?rest_route=/"))
        let joined = JoinedProvider(live: try OwncastProvider(origin: "https://shop.example"), shop: shop)
        let client = ShopClient(
            provider: joined, http: http, keeping: .none, memory: .passing(), now: { Self.at(0) })
        for number in 1...50 { client.ask(.product(ProductID(String(number)))) { _ in } }
        #expect(sent.withLock { $0.count } == 20)
        _ = client.wait(for: .head("live"))
        #expect(sent.withLock { $0.last } == "https://shop.example/api/status")
    }

    /// A shop that is looked through in haste holds up no chat.
    @Test func aStreamBesideTheShopDoesNotWait() throws {
        let http = HTTPClient { [self] request, completion in
            sent.withLock { $0.append(request.url) }
            completion(.success(HTTPResponse(status: 404)))
            return HTTPCancellation {}
        }
        let joined = JoinedProvider(
            live: try OwncastProvider(origin: "https://live.example"),
            shop: try WooCommerceProvider(origin: "https://shop.example"))
        let client = ShopClient(
            provider: joined, http: http, keeping: .none, memory: .passing(), now: { Self.at(0) })
        for number in 1...50 { client.ask(.product(ProductID(String(number)))) { _ in } }
        _ = client.wait(for: .head("live"))
        #expect(sent.withLock { $0.last } == "https://live.example/api/status")
        #expect(sent.withLock { $0.count } == 21)
    }
}
