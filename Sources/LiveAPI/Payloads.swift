import Domain

/// A list: `{"items": […], "nextCursor": "…"}`, the cursor only where more follows.
package struct Page<Item> {
    package var items: [Item]
    package var nextCursor: String?

    package init(items: [Item], nextCursor: String? = nil) {
        self.items = items
        self.nextCursor = nextCursor
    }
}

extension Page: Sendable where Item: Sendable {}
extension Page: Decodable where Item: Decodable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        guard wire.contains("items") else {
            throw DecodingError.keyNotFound(
                WireKey(stringLiteral: "items"),
                .init(codingPath: decoder.codingPath, debugDescription: "a list has items"))
        }
        self.init(items: try wire.list("items"), nextCursor: try wire.findCursor("nextCursor"))
    }
}
extension Page: Encodable where Item: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("items", items)
        try wire.set("nextCursor", nextCursor)
    }
}

/// What a server says of itself at `GET /v1`.
package struct ServiceDocument: Codable, Sendable {
    package struct Limits: Codable, Sendable {
        package var chatCharacters: Int
        package var nameCharacters: Int
        package var bodyBytes: Int
        package var orderQuantity: Int

        package init(chatCharacters: Int, nameCharacters: Int, bodyBytes: Int, orderQuantity: Int) {
            self.chatCharacters = chatCharacters
            self.nameCharacters = nameCharacters
            self.bodyBytes = bodyBytes
            self.orderQuantity = orderQuantity
        }
    }

    /// Where an account comes from, each a path below the server's origin; what is missing is not offered.
    package struct SignIn: Codable, Sendable {
        /// Opens a guest's account: `POST`.
        package var guests: String?
        /// OAuth 2.0's device authorization grant (RFC 8628), its tokens, and their revocation (RFC 7009): `POST`.
        package var device: String?
        package var token: String?
        package var revocation: String?

        package init(
            guests: String? = nil, device: String? = nil, token: String? = nil, revocation: String? = nil
        ) {
            self.guests = guests
            self.device = device
            self.token = token
            self.revocation = revocation
        }
    }

    package var name: String
    /// `chat`, `orders`, `follows`, `guests`, `replay`: what is not listed is not offered.
    package var capabilities: [String]
    package var currencies: [String]
    package var signIn: SignIn?
    package var serverTime: Timestamp
    package var limits: Limits

    package init(
        name: String, capabilities: [String], currencies: [String], signIn: SignIn? = nil, serverTime: Timestamp,
        limits: Limits
    ) {
        self.name = name
        self.capabilities = capabilities
        self.currencies = currencies
        self.signIn = signIn
        self.serverTime = serverTime
        self.limits = limits
    }
}

/// The answer of `POST /v1/guests`.
package struct GuestAccount: Codable, Sendable {
    package var account: String
    package var name: String
    /// A bearer token: a secret, kept in the state folder and never logged.
    package var token: String

    package init(account: String, name: String, token: String) {
        self.account = account
        self.name = name
        self.token = token
    }
}

/// `POST /v1/quotes`.
package struct QuoteRequest: Codable, Sendable {
    package struct Line: Codable, Hashable, Sendable {
        package var sku: SKU
        package var quantity: Int

        package init(sku: SKU, quantity: Int) {
            self.sku = sku
            self.quantity = quantity
        }
    }

    package var lines: [Line]
    package var show: ShowID?
    package var address: AddressID?
    /// Id of the delivery that is asked for, by id of the shipment; the cheapest where a shipment is not named.
    package var deliveries: [String: String]?

    package init(
        lines: [Line], show: ShowID? = nil, address: AddressID? = nil, deliveries: DeliveryChoice = [:]
    ) {
        self.lines = lines
        self.show = show
        self.address = address
        let names = deliveries.map { ($0.key.rawValue, $0.value.rawValue) }
        self.deliveries = names.isEmpty ? nil : Dictionary(names) { first, _ in first }
    }
}

/// `POST /v1/orders`, with the key in the `Idempotency-Key` header.
package struct OrderRequest: Codable, Hashable, Sendable {
    package var quote: QuoteID
    /// The order is refused when it would cost more than this.
    package var maximumTotal: Money
    package var paymentMethod: PaymentMethodID

    package init(quote: QuoteID, maximumTotal: Money, paymentMethod: PaymentMethodID) {
        self.quote = quote
        self.maximumTotal = maximumTotal
        self.paymentMethod = paymentMethod
    }
}

/// `POST /v1/orders/{id}/return`.
package struct ReturnWish: Codable, Sendable {
    package var reason: ReturnReason
    package var note: String?

    package init(reason: ReturnReason, note: String? = nil) {
        self.reason = reason
        self.note = note
    }
}

/// `POST /v1/shows/{id}/messages`.
package struct MessageRequest: Codable, Sendable {
    package var text: String
    package init(text: String) { self.text = text }
}

/// A refusal: RFC 9457 `application/problem+json` with a stable `code`.
package struct Problem: Codable, Sendable, Error {
    package static let mediaType = "application/problem+json"

    package var type: String
    package var title: String
    package var status: Int
    package var code: String
    package var detail: String?
    /// The current truth, with 409 and 412.
    package var quote: Quote?
    package var stock: Int?

    package init(
        code: String, status: Int, title: String, detail: String? = nil, quote: Quote? = nil, stock: Int? = nil
    ) {
        type = "https://vitrine.example/problems/" + code
        self.title = title
        self.status = status
        self.code = code
        self.detail = detail
        self.quote = quote
        self.stock = stock
    }
}

/// The codes that a client acts on.
package enum ProblemCode {
    package static let soldOut = "sold_out"
    package static let totalAboveMaximum = "total_above_maximum"
    package static let quoteExpired = "quote_expired"
    package static let paymentDeclined = "payment_declined"
    package static let keyInFlight = "idempotency_key_in_flight"
    package static let keyReused = "idempotency_key_reused"
    package static let keyMissing = "idempotency_key_missing"
    package static let unauthorized = "unauthorized"
    package static let notFound = "not_found"
    package static let invalid = "invalid_request"
    package static let rateLimited = "rate_limited"
    package static let notCancellable = "not_cancellable"
    package static let notDelivered = "not_delivered"
    package static let returnTooLate = "return_too_late"
    package static let returnAlreadyAsked = "return_already_asked"
}
