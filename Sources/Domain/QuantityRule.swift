import Text

/// How many of a thing one order can be for, where its shop has a rule: whole multiples of `step`, from `minimum` on.
package struct QuantityRule: Hashable, Sendable {
    package let minimum: Int
    package let step: Int
    /// nil where as many as there are can be ordered.
    package let maximum: Int?

    /// More than anybody orders, and what can be reckoned with.
    private static let limit = 9999

    /// What makes no sense counts as no rule.
    package init(minimum: Int = 1, step: Int = 1, maximum: Int? = nil) {
        let possible = 1...Self.limit
        self.step = possible.contains(step) ? step : 1
        self.minimum = possible.contains(minimum) ? minimum : 1
        self.maximum = maximum.flatMap { possible.contains($0) ? $0 : nil }
    }

    /// As many as one likes.
    package static let any = QuantityRule()

    /// The fewest: the first multiple that is enough.
    package var lowest: Int { (minimum + step - 1) / step * step }

    package func allows(_ quantity: Int) -> Bool {
        quantity >= lowest && quantity % step == 0 && maximum.map { quantity <= $0 } ?? true
    }

    /// The most that can be ordered at once; never fewer than the fewest, so that there is always something to ask about.
    /// - Parameter stock: how many are left.
    package func highest(ofThoseLeft stock: Int?) -> Int {
        let most = min(Quote.quantities.upperBound, maximum ?? .max, stock ?? .max)
        return max(lowest, most / step * step)
    }

    /// The possible number that is next to one, the higher where it lies between two.
    package func nearest(to quantity: Int, ofThoseLeft stock: Int?) -> Int {
        let wanted = max(0, min(quantity, Self.limit))
        return max(lowest, min((wanted + step - 1) / step * step, highest(ofThoseLeft: stock)))
    }

    /// So many steps further, as far as it goes.
    package func moved(from quantity: Int, by steps: Int, ofThoseLeft stock: Int?) -> Int {
        max(lowest, min(quantity + steps * step, highest(ofThoseLeft: stock)))
    }

    /// As it follows *The shop sells it*; nil where there is no rule.
    package var words: SafeText? {
        if maximum == 1 { return "only one to an order" }
        var parts: [SafeText] = []
        if lowest > step { parts.append(SafeText("from \(lowest) on")) }
        if step > 1 { parts.append(SafeText("in steps of \(step)")) }
        if let maximum { parts.append(SafeText("at most \(maximum) to an order")) }
        guard let first = parts.first else { return nil }
        return parts.dropFirst().reduce(first) { $0 + ", " + $1 }
    }
}
