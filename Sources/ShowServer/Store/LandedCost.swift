import Domain
import LiveAPI
import Text

/// Shipping, tax and duties: simple rules, exact amounts.
struct LandedCost {
    let shipping: Charge
    /// A shipment for each country that goods come from.
    let shipments: [Shipment]
    let tax: Charge
    let taxIncluded: Bool
    let duties: Charge

    /// Countries between which nothing is declared at a border.
    private static let customsUnion: Set<String> = ["DE", "FR", "IT", "ES", "NL", "PT", "AT", "BE", "GR", "FI", "SE"]
    private static let dutyPercent = 5

    /// - Parameters:
    ///   - worth: the goods after discounts, in the currency of everything here.
    ///   - destination: ISO 3166 alpha-2.
    ///   - deliveries: the delivery that is asked for, by shipment; the cheapest where a shipment is not named.
    init(worth: Money, goods: [Goods], destination: String, deliveries: [String: String]) throws {
        let origins = Set(goods.map(\.shipsFrom)).sorted()
        shipments = try origins.map { try Self.shipment(from: $0, to: destination, asked: deliveries, like: worth) }
        shipping = try Self.shipping(shipments, from: origins, worth.zero)

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

    private enum Service: String, CaseIterable {
        case standard, express

        var label: SafeText { self == .standard ? "Standard" : "Express" }

        func time(crossesBorder: Bool) -> SafeText {
            switch self {
            case .standard: crossesBorder ? "5–9 working days" : "2–4 working days"
            case .express: crossesBorder ? "2–3 working days" : "next working day"
            }
        }
    }

    /// - Throws: a problem where the delivery that is asked for does not exist.
    private static func shipment(
        from origin: String, to destination: String, asked: [String: String], like money: Money
    ) throws -> Shipment {
        let name = origin.isEmpty ? "parcel" : origin
        let isAbroad = crossesBorder(from: origin, to: destination)
        let parcel = try parcel(from: origin, to: destination, like: money)
        let deliveries = try Service.allCases.map { service in
            // An express parcel costs as much as two.
            guard let price = parcel.multiplied(by: service == .express ? 2 : 1) else {
                throw Problem.unprocessable("the amount is too large")
            }
            return Delivery(
                id: DeliveryID(service.rawValue), label: service.label, price: price,
                time: service.time(crossesBorder: isAbroad))
        }
        let chosen = asked[name].map { id in deliveries.first { $0.id.rawValue == id } } ?? deliveries.proposed()
        guard let chosen else { throw Problem.unprocessable("there is no such delivery") }
        return Shipment(
            id: ShipmentID(name), label: origin.isEmpty ? "Parcel" : SafeText("From " + origin), deliveries: deliveries,
            chosen: chosen.id)
    }

    private static func shipping(_ shipments: [Shipment], from origins: [String], _ zero: Money) throws -> Charge {
        let isExpress = shipments.contains { $0.chosen?.rawValue == Service.express.rawValue }
        return Charge(
            label: SafeText(
                (isExpress ? "Express shipping from " : "Shipping from ") + origins.joined(separator: " and ")),
            amount: try QuoteDesk.sum(shipments.compactMap(\.chosenDelivery?.price), zero))
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
