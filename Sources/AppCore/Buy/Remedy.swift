import Domain
import Text

/// Something that the shopper can do about a no.
package enum Remedy: Hashable, Sendable {
    /// Enter asks again, which may help.
    case askAgain
    /// The address is missing, or wrong for this.
    case address
    /// Another number of it.
    case quantity
    /// One of the deliveries, before there is a total.
    case delivery
    /// Another way to pay.
    case payment
    /// The shop's own page, where it may be bought under rules that this program cannot meet.
    case shopPage
}

extension ShopFailure {
    package var remedy: Remedy {
        switch self {
        case .refused(let refusal): refusal.remedy
        case .notFound: .shopPage
        case .unreachable, .busy, .unauthorized, .notUnderstood, .notSent: .askAgain
        }
    }
}

extension Refusal {
    /// Codes of what passes by itself, or with a new total. Anything that is not known is a rule of the shop's, such as
    /// that guests cannot buy: the same question gets the same no.
    private static let passing: Set = [
        "sold_out", "total_above_maximum", "price_changed", "quote_expired", "payment_declined", "payment_failed",
        "basket_differs", "invalid_request", "rate_limited", "not_open", "idempotency_key_in_flight",
        "idempotency_key_reused",
    ]

    package var remedy: Remedy {
        if quote != nil || stock != nil { return .askAgain }
        if quantities != nil { return .quantity }
        if !shipments.isEmpty { return .delivery }
        switch code {
        case Refusal.addressNeeded, "no_shipping": return .address
        case "payment_method": return .payment
        default: break
        }
        let passingWords = ["nonce", "total", "declined"]
        let isPassing = Self.passing.contains(code) || passingWords.contains { code.contains($0) }
        return isPassing ? .askAgain : .shopPage
    }
}
