/// The most that the user wants to spend, for each currency by itself. A currency without a limit has none.
package struct Budget: Hashable, Sendable {
    package enum Period: String, CaseIterable, Sendable {
        case order = "per_order"
        /// The user's local day.
        case day = "per_day"
        /// The user's local month.
        case month = "per_month"
    }

    /// The user set limits that could not be understood: until they are, everything is beyond them.
    package var isUnreadable = false
    private var limits: [Period: [String: Money]] = [:]

    package init() {}

    package mutating func limit(_ period: Period, to amount: Money) {
        limits[period, default: [:]][amount.currency] = amount
    }

    package func limit(_ period: Period, currency: String) -> Money? { limits[period]?[currency] }

    /// How an order of `total` would stand to each limit of its currency, shortest period first.
    /// - Parameter now: decides which day and month it is, in the time zone of the process.
    package func standings(of total: Money, after spendings: [Spending], now: Timestamp) -> [Standing] {
        Period.allCases.compactMap { period in
            limit(period, currency: total.currency).map { limit in
                // Nobody is paid for buying: what is below nothing makes no room.
                let before = spendings.filter {
                    $0.amount.currency == total.currency && !$0.amount.isNegative && period.contains($0.at, now: now)
                }
                let spent = before.reduce(limit.zero) { $0?.adding($1.amount) }
                return Standing(period: period, limit: limit, spent: spent, total: total)
            }
        }
    }

    /// Whether an order of `total` may be sent.
    package func verdict(on total: Money, after spendings: [Spending], now: Timestamp) -> Verdict {
        guard !isUnreadable else { return .unreadable }
        let standings = standings(of: total, after: spendings, now: now)
        if let exceeded = standings.first(where: \.isExceeded) { return .exceeded(exceeded) }
        // The one with the least left is the one to know about.
        return .within(
            standings.min { one, other in
                guard let one = one.left, let other = other.left else { return false }
                return other.exceeds(one) == true
            })
    }

    package enum Verdict: Hashable, Sendable {
        /// With the limit that it comes nearest to, where there is one.
        case within(Standing?)
        case exceeded(Standing)
        case unreadable
    }

    /// An order beside one limit.
    package struct Standing: Hashable, Sendable {
        package let period: Period
        package let limit: Money
        /// What was spent before it; nil where 64 bits do not hold that.
        package let spent: Money?
        package let total: Money

        /// What would be spent with it.
        package var spentWithIt: Money? { spent?.adding(total) }
        /// What would be left with it, less than nothing where it is exceeded.
        package var left: Money? { spentWithIt?.negated.flatMap(limit.adding) }
        /// By how much it is exceeded; nil where it is not, or where 64 bits do not hold it.
        package var excess: Money? { left.flatMap { $0.isNegative ? $0.negated : nil } }
        /// What cannot be reckoned is not within the limit.
        package var isExceeded: Bool { left?.isNegative ?? true }
    }
}

/// Money that is spent, or may be.
package struct Spending: Hashable, Sendable {
    package let amount: Money
    package let at: Timestamp

    package init(_ amount: Money, at: Timestamp) {
        self.amount = amount
        self.at = at
    }

    /// What is known to be spent. A purchase whose outcome is not known counts as bought, for the most it may cost;
    /// what was refused, cancelled or returned costs nothing.
    package static func known(orders: [Order], intents: [OrderIntent]) -> [Spending] {
        let placed = Set(orders.map(\.key))
        let open = intents.filter { !$0.isResolved && !placed.contains($0.key) }
        return orders.compactMap { Spending($0) } + open.map { Spending($0.maximumTotal, at: $0.createdAt) }
    }

    /// Counts an order at the time when it was agreed to: a shop cannot move it to another day.
    /// - Returns: nil for one that costs nothing.
    package init?(_ order: Order) {
        guard !order.costsNothing else { return nil }
        self.init(order.counted, at: order.agreement?.at ?? order.placedAt)
    }
}

extension Budget.Period {
    /// What the shop dates after our own clock's time is of this period, too.
    fileprivate func contains(_ time: Timestamp, now: Timestamp) -> Bool {
        guard self != .order else { return false }
        guard time < now else { return true }
        let (then, today) = (LocalTime(time), LocalTime(now))
        return (then.year, then.month) == (today.year, today.month) && (self == .month || then.day == today.day)
    }
}
