import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import Text

/// A reply of the Storefront API: almost everything that goes wrong comes with status 200.
struct ShopifyReply {
    let response: HTTPResponse
    private let body: ReplyBody
    private let errors: [ShopifyError]

    init(_ response: HTTPResponse) {
        self.response = response
        body = ReplyBody(response)
        errors = (try? WireJSON.decode(Errors.self, from: body.json))?.errors ?? []
    }

    private var isSuccess: Bool { (200..<300).contains(response.status) }
    private var isWebPage: Bool { body.obstacle != nil }

    /// Reads a success strictly: a name that stands twice in it could be read in two ways.
    func data<Value: Decodable>(_: Value.Type) throws(ShopFailure) -> Value {
        guard isSuccess, errors.isEmpty, !isWebPage else { throw failure }
        do { return try WireJSON.decodeUnambiguous(Envelope<Value>.self, from: body.json).data } catch {
            throw .notUnderstood("the shop's reply is not what Shopify promises")
        }
    }

    /// There is no such API here, or not for us: the shop may be read in another way.
    var isClosed: Bool {
        switch response.status {
        case 401, 403, 404, 405, 410: true
        case 200..<300: errors.isEmpty ? isWebPage || !isEnvelope : isDenied
        default: false
        }
    }

    /// There is such an API, and this of it is not for us.
    var isDenied: Bool { (200..<300).contains(response.status) && errors.contains { $0.code == "ACCESS_DENIED" } }

    private var isEnvelope: Bool { (try? WireJSON.decode(Envelope<Anything>.self, from: body.json)) != nil }

    /// What a reply other than a success means for a question, and for an act that certainly has not happened.
    var failure: ShopFailure {
        let status = response.status
        // What says by itself what it is is not guessed at.
        if let obstacle = body.obstacle, obstacle != .webPage, obstacle != .signInPage {
            return .notUnderstood(obstacle.words)
        }
        if let words = Self.words(for: status) { return .notUnderstood(words) }
        if status == 429 || (500..<600).contains(status) {
            return .busy(
                status: status, retryAfterSeconds: response.retryAfter(now: .max).map { Int(clamping: $0.wholeSeconds) }
            )
        }
        if let error = errors.first { return failure(error) }
        if isWebPage { return .notUnderstood(Self.webPage) }
        guard !isSuccess else { return .notUnderstood("the shop's reply is not what Shopify promises") }
        return .notUnderstood(SafeText("the shop answered with status \(status) and no reason"))
    }

    private static let webPage: SafeText =
        "a web page came instead of an answer: a network's sign-in page, or a shop that is closed by a password"

    private func failure(_ error: ShopifyError) -> ShopFailure {
        switch error.code {
        case "THROTTLED": .busy(status: 429, retryAfterSeconds: secondsToWait)
        case "INTERNAL_SERVER_ERROR": .busy(status: 500, retryAfterSeconds: nil)
        case "SHOP_INACTIVE": .notUnderstood("the shop is not open at present")
        case "ACCESS_DENIED": .notUnderstood("the shop does not let this be read without a key of its own")
        // Of what is asked with, only the country comes from a person.
        case "INVALID_VARIABLE" where error.message.string.contains("country"):
            .refused(
                Refusal(
                    code: Refusal.addressNeeded, message: "The shop does not know the country of your address."))
        default: .notUnderstood("the shop says: " + error.message)
        }
    }

    /// Until the shop has points again for what was asked, where it says how many it gives.
    private var secondsToWait: Int? {
        guard let cost = (try? WireJSON.decode(Errors.self, from: body.json))?.cost, cost.rate > 0 else {
            return nil
        }
        let missing = max(0, cost.requested - cost.available)
        return min(60, max(1, (missing + cost.rate - 1) / cost.rate))
    }

    private static func words(for status: Int) -> SafeText? {
        switch status {
        case 300..<400:
            "the shop points to another place; give the address it really has, or it is closed by a password"
        case 402: "the shop is frozen: its owner has a bill to settle"
        case 423: "the shop is locked"
        case 430: "the shop's protection takes this for an attack; wait a while"
        case 404: "there is no Shopify shop at this address (status 404)"
        default: nil
        }
    }

    private struct Envelope<Value: Decodable>: Decodable {
        let data: Value

        init(from decoder: any Decoder) throws { data = try decoder.wire().get("data") }
    }

    private struct Anything: Decodable { init(from decoder: any Decoder) throws { _ = try decoder.wire() } }

    /// `errors` is a list, or one sentence.
    private struct Errors: Decodable {
        let errors: [ShopifyError]
        let cost: Cost?

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            if let list: [ShopifyError] = try? wire.find("errors") {
                errors = list
            } else if let sentence: String = try? wire.find("errors") {
                errors = [ShopifyError(code: "", message: WireLimits.safe(sentence, limit: 200))]
            } else {
                errors = wire.contains("errors") ? [ShopifyError(code: "", message: "something has gone wrong")] : []
            }
            let more = try? wire.object("extensions")
            cost = try? more?.find("cost")
        }
    }

    private struct Cost: Decodable {
        let requested, available, rate: Int

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            requested = try wire.count("requestedQueryCost")
            let bucket = try wire.object("throttleStatus")
            available = try bucket.count("currentlyAvailable")
            rate = try bucket.count("restoreRate")
        }
    }
}

/// `{message, extensions: {code}}`, or `{code, message}` of a basket. Messages are in the shop's language, so what is to be
/// done goes by the code.
struct ShopifyError: Decodable, Sendable {
    let code: String
    let message: SafeText

    init(code: String, message: SafeText) {
        self.code = code
        self.message = message
    }

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        let more = try? wire.object("extensions")
        let words: String? = try? wire.find("message")
        let own: String? = try? wire.find("code")
        let code = own ?? (try? more?.find("code")) ?? ""
        self.code = String(code.prefix(64))
        let said = WireLimits.safe(words ?? "", limit: 200)
        message = said.isEmpty ? SafeText(self.code) : said
    }

    /// A basket that is not made, by what the code means.
    var failure: ShopFailure {
        switch code {
        case "SERVICE_UNAVAILABLE": .busy(status: 503, retryAfterSeconds: nil)
        case "INVALID", "MERCHANDISE_NOT_APPLICABLE", "INVALID_MERCHANDISE_LINE":
            .refused(Refusal(code: code, message: "The shop does not sell this here: " + message))
        case "MAXIMUM_EXCEEDED", "LESS_THAN":
            .refused(Refusal(code: code, message: "The shop sells no more than a certain number at once: " + message))
        case "MINIMUM_NOT_MET":
            .refused(Refusal(code: code, message: "The shop sells no fewer than a certain number: " + message))
        case "INVALID_INCREMENT":
            .refused(Refusal(code: code, message: "The shop sells this in certain numbers only: " + message))
        case "VARIANT_REQUIRES_SELLING_PLAN", "SELLING_PLAN_NOT_APPLICABLE":
            .refused(Refusal(code: code, message: "The shop sells this by subscription only, on its own pages."))
        default: .refused(Refusal(code: code.isEmpty ? "not_sold" : code, message: message))
        }
    }
}
