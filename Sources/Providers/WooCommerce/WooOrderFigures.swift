import Domain
import LiveAPI
import Text

/// The amounts of an order as `GET /order/{id}` tells them. They are not to be believed as they come: WooCommerce writes
/// them in hundredths, whatever unit it names beside them. Its lines are in the unit that they name.
struct WooOrderFigures: Decodable, Sendable {
    /// Unit that the shop states.
    private let currency: WooCurrency
    private let price: Int64
    private let items: Int64?
    private let refund: Int64
    /// All that the price is made of, without the items.
    private let extras: Int64?

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        let currency = try WooCurrency(from: wire)
        self.currency = currency
        func digits(_ key: WireKey) throws -> Int64? { try wire.findAmount(key, currency)?.amount }
        price = try wire.amount("total_price", currency).amount
        guard price >= 0 else {
            throw wire.corrupted("total_price", "below nothing")
        }
        let discounted = try digits("subtotal").map { try $0 &- (digits("total_discount") ?? 0) }
        items = try digits("total_items") ?? discounted
        refund = try digits("total_refund") ?? 0
        let parts = try [digits("total_shipping"), digits("total_fees"), digits("total_tax")].map { $0 ?? 0 }
        extras = parts.reduce(Optional(0)) { sum, part in
            let added = sum?.addingReportingOverflow(part)
            return added?.overflow == false ? added?.partialValue : nil
        }
    }

    /// Facts about the money of an order.
    struct Reading: Hashable, Sendable {
        /// nil where the figures contradict each other, or what was agreed cannot tell which of them is right.
        var total: Money?
        var refunded: Money?
    }

    /// - Parameters:
    ///   - lines: what each line comes to without taxes, which is in its own unit; empty where they cannot be read.
    ///   - agreed: what the order was to cost.
    func reading(lines: [Money], agreed: Money) -> Reading {
        let all = lines.dropFirst().reduce(lines.first) { $0?.adding($1) }
        let units = Set([currency.decimals, Self.usual])
        let fitting = units.filter { unit in all.map { fits($0, count: lines.count, unit) } ?? false }
        let candidates = lines.isEmpty ? units : fitting.union([currency.decimals])
        let asAgreed = candidates.sorted().first { isRounded(agreed, in: $0) }
        // Only lines say which unit it is; where they allow for both, or there are none, it has to be what was agreed.
        guard let unit = asAgreed ?? (fitting.count == 1 ? fitting.first : nil),
            let total = asAgreed == nil ? money(price, unit) : agreed
        else { return Reading() }
        guard asAgreed != nil || isSum(of: all, unit) else { return Reading() }
        let back = refund > 0 ? money(refund, unit) : nil
        return Reading(total: plain(total, like: agreed), refunded: back.map { plain($0, like: agreed) })
    }

    /// The unit that WooCommerce's orders are written in.
    private static let usual = 2

    private func money(_ amount: Int64, _ unit: Int) -> Money? {
        Money(amount: amount, exponent: unit, currency: currency.code)
    }

    /// With as many decimals as was agreed, where no digit is lost by it.
    private func plain(_ money: Money, like agreed: Money) -> Money {
        money.rescaled(to: agreed.exponent) ?? money.rescaled(to: currency.decimals) ?? money
    }

    /// Tells whether the items come to what their lines come to, but for what each of them is rounded by.
    private func fits(_ all: Money, count: Int, _ unit: Int) -> Bool {
        guard let items, let items = money(items, unit) else { return false }
        return isWithin(max(1, count), all, items)
    }

    /// Tells whether the price is what was agreed, rounded to this unit.
    private func isRounded(_ agreed: Money, in unit: Int) -> Bool {
        guard let price = money(price, unit) else { return false }
        if price.exponent >= agreed.exponent { return price.rescaled(to: agreed.exponent) == agreed }
        guard let difference = agreed.negated.flatMap(price.adding),
            let unit = Money(
                amount: 1, exponent: price.exponent, currency: price.currency)?.rescaled(to: difference.exponent)
        else { return false }
        return difference.amount.magnitude * 2 <= unit.amount.magnitude
    }

    /// Tells whether the price is the sum of its parts, each of which may be rounded to the shop's decimals.
    private func isSum(of all: Money?, _ unit: Int) -> Bool {
        guard let items, let extras, let all else { return false }
        let (sum, overflow) = items.addingReportingOverflow(extras)
        guard !overflow, let sum = money(sum, unit), let price = money(price, unit) else { return false }
        return isWithin(5, sum, price, min(unit, all.exponent))
    }

    /// - Parameter decimals: of the coarser of the units that were rounded to; nil takes those of the two amounts.
    private func isWithin(_ count: Int, _ a: Money, _ b: Money, _ decimals: Int? = nil) -> Bool {
        guard let difference = b.negated.flatMap(a.adding),
            let one = Money(
                amount: 1, exponent: decimals ?? min(a.exponent, b.exponent), currency: difference.currency),
            let most = one.rescaled(to: difference.exponent)?.multiplied(by: count)
        else { return false }
        return difference.amount.magnitude <= most.amount.magnitude
    }
}

/// `GET /order/{id}`, as far as it is of use.
struct WooOrderState: Decodable, Sendable {
    /// A line of the order. Its id is the line's own, and says nothing of the product.
    struct Item: Decodable, Sendable {
        let id: Int
        let name: SafeText
        let quantity: Int
        let price: Money
        /// Without taxes.
        let total: Money

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            id = try wire.count("id")
            name = HTMLText.safe(try wire.find("name") ?? "", limit: 150)
            quantity = try wire.count("quantity")
            let totals = try wire.object("totals")
            total = try totals.amount("line_total", WooCurrency(from: totals))
            let prices: WooPrices? = try? wire.get("prices")
            price = prices?.price ?? total
        }
    }

    let number: Int
    let status: String
    /// Empty where they cannot be read.
    let items: [Item]
    /// nil where they cannot be read.
    let figures: WooOrderFigures?

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        number = try wire.count("id")
        status = try wire.get("status")
        items = (try? wire.get("items")) ?? []
        figures = try? wire.get("totals")
    }

    func reading(agreed: Money) -> WooOrderFigures.Reading {
        figures?.reading(lines: items.map(\.total), agreed: agreed) ?? WooOrderFigures.Reading()
    }
}
