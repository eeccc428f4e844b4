import Domain
import GRDB

/// What the first screen is drawn from, before the network has said anything.
package struct StartState: Hashable, Sendable {
    package var shows: [Show]
    /// When the shop last confirmed each of them; nil when it never has.
    package var scheduleFetchedAt: Timestamp?
    package var follows: [Host]
    package var followsFetchedAt: Timestamp?
    /// The newest first.
    package var orders: [Order]
    package var ordersFetchedAt: Timestamp?
    /// Purchases of which it is not known what became of them, and those that came to nothing lately; the oldest first.
    package var intents: [OrderIntent]
    /// What is spent, or may be, at other shops.
    package var spentElsewhere: [Spending]
    /// The newest first.
    package var wishes: [Wish]
    package var reminders: [Reminder]
}

extension StoreOperation where Value == StartState {
    /// One consistent reading.
    /// - Parameters:
    ///   - besides: shops that are read as well, so that what is spent there is not spent elsewhere.
    ///   - refusedSince: since when purchases that came to nothing are of interest.
    package static func startState(
        account: String, besides: [String] = [], orderLimit: Int = 200, refusedSince: Timestamp = .distantPast
    ) -> Self {
        .read { db in
            let fetched = try db.fetchTimes(account: account)
            return StartState(
                shows: try db.shows(account: account), scheduleFetchedAt: fetched[.schedule],
                follows: try db.follows(account: account), followsFetchedAt: fetched[.follows],
                orders: try db.orders(account: account, limit: orderLimit), ordersFetchedAt: fetched[.orders],
                intents: try db.unresolved(account: account) + db.refused(account: account, since: refusedSince),
                spentElsewhere: try db.spendings(exceptAt: [account] + besides),
                wishes: try db.wishes(account: account), reminders: try db.reminders(account: account))
        }
    }
}
