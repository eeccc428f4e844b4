import Domain
import Settings
import Text

extension Phrase {
    /// How much of a budget is spent with an order that is within it.
    static func withinBudget(_ standing: Budget.Standing, room: Int) -> SafeText {
        let spent = amount(standing.spentWithIt ?? standing.total) + " of "
        let limit = amount(standing.limit)
        let start: SafeText =
            switch standing.period {
            case .order: "This order "
            case .day: "Today "
            case .month: "This month "
            }
        return fullest([start + spent + "your " + limit + " budget", start + spent + limit], room: room)
    }

    /// Why an order is not sent, and what would change that; nil where nothing of it is beyond a budget.
    package static func beyondBudget(_ verdict: Budget.Verdict) -> SafeText? {
        switch verdict {
        case .within: return nil
        case .unreadable: return "Your budget in config.toml could not be read, so nothing is bought until it is right."
        case .exceeded(let standing):
            let (period, spent): (SafeText, SafeText?) =
                switch standing.period {
                case .order: (" for an order", nil)
                case .day: (" for a day", standing.spent.map { ", with " + amount($0) + " spent" })
                case .month: (" for a month", standing.spent.map { ", with " + amount($0) + " spent" })
                }
            let excess = standing.excess.map { money($0) + " over your budget of " } ?? "Over your budget of "
            return excess + amount(standing.limit) + period + (spent ?? "") + ". config.toml changes it."
        }
    }
}
