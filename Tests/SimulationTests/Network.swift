import AppCore
import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import ShowServer

/// A question on its way, from the viewer that waits for one answer.
final class Exchange {
    let viewer: Viewer
    let query: ShopQuery
    let request: HTTPRequest
    var isOver = false

    init(_ viewer: Viewer, _ query: ShopQuery, _ request: HTTPRequest) {
        self.viewer = viewer
        self.query = query
        self.request = request
    }
}

/// What becomes of the reply to a request that arrives.
enum Delivery: CaseIterable {
    case whole, lost, late, reset, cut, badGateway
}

extension Simulation {
    /// A client waits so long for an answer.
    private static let patience = HTTPLimits.standard.whole

    func ask(_ viewer: Viewer, _ query: ShopQuery) {
        var request: HTTPRequest
        switch query {
        case .quote, .paymentMethods, .placeOrder, .traceOrder, .orders, .cancelOrder, .returnOrder:
            do {
                request = try provider.request(for: query, account: account)
            } catch {
                return after(.zero, .act(viewer, .answered(query, .failure(error))))
            }
        // The rest has nothing to do with money.
        default: return
        }
        if case .placeOrder(let intent) = query {
            if ledger[intent.key] == nil { note("an order was sent before its intent was on disk") }
            sent[intent.key, default: 0] += 1
            // The shop has no keys: to it, every order is another one.
            if isKeyless { request.headers.set("Idempotency-Key", "\(intent.key)-\(sent[intent.key] ?? 0)") }
        }
        if plant == .freshKeyOnRetry, case .placeOrder(let intent) = query, intent.state == .unknown {
            request.headers.set("Idempotency-Key", Entropy(high: dice.next(), low: dice.next()).uuid)
        }
        let exchange = Exchange(viewer, query, request)
        after(Self.patience, .reply(exchange, .failure(.timedOut(sent: true))))
        send(exchange)
    }

    /// Decides what the network does with a request.
    private func send(_ exchange: Exchange) {
        let usual = dice.milliseconds(10...300)
        guard !isHealed, dice.isHit(perMille: networkFaults) else { return after(usual, .arrive(exchange, .whole)) }
        let fault = dice.pick(1...12)
        note(exchange.viewer, "fault \(fault) for \(exchange.query)")
        switch fault {
        case 1: after(usual, .reply(exchange, .failure(.cannotConnect)))
        // Cut on its way, with and without a word.
        case 2: after(usual, .reply(exchange, .failure(.connectionLost(sent: true))))
        case 3: break
        case 4: after(dice.milliseconds(1000...600_000), .arrive(exchange, .whole))
        case 5:
            after(usual, .arrive(exchange, dice.isHit(perMille: 500) ? .whole : .lost))
            after(dice.milliseconds(0...400_000), .arrive(exchange, .lost))
        case 6: after(usual, .reply(exchange, .success(refusal())))
        default:
            after(usual, .arrive(exchange, Delivery.allCases[dice.pick(1...Delivery.allCases.count - 1)]))
        }
    }

    /// Answers of a server, or of something before it, that has not looked at the request.
    private func refusal() -> HTTPResponse {
        let status = [401, 404, 429, 500, 502, 503][dice.pick(0...5)]
        var headers: HTTPHeaders = ["Content-Type": "application/problem+json"]
        if status == 429 { headers.set("Retry-After", "\(dice.pick(0...20))") }
        let body = status == 401 ? #"{"code":"unauthorized","title":"Who asks is not known"}"# : ""
        return HTTPResponse(status: status, headers: headers, body: Data(body.utf8))
    }

    func arrive(_ exchange: Exchange, _ delivery: Delivery) async {
        let request = exchange.request
        let answer = await shop.server.answer(
            request.method.rawValue, String(request.url.dropFirst(provider.origin.count)),
            headers: request.headers.fields.map { ($0.name, $0.value) }, body: Array(request.body ?? Data()))
        note(exchange.viewer, "arrives \(exchange.query), \(answer.status), reply \(delivery)")
        var response = HTTPResponse(status: answer.status, body: Data(answer.body))
        for (name, value) in answer.headers { response.headers.append(name, value) }
        let usual = dice.milliseconds(10...300)
        switch delivery {
        case .whole: after(usual, .reply(exchange, .success(response)))
        case .lost: break
        case .late: after(dice.milliseconds(5000...60_000), .reply(exchange, .success(response)))
        case .reset: after(usual, .reply(exchange, .failure(.connectionLost(sent: true))))
        case .cut:
            response.body = response.body.prefix(dice.pick(0...max(0, response.body.count - 1)))
            let isNoticed = dice.isHit(perMille: 500)
            after(usual, .reply(exchange, isNoticed ? .failure(.protocolError) : .success(response)))
        case .badGateway:
            after(usual, .reply(exchange, .success(HTTPResponse(status: 502, body: Data("<html>".utf8)))))
        }
    }

    func reply(_ exchange: Exchange, _ result: Result<HTTPResponse, HTTPFailure>) async {
        guard !exchange.isOver, exchange.viewer.isAlive else { return }
        exchange.isOver = true
        var result = result
        if plant == .timeoutIsRefusal, case .failure(.timedOut) = result { result = .failure(.cannotConnect) }
        if case .success = result {
            let seconds = Timestamp(seconds: time.milliseconds / 1000)
            await act(exchange.viewer, .serverTime(seconds))
        }
        let answer: Result<ShopAnswer, ShopFailure>
        do {
            answer = .success(try provider.answer(to: exchange.query, from: result))
        } catch {
            answer = .failure(error)
        }
        await act(exchange.viewer, .answered(exchange.query, answer))
    }
}
