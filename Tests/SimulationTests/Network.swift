import AppCore
import Domain
import FoundationEssentials
import Glibc
import HTTPTransport
import ShowServer

/// A request on its way, from the viewer that waits for one reply.
final class Exchange {
    let viewer: Viewer
    let request: HTTPRequest
    private var completion: HTTPClient.Completion?

    init(_ viewer: Viewer, _ request: HTTPRequest, _ completion: @escaping HTTPClient.Completion) {
        self.viewer = viewer
        self.request = request
        self.completion = completion
    }

    /// Calls back, once.
    /// - Returns: whether it did.
    func end(_ result: Result<HTTPResponse, HTTPFailure>) -> Bool {
        guard let completion, viewer.isAlive else { return false }
        self.completion = nil
        completion(result)
        return true
    }

    var name: String { "\(request.method.rawValue) \(request.url)" }
}

/// What becomes of the reply to a request that arrives.
enum Delivery: CaseIterable {
    case whole, lost, late, reset, cut, badGateway
}

extension Simulation {
    /// A client waits so long for an answer.
    private static let patience = HTTPLimits.standard.whole

    func ask(_ viewer: Viewer, _ request: HTTPRequest, _ completion: @escaping HTTPClient.Completion) {
        var request = request
        let path = request.url.dropFirst(provider.origin.count).prefix { $0 != "?" }
        // The rest has nothing to do with money, and is never answered.
        guard ["/v1/orders", "/v1/quotes", "/v1/me/payment-methods"].contains(where: { path.hasPrefix($0) }) else {
            return
        }
        if request.method == .post, path == "/v1/orders" { mark(&request) }
        let exchange = Exchange(viewer, request, completion)
        after(Self.patience, .reply(exchange, .failure(.timedOut(sent: true))))
        send(exchange)
    }

    /// Counts an order that goes out, and gives it a key that the shop has not seen, where that is what goes wrong.
    private func mark(_ request: inout HTTPRequest) {
        let key = request.headers["Idempotency-Key"] ?? ""
        if ledger[key] == nil { note("an order was sent before its intent was on disk") }
        sent[key, default: 0] += 1
        let times = sent[key] ?? 0
        // The shop has no keys: to it, every order is another one.
        if isKeyless { request.headers.set("Idempotency-Key", "\(key)-\(times)") }
        if plant == .freshKeyOnRetry, times > 1 {
            request.headers.set("Idempotency-Key", Entropy(high: dice.next(), low: dice.next()).uuid)
        }
    }

    /// Decides what the network does with a request.
    private func send(_ exchange: Exchange) {
        let usual = dice.milliseconds(10...300)
        guard !isHealed, dice.isHit(perMille: networkFaults) else { return after(usual, .arrive(exchange, .whole)) }
        let fault = dice.pick(1...12)
        note(exchange.viewer, "fault \(fault) for \(exchange.name)")
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
        note(exchange.viewer, "arrives \(exchange.name), \(answer.status), reply \(delivery)")
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

    func reply(_ exchange: Exchange, _ result: Result<HTTPResponse, HTTPFailure>) {
        var result = result
        if plant == .timeoutIsRefusal, case .failure(.timedOut) = result { result = .failure(.cannotConnect) }
        if case .success(var response) = result {
            response.headers.set("Date", Self.date(time))
            result = .success(response)
        }
        guard exchange.end(result) else { return }
        note(exchange.viewer, "reply to \(exchange.name): \(Self.words(for: result))")
        settle(exchange.viewer)
    }

    private static func words(for result: Result<HTTPResponse, HTTPFailure>) -> String {
        switch result {
        case .success(let response): "\(response.status)"
        case .failure(let failure): "\(failure)"
        }
    }

    /// The server's clock, as the header of a reply tells it.
    private static func date(_ time: Timestamp) -> String {
        var (seconds, parts) = (time_t(time.milliseconds / 1000), tm())
        gmtime_r(&seconds, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(two).joined(separator: ":")
        return
            "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(1900 + parts.tm_year) "
            + clock + " GMT"
    }
}
