import Domain
import GRDB
import Text

/// What carries the orders that have left. A parcel's way is laid down when it leaves; what is told of it is as much of
/// that way as has passed.
enum Parcels {
    /// Gives an order its parcel.
    static func insert(_ db: Database, order: String, left: Timestamp, due: Timestamp) throws {
        try db.change(
            """
            INSERT INTO parcels (order_id, number, origin, left_at, due_at) VALUES (?, ?, (
                SELECT products.ships_from FROM order_lines JOIN variants ON variants.sku = order_lines.sku
                JOIN products ON products.id = variants.product
                WHERE order_id = ? ORDER BY order_lines.position LIMIT 1
            ), ?, ?)
            """, [order, number(of: order), order, left.milliseconds, due.milliseconds])
    }

    /// The parcel of an order as it is at `now`, and when it is due; nil for one that has not left.
    static func parcel(
        _ db: Database, of order: String, to address: Address?, now: Timestamp
    ) throws -> (Parcel, due: Timestamp)? {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM parcels WHERE order_id = ?"), arguments: [order])
        guard let row else { return nil }
        let left = Timestamp(milliseconds: try row.value("left_at"))
        let due = Timestamp(milliseconds: try row.value("due_at"))
        let number: String = try row.value("number")
        let events = way(from: row["origin"], to: address?.country.string, left: left, due: due)
        return (
            Parcel(
                carrier: SafeText(carrier(to: address?.country.string)), number: SafeText(number),
                link: "https://parcels.example/" + number, events: events.filter { $0.at <= now }),
            due
        )
    }

    private static func way(from origin: String?, to country: String?, left: Timestamp, due: Timestamp)
        -> [Parcel.Event]
    {
        let crosses = origin != nil && country != nil && LandedCost.crossesBorder(from: origin ?? "", to: country ?? "")
        let stations: [(eighths: Int, text: String)] = [
            (0, "Left the warehouse" + (origin.map { " in " + $0 } ?? "")),
            (2, "At the sorting centre"),
            (4, crosses ? "Through customs" + (country.map { " in " + $0 } ?? "") : "At the depot near you"),
            (7, "Out for delivery"),
        ]
        return stations.map { Parcel.Event(at: left + (due - left) * $0.eighths / 8, text: SafeText($0.text)) }
    }

    private static func carrier(to country: String?) -> String {
        switch country {
        case "CH": "Alpenpost"
        case "DE": "Paketkurier Nord"
        case "JP": "さくら便"
        default: "Prairie Parcel"
        }
    }

    /// The same for an order whenever it is asked for.
    private static func number(of order: String) -> String {
        "VP" + Digest.hex(Array(order.utf8), bytes: 5).uppercased()
    }
}
