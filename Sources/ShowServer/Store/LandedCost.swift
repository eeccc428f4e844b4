import Domain
import LiveAPI
import Text

/// Shipping, tax and duties of the demo shop: simple rules, exact amounts.
struct LandedCost {
    let shipping: Charge
    let tax: Charge
    let taxIncluded: Bool
    let duties: Charge

    /// Countries between which nothing is declared at a border.
    private static let customsUnion: Set<String> = ["DE", "FR", "IT", "ES", "NL", "PT", "AT", "BE", "GR", "FI", "SE"]
    private static let dutyPercent = 5

    /// - Parameters:
    ///   - worth: the goods after discounts, in the currency of everything here.
    ///   - destination: ISO 3166 alpha-2.
    init(worth: Money, goods: [Goods], destination: String) throws {
        let origins = Set(goods.map(\.shipsFrom)).sorted()
        let parcels = try origins.map { try Self.parcel(from: $0, to: destination, like: worth) }
        shipping = Charge(
            label: SafeText("Shipping from " + origins.joined(separator: " and ")),
            amount: try QuoteDesk.sum(parcels, worth.zero))

        let rule = Self.taxRule(destination)
        let tax =
            rule.isIncluded
            ? worth.part(rule.basisPoints, of: 10_000 + rule.basisPoints)
            : worth.part(rule.basisPoints, of: 10_000)
        guard let tax else { throw Problem.unprocessable("the amount is too large") }
        self.tax = Charge(label: SafeText(rule.label), amount: tax)
        taxIncluded = rule.isIncluded

        let foreign = goods.filter { Self.crossesBorder(from: $0.shipsFrom, to: destination) }
        let dutiable = try QuoteDesk.sum(foreign.map(\.value), worth.zero)
        guard let duties = dutiable.percent(Self.dutyPercent) else {
            throw Problem.unprocessable("the amount is too large")
        }
        let countries = Set(foreign.map(\.shipsFrom)).sorted().joined(separator: ", ")
        self.duties = Charge(
            label: SafeText(foreign.isEmpty ? "Duties" : "Duties \(Self.dutyPercent) % on goods from \(countries)"),
            amount: duties)
    }

    static func crossesBorder(from origin: String, to destination: String) -> Bool {
        origin != destination && !(customsUnion.contains(origin) && customsUnion.contains(destination))
    }

    private static func parcel(from origin: String, to destination: String, like money: Money) throws -> Money {
        let (home, abroad): (Int64, Int64) =
            switch money.currency {
            case "CHF": (700, 1900)
            case "EUR": (490, 1450)
            case "JPY": (600, 1800)
            default: (595, 1695)
            }
        let amount = crossesBorder(from: origin, to: destination) ? abroad : home
        let exponent = CurrencyExponents.exponent(of: money.currency)
        guard let parcel = Money(amount: amount, exponent: exponent, currency: money.currency) else {
            throw Problem.unprocessable("there is no shipping in \(money.currency)")
        }
        return parcel
    }

    private struct TaxRule {
        let label: String
        let basisPoints: Int64
        let isIncluded: Bool
    }

    private static func taxRule(_ country: String) -> TaxRule {
        switch country {
        case "CH": TaxRule(label: "VAT 8.1 %", basisPoints: 810, isIncluded: true)
        case "DE": TaxRule(label: "VAT 19 %", basisPoints: 1900, isIncluded: true)
        case "JP": TaxRule(label: "消費税 10 %", basisPoints: 1000, isIncluded: true)
        default: TaxRule(label: "Sales tax 8.25 %", basisPoints: 825, isIncluded: false)
        }
    }
}

extension Money {
    /// `numerator / denominator` of a positive amount, rounded half up; nil where 64 bits do not hold it.
    fileprivate func part(_ numerator: Int64, of denominator: Int64) -> Money? {
        let (product, overflow) = amount.multipliedReportingOverflow(by: numerator)
        let (rounded, overflowToo) = product.addingReportingOverflow(denominator / 2)
        if overflow || overflowToo || amount < 0 { return nil }
        return Money(amount: rounded / denominator, exponent: exponent, currency: currency)
    }
}
