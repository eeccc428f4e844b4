import Domain

/// Contents of the local store of a channel when the program began.
package struct StoredState: Sendable {
    package var shows: [Show]
    package var showsFetchedAt: Timestamp?
    package var follows: [Host]
    package var orders: [Order]
    package var intents: [OrderIntent]
    /// Money that is spent, or may be, at other shops.
    package var spentElsewhere: [Spending]
    package var wishes: [Wish]
    package var reminders: [Reminder]

    package init(
        shows: [Show] = [], showsFetchedAt: Timestamp? = nil, follows: [Host] = [], orders: [Order] = [],
        intents: [OrderIntent] = [], spentElsewhere: [Spending] = [], wishes: [Wish] = [], reminders: [Reminder] = []
    ) {
        self.shows = shows
        self.showsFetchedAt = showsFetchedAt
        self.follows = follows
        self.orders = orders
        self.intents = intents
        self.spentElsewhere = spentElsewhere
        self.wishes = wishes
        self.reminders = reminders
    }
}
