import Domain
import GRDB
import Text

/// A product on the wish list, with enough to show it offline.
package struct Wish: Hashable, Sendable {
    package var product: ProductID
    package var title: SafeText
    package var wishedAt: Timestamp

    package init(product: ProductID, title: SafeText, wishedAt: Timestamp) {
        self.product = product
        self.title = title
        self.wishedAt = wishedAt
    }
}

/// A show that the shopper wants to be reminded of.
package struct Reminder: Hashable, Sendable {
    package var show: ShowID
    package var title: SafeText
    package var startsAt: Timestamp

    package init(show: ShowID, title: SafeText, startsAt: Timestamp) {
        self.show = show
        self.title = title
        self.startsAt = startsAt
    }
}

extension StoreOperation where Value == Void {
    /// Puts a product on the wish list; one that is there keeps its time.
    package static func addWish(_ wish: Wish, account: String) -> Self {
        .write { db in
            try db.update(
                "INSERT INTO wishes VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET title = excluded.title",
                [account, wish.product.rawValue, wish.title.string, wish.wishedAt.milliseconds])
        }
    }

    package static func removeWish(_ product: ProductID, account: String) -> Self {
        .write { try $0.update("DELETE FROM wishes WHERE account = ? AND product = ?", [account, product.rawValue]) }
    }

    /// Reminds of a show, or of its new time.
    package static func addReminder(_ reminder: Reminder, account: String) -> Self {
        .write { db in
            try db.update(
                "INSERT OR REPLACE INTO reminders VALUES (?, ?, ?, ?)",
                [account, reminder.show.rawValue, reminder.title.string, reminder.startsAt.milliseconds])
        }
    }

    package static func removeReminder(_ show: ShowID, account: String) -> Self {
        .write { try $0.update("DELETE FROM reminders WHERE account = ? AND show = ?", [account, show.rawValue]) }
    }
}

extension StoreOperation where Value == [Wish] {
    /// The newest first.
    package static func wishes(account: String) -> Self {
        .read { db in
            let cursor = try db.rows(
                "SELECT product, title, wished_at FROM wishes WHERE account = ? ORDER BY wished_at DESC, product",
                [account])
            var wishes: [Wish] = []
            while let row = try cursor.next() {
                wishes.append(Wish(product: try row.id(0), title: try row.text(1), wishedAt: try row.time(2)))
            }
            return wishes
        }
    }
}

extension StoreOperation where Value == [Reminder] {
    /// The next first.
    package static func reminders(account: String) -> Self {
        .read { db in
            let cursor = try db.rows(
                "SELECT show, title, starts_at FROM reminders WHERE account = ? ORDER BY starts_at, show", [account])
            var reminders: [Reminder] = []
            while let row = try cursor.next() {
                reminders.append(Reminder(show: try row.id(0), title: try row.text(1), startsAt: try row.time(2)))
            }
            return reminders
        }
    }
}
