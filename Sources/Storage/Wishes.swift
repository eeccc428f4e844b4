import Domain
import GRDB

extension StoreOperation where Value == Void {
    /// Puts a product on the wish list; one that is there keeps the price and the time that it has.
    package static func addWish(_ wish: Wish, account: String) -> Self {
        .write { db in
            try db.update(
                "INSERT OR IGNORE INTO wishes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    account, wish.product.rawValue, wish.title.string, wish.brand.string, wish.price?.amount,
                    wish.price?.exponent, wish.price?.currency, wish.at.milliseconds,
                ])
        }
    }

    package static func removeWish(_ product: ProductID, account: String) -> Self {
        .write { db in
            try db.update("DELETE FROM wishes WHERE account = ? AND product = ?", [account, product.rawValue])
        }
    }

    /// Sets a reminder, or brings the one of this show up to date.
    package static func setReminder(_ reminder: Reminder, account: String) -> Self {
        .write { db in
            try db.update(
                "INSERT OR REPLACE INTO reminders VALUES (?, ?, ?, ?)",
                [account, reminder.show.rawValue, reminder.title.string, reminder.startsAt.milliseconds])
        }
    }

    package static func removeReminder(_ show: ShowID, account: String) -> Self {
        .write { db in
            try db.update("DELETE FROM reminders WHERE account = ? AND show = ?", [account, show.rawValue])
        }
    }
}

extension StoreOperation where Value == [Reminder] {
    /// All that are set, the next to begin first.
    package static func reminders(account: String) -> Self { .read { try $0.reminders(account: account) } }
}

extension Database {
    /// The newest wish first.
    func wishes(account: String) throws -> [Wish] {
        var wishes: [Wish] = []
        let cursor = try rows(
            """
            SELECT product, title, brand, at, price, exponent, currency FROM wishes WHERE account = ?
            ORDER BY at DESC, product
            """, [account])
        while let row = try cursor.next() {
            wishes.append(
                Wish(
                    product: try row.id(0), title: try row.text(1), brand: try row.text(2),
                    price: try row.findInteger(4).map { _ in try row.money(4) }, at: try row.time(3)))
        }
        return wishes
    }

    func reminders(account: String) throws -> [Reminder] {
        var reminders: [Reminder] = []
        let cursor = try rows(
            "SELECT show, title, starts_at FROM reminders WHERE account = ? ORDER BY starts_at, show", [account])
        while let row = try cursor.next() {
            reminders.append(Reminder(show: try row.id(0), title: try row.text(1), startsAt: try row.time(2)))
        }
        return reminders
    }
}
