import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Phrase {
    /// A delivery in one line: name, time, price. The price is never cut.
    package static func delivery(_ delivery: Delivery, room: Int = .max) -> SafeText {
        let price: SafeText? = delivery.price.map { $0.amount == 0 ? "free" : amount($0) }
        let pickup: SafeText? = delivery.isPickup ? "to fetch" : nil
        let end = [pickup, price].compactMap { $0 }.reduce("" as SafeText) { $0 + ", " + $1 }
        let whole = delivery.label + (delivery.time.map { ", " + $0 } ?? "") + end
        guard whole.width > room else { return whole }
        return delivery.label.clipped(to: max(1, room - end.width)) + end
    }
}

extension Canvas {
    /// A row for each shipment that there is a choice for; where there is no room for all, those around the focus.
    /// - Returns: the row for what follows.
    mutating func drawDeliveries(_ buy: BuyState, rows: Int, row: Int, in area: Rect) -> Int {
        let places = buy.shipments.indices.filter { buy.shipments[$0].isChoice }
        let focused = places.firstIndex { buy.field == .delivery($0) } ?? 0
        let first = max(0, min(focused, places.count - rows))
        for (offset, place) in places.dropFirst(first).prefix(rows).enumerated() {
            let shipment = buy.shipments[place]
            let isFocused = buy.field == .delivery(place)
            let name: SafeText = buy.shipments.count > 1 && !shipment.label.isEmpty ? shipment.label : "Delivery"
            let room = area.width - 13 - (isFocused ? 2 : 0)
            let (value, role): (SafeText, Role) =
                shipment.chosenDelivery.map { (Phrase.delivery($0, room: room), .text) } ?? ("choose", .warning)
            drawField(name, value, role, isFocused: isFocused, row: row + offset, in: area)
        }
        return row + rows
    }
}
