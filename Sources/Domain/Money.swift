import Text

/// An exact amount: `amount` minor units, of which 10^`exponent` make one of `currency` (ISO 4217).
///
/// Never a floating-point number. Arithmetic answers nil where currencies differ or 64 bits do not hold the result.
package struct Money: Hashable, Sendable {
    /// The most decimals an amount may have; four is the most any ISO 4217 currency uses (CLF), and six what shops send.
    package static let maximumExponent = 6

    package let amount: Int64
    package let exponent: Int
    package let currency: String

    /// - Returns: nil for an exponent outside 0…6 or a currency that is not three capital letters.
    package init?(amount: Int64, exponent: Int, currency: String) {
        guard (0...Self.maximumExponent).contains(exponent), Self.isCurrencyCode(currency) else { return nil }
        self.amount = amount
        self.exponent = exponent
        self.currency = currency
    }

    private init(unchecked amount: Int64, like other: Money) {
        self.amount = amount
        exponent = other.exponent
        currency = other.currency
    }

    package var zero: Money { Money(unchecked: 0, like: self) }
    package var isNegative: Bool { amount < 0 }
    package var negated: Money? { amount == .min ? nil : Money(unchecked: -amount, like: self) }

    package static func isCurrencyCode(_ code: String) -> Bool {
        code.utf8.count == 3 && code.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    package func adding(_ other: Money) -> Money? {
        guard let (a, b) = aligned(with: other) else { return nil }
        let (sum, overflow) = a.amount.addingReportingOverflow(b.amount)
        return overflow ? nil : Money(unchecked: sum, like: a)
    }

    package func multiplied(by count: Int) -> Money? {
        let (product, overflow) = amount.multipliedReportingOverflow(by: Int64(count))
        return overflow ? nil : Money(unchecked: product, like: self)
    }

    /// `percent` hundredths of this amount, rounded half away from zero to a minor unit.
    package func percent(_ percent: Int) -> Money? {
        let (product, overflow) = amount.multipliedReportingOverflow(by: Int64(percent))
        let (raised, isTooMuch) = product.addingReportingOverflow(product < 0 ? -50 : 50)
        return overflow || isTooMuch ? nil : Money(unchecked: raised / 100, like: self)
    }

    /// Whether this is more than `limit`; nil when the two cannot be compared.
    package func exceeds(_ limit: Money) -> Bool? {
        guard let (a, b) = aligned(with: limit) else { return nil }
        return a.amount > b.amount
    }

    /// Both amounts at the finer of the two exponents; nil where currencies differ or the finer amount would not fit.
    private func aligned(with other: Money) -> (Money, Money)? {
        guard currency == other.currency else { return nil }
        if exponent == other.exponent { return (self, other) }
        let finest = max(exponent, other.exponent)
        guard let a = rescaled(to: finest), let b = other.rescaled(to: finest) else { return nil }
        return (a, b)
    }

    /// The same amount with another number of decimals; nil where digits would be lost or would not fit.
    package func rescaled(to newExponent: Int) -> Money? {
        guard (0...Self.maximumExponent).contains(newExponent) else { return nil }
        var value = amount
        for _ in 0..<max(0, newExponent - exponent) {
            let (next, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = next
        }
        for _ in 0..<max(0, exponent - newExponent) {
            guard value % 10 == 0 else { return nil }
            value /= 10
        }
        return Money(amount: value, exponent: newExponent, currency: currency)
    }
}

extension Money {
    /// The digits alone, with the decimals the amount has: `1284.50`, `-3`, `0.005`.
    package var decimalString: String { digits(groupedBy: nil) }

    /// The digits with thousands set apart by a narrow space's plain cousin, as screens show them: `1 284.50`.
    package var groupedString: String { digits(groupedBy: " ") }

    /// Currency and grouped digits: `CHF 1 284.50`.
    package var displayString: String { currency + " " + groupedString }

    /// A decimal as people type it (`145`, `145.5`, `145.00`) in `currency` with `exponent` decimals, exact.
    /// - Returns: nil for anything else, and for more decimals than the currency has.
    package init?(decimal text: String, exponent: Int, currency: String) {
        guard (0...Self.maximumExponent).contains(exponent) else { return nil }
        let negative = text.hasPrefix("-")
        let parts = text.dropFirst(negative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = parts.first, !whole.isEmpty else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || !fraction.isEmpty, fraction.count <= exponent else { return nil }
        let padded = whole + fraction + String(repeating: "0", count: exponent - fraction.count)
        guard padded.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let amount = Int64(negative ? "-" + padded : String(padded))
        else { return nil }
        self.init(amount: amount, exponent: exponent, currency: currency)
    }

    private func digits(groupedBy separator: Character?) -> String {
        var plain = String(amount.magnitude)
        if plain.count <= exponent { plain = String(repeating: "0", count: exponent + 1 - plain.count) + plain }
        var whole = String(plain.dropLast(exponent))
        if let separator, whole.count > 3 {
            var grouped = ""
            for (index, digit) in whole.enumerated() {
                if index > 0, (whole.count - index) % 3 == 0 { grouped.append(separator) }
                grouped.append(digit)
            }
            whole = grouped
        }
        let fraction = exponent == 0 ? "" : "." + plain.suffix(exponent)
        return (amount < 0 ? "-" : "") + whole + fraction
    }
}

/// The number of decimals of the currencies that do not have two (ISO 4217, list one).
package enum CurrencyExponents {
    private static let exceptions: [String: Int] = [
        "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
        "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3,
        "OMR": 3, "TND": 3, "CLF": 4, "UYW": 4,
    ]
    package static func exponent(of currency: String) -> Int { exceptions[currency] ?? 2 }
}
