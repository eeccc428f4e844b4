import Domain
import GRDB
import LiveAPI

/// Places and cancels orders. Stock, order, key and answer are written in one transaction, or not at all.
struct OrderDesk: Sendable {
    let origin: ServerOrigin
    let shop: ShopSetup

    /// An answer as it was first given.
    struct Stored: Sendable {
        let status: Int
        let body: String
        var order: OrderID?
        var isReplay = false
    }

    func place(
        _ wish: OrderRequest, key: String, for account: String, _ turn: inout Turn
    ) throws -> Stored {
        let hash = Digest.hex(try WireCoding.encode(wish))
        if let stored = try replay(turn, key, hash, of: account) { return stored }
        let stored: Stored
        do {
            let order = try buy(wish, key: key, for: account, &turn)
            stored = Stored(status: 201, body: try WireCoding.text(order), order: order.id)
        } catch let refusal as Problem where Self.isFinal(refusal) {
            stored = Stored(status: refusal.status, body: try WireCoding.text(refusal))
        }
        try turn.db.change(
            """
            INSERT INTO idempotency_keys (account, key, body_hash, status, answer, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """, [account, key, hash, stored.status, kept(stored), turn.now.milliseconds])
        return stored
    }

    private func replay(_ turn: Turn, _ key: String, _ hash: String, of account: String) throws -> Stored? {
        let db = turn.db
        let row = try db.row("SELECT * FROM idempotency_keys WHERE account = ? AND key = ?", [account, key])
        guard let row else {
            // The key's answer has been forgotten, but its order has not: it must not be bought again.
            return try orders(db, of: account, key: key, before: nil, limit: 1, now: turn.now).first.map {
                Stored(status: 201, body: try WireCoding.text($0), order: $0.id, isReplay: true)
            }
        }
        guard try row.value("body_hash") == hash else {
            throw Problem(
                code: ProblemCode.keyReused, status: 422, title: "This key belongs to another order",
                detail: "the same Idempotency-Key came with another body")
        }
        let order = try String.fetchOne(
            db, sql: "SELECT id FROM orders WHERE account = ? AND key = ?", arguments: [account, key])
        var body: String = try row.value("answer")
        if let order { body = body.replacing(Schema.tokenPlace, with: origin.checkouts.token(of: order)) }
        return Stored(status: try row.value("status"), body: body, order: order.map { OrderID($0) }, isReplay: true)
    }

    /// The answer as it is kept: without the secret of the payment page.
    private func kept(_ stored: Stored) -> String {
        guard let order = stored.order else { return stored.body }
        return stored.body.replacing(origin.checkouts.token(of: order.rawValue), with: Schema.tokenPlace)
    }

    /// Refusals that are the shop's answer to this purchase, and stay its answer when it is asked again.
    private static func isFinal(_ refusal: Problem) -> Bool {
        switch refusal.code {
        case ProblemCode.soldOut, ProblemCode.totalAboveMaximum, ProblemCode.quoteExpired,
            ProblemCode.paymentDeclined:
            true
        default: false
        }
    }

    // MARK: Buying

    private func buy(
        _ wish: OrderRequest, key: String, for account: String, _ turn: inout Turn
    ) throws -> Order {
        guard let (request, expiresAt) = try QuoteDesk.kept(turn.db, wish.quote, of: account) else {
            throw Problem.unprocessable("there is no such quote")
        }
        guard let payment = shop.payment(wish.paymentMethod) else {
            throw Problem.unprocessable("there is no such payment method")
        }
        if expiresAt <= turn.now {
            throw Problem(
                code: ProblemCode.quoteExpired, status: 412, title: "The quote has expired",
                detail: "the quote has expired; nothing was bought, and here is a new one",
                quote: try QuoteDesk.quote(request, for: account, shop, &turn))
        }
        let quote = try QuoteDesk.price(request, wish.quote, shop, turn)
        guard let isAbove = quote.total.exceeds(wish.maximumTotal) else {
            throw Problem.unprocessable("maximumTotal is not in \(quote.total.currency)")
        }
        if isAbove {
            throw Problem(
                code: ProblemCode.totalAboveMaximum, status: 409, title: "It would cost more than the maximum",
                detail: "it would cost more than the maximum; nothing was bought, and here is what it costs now",
                quote: try QuoteDesk.quote(request, for: account, shop, &turn))
        }
        try take(quote.lines, payingWith: payment, turn.db)
        let order = try Orders.insert(
            turn.db, quote, key: key, account: account, show: request.show, payment: payment,
            checkouts: origin.checkouts, now: turn.now)
        try claimOffers(quote, in: request.show, &turn)
        try turn.tell(quote.lines.map(\.sku), at: turn.now)
        return order.map(to: origin, of: shop)
    }

    /// Takes the stock of all lines, or of none.
    private func take(_ lines: [QuoteLine], payingWith payment: ShopSetup.Payment, _ db: Database) throws {
        try db.apart {
            for line in lines {
                try db.change(
                    "UPDATE variants SET stock = stock - ? WHERE sku = ? AND stock >= ?",
                    [line.quantity, line.sku.rawValue, line.quantity])
                if db.changesCount == 0 { throw try soldOut(line, db) }
            }
            guard payment.outcome != .declined else {
                throw Problem(
                    code: ProblemCode.paymentDeclined, status: 402, title: "The card was declined",
                    detail: "the card was declined; nothing was bought and nothing was charged")
            }
        }
    }

    private func soldOut(_ line: QuoteLine, _ db: Database) throws -> Problem {
        let stock = try Int.fetchOne(
            db, sql: "SELECT stock FROM variants WHERE sku = ?", arguments: [line.sku.rawValue])
        let left = stock ?? 0
        return Problem(
            code: ProblemCode.soldOut, status: 409, title: left == 0 ? "Sold out" : "Not enough left",
            detail: left == 0 ? "\(line.sku) is sold out" : "of \(line.sku) only \(left) are left", stock: left)
    }

    /// The offers that the order was priced with have fewer left now; one with none left is over.
    private func claimOffers(_ quote: Quote, in show: ShowID?, _ turn: inout Turn) throws {
        let now = turn.now
        for line in quote.lines {
            guard let product = line.product, let deal = QuoteDesk.deal(on: product, in: show, turn) else { continue }
            try turn.change(deal.show) { try $0.claim(deal.offer, count: line.quantity, at: now, to: $1) }
        }
    }
}

extension LiveShow {
    /// Counts so many of a limited offer as taken.
    mutating func claim(_ offer: Offer, count: Int, at time: Timestamp, to db: Database) throws {
        guard let remaining = offer.remaining else { return }
        if remaining <= count {
            try append(.offerEnded(offer.id), at: time, to: db)
        } else {
            var rest = offer
            rest.remaining = remaining - count
            try append(.offerStarted(rest), at: time, to: db)
        }
    }
}
