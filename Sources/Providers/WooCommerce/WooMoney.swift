import Domain
import LiveAPI

/// The unit that amounts beside it are in: the shop's own number of decimals, which need not be the currency's.
struct WooCurrency: Hashable, Sendable {
    let code: String
    let decimals: Int

    init(from wire: WireReader) throws {
        code = try wire.get("currency_code")
        decimals = try wire.count("currency_minor_unit")
        guard Money(amount: 0, exponent: decimals, currency: code) != nil else {
            throw wire.corrupted("currency_code", "no currency that money can be in")
        }
    }

    /// An amount as the Store API writes it: a whole number of the smallest unit, in quotation marks.
    func money(_ text: String) -> Money? {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
        guard !digits.isEmpty, text.utf8.count - digits.count <= 1,
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let amount = Int64(text)
        else { return nil }
        return Money(amount: amount, exponent: decimals, currency: code)
    }
}

extension WireReader {
    /// An amount that has to be there.
    func amount(_ key: WireKey, _ currency: WooCurrency) throws -> Money {
        guard let money = try currency.money(get(key)) else {
            throw corrupted(key, "no amount of money")
        }
        return money
    }

    /// An amount that may be missing, null or empty; anything else that is none is refused.
    func findAmount(_ key: WireKey, _ currency: WooCurrency) throws -> Money? {
        guard let text: String = try find(key), !text.isEmpty else { return nil }
        guard let money = currency.money(text) else {
            throw corrupted(key, "no amount of money")
        }
        return money
    }
}

/// `prices` of a product or of a basket's line.
struct WooPrices: Decodable, Sendable {
    /// nil where the shop has not put a price on it.
    let price: Money?
    /// What it is without a sale.
    let regular: Money?
    /// The most that a form of it costs, where the forms have several prices.
    let highest: Money?

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        let currency = try WooCurrency(from: wire)
        let price = try wire.findAmount("price", currency)
        guard price?.isNegative != true else {
            throw wire.corrupted("price", "below nothing")
        }
        self.price = price
        // What cannot be compared with is no reason to show no price.
        regular = try? wire.findAmount("regular_price", currency)
        let range = try? wire.object("price_range")
        highest = try? range?.findAmount("max_amount", currency)
    }

    /// What it was before the sale; nil where it is no sale.
    var was: Money? {
        guard let price, let regular, regular.exceeds(price) == true else { return nil }
        return regular
    }
}
