import Domain

extension Config {
    /// `per_order`, `per_day` and `per_month`, each a table of amounts by currency. A limit that is wrong is told, and
    /// leaves the whole budget unreadable: it must not let pass what the user meant to stop.
    static func budget(_ node: TOMLNode, _ reader: inout TOMLReader) -> Budget {
        var budget = Budget()
        guard let table = reader.table(node, at: ["budget"]) else { return .unreadable }
        for (key, value) in table.entries {
            guard let period = Budget.Period(rawValue: key) else {
                reader.unknown(key, value, known: Budget.Period.allCases.map(\.rawValue))
                budget.isUnreadable = true
                continue
            }
            guard case .table(let limits) = value.value else {
                reader.mismatch(
                    value, at: ["budget", key], expected: "amounts by currency, such as { CHF = \"200.00\" }")
                budget.isUnreadable = true
                continue
            }
            for (currency, limit) in limits.entries {
                if let amount = amount(limit, currency, at: ["budget", key, currency], &reader) {
                    budget.limit(period, to: amount)
                } else {
                    budget.isUnreadable = true
                }
            }
        }
        return budget
    }

    /// Exact: a text with no more decimals than the currency has, or a whole number. A TOML float is neither.
    private static func amount(
        _ node: TOMLNode, _ currency: String, at path: [String], _ reader: inout TOMLReader
    ) -> Money? {
        guard Money.isCurrencyCode(currency) else {
            reader.complain(node, "\(quoted(currency)) is no currency; expected three capital letters, such as CHF")
            return nil
        }
        let decimals = CurrencyExponents.exponent(of: currency)
        let text: String? =
            switch node.value {
            case .string(let text): text
            case .integer(let whole): String(whole)
            default: nil
            }
        let amount = text.flatMap { Money(decimal: $0, exponent: decimals, currency: currency) }
        if let amount, !amount.isNegative { return amount }
        let example = decimals == 0 ? "200" : "200." + String(repeating: "0", count: decimals)
        reader.mismatch(node, at: path, expected: "an amount in quotes, such as \"\(example)\", or a whole number")
        return nil
    }
}

extension Budget {
    /// The limits of a file that could not be read.
    static let unreadable: Budget = {
        var budget = Budget()
        budget.isUnreadable = true
        return budget
    }()
}
